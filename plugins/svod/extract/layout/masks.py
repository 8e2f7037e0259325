"""Stretches whose digits are part of something else: phones, laws, addresses, clock times, codes.

Knows patterns of text only (lexicon/rejections.yml), nothing of sentences.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from svod.extract.figures.signs import lexicon
from svod.extract.words.pattern_set import PatternSet


@dataclass(frozen=True, slots=True)
class Mask:
    """A stretch of text whose digits are part of something else: a phone, a law, an address."""

    start: int
    end: int
    reason: str


@cache
def mask_patterns() -> tuple[list[str], PatternSet]:
    """Reasons and their patterns."""
    rows = [(reason, p) for reason, patterns in lexicon()["masks"].items() for p in patterns]
    return [reason for reason, _ in rows], PatternSet("(?<![а-яёa-z])", [p for _, p in rows])


def find_masks(text: str) -> list[Mask]:
    """Phones, laws, addresses, clock times and the like, in order; where they overlap the first begun
    wins.
    """
    low = text.lower()
    if len(low) != len(text):  # a few letters change length in lower case
        low = text
    reasons, patterns = mask_patterns()
    found = [Mask(m.start(), m.end(), reasons[i]) for i, m in patterns.finditer(low)]
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[Mask] = []
    for mask in found:
        if not kept or mask.start >= kept[-1].end:
            kept.append(mask)
    return kept


def mask_at(masks: list[Mask], start: int, end: int) -> Mask | None:
    """The mask that overlaps [start, end), if any."""
    i = bisect_right(masks, start, key=lambda m: m.start) - 1
    for mask in masks[max(i, 0) : i + 2]:
        if mask.start < end and start < mask.end:
            return mask
    return None
