"""The group that a bare number is taken from or that is meant: «из школьников двадцать пять», «группа для
женщин. Записались 77».

Sees the number in its sentence and block; knows no figures that were read before.
"""

from __future__ import annotations

from collections.abc import Sequence

from svod.extract.figures.context import Spot
from svod.extract.figures.counted import Counted, is_number
from svod.extract.figures.heads import first_plural
from svod.extract.people.person_units import is_person
from svod.extract.words.agreement import agrees
from svod.extract.words.screened import Screened
from svod.language.document import Token

_THOSE_WHO = Screened(
    r"(?<![а-яё])из[ \u00a0](?:тех,[ \u00a0](?:кто|кого|кому|до[ \u00a0]кого|с[ \u00a0]кем)"
    r"|(?:\d+|[а-яё]+(?:[ \u00a0][а-яё]+){0,2}),[ \u00a0]кто)(?![а-яё])"
)


def of_whom(spot: Spot, *, opens: bool = False) -> Counted | None:
    """«из школьников двадцать пять», «среди выпускников 14 поступили»: taken from a plural. `opens`: the
    clause begins so.
    """
    if _THOSE_WHO.search(spot.left_text):
        return Counted("человек", "discourse", spot.number.start, spot.number.start)
    clause = [t for t in spot.scene.words(spot.clause) if t.start < spot.number.start]
    for k, token in enumerate(clause):
        if opens and k > 1:
            return None
        if token.text.lower() in ("из", "среди"):
            found = first_plural(clause[k + 1 : k + 5], "discourse", "gent")
            if found is not None and not _closed_before(spot, clause[:k], found):
                return found
    return None


def _closed_before(spot: Spot, before: Sequence[Token], found: Counted) -> bool:
    """«402 работника – из многодетных семей, 118 состоят на учёте»: another figure is taken from them."""
    after = spot.scene.text[found.end : spot.number.start]
    return "," in after and any(is_number(t) for t in before)


_AMONG = Screened(r"^(?:[а-яё]+,?[ \u00a0]){0,2}(?:среди|из)[ \u00a0]")


def among(spot: Spot) -> Counted | None:
    """«Впрочем, среди выпускников, уверяет она, деньги перевели трое»: the sentence opens with the group."""
    if spot.is_share or _AMONG.search(spot.sentence_text) is None:
        return None
    words = [t for t in spot.scene.words(spot.sentence) if t.start < spot.number.start]
    if any(is_number(t) for t in words) or not spot.predicates:
        return None
    k = next((i for i, t in enumerate(words) if t.text.lower() in ("среди", "из")), len(words))
    found = first_plural(words[k + 1 : k + 5], "discourse", "gent")
    return found if found is not None and is_person(found.lemma) and agrees(spot, found.lemma) else None


_FOR_WHOM = Screened(
    r"(?<![а-яё])(?:групп|клуб|курс|школ|программ|площадк|центр|мастерск|занят|встреч|отделен|приют|набор|смен)"
    r"[а-яё]*[ \u00a0](?:«[^«»]{2,40}»[ \u00a0])?(?:[а-яё]+[ \u00a0])?для[ \u00a0]"
)


def meant_for(spot: Spot) -> Counted | None:
    """«„Мамин русский“ — группа для женщин. Записались 77»: whom the group or course is for."""
    scene = spot.scene
    start = max(spot.block.start, spot.number.start - MAX_FOR)
    for found in _FOR_WHOM.finditer(scene.low[start : spot.number.start]):
        words = scene.doc.tokens_in(start + found.end(), spot.number.start)[:3]
        group = first_plural(words, "discourse", "gent")
        if group is not None and is_person(group.lemma) and agrees(spot, group.lemma):
            return group
    return None


MAX_FOR = 200  # characters
