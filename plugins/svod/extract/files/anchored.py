"""The clean text of a report and the places of its file that its offsets lead back to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from svod.models import DateBasis, DatePrecision


@dataclass(frozen=True, slots=True)
class Anchor:
    """From this offset on the text stands at `label` of its file («page 3», «Лист1!A7», «row 12»)."""

    start: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanText:
    """The text of a report. `published` is aware and in the page's zone: its date() is the local day."""

    text: str
    title: str | None = None
    published: datetime | None = None
    published_precision: DatePrecision | None = None
    published_basis: DateBasis = "none"
    anchors: tuple[Anchor, ...] = ()
