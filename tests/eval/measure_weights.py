"""Fits the weights of the signs that a measure is told of as a project (`lexicon/measures.yml`) on the open
annotated reports.

    python -m tests.eval.measure_weights [--write]

Prints the share of right answers in-sample and on batches of reports left out in turn, each of one writer;
with `--write` puts the weights into the lexicon.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from typing import Any
from unittest.mock import patch

from tests.extract.test_project_frames import SENTENCES
from tests.extract.test_projects import TITLE, cases
from tests.extract.test_reports import CASES

from svod.extract.layout.prose import Prose
from svod.extract.projects import told_measures
from svod.extract.projects.project_spans import ProjectSpan
from svod.extract.reader import read_many
from svod.models import ReportText

from .choosing import Choice, Sample, batch_of
from .scorer import FLOORS, reports, similar
from .weighing import OPEN

CHOICE = Choice("measures", penalty=4.0, least=4, samples=5, folds=6, fold_of=batch_of)


def samples(numbers: Collection[int]) -> list[Sample]:
    """The measures of these reports."""
    found: list[Sample] = []
    for report in reports(sorted(numbers)):
        names = [p["name"] for p in report.gold["projects"]]
        found += [_sample(report.number, signs, _is_one(name, names)) for name, signs in _read(report.text)]
    return found


def of_tests(times: int = 4) -> list[Sample]:
    """The measures of the tests' sentences and pages: what is told without a page around it, and what must
    hold.
    """
    told = [(f"{TITLE}\n\n{text}", [name for name, _, _ in rows]) for text, rows in cases()]
    told += [(f"{TITLE}\n\n{text}", names) for text, names in SENTENCES.items()]
    found: list[Sample] = []
    for n, (text, names) in enumerate(told):
        wanted = [name.lstrip("?") for name in names]
        found += [_sample(-n - 1, signs, _is_one(name, wanted)) for name, signs in _read(text)] * times
    for n, (_, text, lines) in enumerate(CASES, len(told)):
        asked = dict(_asked(lines))
        own = [(signs, asked[name]) for name, signs in _read(text) if name in asked]
        found += [_sample(-n - 1, signs, right) for signs, right in own] * times
    return found


def _sample(report: int, signs: frozenset[str], right: bool) -> Sample:
    return Sample(report, [(True, signs), (False, ())], right)


def _is_one(name: str, names: Collection[str]) -> bool:
    return any(similar(name, one, FLOORS["projects"]) for one in names)


def _asked(lines: Collection[str]) -> Iterator[tuple[str, bool]]:
    """The names that a page of test_reports speaks of: «P name | …», «!P name», «F … #name»."""
    for line in lines:
        sort, _, rest = line.partition(" ")
        if sort in {"P", "!P"}:
            yield rest.partition(" | ")[0], sort == "P"
        elif sort == "F" and "#" in rest:
            yield rest.partition("#")[2], True


def _read(text: str) -> list[tuple[str, frozenset[str]]]:
    """The measures that own figures, and the signs of each."""
    found: list[tuple[str, frozenset[str]]] = []
    read = told_measures.of_measure

    def of_measure(prose: Prose, span: ProjectSpan, *counted: Any) -> frozenset[str]:
        found.append((span.mention.name, read(prose, span, *counted)))
        return found[-1][1]

    with (
        patch("svod.extract.projects.told_measures.of_measure", of_measure),
        patch("svod.extract.projects.told_measures.is_told", lambda signs: True),
    ):
        read_many([ReportText(text=text)])
    return found


def main() -> None:
    CHOICE.run([*samples(OPEN), *of_tests()], write="--write" in sys.argv)


if __name__ == "__main__":
    main()
