"""What the signs of a thing weigh: for each of several answers, or in favour of one.

`signs` may be sets: exact sums are the same in any order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import fsum, inf


def heaviest(
    signs: Iterable[str], weights: Mapping[str, Sequence[float]], answers: int, barred: Collection[int] = ()
) -> int:
    """Index of the answer that weighs most, `barred` ones aside; the earlier where two weigh the same."""
    rows = [weights[sign] for sign in signs if sign in weights]
    totals = [-inf if k in barred else fsum(row[k] for row in rows) for k in range(answers)]
    return totals.index(max(totals))


def in_favour(signs: Iterable[str], weights: Mapping[str, float]) -> float:
    """What the signs weigh together; one without a weight says nothing."""
    return fsum(weights.get(sign, 0.0) for sign in signs)
