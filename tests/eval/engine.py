"""The engine over the annotated reports: rows in the gold schema and tallies, each report read once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from svod.extract.reader import read_many, to_json
from svod.models import ReportText

from .scorer import Report, Row, Tally, reports, tally


def read(texts: Sequence[str]) -> list[Row]:
    """What the engine reads in these texts."""
    return [to_json(facts) for facts in read_many([ReportText(text=t) for t in texts])]


@cache
def _tallies(numbers: tuple[int, ...]) -> tuple[Tally, ...]:
    chosen = reports(numbers)
    return tuple(tally(r, row) for r, row in zip(chosen, read([r.text for r in chosen]), strict=True))


def tallies(numbers: Iterable[int]) -> tuple[Tally, ...]:
    """A tally for each of these annotated reports."""
    return _tallies(tuple(numbers))


def tallies_of(chosen: Sequence[Report]) -> tuple[Tally, ...]:
    """A tally for each of these reports, which need not be the stored ones."""
    return tuple(tally(r, row) for r, row in zip(chosen, read([r.text for r in chosen]), strict=True))
