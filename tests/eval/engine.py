"""The engine over the annotated reports: rows in the gold schema and tallies, each report read once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from svod.extract.reader import read_many, to_json
from svod.models import ReportText

from .scorer import PARTS, Report, Row, Tally, reports, tally


def read(texts: Sequence[str]) -> list[Row]:
    """What the engine reads in these texts."""
    return [to_json(facts) for facts in read_many([ReportText(text=t) for t in texts])]


@cache
def _all() -> dict[int, Tally]:
    chosen = reports(n for part in PARTS.values() for n in part)
    return dict(zip((r.number for r in chosen), tallies_of(chosen), strict=True))


def tallies(numbers: Iterable[int]) -> tuple[Tally, ...]:
    """A tally for each of these annotated reports."""
    return tuple(_all()[n] for n in numbers)


def tallies_of(chosen: Sequence[Report]) -> tuple[Tally, ...]:
    """A tally for each of these reports, which need not be the stored ones."""
    return tuple(tally(r, row) for r, row in zip(chosen, read([r.text for r in chosen]), strict=True))
