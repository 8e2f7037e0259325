"""Fits the weights of the signs of a project's status (`lexicon/status.yml`) on the open annotated reports.

    python -m tests.eval.status_weights [--write]

The sentences of tests/extract with a status count as reports of their own. Prints the share of right statuses
in-sample and on reports left out in turn; with `--write` puts the weights into the lexicon. A multinomial
logistic regression with an L2 penalty, so that rare signs weigh little.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from scipy.optimize import minimize
from tests.extract.test_projects import TITLE, cases
from tests.extract.test_status_tense import ABOVE, PUBLISHED, SENTENCES

from svod.extract.layout.prose import read_prose
from svod.extract.layout.segments import segment
from svod.extract.projects.project_status import STATUSES
from svod.extract.projects.projects import read_projects
from svod.extract.reader import read_many
from svod.language.document import analyse
from svod.models import ReportText

from .scorer import FLOORS, PARTS, reports, similar

HIDDEN = {n for part in ("watched", "independent") for n in PARTS[part]}
PENALTY = 8.0
LEAST = 8  # projects that a sign must stand beside
FOLDS = 6

Sample = tuple[int, frozenset[str], int]  # report, signs, index of the status


def samples() -> list[Sample]:
    """The signs and the annotated status of each project that is found in an open report."""
    seen: list[frozenset[str]] = []

    def noted(signs: frozenset[str]) -> Any:
        seen.append(signs)
        return len(seen) - 1  # in place of a status, to find the signs again

    numbers = sorted({n for part in PARTS.values() for n in part} - HIDDEN)
    found: list[Sample] = []
    with patch("svod.extract.projects.project_status.weighed", noted):
        for report in reports(numbers):
            (facts,) = read_many([ReportText(text=report.text)])
            for gold in report.gold["projects"]:
                ours = [p for p in facts.projects if similar(p.name, gold["name"], FLOORS["projects"])]
                if ours:
                    signs: Any = ours[0].status
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
                found += [(-n, signs, STATUSES.index(None if status == "-" else status))] * times  # type: ignore[arg-type]
    return found


def matrix(rows: Sequence[Sample], signs: Sequence[str]) -> np.ndarray[Any, Any]:
    return np.array([[sign in own for sign in signs] for _, own, _ in rows], dtype=float)


def fitted(rows: Sequence[Sample], signs: Sequence[str]) -> np.ndarray[Any, Any]:
    """Weights, one row a sign and one column a status."""
    held, right = matrix(rows, signs), np.eye(len(STATUSES))[[status for _, _, status in rows]]

    def loss(flat: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
        weights = flat.reshape(len(signs), len(STATUSES))
        scores = held @ weights
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        shares /= shares.sum(axis=1, keepdims=True)
        cost = -np.log((shares * right).sum(axis=1)).sum() + PENALTY / 2 * (weights**2).sum()
        return float(cost), (held.T @ (shares - right) + PENALTY * weights).ravel()

    start = np.zeros(len(signs) * len(STATUSES))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 400})
    return np.asarray(found.x).reshape(len(signs), len(STATUSES))


def frequent(rows: Sequence[Sample]) -> list[str]:
    counts = Counter(sign for _, own, _ in rows for sign in own)
    return sorted(sign for sign, n in counts.items() if n >= LEAST)


def right_share(rows: Sequence[Sample], signs: Sequence[str], weights: np.ndarray[Any, Any]) -> list[bool]:
    told = (matrix(rows, signs) @ weights).argmax(axis=1)
    return [int(a) == status for a, (_, _, status) in zip(told, rows, strict=True)]


def main() -> None:
    rows = [*samples(), *of_sentences()]
    signs = frequent(rows)
    weights = fitted(rows, signs)
    own_share = np.mean(right_share(rows, signs, weights))
    print(f"{len(rows)} projects, {len(signs)} signs; in-sample {own_share:.3f}")
    left_out: list[bool] = []
    numbers = sorted({n for n, _, _ in rows})
    for fold in range(FOLDS):
        out = set(numbers[fold::FOLDS])
        known = [r for r in rows if r[0] not in out]
        own = frequent(known)
        left_out += right_share([r for r in rows if r[0] in out], own, fitted(known, own))
    print(f"on reports left out {np.mean(left_out):.3f}")
    if "--write" in sys.argv:
        path = Path(str(files("svod.extract.lexicon"))) / "status.yml"
        text = re.sub(r"\nweights:.*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        lines = [
            f"  {sign}: [{', '.join(f'{w:.2f}' for w in row)}]"
            for sign, row in zip(signs, weights, strict=True)
        ]
        columns = ", ".join(str(s).lower() for s in STATUSES)
        path.write_text(f"{text}\nweights:  # {columns}\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
