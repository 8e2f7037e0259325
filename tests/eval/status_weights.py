"""Fits the weights of the signs of a project's status (`lexicon/status.yml`) on the open annotated reports.

    python -m tests.eval.status_weights [--write]

The sentences of tests/extract with a status count as reports of their own. Prints the share of right statuses
in-sample and on reports left out in turn; with `--write` puts the weights into the lexicon.
"""

from __future__ import annotations

import sys
from typing import Any
from unittest.mock import patch

from tests.extract.test_projects import TITLE, cases
from tests.extract.test_status_tense import ABOVE, PUBLISHED, SENTENCES

from svod.extract.layout.prose import read_prose
from svod.extract.layout.segments import segment
from svod.extract.projects.project_status import STATUSES
from svod.extract.projects.projects import read_projects
from svod.extract.reader import read_many
from svod.language.document import analyse
from svod.models import ReportText

from .scorer import FLOORS, reports, similar
from .weighing import OPEN, Fit, Sample

FIT = Fit("status", STATUSES, penalty=8.0, least=8)


def samples() -> list[Sample]:
    """The signs and the annotated status of each project that is found in an open report."""
    seen: list[frozenset[str]] = []

    def noted(signs: frozenset[str]) -> Any:
        seen.append(signs)
        return len(seen) - 1  # in place of a status, to find the signs again

    found: list[Sample] = []
    with patch("svod.extract.projects.project_status.weighed", noted):
        for report in reports(OPEN):
            (facts,) = read_many([ReportText(text=report.text)])
            for gold in report.gold["projects"]:
                ours = [p for p in facts.projects if similar(p.name, gold["name"], FLOORS["projects"])]
                signs: Any = ours[0].status if ours else None
                if isinstance(signs, int):  # a label may state the status without signs
                    found.append((report.number, seen[signs], STATUSES.index(gold["status"])))
    return found


def of_sentences(times: int = 4) -> list[Sample]:
    """The signs of the projects of single sentences: what verbs tell without a page around them."""
    told = [(f"{TITLE}\n\n{text}", None, [r[2] for r in rows]) for text, rows in cases()]
    told += [(ABOVE + text, PUBLISHED, [str(status or "-")]) for text, status in SENTENCES.items()]
    found: list[Sample] = []
    for n, (text, day, expected) in enumerate(told):
        seen: list[frozenset[str]] = []
        with patch("svod.extract.projects.project_status.weighed", lambda s, seen=seen: seen.append(s)):
            (doc,) = analyse([text])
            read_projects(read_prose(doc, segment(doc)), day)
        for signs, status in zip(seen, expected, strict=False):
            if status != "?" and len(seen) == len(expected):
                found += [(-n - 1, signs, STATUSES.index(None if status == "-" else status))] * times  # type: ignore[arg-type]
    return found


def main() -> None:
    FIT.run([*samples(), *of_sentences()], write="--write" in sys.argv)


if __name__ == "__main__":
    main()
