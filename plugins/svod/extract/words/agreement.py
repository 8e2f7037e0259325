"""Whether a noun may be what a number counts: «сто две» are of the feminine, «двадцать один» is not."""

from __future__ import annotations

from svod.extract.figures.context import Spot
from svod.extract.figures.counted import noun_reading

_FEMININE = frozenset("две одна одной одну".split())
_OTHER = frozenset("два один одно одного одному".split())


def agrees(spot: Spot, unit: str) -> bool:
    """False if the last word of the number has another gender than the unit."""
    if spot.number.form == "every":
        return _agrees_with_ordinal(spot, unit)
    if not spot.number.words:
        return True
    words = spot.scene.text[spot.number.start : spot.number.end].lower().split()
    last = words[-1] if words else ""
    if last not in _FEMININE and last not in _OTHER:
        return True
    reading = noun_reading(unit)
    return reading is None or ("femn" in reading.grammemes) == (last in _FEMININE)


def _agrees_with_ordinal(spot: Spot, unit: str) -> bool:
    """«каждая шестая» is no man."""
    told = [f.grammemes for f in spot.scene.tokens[spot.last - 1].forms if f.pos == "ADJF"]
    genders = frozenset().union(*told) & _GENDERS
    reading = noun_reading(unit)
    own = reading.grammemes & _GENDERS if reading is not None else frozenset()
    return not genders or not own or not genders.isdisjoint(own)


_GENDERS = frozenset({"masc", "femn", "neut"})
