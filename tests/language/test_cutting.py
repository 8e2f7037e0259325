"""The quick cutter gives razdel's own sentences and tokens, on reports and on texts made to break it."""

from __future__ import annotations

from pathlib import Path

import pytest
import razdel
from hypothesis import given, settings
from hypothesis import strategies as st

from svod.language import cutting

REPORTS = sorted((Path(__file__).parents[1] / "eval" / "reports").glob("*.txt"))
_MARKS = ".,;:!?…-–—−‑_/\\«»“”„\"'()[]{}*=№#@%^~|"
_ATOMS = st.sampled_from(
    ["а", "Б", "слово", "Слово", "z", "yahoo", "г", "им", "т", "1", "23", "IV", "Δ", "é"]
)
_JOINTS = st.sampled_from([*_MARKS, " ", "  ", "\u00a0", "\t", "\n", "", "...", "?!", ":-)", "--", "**"])
_TEXTS = st.lists(st.one_of(_ATOMS, _JOINTS), max_size=14).map("".join)


def agree(text: str) -> None:
    theirs = [(s.start, s.stop) for s in razdel.sentenize(text) if s.text.strip()]
    assert cutting.sentences(text) == theirs
    assert cutting.tokens(text) == [(t.start, t.stop, t.text) for t in razdel.tokenize(text)]


@pytest.mark.parametrize("part", range(4))
def test_reports(part: int) -> None:
    for path in REPORTS[part::4]:
        for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
            agree(line)


@settings(max_examples=1500, deadline=None)
@given(_TEXTS)
def test_marks_and_words_in_any_order(text: str) -> None:
    agree(text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_any_characters(text: str) -> None:
    agree(text)


@pytest.mark.parametrize(
    "text",
    [
        "2021. 5",
        "кое- как",
        "кое -как",
        "1 /2",
        "а. Б",
        "yahoo! 5",
        "т. д. Он",
        "_ а",
        "А.С. Пушкин",
        "9=)) Б",
    ],
)
def test_marks_that_join_over_a_blank(text: str) -> None:
    agree(text)
