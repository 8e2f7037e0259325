"""Fits the weights of the signs of a borrowed group (`lexicon/people.yml`) on the open annotated reports.

    python -m tests.eval.group_weights [--write]

Prints the share of right groups in-sample and on batches of reports left out in turn, each of one writer, as
unread reports are; with `--write` puts the weights into the lexicon.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from unittest.mock import patch

from tests.extract.test_beneficiary_probes import CASES as PROBES
from tests.extract.test_reports import CASES as REPORTS
from tests.extract.test_sentences import CASES as SENTENCES

from svod.extract.figures.concerned import Concerned
from svod.extract.people.borrowed_group import GROUPS
from svod.extract.people.group_signs import Group
from svod.extract.reader import read_many, to_json
from svod.models import ReportText

from .choosing import Choice, Option, Sample, batch_of
from .scorer import Row, pair_figures, reports
from .weighing import OPEN

TITLE = "Новости\n\n15.10.2024\n\n"


CHOICE = Choice("people", penalty=4.0, least=12, samples=5, folds=6, fold_of=batch_of)


def samples(numbers: Collection[int]) -> list[Sample]:
    """The figures of these reports whose group is weighed."""
    found: list[Sample] = []
    for report in reports(sorted(numbers)):
        row, offered = _read(report.text)
        order = {id(m): options for m, options in zip(row["metrics"], offered, strict=True)}
        pairs, _, _ = pair_figures(report.text, report.gold["metrics"], row["metrics"], without="beneficiary")
        found += [
            Sample(report.number, options, gold["beneficiary"])
            for gold, ours in pairs
            if (options := order[id(ours)])
        ]
    return found


def of_cases(times: int = 8) -> list[Sample]:
    """The figures of the small reports of tests/extract whose group is weighed."""
    found: list[Sample] = []
    told = [*PROBES.items(), *((text, _wanted(lines)) for _, text, lines in REPORTS)]
    for n, (text, wanted) in enumerate(told):
        row, offered = _read(text)
        for ours, options in zip(row["metrics"], offered, strict=True):
            if options and ours["value"] in wanted:
                found += [Sample(-n - 1, options, wanted[ours["value"]])] * times
    for n, (text, lines) in enumerate(SENTENCES, len(told)):
        _, offered = _read(f"{TITLE}{text}")
        for options, line in zip(offered, lines, strict=False):
            if options and "&" in line:
                found += [Sample(-n - 1, options, _marked(line))] * times
    return found


def _wanted(lines: Iterable[str]) -> dict[float, str]:
    """The groups by value that the lines «F 46 count человек &children» tell."""
    return {float(line.split()[1]): _marked(line) for line in lines if line[0] == "F" and "&" in line}


def _marked(line: str) -> str:
    """«46 count человек &children @none» → «children»."""
    return line.partition("&")[2].partition(" ")[0]


def _read(text: str) -> tuple[Row, list[list[Option]]]:
    """What is read, and for each figure the signs of each group; nothing for one that is not weighed."""
    seen: list[list[Option]] = []
    following = Concerned.next

    def noted(signs: Mapping[Group, Collection[str]]) -> Group:
        seen[-1] = [(group, frozenset(signs[group])) for group in GROUPS if group in signs]
        return None

    def asked(self: Concerned, *place: object) -> Group:
        seen.append([])
        return following(self, *place)  # type: ignore[arg-type]

    with patch("svod.extract.figures.concerned.weighed", noted), patch.object(Concerned, "next", asked):
        row = to_json(read_many([ReportText(text=text)])[0])
    return row, seen[len(seen) - len(row["metrics"]) :]  # figures may have been read twice


def main() -> None:
    CHOICE.run([*samples(OPEN), *of_cases()], write="--write" in sys.argv)


if __name__ == "__main__":
    main()
