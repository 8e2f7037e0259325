"""Established measures without quotation marks: the social contract, the children's helpline, long-term care.

They are definite by themselves. Whether one counts as a project depends on the figures, which are not read
here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import cast

from svod.extract.layout.prose import Prose
from svod.extract.lexicon import load
from svod.extract.publication.places import keys
from svod.language.by_word import by_word
from svod.language.document import Token
from svod.models import ProjectKind


@dataclass(frozen=True, slots=True)
class Measure:
    start: int
    end: int
    name: str
    kind: ProjectKind
    weak: bool
    people: bool


_Row = tuple[tuple[frozenset[str], ...], str, ProjectKind, bool, bool]


@cache
def _measures() -> dict[str, tuple[_Row, ...]]:
    """By every key of the first word: the keys of all words, the canonical name and the kind; longest
    first."""
    index: dict[str, list[_Row]] = {}
    for row in load("projects")["measures"]:
        words = tuple(_lemmas(w) for w in row["words"])
        for key in words[0]:
            index.setdefault(key, []).append(
                (
                    words,
                    row["name"],
                    cast(ProjectKind, row["kind"]),
                    bool(row.get("weak")),
                    bool(row.get("people")),
                )
            )
    return {k: tuple(sorted(v, key=lambda m: -len(m[0]))) for k, v in index.items()}


@lru_cache(maxsize=50_000)
def _lemmas(word: str) -> frozenset[str]:
    return frozenset(k for k in keys(word) if not k.startswith("~")) | {word.casefold().replace("ё", "е")}


@lru_cache(maxsize=50_000)
def _beginning_with(word: str) -> tuple[_Row, ...]:
    """The measures whose first word this is, the longest first."""
    index = _measures()
    found = [m for k in sorted(_lemmas(word)) for m in index.get(k, ())]
    return tuple(sorted(found, key=lambda m: (-len(m[0]), m[1])))


@by_word
def _begins(word: Token) -> bool:
    return word.text[0].isalpha() and bool(_beginning_with(word.text))


_MANY = re.compile(r"^\d\d+$")


def find_measures(prose: Prose) -> Iterator[Measure]:
    """Mentions of measures in text order, the longest at each place."""
    words = prose.words
    end = 0
    for at in prose.vocabulary.where(_begins):
        if at < end:
            continue
        for wanted, name, kind, weak, people in _beginning_with(words[at].text):
            if _matches(words, at, wanted):
                if people and at and _MANY.match(words[at - 1].text):
                    break  # «60 социальных координаторов филиала»: its staff
                end = at + len(wanted)
                yield Measure(words[at].start, words[end - 1].stop, name, kind, weak, people)
                break


def at_fullest(found: Sequence[Measure]) -> list[Measure]:
    """«детский телефон доверия … на телефон доверия поступило»: a shorter name is the one longer of the
    report.
    """
    names = {m.name for m in found}
    longer = {short: [n for n in names if _is_part(short, n)] for short in names}
    return [replace(m, name=longer[m.name][0]) if len(longer[m.name]) == 1 else m for m in found]


def fuller(name: str, offered: Sequence[Measure]) -> Measure | None:
    """The longer measure of the report that a name in quotation marks, itself a measure's, stands for: None
    if there is none or more than one.
    """
    if name not in {row["name"] for row in load("projects")["measures"]}:
        return None
    longer = {m.name: m for m in offered if _is_part(name, m.name)}
    return next(iter(longer.values())) if len(longer) == 1 else None


def _is_part(short: str, name: str) -> bool:
    short, name = short.casefold(), name.casefold()
    return name.endswith(f" {short}") or name.startswith(f"{short} ")


def _matches(words: tuple[Token, ...], at: int, wanted: tuple[frozenset[str], ...]) -> bool:
    if at + len(wanted) > len(words):
        return False
    return all(_lemmas(words[at + k].text) & w for k, w in enumerate(wanted)) and all(
        words[at + k + 1].start - words[at + k].stop <= 2 for k in range(len(wanted) - 1)
    )
