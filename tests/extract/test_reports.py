"""Whole reports of our own (reports.txt): who does what, and whose and of when a figure is.

After «===» a report's name and its text; after «---» the facts that must be read, one a line:
P name | kind | status, O name | type | role, F value kind unit … &beneficiary @period #project (#- for none),
W publisher. A line that begins with «!» must not be read; «!F 12» forbids any figure of that value.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from svod.extract.reader import read_many
from svod.models import MetricMention, ReportFacts, ReportText


def _cases() -> list[tuple[str, str, tuple[str, ...]]]:
    body = (Path(__file__).parent / "reports.txt").read_text(encoding="utf-8")
    cases = []
    for part in re.split(r"(?m)^=== ", body)[1:]:
        name, _, rest = part.partition("\n")
        text, _, facts = rest.partition("\n---\n")
        cases.append((name, text + "\n", tuple(line for line in facts.splitlines() if line.strip())))
    return cases


CASES = _cases()


@cache
def _facts() -> dict[str, ReportFacts]:
    found = read_many([ReportText(text=text) for _, text, _ in CASES])
    return {name: facts for (name, _, _), facts in zip(CASES, found, strict=True)}


def _figure(m: MetricMention, wanted: str) -> str:
    """The figure in the notation of the file, with the attributes that the wanted line speaks of."""
    value = f"{m.value.normalize():f}" + (f"..{m.value_max.normalize():f}" if m.value_max is not None else "")
    parts = [value, m.kind, m.unit]
    parts += [m.comparator] * (m.comparator != "eq") + [m.direction or ""] * bool(m.direction)
    parts += ["plan"] * m.planned
    if " &" in wanted:
        parts.append(f"&{m.beneficiary or '-'}")
    if " @" in wanted:
        parts.append(f"@{m.period.start or ''}..{m.period.end or ''}" if m.period else "@none")
    if " #" in wanted:
        parts.append(f"#{m.project or '-'}")
    return " ".join(parts)


def _read(facts: ReportFacts, line: str) -> list[str]:
    """What was read of the line's sort, in its notation."""
    sort = line.lstrip("!")[0]
    if sort == "P":
        return [f"P {p.name} | {p.kind} | {p.status}" for p in facts.projects]
    if sort == "O":
        return [f"O {p.name} | {p.type} | {p.role}" for p in facts.partners]
    if sort == "W":
        return [f"W {facts.publisher}"]
    return [f"F {_figure(m, line)}" for m in facts.metrics]


@pytest.mark.parametrize(("name", "line"), [(n, line) for n, _, lines in CASES for line in lines])
def test_report_is_read(name: str, line: str) -> None:
    read = _read(_facts()[name], line)
    if not line.startswith("!"):
        assert line in read
    elif re.fullmatch(r"!F [\d.]+", line):
        assert line[1:] not in [" ".join(r.split()[:2]) for r in read]
    else:
        assert not [r for r in read if r.startswith(line[1:])]


def test_every_sort_of_fact_is_asked_for() -> None:
    assert {line.lstrip("!")[0] for _, _, lines in CASES for line in lines} == {"P", "O", "F", "W"}
