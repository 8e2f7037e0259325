"""Noun phrases brought to the nominative: which words agree, and how a word looks in another case.

Knows words only; which phrases are names is decided by those who call.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from svod.language.morph import analyzer, forms

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_ALIAS = {"gen2": "gent", "acc2": "accs", "loc2": "loct", "gen1": "gent"}
_EVERY_CASE = (*CASES, *_ALIAS, "voct", "loc1")
NOT_ADJECTIVES = frozenset({"Apro"})  # «наш», «этот», «который» are no part of a name


def _case(tag: Any) -> str:
    return _ALIAS.get(str(tag.case), str(tag.case))


@lru_cache(maxsize=100_000)
def _parses(word: str) -> tuple[Any, ...]:
    found = analyzer().parse(word.casefold()[:64])
    return tuple(p for p in found if p.normal_form not in _UNUSUAL) or tuple(found)


_UNUSUAL = frozenset({"лагер"})  # «в лагере» is of a camp, though a beer shares the form


@cache
def _declined(grammemes: frozenset[str]) -> tuple[str, str, str]:
    """Case, number and gender of a reading, «None» for what it has not."""
    case = next((c for c in _EVERY_CASE if c in grammemes), "None")
    number = next((n for n in ("sing", "plur") if n in grammemes), "None")
    gender = next((g for g in ("masc", "femn", "neut") if g in grammemes), "None")
    return _ALIAS.get(case, case), number, gender


@lru_cache(maxsize=50_000)
def noun_forms(word: str) -> frozenset[tuple[str, str, str]]:
    """(case, number, gender) of every reading as a noun; in small letters none as a surname («храмов»)."""
    small = word.islower()
    return frozenset(
        reading
        for f in forms(word)
        if f.pos == "NOUN"
        and (reading := _declined(f.grammemes))[0] != "None"
        and not (small and "Surn" in f.grammemes)
    )


_ON_RIVER = re.compile(r"^([А-ЯЁ][а-яё]+[сц]к[а-яё]{2,3})(-на-[А-ЯЁ][а-яё]+)$")  # «Ростовской-на-Дону»


@lru_cache(maxsize=50_000)
def adjective_forms(word: str) -> frozenset[tuple[str, str, str]]:
    """(case, number, gender) of every reading of the word as an adjective or participle; «None» where it
    has no gender."""
    on_river = _ON_RIVER.match(word)
    return frozenset(
        _declined(f.grammemes)
        for f in forms(on_river[1] if on_river else word)
        if f.pos in {"ADJF", "PRTF"} and not f.grammemes & NOT_ADJECTIVES
    )


def agree(adjective: str, noun: str) -> frozenset[tuple[str, str, str]]:
    """The readings of the noun with which the adjective agrees."""
    return frozenset(
        reading
        for reading in noun_forms(noun)
        if any(
            a[0] == reading[0] and a[1] == reading[1] and (a[1] == "plur" or a[2] == reading[2])
            for a in adjective_forms(adjective)
        )
    )


def like(model: str, word: str) -> str:
    """The word with the letter case of the model: «ФОНДА» → «ФОНД», «Фонду» → «Фонд»."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    if "-" in model and "-" in word:
        parts = zip(model.split("-"), word.split("-"), strict=False)
        joined = "-".join(like(m, w) for m, w in parts)
        if joined.count("-") == word.count("-"):
            return joined
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def _inflect(word: str, pos: frozenset[str], reading: tuple[str, str, str], case: str = "nomn") -> str | None:
    """The word, read as a noun or adjective of this case, number and gender, in another case."""
    wanted_case, number, gender = reading
    on_river = _ON_RIVER.match(word) if "NOUN" not in pos else None
    if on_river is not None:
        first = _inflect(on_river[1], pos, reading, case)
        return None if first is None else first + on_river[2]
    if "-" in word and "NOUN" in pos and (parts := _inflect_parts(word, reading, case)) is not None:
        return parts
    for parse in _parses(word):
        tag = parse.tag
        if tag.POS not in pos or _case(tag) != wanted_case or str(tag.number) != number:
            continue
        if "NOUN" not in pos and number == "sing" and str(tag.gender) != gender:
            continue
        grammemes = {case, number} | ({gender} if "NOUN" not in pos and number == "sing" else set())
        inflected = _of_stem(parse, grammemes) if "Supr" in tag else parse.inflect(grammemes)
        if inflected is not None:
            return like(word, _likely(str(inflected.word), known=parse.is_known))
    return None


