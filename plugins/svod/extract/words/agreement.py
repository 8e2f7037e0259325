"""Whether a noun may be what a number counts: «сто две» are of the feminine, «двадцать один» is not."""

from __future__ import annotations

from svod.extract.figures.context import Spot
from svod.extract.figures.counted import noun_reading

_FEMININE = frozenset("две одна одной одну".split())
_OTHER = frozenset("два один одно одного одному".split())


def agrees(spot: Spot, unit: str) -> bool:
    """False if the last word of the number has another gender than the unit."""
    if not spot.number.words:
        return True
    words = spot.scene.text[spot.number.start : spot.number.end].lower().split()
    last = words[-1] if words else ""
    if last not in _FEMININE and last not in _OTHER:
        return True
    reading = noun_reading(unit)
    return reading is None or ("femn" in reading.grammemes) == (last in _FEMININE)
