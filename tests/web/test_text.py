"""The pure parts: mentions laid over a text, versions compared, decisions found again, hidden characters."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svod.resolve.review_matching import Passage, match_passages
from svod.web.differences import compare
from svod.web.health import State
from svod.web.highlight import Span, paragraphs
from svod.web.territories import load_territories, subject_of
from svod.web.visible import plain, visible

from .samples import SEED

SPANS = st.tuples(st.integers(-5, 60), st.integers(-5, 60), st.sampled_from(["metric", "project", "partner"]))


@given(st.text(alphabet="аб \n", max_size=50), st.lists(SPANS, max_size=8))
def test_whatever_lies_over_a_text_the_text_stays(text: str, raw: list[tuple[int, int, str]]) -> None:
    spans = [Span(kind, str(i), a, b) for i, (a, b, kind) in enumerate(raw)]  # type: ignore[arg-type]
    lines = paragraphs(text, spans)
    assert "\n".join("".join(piece.text for piece in line) for line in lines) == text
    for span in spans:
        covered = "".join(p.text for line in lines for p in line if span in p.spans)
        inside = 0 <= span.start < span.end <= len(text)
        assert covered == (text[span.start : span.end].replace("\n", "") if inside else "")
        begins = [p for line in lines for p in line if span in p.begins]
        starts_in_a_line = inside and text[span.start] != "\n"
        assert len(begins) == (1 if starts_in_a_line else 0)


def test_overlapping_mentions_are_both_shown() -> None:
    line = paragraphs("проект «Дом» помог", [Span("project", "p", 7, 12), Span("metric", "m", 10, 18)])[0]
    assert [(p.text, p.kinds) for p in line] == [
        ("проект ", ()),
        ("«До", ("project",)),
        ("м»", ("project", "metric")),
        (" помог", ("metric",)),
    ]


def test_ten_thousand_mentions_in_one_line_take_a_moment() -> None:
    text = "12 семей " * 10_000
    spans = [Span("metric", str(i), i * 9, i * 9 + 8) for i in range(10_000)]
    began = time.process_time()
    (line,) = paragraphs(text, spans)
    assert len(line) == 20_000
    assert time.process_time() - began < 5


def test_hidden_characters_are_named() -> None:
    shown = str(visible("помогли 1\u202e02 <b>семьям\u200b\x00"))
    assert "<b>" not in shown
    assert "\u202e" not in shown
    assert ">RLO</span>" in shown
    assert ">ZWSP</span>" in shown
    assert ">U+0000</span>" in shown
    assert plain("a\u202eb\n") == "a⟦RLO⟧b\n"
    assert visible(None) == visible("") == ""
    assert str(visible("обычный текст\u00a0– да")) == "обычный текст\u00a0– да"


@given(st.text())
def test_nothing_hidden_is_left_and_everything_can_be_sent(text: str) -> None:
    shown = str(visible(text))
    shown.encode("utf-8")
    assert not set(shown) & set("\u202e\u200b\u0000\u2066")


def test_a_changed_word_is_shown_inside_its_line() -> None:
    old = "Начало\nПомогли 120 семьям за год.\nКонец"
    lines = compare(old, old.replace("120", "125").replace("Конец", "Конец\nЕщё строка"))
    assert lines is not None
    assert [(line.mark, [(r.mark, r.text) for r in line.runs if r.mark != "same"]) for line in lines] == [
        ("same", []),
        ("changed", [("gone", "120"), ("added", "125")]),
        ("same", []),
        ("added", [("added", "Ещё строка")]),
    ]


def test_long_unchanged_stretches_are_folded() -> None:
    old = "\n".join(f"строка {n}" for n in range(100))
    lines = compare(old, old.replace("строка 50", "строка пятьдесят"))
    assert lines is not None
    assert [line.skip for line in lines if line.mark == "skip"] == [48, 47]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("а " * 200_000, "б " * 200_000),
        ("\n".join("а" * 300), "\n".join("аб" * 300)),
        ("а б в г " * 5_000, "г в б а " * 5_000),
        ("\n" * 100_000, "\n" * 100_001),
    ],
)
def test_hostile_texts_are_compared_in_bounded_time(old: str, new: str) -> None:
    began = time.process_time()
    compare(old, new)
    assert time.process_time() - began < 10


@given(st.text(alphabet="аб\n", max_size=40), st.text(alphabet="аб\n", max_size=40))
def test_a_comparison_tells_both_texts(old: str, new: str) -> None:
    lines = compare(old, new)
    assert lines is not None
    if any(line.mark == "skip" for line in lines):
        return
    sides = {"old": ("same", "gone"), "new": ("same", "added")}
    for side, marks in sides.items():
        kept = [
            "".join(run.text for run in line.runs if run.mark in marks)
            for line in lines
            if line.mark not in {"added", "gone"} or line.mark in marks
        ]
        assert "\n".join(kept) == (old if side == "old" else new)


def passage(text: str, quote: str, key: str = "", value: int = 1, nth: int = 0) -> Passage:
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return Passage(key or f"{quote} {nth}", text, start, start + len(quote), Decimal(value), "count")


REPORT = "В январе помогли 12 семьям и 30 детям. Летом прошло 12 занятий для 12 семей, а осенью – ничего."


@pytest.mark.parametrize(
    ("now", "quote", "found"),
    [
        (REPORT, "12 семьям", True),
        ("Сначала предисловие. " * 20 + REPORT, "12 семьям", True),
        (REPORT.replace(" ", "\u00a0"), "12\u00a0семьям", True),
        (REPORT.replace("помогли", "помогли более"), "12 семьям", True),
        (REPORT, "помогли 12 семьям", True),  # the quote has grown by a word
        (REPORT.replace("12 семьям", "15 семьям"), "15 семьям", False),  # another figure: a new claim
        ("Совсем другой отчёт о других делах, в котором тоже 12 семьям помогли", "12 семьям", False),
    ],
)
def test_a_fact_is_found_again_by_quote_and_context(now: str, quote: str, found: bool) -> None:
    matches = match_passages([passage(REPORT, "12 семьям", "old")], [passage(now, quote, "new")])
    assert (matches.get("old") is not None) == found


def test_equal_quotes_are_told_apart_by_what_stands_around_them() -> None:
    text = "Помогли 12 семьям в Кирове. Помогли 12 семьям в Слободском. Помогли 12 семьям в Омутнинске."
    old = [passage(text, "12 семьям", f"old {n}", nth=n) for n in range(3)]
    shifted = "Вступление. " + text
    new = [passage(shifted, "12 семьям", f"new {n}", nth=n) for n in range(3)]
    for order in (new, new[::-1]):
        matches = match_passages(old, order)
        assert {k: m.fact_id for k, m in matches.items()} == {f"old {n}": f"new {n}" for n in range(3)}


def test_the_same_fact_is_itself_and_nothing_is_given_twice() -> None:
    same = passage(REPORT, "30 детям", "kept")
    matches = match_passages(
        [same, passage(REPORT, "12 семьям", "old")], [same, passage(REPORT, "12 семьям", "new")]
    )
    assert {k: m.fact_id for k, m in matches.items()} == {"kept": "kept", "old": "new"}
    assert matches["kept"].score == 1.0
    two = [passage(REPORT, "12 семьям", "a"), passage(REPORT, "12 семьям", "b", value=2)]
    assert len(match_passages(two, [passage(REPORT, "12 семьям", "new")])) == 1
    assert match_passages([], two) == match_passages(two, []) == {}


def test_a_number_in_words_must_keep_its_value() -> None:
    text = "Подготовку прошли полсотни волонтёров."
    old = passage(text, "полсотни волонтёров", "old", value=50)
    assert (
        match_passages([old], [passage(text, "полсотни волонтёров", "new", value=50)])["old"].fact_id == "new"
    )
    assert not match_passages([old], [passage(text, "полсотни волонтёров", "new", value=500)])


def test_the_grid_holds_every_federal_subject_once() -> None:
    territories = load_territories(SEED)
    assert len(territories) == 89
    assert len({(t.column, t.row) for t in territories.values()}) == 89
    assert len({t.label_ru for t in territories.values()}) == 89
    assert len({t.label_en for t in territories.values()}) == 89
    assert all(1 <= t.column <= 17 and 1 <= t.row <= 12 for t in territories.values())


@pytest.mark.parametrize(
    ("oktmo", "subject"),
    [
        ("47000000", "47000000"),
        ("47701000001", "47000000"),
        ("11800000", "11800000"),
        ("71876000", "71800000"),
        ("71918000", "71900000"),
        ("71701000", "71000000"),
        ("", None),
        (None, None),
    ],
)
def test_the_subject_of_a_municipality(oktmo: str | None, subject: str | None) -> None:
    assert subject_of(oktmo) == subject
    assert subject is None or subject in load_territories(SEED)


def test_states_are_ordered_from_worst_to_best() -> None:
    assert list(State) == [
        State.UNUSABLE,
        State.FAILING,
        State.SILENT,
        State.NEVER,
        State.OK,
        State.PAUSED,
        State.REMOVED,
    ]
