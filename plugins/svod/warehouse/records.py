"""Values of the warehouse's own: what is said to the loader and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from svod.models import ReportFacts

# Texts in, the same texts out with private persons' names hidden: same number, same order, same lengths.
Mask = Callable[[Sequence[str]], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractorRun:
    """One extractor version at work: `version` names its behaviour, `config_hash` its rules and lexicons."""

    version: str
    config_hash: str
    started_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadCounts:
    """What a load added. Zero everywhere but `fetch_events` means that nothing had changed."""

    fetch_events: int = 0
    snapshots: int = 0
    documents: int = 0
    versions: int = 0
    document_events: int = 0
    readings: int = 0
    projects: int = 0
    partners: int = 0
    metrics: int = 0
    quarantined: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingVersion:
    """A stored version that an extractor version has not read, with all that reading it anew needs."""

    version_id: str
    source_id: str
    natural_key: str
    url: str
    clean_text: str
    title: str | None
    published_on: date | None
    published_basis: str
    body_sha256: str
    media_type: str
    charset: str | None
    selector: str | None
    territory_iso: str | None  # of its source


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRange:
    """Version ids from `first` to `last`, both inside, of which `versions` are meant."""

    first: str
    last: str
    versions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The facts of one stored version, read again."""

    version_id: str
    clean_text: str
    facts: ReportFacts
