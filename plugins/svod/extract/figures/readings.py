"""What the readers of kinds hand on: a reading of a number, and the figure before it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from svod.extract.figures.counted import Counted
from svod.models import Direction, MetricKind

LEAST_SUM = 1000  # roubles: a smaller bare number is rather a count


@dataclass(frozen=True, slots=True)
class Reading:
    """What a number says: its kind, its unit and the noun it was taken from, and the direction of change."""

    kind: MetricKind
    unit: str
    counted: Counted | None
    direction: Direction | None
    rule: str


@dataclass(frozen=True, slots=True)
class Before:
    """The figure before, in the same block: its unit, kind and place; `reason` if it was rejected."""

    unit: str
    kind: MetricKind | None
    counted: Counted | None
    start: int
    same_sentence: bool
    reason: str | None = None
    value: Decimal = Decimal(0)
