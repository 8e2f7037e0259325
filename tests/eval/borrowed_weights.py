"""Fits the weights of the signs of a borrowed period (`lexicon/borrowed.yml`) on the open annotated reports.

    python -m tests.eval.borrowed_weights [--write]

Prints the share of right periods in-sample and on reports left out in turn; with `--write` puts the weights
into the lexicon. A conditional logistic regression (each figure chooses one of its report's expressions, or
none) with an L2 penalty; a report with many figures counts as one with a few.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from tests.extract.test_dating import CASES as DATING
from tests.extract.test_dating import report_of
from tests.extract.test_dating_borrowed import CASES as BORROWED
from tests.extract.test_dating_frames import CASES as FRAMES
from tests.extract.test_dating_of_parts import CASES as PARTS_OF
from tests.extract.test_dating_probes import CASES as PROBES

from svod.extract.reader import read_many, to_json
from svod.extract.times.borrowed import Option
from svod.models import Period, ReportText

from .scorer import ATTRIBUTES, Row, equal, pair, reports, same_figure
from .weighing import OPEN, write_weights

PENALTY = 8.0
LEAST = 15  # figures among whose options a sign must stand
FOLDS = 5
FIGURES = 5  # of a report that count in full
_EPOCH = date(1, 1, 1)

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Sample:
    """A figure of an annotated report: what it may borrow, and what it has by the gold."""

    report: int
    options: Sequence[Option]
    gold: Period | None


def samples(numbers: Collection[int]) -> list[Sample]:
    """The figures of these reports that borrow their period."""
    found: list[Sample] = []
    for report in reports(sorted(numbers)):
        row, offered = _read(ReportText(text=report.text))
        pairs, _, _ = pair(
            report.gold["metrics"],
            row["metrics"],
            same_figure(report.text),
            lambda g, p: sum(equal(a, g, p) for a in ATTRIBUTES if a != "period"),
        )
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


def frequent(rows: Sequence[Sample]) -> list[str]:
    counts = Counter(sign for row in rows for sign in frozenset().union(*(signs for _, signs in row.options)))
    return sorted(sign for sign, n in counts.items() if n >= LEAST)


def matrix(rows: Sequence[Sample], signs: Sequence[str]) -> tuple[Any, Array]:
    """One line an option and one column a sign; and where the options of each figure begin."""
    column = {sign: i for i, sign in enumerate(signs)}
    lines = [[column[s] for s in own if s in column] for row in rows for _, own in row.options]
    ends = np.cumsum([0, *(len(line) for line in lines)])
    held = csr_matrix(
        (np.ones(ends[-1]), np.concatenate([*lines, []]).astype(int), ends), (len(lines), len(signs))
    )
    return held, np.cumsum([0, *(len(row.options) for row in rows)])[:-1]


def fitted(rows: Sequence[Sample], signs: Sequence[str]) -> Array:
    """A weight a sign."""
    rows = [row for row in rows if any(period == row.gold for period, _ in row.options)]
    held, starts = matrix(rows, signs)
    of_row = np.repeat(np.arange(len(rows)), [len(row.options) for row in rows])
    right = np.array([period == row.gold for row in rows for period, _ in row.options], dtype=float)
    figures = Counter(row.report for row in rows)
    counted = np.array([min(1.0, FIGURES / figures[row.report]) for row in rows])

    def loss(weights: Array) -> tuple[float, Array]:
        scores = held @ weights
        shares = np.exp(scores - np.maximum.reduceat(scores, starts)[of_row])
        shares /= np.add.reduceat(shares, starts)[of_row]
        share = np.add.reduceat(shares * right, starts) + 1e-12
        slope = counted[of_row] * (shares - shares * right / share[of_row])
        cost = -(counted * np.log(share)).sum() + PENALTY / 2 * (weights**2).sum()
        return float(cost), held.T @ slope + PENALTY * weights

    found = minimize(loss, np.zeros(len(signs)), jac=True, method="L-BFGS-B", options={"maxiter": 400})
    return np.asarray(found.x)


def right_share(rows: Sequence[Sample], signs: Sequence[str], weights: Array) -> list[bool]:
    """For each figure, whether the weights choose its period."""
    held, starts = matrix(rows, signs)
    scores = held @ weights
    told = []
    for row, start in zip(rows, starts, strict=True):
        own = scores[start : start + len(row.options)]
        shares: Counter[Period | None] = Counter()
        for (period, _), share in zip(row.options, np.exp(own - own.max()), strict=True):
            shares[period] += share
        told.append(max(shares, key=lambda p: shares[p]) == row.gold)
    return told


def main() -> None:
    rows = [*samples(OPEN), *of_cases()]
    signs = frequent(rows)
    weights = fitted(rows, signs)
    print(
        f"{len(rows)} figures, {len(signs)} signs; in-sample {np.mean(right_share(rows, signs, weights)):.3f}"
    )
    left_out: list[bool] = []
    numbers = sorted({row.report for row in rows})
    for fold in range(FOLDS):
        out = set(numbers[fold::FOLDS])
        known = [row for row in rows if row.report not in out]
        own = frequent(known)
        unseen = [row for row in rows if row.report in out and row.report > 0]
        left_out += right_share(unseen, own, fitted(known, own))
    print(f"on reports left out {np.mean(left_out):.3f}")
    if "--write" in sys.argv:
        rounded = (f"{weight:.2f}" for weight in weights)
        quoted = (f"'{sign}'" for sign in signs)  # «none: …» holds a colon
        write_weights("borrowed", "in favour", zip(quoted, rounded, strict=True))


if __name__ == "__main__":
    main()
