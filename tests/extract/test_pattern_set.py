"""Patterns matched together give what each of them gives by itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svod.extract.layout import masks
from svod.extract.times import periods
from svod.extract.words.pattern_set import PatternSet

REPORTS = sorted((Path(__file__).parents[1] / "eval" / "reports").glob("*.txt"))
BOUNDARY = r"(?<![а-я\d])"
PATTERNS = [
    r"(?:в|за) (?:мае|марте)",
    r"\d{1,2}(?:\.\d\d)?(?!\d)",
    r"[^\W\d]+-\d",
    r"(?:ab|a)+c?",
    r"(?P<x>[а-б])(?P=x)",
    r"(?=я)\w{2,}",
    r"\s?№\S",
    r".[^x]",
    r"(?i:да)",
]


def alone(boundary: str, patterns: list[str], text: str) -> set[tuple[int, int, int]]:
    return {
        (i, m.start(), m.end())
        for i, p in enumerate(patterns)
        for m in re.finditer(rf"{boundary}(?:{p})", text)
    }


def together(patterns: PatternSet, text: str) -> set[tuple[int, int, int]]:
    return {(i, m.start(), m.end()) for i, m in patterns.finditer(text)}


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from("в замертяяДдабabcx12.-№ \n\u00a0"), max_size=25))
def test_any_text(text: str) -> None:
    assert together(PatternSet(BOUNDARY, PATTERNS), text) == alone(BOUNDARY, PATTERNS, text)


@pytest.mark.parametrize("chosen", [periods.patterns(), masks.mask_patterns()[1]], ids=["times", "masks"])
def test_reports(chosen: PatternSet) -> None:
    for path in REPORTS[::4]:
        text = path.read_text(encoding="utf-8").lower()
        assert together(chosen, text) == {
            (i, m.start(), m.end()) for i, p in enumerate(chosen.sources) for m in re.finditer(p, text)
        }


def test_a_pattern_that_matches_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="matches nothing"):
        PatternSet("", ["a*"])
