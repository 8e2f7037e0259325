"""Whatever stands in a text, reading it ends, and every fact lies where it says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from svod.extract.figures.metrics import read_metrics
from svod.extract.layout.segments import segment
from svod.extract.reader import read
from svod.language.document import analyse
from svod.models import ReportText

REPORTS = sorted((Path(__file__).parents[1] / "eval" / "reports").glob("*.txt"))[:24]

HOSTILE = {
    "empty": "",
    "blank": " \n\u00a0\n\t",
    "no spaces": "а" * 300_000,
    "digits": "7" * 100_000,
    "numbers": "12 " * 20_000,
    "quotes": "«" * 3_000 + "»" * 3_000,
    "open quotes": "«а " * 5_000,
    "brackets": "(" * 10_000,
    "controls": "".join(map(chr, range(32))) * 400 + "\u202e\u2066" * 500,
    "emoji": "🎉" * 10_000,
    "ranges": "от 1 до " * 5_000,
    "bases": "5 из " * 5_000,
    "scales": "тысяча " * 5_000,
    "commas": "1," * 20_000,
    "lines": "1 семья\n" * 3_000,
    "names": "Иван " * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends(name: str) -> None:
    facts = read(ReportText(text=HOSTILE[name]))
    assert all(HOSTILE[name][m.evidence.start : m.evidence.end] == m.evidence.quote for m in facts.metrics)


WORDS = (
    "«Дом» 12 семей 5% тыс. руб. в 2023 году, — ; ( ) от до из 1 234 двое вдвое каждый пятый № 5 18:00 +7 ✅ "
    "\n получили помощь на треть больше план факт | 3/4 «  » \u00a0 \u202e 1,5 млн рублей человек тридцать"
)
PIECES = st.sampled_from(WORDS.split(" "))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_words_in_any_order_are_read(text: str) -> None:
    doc = analyse([text], names=False)[0]
    metrics, rejected = read_metrics(doc, segment(doc), (), None)
    for fact in (*(m.evidence for m in metrics), *rejected):
        assert text[fact.start : fact.end] == fact.quote
    for i, metric in enumerate(metrics):
        assert metric.value_max is None or metric.value < metric.value_max
        assert metric.part_of is None or 0 <= metric.part_of < i
        assert 0.0 < metric.evidence.confidence < 1.0


BROKEN_OFF = (
    "Сейчас работают 18 пунктов выдачи, до конца 2026 года их число увеличится до 22",
    "Выступили трест «Заря» и филиал «Северный» АО",
    "Победила «Заря» (проект",
)


@pytest.mark.parametrize("text", BROKEN_OFF)
def test_a_text_that_breaks_off_is_read(text: str) -> None:
    facts = read(ReportText(text=text))
    evidence = [f.evidence for f in (*facts.metrics, *facts.partners, *facts.projects)]
    assert evidence
    assert all(text[e.start : e.end] == e.quote for e in evidence)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(REPORTS), st.integers(0, 3_000), st.integers(1, 800))
def test_a_report_is_read_wherever_it_is_cut(report: Path, start: int, length: int) -> None:
    text = report.read_text(encoding="utf-8")[start : start + length]
    facts = read(ReportText(text=text))
    assert all(text[m.evidence.start : m.evidence.end] == m.evidence.quote for m in facts.metrics)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
@example("\U00017000 12 семей")  # a letter that Unicode gives no name
def test_any_text_is_read(text: str) -> None:
    doc = analyse([text], names=False)[0]
    metrics, rejected = read_metrics(doc, segment(doc), (), None)
    assert all(text[m.evidence.start : m.evidence.end] == m.evidence.quote for m in metrics)
    assert all(text[r.start : r.end] == r.quote for r in rejected)


def test_work_grows_with_length() -> None:
    """Eight times the text asks for eight times the calls: counted, for a clock on a shared machine tells
    of its neighbours. What one call copies or searches is the benchmark's to tell.
    """
    sentence = "В 2023 году помощь получили 312 семей, из них 45 — многодетные, выдано 18 сертификатов.\n"

    def calls(times: int) -> int:
        doc = analyse([sentence * times], names=False)[0]
        count = 0

        def tally(*_: object) -> None:
            nonlocal count
            count += 1

        sys.setprofile(tally)
        try:
            read_metrics(doc, segment(doc), (), None)
        finally:
            sys.setprofile(None)
        return count

    calls(10)  # models, lexicons and words are learnt
    assert calls(800) < 9 * calls(100)


_CYCLES = """
import gc, pathlib, sys
from svod.extract.reader import read_many
from svod.models import ReportText

reports = [ReportText(text=pathlib.Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:]]
read_many(reports)  # models and lexicons are loaded
gc.collect()
gc.disable()
read_many(reports)
print(gc.collect())
"""


def test_reading_leaves_no_cycles() -> None:
    """So memory comes back without the garbage collector, which is off while a batch is read. In a process of
    its own: what other tests left behind is no reading's."""
    out = subprocess.run(
        [sys.executable, "-c", _CYCLES, *map(str, REPORTS)], capture_output=True, text=True, check=True
    )
    assert out.stdout.strip() == "0"
