"""What the readers of kinds hand on: a reading of a number, and the figure before it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from svod.extract.figures.counted import Counted
from svod.extract.words.screened import Screened
from svod.models import Direction, MetricKind

PLENTY = Decimal(1000)  # a value that governs the genitive: shares do
LEAST_SUM = 1000  # roubles: a smaller bare number is rather a count

NO_THING = frozenset(
    "большинство меньшинство факт итог результат самоцель показатель значение период".split()
)
FROM_BEFORE = Screened(r"^[ \u00a0]*из[ \u00a0](?:них|которых|этих|его|числа|тех|всех)")


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


def antecedent(before: Before | None) -> Counted | None:
    """The unit of the figure before, as an elided unit."""
    if before is None or not before.unit:
        return None
    place = before.counted
    return Counted(
        before.unit,
        "antecedent",
        place.start if place else before.start,
        place.end if place else before.start,
    )
