"""Whom a stretch of a report is about: the ages it names, the only group it speaks of, the report's own.

Looks at words alone; which figure inherits the group is decided by those who tell its beneficiary.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import get_args

from svod.extract.lexicon import load
from svod.extract.words.screened import Screened, Several
from svod.language.lazy import lazy
from svod.models import Beneficiary

ORDER: tuple[Beneficiary, ...] = get_args(Beneficiary)  # of two groups the earlier counts
_LED: frozenset[Beneficiary] = frozenset(  # groups that those spoken of as «people» may turn out to be
    {"veterans_families", "children", "disabled", "elderly", "youth", "parents"}
)
_OPENING = 4  # blocks of a report that tell whom it is about
_MANY = 2  # mentions in the whole report that make a group its own
_RULING = 4  # and without a mention in the opening


@cache
def _phrases() -> Several[Beneficiary]:
    groups = load("groups")
    return Several((g, Screened("|".join(groups[g]["phrases"]))) for g in ORDER if groups[g].get("phrases"))


@cache
def _single_phrases() -> dict[Beneficiary, tuple[Screened, ...]]:
    """The phrases one by one: alone a pattern is found by the letters that it begins with."""
    groups = load("groups")
    return {g: tuple(Screened(p) for p in groups[g].get("phrases", ())) for g in ORDER}


def _places(patterns: Iterable[Screened], text: str) -> list[int]:
    """Where the text names what the patterns stand for; two of them in one place count once."""
    places = sorted((m.start(), k, m.end()) for k, p in enumerate(patterns) for m in p.finditer(text))
    found = []
    end = 0
    for start, _, stop in places:
        if start >= end:
            found.append(start)
            end = stop
    return found


@cache
def _compounds() -> Several[Beneficiary | None]:
    """Names made of a group's words that mean another group («дети войны») or none («День семьи»)."""
    groups = load("groups")
    rows: list[tuple[Beneficiary | None, str]] = [
        (g, "|".join(groups[g]["compounds"])) for g in ORDER if groups[g].get("compounds")
    ]
    rows.append((None, "|".join(groups["names"])))
    return Several((g, Screened(pattern)) for g, pattern in rows)


def groups_in(text: str) -> list[Beneficiary]:
    """The groups that a phrase names, in order of precedence."""
    low = text.lower()
    compound: set[Beneficiary | None] = set()  # not `set[…]()`: that hashes the type at every call
    if _compounds().any(low):
        for group, pattern in _compounds().rows:
            if pattern.search(low):
                low = pattern.unscreened.sub(" ", low)
                compound.add(group)
    named = _phrases().found(low)
    return [g for g in ORDER if g in compound or g in named] if compound else named


def places_of_groups(low: str) -> Iterator[tuple[int, Beneficiary]]:
    """Where a text in lower case names groups, and which."""
    for group, pattern in _compounds().rows:
        found = list(pattern.finditer(low))
        if group is not None:
            yield from ((m.start(), group) for m in found)
        if found:
            low = pattern.unscreened.sub(lambda m: " " * len(m[0]), low)
    for group, patterns in _single_phrases().items():
        yield from ((start, group) for start in _places(patterns, low))


def renamed(text: str) -> Beneficiary | None:
    """The group that a compound name gives to people whom their noun puts elsewhere («детям войны»)."""
    low = text.lower()
    return next((g for g in _compounds().found(low) if g), None)


@dataclass(frozen=True)
class Around:
    """What surrounds a figure: the words of its paragraph before it, and the report's blocks from the top."""

    before: str
    report: Report

    def tells_of(self, group: Beneficiary) -> bool:
        """The paragraph before the figure or the report's opening names the group."""
        return group in self.report.opening or group in groups_in(self.before)


@dataclass(frozen=True)
class Report:
    """The texts of a report's blocks, furniture left out."""

    blocks: Sequence[str]

    @lazy
    def opening(self) -> tuple[Beneficiary, ...]:
        """The groups that title and lead name."""
        return tuple(groups_in("\n".join(self.blocks[:_OPENING])))

    def opens_with(self, pattern: Screened) -> bool:
        """The title or the lead holds the pattern, which is in lower case."""
        return any(pattern.search(block.lower()) for block in self.blocks[:_OPENING])

    @lazy
    def group(self) -> Beneficiary | None:
        """Whom the report is about: kin of soldiers if it speaks of them as much as of any other group, else
        the only group of the opening, if it is the most spoken of.
        """
        low = "\n".join(self.blocks).lower()
        counts = Counter({g: len(_places(_single_phrases()[g], low)) for g in ORDER if g in _LED})
        others = sum(counts.values())
        kin = counts.pop("veterans_families", 0)
        if kin >= _MANY and "veterans_families" in self.opening and kin >= max(counts.values(), default=0):
            return "veterans_families"
        if kin >= _RULING and 2 * kin >= others:
            return "veterans_families"
        found = [g for g in self.opening if g in counts or g == "volunteers"]
        if len(found) != 1:
            return None
        if found[0] == "volunteers":
            return "volunteers" if others <= _MANY else None
        return found[0] if counts[found[0]] > _MANY and 2 * counts[found[0]] >= others else None


_RANGE = re.compile(
    r"(?<!\d)(\d{1,2})(?:[ \u00a0]лет)?[ \u00a0]?(?:до|–|—|-)[ \u00a0]?(\d{1,2})(?:-?ти)?[ \u00a0](?:лет|год)"
)
_FROM = re.compile(
    r"(?:старше|за|от|свыше|достигш\w+|в возрасте)[ \u00a0](\d{2})(?!\d)"
    r"(?![ \u00a0]?(?:до|–|—|-|%|тыс|млн|руб|чел))"
    r"|(?<!\d)(\d{2})\+|(?<!\d)(\d{2})[ \u00a0]лет[ \u00a0]и[ \u00a0](?:старше|более|выше)"
)
_BELOW = re.compile(r"(?:младше|до|моложе)[ \u00a0](\d{1,2})(?:-?ти)?[ \u00a0](?:лет|год)")
_OLD, _GROWN, _ADULT, _YOUNG = 50, 14, 18, 35


def group_of_ages(text: str) -> Beneficiary | None:
    """«от 14 до 17 лет» → children, «18–23 лет» → youth, «старше 55» → elderly; None for other ages."""
    spread = _RANGE.search(text)
    if spread is not None:
        return _group_between(int(spread[1]), int(spread[2]))
    above = _FROM.search(text)
    if above is not None:
        return "elderly" if int(above[1] or above[2] or above[3]) >= _OLD else None
    below = _BELOW.search(text)
    if below is None:
        return None
    return "youth" if _ADULT < int(below[1]) <= _YOUNG else _group_between(0, int(below[1]))


def _group_between(low: int, high: int) -> Beneficiary | None:
    if low >= _OLD:
        return "elderly"
    if high <= _ADULT:
        return "children"
    return "youth" if low >= _GROWN and high <= _YOUNG else None
