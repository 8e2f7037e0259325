"""Whom counted things and sums are for: the group that the sentence names as receiving them.

In the dative, after «для», as the owner or the visited of what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from svod.extract.audience import ORDER, groups_in
from svod.extract.context import Spot
from svod.extract.counted import Counted
from svod.extract.person_units import PERSONS, group_of_unit
from svod.extract.screened import Screened
from svod.extract.told_of import adjectival
from svod.language.document import Token
from svod.models import Beneficiary

_FOR_WHOM = re.compile(r"(?<![а-яё])(?:для|среди)[ \u00a0]+((?:[^\s,.;:()]+[ \u00a0]?){1,6})")
_FOR = re.compile(r"(?<![а-яё])(?:для|среди|у|от)[ \u00a0]+((?:[^\s,.;:()]+[ \u00a0]?){1,6})")


def receiver(spot: Spot, counted: Counted | None) -> Beneficiary | None:
    """For counted things: the group that the sentence names as receiving them, in the dative or after
    «для».
    """
    found: list[Beneficiary] = []
    head = counted.end if counted else spot.number.end
    for m in _FOR.finditer(spot.clause_text):
        found += groups_in(f"для {_up_to_preposition(m.group(1))}")
    at = spot.number.start - spot.scene.tokens[spot.sentence.first].start
    for m in _FOR_WHOM.finditer(spot.sentence_text):
        counted_there = m.group(1)[:1].isdigit() and not m.start() <= at < m.end()
        if not counted_there:  # «провели 86 уроков для 230 школьников, посадили 600 сосен»
            found += groups_in(f"для {_up_to_preposition(m.group(1))}")
    words = spot.scene.words(spot.clause)
    for i, token in enumerate(words):
        group = _dative_group(token)
        if group and not _after_preposition(words, i):
            found.append(group)
            found += groups_in(" ".join(t.text for t in words[max(0, i - 2) : i + 7]))
    found += _genitive_owner(spot, head) or _visited(spot, head)
    if not found and _is_handed_over(spot):
        found.append("institutions")
    found = [g for g in found if g != "general"] or found
    return min(found, key=ORDER.index) if found else None


_TRANSFER = frozenset("передать подарить вручить получить закупить приобрести доставить отправить".split())


def _is_handed_over(spot: Spot) -> bool:
    """«Городской больнице переданы 12 аппаратов», «детский дом получил 14 компьютеров»."""
    verbs = {t.forms[0].lemma for t in spot.predicates}
    if not verbs & _TRANSFER:
        return False
    case = "nomn" if "получить" in verbs else "datv"
    words = [t for t in spot.scene.words(spot.clause) if t.start < spot.number.start and t.forms]
    return any(
        t.forms[0].pos == "NOUN" and t.has("NOUN", case, "sing") and group_of_unit(t.lemma) == "institutions"
        for t in words
    )


def _up_to_preposition(text: str) -> str:
    return re.split(r"[ \u00a0](?:в|на|из|к|о|об|по|с|при)[ \u00a0]", text)[0]


def _dative_group(token: Token) -> Beneficiary | None:
    for form in token.forms[:3]:
        if (
            form.pos in ("NOUN", "ADJF")
            and "datv" in form.grammemes
            and "plur" in form.grammemes
            and form.score > 0.2
        ):
            return group_of_unit(form.lemma) or next(iter(groups_in(token.text)), None)
    return None


def _after_preposition(words: Sequence[Token], i: int) -> bool:
    for k in range(i - 1, max(-1, i - 4), -1):
        pos = words[k].forms[0].pos if words[k].forms else ""
        if pos == "PREP":
            return True
        if pos not in ("ADJF", "PRTF"):
            return False
    return False


_TOWARDS = Screened(r"[ \u00a0](?:к|ко|с|со|над)[ \u00a0]((?:[^\s,.;:()]+[ \u00a0]?){1,5})")


def _visited(spot: Spot, head: int) -> list[Beneficiary]:
    """«58 выездов к пожилым людям», «40 занятий с подростками»: whom the counted acts are turned to."""
    met = _TOWARDS.match(spot.scene.text[head : head + 60])
    if met is None:
        return []
    own = _up_to_preposition(re.sub(r"^\d[\d ]*", "", met.group(1)))
    return [g for g in groups_in(own) if g in PERSONS - {"specialists", "volunteers"}]


def _genitive_owner(spot: Spot, head: int) -> list[Beneficiary]:
    """«двести поручений одиноких стариков», «обращений семей»: the genitive right after the counted noun."""
    tokens = spot.scene.doc.tokens_in(head, head + 60)
    for k, token in enumerate(tokens[:4]):
        if adjectival(token) and k < 3:
            continue
        if k == 0 and token.has("NOUN", "ablt", "plur"):  # «посещений людьми с инвалидностью»
            rest = spot.scene.text[token.start : min(token.start + 50, max(spot.number.start, token.stop))]
            visitors: list[Beneficiary] = [g for g in groups_in(rest) if g in PERSONS - {"specialists"}]
            return visitors[:1]
        if token.text[:1].isalpha() and token.has("NOUN", "gent", "plur"):
            group = group_of_unit(token.forms[0].lemma)
            if group == "general":
                described = groups_in(spot.scene.text[tokens[0].start : token.stop + 24])
                return [g for g in described if g in PERSONS - {"specialists", "volunteers"}][:1]
            return [group] if group in PERSONS else []
        break
    return []


def served_by(label: str) -> list[Beneficiary]:
    """«перевозок маломобильных граждан», «из них от детей и подростков, %»: whom a row's label says to be
    served: after «от» or «для», or in the genitive behind the counted things.
    """
    low = label.lower()
    marked = re.split(r"(?<![а-яё])(?:от|для)\s", low, maxsplit=1)
    if len(marked) > 1:
        return groups_in(marked[1])
    return [g for g in groups_in(re.split(r"[,(]", low)[0]) if g in PERSONS - {"specialists", "volunteers"}]


_GAINS = Screened(r"(?<![а-яё])(?:получ(?:ат|ит|или|ил|ают)|заработа|объ[её]м поддержки|поддержано)")


def money_receiver(spot: Spot) -> Beneficiary | None:
    """«НКО региона получат 41,3 млн рублей», «пожилым людям доставлено … на 1,2 млн»: whose the sum is."""
    words = spot.scene.words(spot.clause)
    for i, token in enumerate(words):
        if token.start < spot.number.start and not _after_preposition(words, i):
            group = _dative_group(token)
            if group in PERSONS and group != "general":
                return group
    if not _GAINS.search(spot.sentence_text):
        return None
    groups = groups_in(spot.clause_text)
    first = next((g for g in groups if g in ("institutions", "families")), None)
    earners = [t for t in words if t.start < spot.number.start and t.has("NOUN", "nomn", "plur")]
    own = next((g for t in earners if (g := group_of_unit(t.lemma)) in PERSONS - {"general"}), None)
    return first or own


def served(text: str) -> list[Beneficiary]:
    """Persons that the words after «для» name."""
    found = [g for m in _FOR_WHOM.finditer(text) for g in groups_in(f"для {_up_to_preposition(m.group(1))}")]
    return [g for g in found if g in PERSONS - {"specialists"}][:1]
