"""How far a figure may be trusted: numbers measured on the annotated reports (tests/eval), one a rule.

A rule id reads "reader/source|link|date": which reader understood the number and where its unit was found,
how its project and how its period were found. Each part has its own number in the lexicon.
"""

from __future__ import annotations

from typing import Any

from svod.extract.lexicon import load

LEAST, MOST = 0.05, 0.99


def confidence_of(reading: str, link: str, dated: str) -> float:
    """The share of figures of this make that are right in everything but project and period."""
    table: dict[str, Any] = load("confidence")
    score: float = table["readings"].get(reading, table["default"])
    score += table["link"].get(link, 0.0) + table["dated"].get(dated, 0.0)
    return round(min(max(score, LEAST), MOST), 2)
