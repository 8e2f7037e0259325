"""How far a figure may be trusted: a number that was measured, by rule, on annotated reports (tests/eval).

The features are the reader that understood the number and how its project and period were found.
"""

from __future__ import annotations

from svod.extract.lexicon import load


def confidence_of(reading: str, link: str, dated: str, *, elided: bool) -> float:
    """The share of figures of this make that are right in value, kind and place."""
    table: dict[str, float] = load("confidence")
    score = table.get(reading, table["default"])
    if elided:
        score -= table["elided"]
    return round(min(max(score, 0.05), 0.99), 2)
