"""Contests and gatherings without quotation marks and without a level that a report is on: «форум
«серебряных» добровольцев», «конкурс проектов ТОС».

The title names one with what it is of, and the text names it so again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from svod.extract.layout.prose import Prose
from svod.extract.lexicon import load
from svod.extract.projects.project_names import key
from svod.extract.projects.unquoted import Unquoted, complemented
from svod.extract.publication.places import same_place
from svod.extract.words.kind_words import kind_of, lemma
from svod.extract.words.noun_phrases import near
from svod.language.document import Token
from svod.models import ProjectKind

_HEADS = frozenset(
    "форум фестиваль конкурс слёт спартакиада чемпионат турнир премия марафон смотр-конкурс съезд "
    "отбор".split()
)
_CONTESTS = frozenset("конкурс чемпионат турнир премия".split())
_TERRITORY = frozenset("губерния регион область край республика округ район город страна россия село".split())
_PAID_BY = re.compile(r"грант|субсиди", re.IGNORECASE)  # a contest that is a source of money
_ABBREVIATION = re.compile(r"^[А-ЯЁ]{2,5}$")
_YEAR = re.compile(r"^([А-ЯЁ][а-яё]{4,})-(20\d\d)$")


@dataclass(frozen=True, slots=True)
class _Told:
    name: str
    start: int
    end: int
    titled: bool


def find_repeated(prose: Prose) -> Iterator[Unquoted]:
    """In text order, each as often as it is named."""
    yield from _of_year(prose)
    told: dict[tuple[str, ...], list[_Told]] = {}
    for at in prose.vocabulary.where(_may_head):
        found = _told_at(prose, at)
        if found is not None:
            told.setdefault(key(found.name), []).append(found)
    for places in told.values():
        if len(places) > 1 and any(p.titled for p in places):
            head = prose.words[prose.index(places[0].start)]
            kind = "contest" if head.lemma == "конкурсный" else kind_of(head) or "event"
            for place in places:
                yield Unquoted(place.start, place.end, place.name, kind, "repeated", sure=True)


def _may_head(word: Token) -> bool:
    return lemma(word) in _HEADS and word.has("NOUN", "sing")


def _told_at(prose: Prose, at: int) -> _Told | None:
    block = prose.block(prose.words[at].start)
    if block is None or block.kind in {"furniture", "signature"}:
        return None
    before = prose.words[at - 1] if at else None
    noun, first = lemma(prose.words[at]), at
    selection = noun == "отбор"  # «конкурсный отбор проектов в рамках инициативного бюджетирования»
    if selection:
        if before is None or before.lemma != "конкурсный":
            return None
        noun, first = "конкурсный отбор", at - 1
    elif before is not None and before.has("ADJF") and before.lemma in load("projects")["levels"]:
        return None  # «областной конкурс …» has a rule of its own
    last = complemented(prose, at)
    if selection and [w.text for w in prose.words[last : last + 2]] == ["в", "рамках"]:
        last = max(last, complemented(prose, last + 1))
    while (
        last < len(prose.words)
        and near(prose, last - 1, last)
        and _ABBREVIATION.match(prose.words[last].text)
    ):
        last += 1  # «проектов ТОС»
    while last > at + 1 and _is_territory(prose.words[last - 1]):
        last -= 1
    if last < at + 2 or prose.quote_at(prose.words[min(last, len(prose.words) - 1)].start) is not None:
        return None
    end = prose.words[last - 1].stop
    tail = prose.text[prose.words[at].stop : end]
    if _PAID_BY.search(tail) is not None or "\n" in tail:
        return None
    start = prose.words[first].start
    return _Told(f"{noun[:1].upper()}{noun[1:]}{tail}", start, end, block.kind in {"title", "heading"})


def _is_territory(word: Token) -> bool:
    return word.lemma in _TERRITORY or (word.text[:1].isupper() and same_place(word.text))


def _of_year(prose: Prose) -> Iterator[Unquoted]:
    """«Спартакиада-2024 стартовала»."""
    for word in prose.words:
        match = _YEAR.match(word.text)
        if match is not None and match[1].casefold() in _HEADS:
            kind: ProjectKind = "contest" if match[1].casefold() in _CONTESTS else "event"
            yield Unquoted(word.start, word.stop, word.text, kind, "repeated", sure=True)
