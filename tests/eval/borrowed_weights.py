"""Fits the weights of the signs of a borrowed period (`lexicon/borrowed.yml`) on the open annotated reports.

    python -m tests.eval.borrowed_weights [--write]

Prints the share of right periods in-sample and on reports left out in turn; with `--write` puts the weights
into the lexicon. A conditional logistic regression (each figure chooses one of its report's expressions, or
none) with an L2 penalty; a report with many figures counts as one with a few.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from unittest.mock import patch

from tests.extract.test_dating import CASES as DATING
from tests.extract.test_dating import report_of
from tests.extract.test_dating_borrowed import CASES as BORROWED
from tests.extract.test_dating_frames import CASES as FRAMES
from tests.extract.test_dating_of_parts import CASES as PARTS_OF
from tests.extract.test_dating_probes import CASES as PROBES

from svod.extract.reader import read_many, to_json
from svod.extract.times.borrowed import Option
from svod.models import Period, ReportText

from .choosing import Choice, Sample
from .scorer import Row, pair_figures, reports
from .weighing import OPEN

CHOICE = Choice("borrowed", penalty=8.0, least=15, samples=5, folds=5, fold_of=lambda report: report)
_EPOCH = date(1, 1, 1)


def samples(numbers: Collection[int]) -> list[Sample]:
    """The figures of these reports that borrow their period."""
    found: list[Sample] = []
    for report in reports(sorted(numbers)):
        row, offered = _read(ReportText(text=report.text))
        pairs, _, _ = pair_figures(report.text, report.gold["metrics"], row["metrics"], without="period")
        found += [
            Sample(report.number, options, _period(gold["period"]))
            for gold, ours in pairs
            if (options := offered(ours))
        ]
    return found


def of_cases(times: int = 8) -> list[Sample]:
    """The figures of the small reports of tests/extract that borrow their period."""
    told = [
        (ReportText(text=text), wanted) for t in (BORROWED, PARTS_OF, PROBES) for text, wanted in t.items()
    ]
    told += [(ReportText(text=text, published=day), wanted) for day, text, wanted in FRAMES.values()]
    told += [(report_of(name), wanted) for name, (_, _, wanted) in DATING.items()]
    found: list[Sample] = []
    for n, (report, wanted) in enumerate(told):
        row, offered = _read(report)
        for ours in row["metrics"]:
            options = offered(ours)
            if options and ours["value"] in wanted:
                start, _, end = (wanted[ours["value"]] or "").partition("..")
                found += [Sample(-n - 1, options, _period({"start": start, "end": end}))] * times
    return found


def _read(report: ReportText) -> tuple[Row, Callable[[Row], Sequence[Option]]]:
    """What is read, and for each figure what it may borrow; nothing for one that has a time of its own."""
    seen: list[Sequence[Option]] = []

    def noted(offered: Sequence[Option]) -> Period:
        seen.append(offered)
        return Period(start=_EPOCH + timedelta(days=len(seen) - 1), end=None)  # to find the options again

    def offered(metric: Row) -> Sequence[Option]:
        start = (metric["period"] or {}).get("start")
        at = (date.fromisoformat(start) - _EPOCH).days if start else len(seen)
        return seen[at] if at < len(seen) else ()

    with patch("svod.extract.times.dating.weighed", noted):
        return to_json(next(iter(read_many([report])))), offered


def _period(row: dict[str, str | None] | None) -> Period | None:
    if row is None or not any(row.values()):
        return None
    start, end = (date.fromisoformat(day) if (day := row[side]) else None for side in ("start", "end"))
    return Period(start=start, end=end)


def main() -> None:
    CHOICE.run([*samples(OPEN), *of_cases()], write="--write" in sys.argv)


if __name__ == "__main__":
    main()