def _of_stem(parse: Any, grammemes: set[str]) -> Any:
    """«высшей» → «высшая», not «высочайшая»: a word may have two superlatives."""
    made = (p for p in parse.lexeme if grammemes | {"Supr"} <= p.tag.grammemes)
    return max(
        made, key=lambda p: sum(a == b for a, b in zip(p.word, parse.word, strict=False)), default=None
    )


def _likely(form: str, *, known: bool) -> str:
    """«Липовский» rather than «Липовской» for an adjective that the dictionary has not."""
    return form if known or not form.endswith("ской") else form[:-2] + "ий"


def _inflect_parts(word: str, reading: tuple[str, str, str], case: str) -> str | None:
    """«дома-интерната» → «дом-интернат»: both parts decline where both are nouns of that case."""
    made: list[str] = []
    for part in word.split("-"):
        same = next((r for r in sorted(noun_forms(part)) if r[:2] == reading[:2]), None)
        inflected = _inflect(part, NOUN, same, case) if same is not None and len(part) > 2 else None
        if inflected is None:
            return None
        made.append(inflected)
    return "-".join(made)


NOUN = frozenset({"NOUN"})
ADJECTIVE = frozenset({"ADJF", "PRTF"})


def phrase_reading(
    adjectives: Sequence[str], head: str, cases: Sequence[str] = CASES
) -> tuple[str, str, str] | None:
    """The case, number and gender in which all these adjectives agree with the head; the first of `cases`
    that fits."""
    readings = noun_forms(head)
    for adjective in adjectives:
        readings &= agree(adjective, head)
    ordered = sorted(readings, key=lambda r: (r[1] != "sing", cases.index(r[0]) if r[0] in cases else 9, r))
    fitting = [r for r in ordered if r[0] in cases]
    return fitting[0] if fitting else None


def to_nominative(
    adjectives: Sequence[str], head: str, cases: Sequence[str] = CASES
) -> tuple[list[str], str] | None:
    """«Мамину», «школу» → [«Мамина»], «школа». None when the words do not agree in any of these cases."""
    reading = phrase_reading(adjectives, head, cases)
    if reading is None:
        return None
    if reading[0] == "nomn":
        return list(adjectives), head
    noun = _inflect(head, NOUN, reading)
    made = [_inflect(a, ADJECTIVE, reading) for a in adjectives]
    if noun is None or any(m is None for m in made):
        return None
    return [m for m in made if m is not None], noun


_NAMED = re.compile(r"^(.+[сц]к)(?:(?P<fem>ая|ой|ую)|ий|ого|ому|им|ом)$")


def adjective_nominative(word: str) -> str | None:
    """«Каменским» → «Каменский»: an adjective beside a word that shows no case, in the gender it shows."""
    readings = sorted(r for r in adjective_forms(word) if r[1] == "sing" and r[2] != "None")
    if not readings:  # the dictionary has only a surname: «Каменский»
        by_ending = _NAMED.match(word)
        return f"{by_ending[1]}{'ая' if by_ending['fem'] else 'ий'}" if by_ending else None
    gender = "masc" if any(r[2] == "masc" for r in readings) else readings[0][2]
    reading = min((r for r in readings if r[2] == gender), key=lambda r: r[0] != "nomn")
    return word if reading[0] == "nomn" else _inflect(word, ADJECTIVE, reading)


def in_genitive(adjectives: Sequence[str], head: str) -> list[str]:
    """«Тульская», «область» → «Тульской», «области»; empty when the words do not agree in the nominative."""
    reading = phrase_reading(adjectives, head, ("nomn",))
    if reading is None:
        return []
    made = [_inflect(a, ADJECTIVE, reading, "gent") for a in adjectives] + [
        _inflect(head, NOUN, reading, "gent")
    ]
    return [m for m in made if m is not None] if None not in made else []


_SURNAME = re.compile(r"(?:[оеё]в|[иы]н|[сц]кий|енко|ян|дзе|швили)$")


def surname_nominative(word: str) -> str:
    """«Шмакову» → «Шмаков», «Петровой» → «Петрова»; «Цыренов» stays."""
    parses = [p for p in _parses(word) if {"Surn", "sing"} <= p.tag.grammemes]
    if _SURNAME.search(word) or any(_case(p.tag) == "nomn" for p in parses):
        return word
    made = parses[0].inflect({"nomn", "sing"}) if parses else None
    return word if made is None else like(word, str(made.word))
