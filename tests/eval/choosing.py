"""Weights of the signs of what may be chosen, fitted on annotated things: a conditional logistic regression
with an L2 penalty, in which options with the same answer count together.

Knows nothing of what the signs mean; `borrowed_weights`, `group_weights` and `measure_weights` gather them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from .weighing import write_weights

Array = np.ndarray[Any, Any]
Option = tuple[Hashable, Collection[str]]
BATCH = 20  # reports of one writer


def batch_of(report: int) -> int:
    """Reports of one writer, left out together: as unread reports are; a test stands alone."""
    return (report - 9) // BATCH if report > 0 else report


@dataclass(frozen=True)
class Sample:
    """A figure or a measure: its report (of a test: negative), what may be chosen, and what is right."""

    report: int
    options: Sequence[Option]
    gold: Hashable


@dataclass(frozen=True)
class Choice:
    """How the weights of one lexicon are found.

    `least`: samples among whose options a sign must stand; `samples`: of a report that count in full.
    """

    lexicon: str
    penalty: float
    least: int
    samples: int
    folds: int
    fold_of: Callable[[int], int]  # a report's part that is left out together

    def frequent(self, rows: Sequence[Sample]) -> list[str]:
        counts = Counter(s for row in rows for s in set().union(*(signs for _, signs in row.options)))
        return sorted(sign for sign, n in counts.items() if n >= self.least)

    def fitted(self, rows: Sequence[Sample], signs: Sequence[str]) -> Array:
        """A weight a sign."""
        rows = [row for row in rows if any(answer == row.gold for answer, _ in row.options)]
        held, starts = _matrix(rows, signs)
        of_row = np.repeat(np.arange(len(rows)), [len(row.options) for row in rows])
        right = np.array([answer == row.gold for row in rows for answer, _ in row.options], dtype=float)
        of_report = Counter(row.report for row in rows)
        counted = np.array([min(1.0, self.samples / of_report[row.report]) for row in rows])

        def loss(weights: Array) -> tuple[float, Array]:
            scores = held @ weights
            shares = np.exp(scores - np.maximum.reduceat(scores, starts)[of_row])
            shares /= np.add.reduceat(shares, starts)[of_row]
            share = np.add.reduceat(shares * right, starts) + 1e-12
            slope = counted[of_row] * (shares - shares * right / share[of_row])
            cost = -(counted * np.log(share)).sum() + self.penalty / 2 * (weights**2).sum()
            return float(cost), held.T @ slope + self.penalty * weights

        found = minimize(loss, np.zeros(len(signs)), jac=True, method="L-BFGS-B", options={"maxiter": 400})
        return np.asarray(found.x)

    def run(self, rows: Sequence[Sample], *, write: bool) -> None:
        """Prints the share of right answers in-sample and on parts left out in turn; writes the weights."""
        signs = self.frequent(rows)
        weights = self.fitted(rows, signs)
        told = np.mean(right_share(rows, signs, weights))
        print(f"{len(rows)} samples, {len(signs)} signs; in-sample {told:.3f}")
        left_out: list[bool] = []
        parts = sorted({self.fold_of(row.report) for row in rows})
        for fold in range(self.folds):
            out = set(parts[fold :: self.folds])
            known = [row for row in rows if self.fold_of(row.report) not in out]
            own = self.frequent(known)
            unseen = [row for row in rows if self.fold_of(row.report) in out and row.report > 0]
            left_out += right_share(unseen, own, self.fitted(known, own))
        print(f"on reports left out {np.mean(left_out):.3f}")
        if write:
            rounded = (f"{weight:.2f}" for weight in weights)
            quoted = (f"'{sign}'" for sign in signs)  # «none: …» holds a colon
            write_weights(self.lexicon, "in favour", zip(quoted, rounded, strict=True))


def right_share(rows: Sequence[Sample], signs: Sequence[str], weights: Array) -> list[bool]:
    """For each sample, whether the weights choose what is right."""
    if not rows:
        return []
    held, starts = _matrix(rows, signs)
    scores = held @ weights
    told = []
    for row, start in zip(rows, starts, strict=True):
        own = scores[start : start + len(row.options)]
        shares: Counter[Hashable] = Counter()
        for (answer, _), share in zip(row.options, np.exp(own - own.max()), strict=True):
            shares[answer] += share
        told.append(max(shares, key=lambda p: shares[p]) == row.gold)
    return told


def _matrix(rows: Sequence[Sample], signs: Sequence[str]) -> tuple[Any, Array]:
    """One line an option and one column a sign; and where the options of each sample begin."""
    column = {sign: i for i, sign in enumerate(signs)}
    lines = [sorted(column[s] for s in own if s in column) for row in rows for _, own in row.options]
    ends = np.cumsum([0, *(len(line) for line in lines)])
    held = csr_matrix(
        (np.ones(ends[-1]), np.concatenate([*lines, []]).astype(int), ends), (len(lines), len(signs))
    )
    return held, np.cumsum([0, *(len(row.options) for row in rows)])[:-1]
