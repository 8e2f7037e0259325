"""Weights of signs, fitted on annotated things: a multinomial logistic regression with an L2 penalty, so that
rare signs weigh little.

Knows nothing of what the signs mean; `status_weights` and `role_weights` gather them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from .scorer import PARTS

OPEN = sorted({n for part in PARTS.values() for n in part} - {*PARTS["watched"], *PARTS["independent"]})
FOLDS = 6

Sample = tuple[int, frozenset[str], int]  # report (of a test: negative), signs, index of the answer


@dataclass(frozen=True)
class Fit:
    """How the weights of one lexicon are found: its answers in order, how much rare signs are held back."""

    lexicon: str
    answers: Sequence[str | None]
    penalty: float
    least: int  # things that a sign must stand beside

    def frequent(self, rows: Sequence[Sample]) -> list[str]:
        counts = Counter(sign for _, own, _ in rows for sign in own)
        return sorted(sign for sign, n in counts.items() if n >= self.least)

    def weights(self, rows: Sequence[Sample], signs: Sequence[str]) -> np.ndarray[Any, Any]:
        """One row a sign and one column an answer."""
        held, right = _matrix(rows, signs), np.eye(len(self.answers))[[answer for _, _, answer in rows]]

        def loss(flat: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
            weights = flat.reshape(len(signs), len(self.answers))
            scores = held @ weights
            scores -= scores.max(axis=1, keepdims=True)
            shares = np.exp(scores)
            shares /= shares.sum(axis=1, keepdims=True)
            cost = -np.log((shares * right).sum(axis=1)).sum() + self.penalty / 2 * (weights**2).sum()
            return float(cost), (held.T @ (shares - right) + self.penalty * weights).ravel()

        start = np.zeros(len(signs) * len(self.answers))
        found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 400})
        return np.asarray(found.x).reshape(len(signs), len(self.answers))

    def run(self, rows: Sequence[Sample], *, write: bool) -> None:
        """Prints the share of right answers in-sample and on reports left out in turn; writes the weights."""
        signs = self.frequent(rows)
        weights = self.weights(rows, signs)
        print(
            f"{len(rows)} samples, {len(signs)} signs; in-sample {np.mean(_right(rows, signs, weights)):.3f}"
        )
        left_out: list[bool] = []
        numbers = sorted({n for n, _, _ in rows})
        for fold in range(FOLDS):
            out = set(numbers[fold::FOLDS])
            known = [r for r in rows if r[0] not in out]
            own = self.frequent(known)
            unseen = [r for r in rows if r[0] in out and r[0] > 0]
            left_out += _right(unseen, own, self.weights(known, own))
        print(f"on reports left out {np.mean(left_out):.3f}")
        if write:
            rounded = (f"[{', '.join(f'{w:.2f}' for w in row)}]" for row in weights)
            write_weights(
                self.lexicon,
                ", ".join(str(a).lower() for a in self.answers),
                zip(signs, rounded, strict=True),
            )


def write_weights(lexicon: str, columns: str, rows: Iterable[tuple[str, str]]) -> None:
    """Puts a line a sign into the lexicon in place of those it has."""
    path = Path(str(files("svod.extract.lexicon"))) / f"{lexicon}.yml"
    text = re.sub(r"\nweights:.*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    lines = "\n".join(f"  {sign}: {weight}" for sign, weight in rows)
    path.write_text(f"{text}\nweights:  # {columns}\n{lines}\n", encoding="utf-8")


def _matrix(rows: Sequence[Sample], signs: Sequence[str]) -> csr_matrix:
    places = {sign: k for k, sign in enumerate(signs)}
    held = [(i, places[s]) for i, (_, own, _) in enumerate(rows) for s in sorted(own) if s in places]
    where = tuple(zip(*held, strict=True)) or ((), ())
    return csr_matrix((np.ones(len(held)), where), shape=(len(rows), len(signs)))


def _right(rows: Sequence[Sample], signs: Sequence[str], weights: np.ndarray[Any, Any]) -> list[bool]:
    told = (_matrix(rows, signs) @ weights).argmax(axis=1)
    return [int(a) == answer for a, (_, _, answer) in zip(told, rows, strict=True)]
