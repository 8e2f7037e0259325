"""Marked sentences: every construction of the guidelines, one report a line (sentences.txt)."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from svod.extract.reader import read_many
from svod.models import MetricMention, ReportFacts, ReportText

PUBLISHED = date(2024, 10, 15)
KINDS = ("count", "money", "percent_change", "percent", "multiple")


def _cases() -> list[tuple[str, tuple[str, ...]]]:
    cases: list[tuple[str, list[str]]] = []
    for line in (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("> "):
            cases.append((line[2:], []))
        elif line and not line.startswith("#"):
            cases[-1][1].append(line)
    return [(text, tuple(wanted)) for text, wanted in cases]


CASES = _cases()


@cache
def _facts() -> dict[str, ReportFacts]:
    texts = [text for text, _ in CASES]
    found = read_many(
        [ReportText(text=f"Новости\n\n15.10.2024\n\n{t}\n", published=PUBLISHED) for t in texts]
    )
    return dict(zip(texts, found, strict=True))


def _line(metric: MetricMention, wanted: str) -> str:
    """The metric in the notation of the file, with the attributes that the wanted line speaks of."""
    value = f"{metric.value.normalize():f}"
    if metric.value_max is not None:
        value += f"..{metric.value_max.normalize():f}"
    parts = [value, metric.kind, metric.unit]
    if metric.comparator != "eq":
        parts.append(metric.comparator)
    if metric.direction:
        parts.append(metric.direction)
    if metric.planned:
        parts.append("plan")
    if "&" in wanted and metric.beneficiary:
        parts.append(f"&{metric.beneficiary}")
    if "@" in wanted:
        period = metric.period
        parts.append(f"@{period.start or ''}..{period.end or ''}" if period else "@none")
    return " ".join(parts)


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[re.sub(r"\W+", "_", t)[:60] for t, _ in CASES])
def test_sentence(text: str, wanted: tuple[str, ...]) -> None:
    metrics = _facts()[text].metrics
    padded = [*wanted, *[""] * max(0, len(metrics) - len(wanted))]
    assert tuple(_line(m, w) for m, w in zip(metrics, padded, strict=False)) == wanted
