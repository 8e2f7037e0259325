"""A screened pattern finds what `re` finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svod.extract.screened import Screened, search
from svod.extract.signs import clause_patterns

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
