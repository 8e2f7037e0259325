"""A screened pattern finds what `re` finds."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svod.extract.figures import comparators, plans
from svod.extract.figures.signs import clause_patterns
from svod.extract.words import held_strings
from svod.extract.words.screened import AnyOf, Screened, Several, search

REPORTS = Path(__file__).parents[1] / "eval" / "reports"
PATTERNS = [
    r"в среднем",
    r"(?:план|факт)[а-я]*",
    r"(?<![а-я])по[ \u00a0]$",
    r"план[а-я]{0,3} ?$",
    r"^план$",
    r"(?:план|)а",
    r"[пф]лан",
    r"(?:по )+план",
    r"(?:по )*план",
    r"по(?= план)",
    r"план|\d",
    r"(?P<a>п)о (?P=a)",
    r"(?i:ПО) план",
    r".$|план",
    r"(?:по|факт)[ \u00a0](?:[а-я]+ )?план$",
    r"(?:по ){0,2}(?:а|план[ \u00a0])?$",
    r"(?:(?:в|по) )*план(?:а|5)$",
    r"(?m:по$)",
    r"план(?=.?)$",
    r"[^а]план$",
]
_TEXTS = st.lists(st.sampled_from(["план", "факт", "по", " ", "в среднем", "а", "\n", "5", "ПО"]), max_size=7)


@pytest.mark.parametrize("pattern", PATTERNS)
@settings(max_examples=150, deadline=None)
@given(texts=_TEXTS)
def test_same_as_re(pattern: str, texts: list[str]) -> None:
    text = "".join(texts)
    assert str(Screened(pattern).search(text)) == str(re.search(pattern, text))
    assert str(Screened(pattern, re.IGNORECASE).search(text)) == str(re.search(pattern, text, re.IGNORECASE))
    assert str(search(pattern, text)) == str(re.search(pattern, text))


def test_far_from_the_end() -> None:
    assert search(r"по[ \u00a0]$", "а" * 500 + "по ") is not None
    assert search(r"по[ \u00a0]$", "по " + "а" * 500) is None
    assert search(r"(?<!а)по$", "апо") is None


def test_the_clause_patterns_are_screened() -> None:
    assert all(p.search("съешь ещё этих мягких булок") is None for p in clause_patterns().values())


@settings(max_examples=150, deadline=None)
@given(texts=_TEXTS, patterns=st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=4))
def test_several_at_once(texts: list[str], patterns: list[str]) -> None:
    text = "".join(texts)
    several = Several((p, Screened(p)) for p in patterns)
    assert several.found(text) == [p for p in patterns if re.search(p, text)]
    assert several.any(text) == any(re.search(p, text) for p in patterns)


def test_beginnings_of_sentences() -> None:
    """What rules ask most: the text before a number, in the patterns that are tied to its end."""
    report = (REPORTS / "doc_01.txt").read_text(encoding="utf-8").lower()
    tied = [p for p in (*plans.__dict__.values(), *comparators.__dict__.values()) if isinstance(p, Screened)]
    assert len(tied) > 20
    for end in range(1, len(report)):
        before = report[max(0, end - 60) : end]
        for pattern in tied:
            assert str(pattern.search(before)) == str(pattern.unscreened.search(before))


@settings(max_examples=150, deadline=None)
@given(texts=_TEXTS, patterns=st.lists(st.sampled_from(PATTERNS), min_size=1, max_size=4))
def test_any_of_many(texts: list[str], patterns: list[str]) -> None:
    text = "".join(texts)
    for flags in (0, re.IGNORECASE):
        assert AnyOf(patterns, flags).found(text) == any(re.search(p, text, flags) for p in patterns)


def test_letters_are_found_in_every_case_that_re_takes_for_theirs() -> None:
    every = "".join(c for c in map(chr, range(sys.maxunicode + 1)) if c.casefold() != c or c.upper() != c)
    for letter in "abcdefghjklmnopqrstuvwxyzабвгдеёжзийклмнопрстуфхцчшщъыьэюя":
        found = re.findall(letter, every, re.IGNORECASE)
        assert len(found) >= 2
        assert all(letter in c.casefold() for c in found)


def test_a_set_of_strings_that_comes_later_is_asked_of_known_texts_too() -> None:
    text = "кот на крыше"
    first = held_strings.bit_of(["кот", "пёс"])
    assert held_strings.of(text) & first
    later = held_strings.bit_of(["рыш"])
    absent = held_strings.bit_of(["ко на"])
    assert held_strings.of(text) & later
    assert not held_strings.of(text) & absent
    assert held_strings.bit_of(["пёс", "кот"]) == first
