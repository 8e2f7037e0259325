"""Finds, in a new reading of a report, the facts about which people had already decided. Pure.

A decision belongs to a sentence, not to an offset: text moves, rules change, quotes grow or shrink by a word.
A fact is found again by its quote and by what stands around it. The figures in the quote must be the same:
a source that now says 125 instead of 120 has said something new, about which nobody has decided yet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz import fuzz

CONTEXT = 120  # characters looked at on either side of a quote
TELLING = 12  # characters beside a quote from which they say something about it
SURE = 0.7  # two texts about different things reach 0.5
LEAST_AROUND = 0.5  # of the surroundings: a decision is rather lost than given to another sentence
LEAST = 0.6  # score from which a fact counts as found again
MARGIN = 0.02  # by which the best must beat the second best, else place decides
NUMBER = re.compile(r"\d+")
SPACE = re.compile(r"[\s\u00a0\u202f]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A fact where it stands: `text[start:end]` is its quote."""

    fact_id: str
    text: str
    start: int
    end: int
    value: Decimal
    kind: str


@dataclass(frozen=True, slots=True)
class Match:
    """The present fact, and how alike quote and surroundings are, 0-1."""

    fact_id: str
    score: float


def match_passages(decided: Sequence[Passage], present: Sequence[Passage]) -> Mapping[str, Match]:
    """For each decided fact its present one, where there is one; no present fact is given twice.

    `decided` are facts of one reading, `present` those of another one of the same report. The same input
    gives the same answer in any order.
    """
    kept = {fact.fact_id for fact in present}
    found = {fact.fact_id: Match(fact.fact_id, 1.0) for fact in decided if fact.fact_id in kept}
    old = [_Seen.of(fact) for fact in decided if fact.fact_id not in found]
    new = [_Seen.of(fact) for fact in present if fact.fact_id not in found]
    pairs = [(score, a, b) for a in old for b in new if (score := _score(a, b)) >= LEAST]
    # alike pairs within MARGIN are told apart by how far the fact moved through the text
    pairs.sort(
        key=lambda p: (-round(p[0] / MARGIN), abs(p[1].place - p[2].place), p[1].fact_id, p[2].fact_id)
    )
    taken: set[str] = set()
    for score, a, b in pairs:
        if a.fact_id not in found and b.fact_id not in taken:
            found[a.fact_id] = Match(b.fact_id, score)
            taken.add(b.fact_id)
    return found


@dataclass(frozen=True, slots=True)
class _Seen:
    """A passage prepared for comparison. `place` is where it stands in its text, 0-1."""

    fact_id: str
    quote: str
    numbers: tuple[str, ...]
    before: str
    after: str
    place: float
    value: Decimal
    kind: str

    @classmethod
    def of(cls, fact: Passage) -> _Seen:
        quote = _plain(fact.text[fact.start : fact.end])
        return cls(
            fact.fact_id,
            quote,
            tuple(NUMBER.findall(quote)),
            _plain(fact.text[max(0, fact.start - CONTEXT) : fact.start]),
            _plain(fact.text[fact.end : fact.end + CONTEXT]),
            fact.start / max(1, len(fact.text)),
            fact.value,
            fact.kind,
        )


def _plain(text: str) -> str:
    return SPACE.sub(" ", text.lower().replace("ё", "е")).strip()


def _score(a: _Seen, b: _Seen) -> float:
    """0 when the figures differ; else half the quote, half the surroundings, a little for value and kind."""
    if a.numbers != b.numbers:
        return 0.0
    if not a.numbers and a.value != b.value:  # a number in words: its value must speak for it
        return 0.0
    quote = fuzz.ratio(a.quote, b.quote) / 100
    if a.quote in b.quote or b.quote in a.quote:
        quote = max(quote, 0.9)
    around = _around(a, b)
    if around < LEAST_AROUND:
        return 0.0
    same = (0.5 if a.value == b.value else 0.0) + (0.5 if a.kind == b.kind else 0.0)
    return 0.4 * quote + 0.45 * around + 0.15 * same


def _around(a: _Seen, b: _Seen) -> float:
    """How alike the surroundings are. One side must be nearly the same: on the other, text may be new."""
    left, right = min(len(a.before), len(b.before)), min(len(a.after), len(b.after))
    sides = [
        fuzz.ratio(x, y) / 100
        for x, y, size in (
            (a.before[len(a.before) - left :], b.before[len(b.before) - left :], left),
            (a.after[:right], b.after[:right], right),
        )
        if size >= TELLING
    ]
    if not sides:  # the quote is nearly the whole text
        return float(a.before == b.before and a.after == b.after)
    return (max(sides) + min(sides)) / 2 if max(sides) >= SURE else 0.0
