"""Whom a pronoun counts: «волонтёры …, их было двадцать два»."""

from __future__ import annotations

from collections.abc import Sequence

from svod.extract.figures.context import Spot
from svod.extract.figures.counted import Counted, noun_reading, unit_lemma
from svod.extract.people.person_units import is_person
from svod.extract.words.screened import Screened
from svod.language.document import Token

_NONE_OF = Screened(r"ни[ \u00a0]одн(?:ого|ой|а|о)[ \u00a0](?:[а-яё]+(?:ого|ой|его|ей)[ \u00a0])?([а-яё]+)")


def plural_subject(spot: Spot, since: int | None) -> Counted | None:
    """«волонтёры … — их было двадцать два»: the plural that the pronoun stands for, looked for after the
    figure at `since`.
    """
    cases = ("nomn",) if since is None else ("nomn", "datv")  # «спасибо волонтёрам, их было 26»
    between = [t for t in spot.left if since is None or t.start > since]
    for k, token in enumerate(between):
        if not token.forms or _may_depend(between, k):
            continue
        reading = noun_reading(token.text, *cases, plural=True)
        if (
            reading is not None
            and token.forms[0].pos == "NOUN"
            and is_person(unit_lemma(token.text, reading))
        ):
            owner = _before_dash(between, token)
            if owner is not None:
                return owner
            return Counted(unit_lemma(token.text, reading), "antecedent", token.start, token.stop)
    none = _NONE_OF.search(spot.left_text)
    if none and noun_reading(none.group(1), "gent"):
        start = spot.number.start - len(spot.left_text) + none.start(1)
        return Counted(unit_lemma(none.group(1), noun_reading(none.group(1), "gent")), "left", start, start)
    return None


_OF_US = Screened(
    r"(?<![а-яё])(?<!у[ \u00a0])нас(?:,[ \u00a0]([а-яё-]+),)?(?:[ \u00a0]в[ \u00a0][а-яё]+)?"
    r"(?:[ \u00a0](?:уже|теперь|сейчас|всего|снова|опять|было|стало|собралось|пришло|набралось"
    r"|вышло|приехало)){0,3}[ \u00a0]$"
)


def as_we_call_us(spot: Spot) -> Counted | None:
    """«нас, вожатых, было двадцать четыре»."""
    found = _OF_US.search(spot.left_text)
    named = noun_reading(found[1], "gent", plural=True) if found and found[1] else None
    if found is None or named is None or not is_person(unit_lemma(found[1], named)):
        return None
    start = spot.number.start - len(spot.left_text)
    return Counted(unit_lemma(found[1], named), "left", start + found.start(1), start + found.end(1))


def ourselves(spot: Spot) -> Counted | None:
    """«Нас 28»: those who tell."""
    found = _OF_US.search(spot.left_text)
    start = spot.number.start - len(spot.left_text) + (found.start() if found else 0)
    return Counted("человек", "subject", start, start + len("нас")) if found else None


def people_named(spot: Spot) -> Counted | None:
    """«обследовали ребят: у 41 из них …»: the people that the sentence names, where it is they who have
    something.
    """
    if not spot.left or spot.left[0].text.lower() != "у":
        return None
    for token in spot.left:
        top = token.forms[0] if token.forms else None
        if top is not None and top.pos == "NOUN" and {"anim", "plur"} <= top.grammemes:
            unit = unit_lemma(token.text, top)
            if is_person(unit):
                return Counted(unit, "antecedent", token.start, token.stop)
    return None


def _may_depend(left: Sequence[Token], k: int) -> bool:
    """«студенты колледжа связи и энергетики»: the word may be a genitive behind another noun."""
    before = left[k + 1] if k + 1 < len(left) else None
    genitive = left[k].has("NOUN", "gent", "sing")
    return genitive and before is not None and (before.text == "и" or before.forms[0].pos == "NOUN")


def _before_dash(left: Sequence[Token], noun: Token) -> Counted | None:
    """«волонтёры — студенты колледжа, всего их восемнадцать»: the apposition's owner is what is counted."""
    i = left.index(noun)
    if i + 2 >= len(left) or left[i + 1].text not in ("—", "–", "-"):
        return None
    reading = noun_reading(left[i + 2].text, "nomn", plural=True)
    if reading is None or not is_person(unit_lemma(left[i + 2].text, reading)):
        return None
    return Counted(unit_lemma(left[i + 2].text, reading), "antecedent", left[i + 2].start, left[i + 2].stop)
