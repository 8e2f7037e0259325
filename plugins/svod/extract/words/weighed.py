"""Which of several answers the signs of a thing speak for, each sign with a weight for every answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum


def heaviest(signs: Iterable[str], weights: Mapping[str, Sequence[float]], answers: int) -> int:
    """Index of the answer that weighs most; the earlier where two weigh the same. `signs` may be a set: exact
    sums are the same in any order.
    """
    rows = [weights[sign] for sign in signs if sign in weights]
    totals = [fsum(row[k] for row in rows) for k in range(answers)]
    return totals.index(max(totals))
