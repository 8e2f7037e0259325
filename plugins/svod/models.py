"""The values in which the stages of Svod meet: plain, frozen, free of behaviour and of any I/O.

The vocabulary of facts is that of the annotation guidelines (tests/eval/GUIDELINES.md). Offsets are
character positions in the text that was read, half-open, so that `text[start:end] == quote` always holds.
Dates are ISO; instants are aware UTC datetimes; money is in roubles; percent is 0-100, not 0-1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

ProjectKind = Literal["project", "program", "grant", "pilot", "service", "contest", "event"]
ProjectStatus = Literal["planned", "started", "running", "completed"]
PartnerType = Literal["authority", "ngo", "foundation", "institution", "business", "media", "other"]
PartnerRole = Literal["funder", "coordinator", "implementer", "participant"]
MetricKind = Literal["count", "money", "percent", "percent_change", "multiple"]
Comparator = Literal["eq", "gt", "ge", "lt", "le", "approx"]
Direction = Literal["up", "down"]
Beneficiary = Literal[
    "veterans_families",
    "volunteers",
    "children",
    "disabled",
    "elderly",
    "youth",
    "parents",
    "families",
    "specialists",
    "institutions",
    "general",
]
DatePrecision = Literal["instant", "day", "month", "year"]
DateBasis = Literal["feed", "page", "text", "file", "none"]  # where a publication date was taken from


# --- reading -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportText:
    """What the reading engine is given: the clean text and what the fetcher already knows for certain.

    `published` and `publisher` are used only where the text itself is silent. `regions` are the source's
    own territory (ISO 3166-2): the reading falls back on them when the text names none.
    """

    text: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Closed interval of days; either end may be open (None). Never both."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a fact stands and why it was read: `rule` is the id of the rule that fired, confidence is 0-1."""

    start: int
    end: int
    quote: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectMention:
    name: str
    kind: ProjectKind
    status: ProjectStatus | None
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerMention:
    name: str
    type: PartnerType
    role: PartnerRole | None
    evidence: Evidence
    project: str | None = None  # the project it takes part in, when the text says so


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricMention:
    """One figure. `unit` is the lemma of the head noun of what is counted («рубль» for money).

    `part_of` is the index, in the same report's metrics, of the total of which this figure is a part.
    """

    value: Decimal
    value_max: Decimal | None
    comparator: Comparator
    kind: MetricKind
    direction: Direction | None
    unit: str
    beneficiary: Beneficiary | None
    planned: bool
    period: Period | None
    project: str | None
    evidence: Evidence
    part_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedNumber:
    """A number that is no metric, with the named reason; kept for `./svod explain`, never loaded."""

    start: int
    end: int
    quote: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """All that was read from one report. `regions` is sorted; empty when the report names none."""

    regions: tuple[str, ...]
    published: date | None
    publisher: str | None
    projects: tuple[ProjectMention, ...]
    partners: tuple[PartnerMention, ...]
    metrics: tuple[MetricMention, ...]
    rejected: tuple[RejectedNumber, ...] = ()


# --- fetching ----------------------------------------------------------------------------------------


class Outcome(StrEnum):
    """How one attempt at one address ended; the runbook has a paragraph for each."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    EMPTY_DECLARED = "empty_declared"  # nothing there, and the source says that this may be
    EMPTY_UNEXPECTED = "empty_unexpected"  # nothing there: a failure
    BLOCKED = "blocked"  # login, captcha or challenge page, robots.txt, 401/403/429
    ERROR = "error"  # network, server, size, type, encoding


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchEvent:
    """One attempt. `bytes` as they came over the wire; `reason` is empty unless the attempt failed."""

    source_id: str
    url: str
    started_at: datetime
    ended_at: datetime
    outcome: Outcome
    http_status: int | None = None
    items: int = 0
    bytes: int = 0
    etag: str | None = None
    last_modified: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One distinct body of one address. `sha256` (of the raw bytes) is its name in the archive.

    `final_url` is where redirects led, None where there were none: links in the body are relative to it.
    """

    source_id: str
    url: str
    sha256: str
    fetched_at: datetime
    storage_uri: str
    media_type: str
    charset: str | None
    size: int
    final_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One report found in a source, before it is read.

    `natural_key` identifies the report for ever inside its source: `owner_post` of a wall, a feed's guid,
    a normalised url, a file's path. `body_sha256` names the archived bytes that hold this report and nothing
    else where the source allows it (a wall's post, a feed's entry), else the page.
    """

    source_id: str
    natural_key: str
    url: str
    body_sha256: str
    media_type: str
    charset: str | None = None
    title: str | None = None
    published: datetime | None = None
    published_precision: DatePrecision | None = None
    published_basis: DateBasis = "none"
    selector: str | None = None  # CSS of the report's own element in the body, when the source gives one


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A record that could not be used: `code` is a stable word, `reason` a sentence, payload JSON-able."""

    source_id: str
    stage: Literal["fetch", "extract", "load", "gate"]
    code: str
    reason: str
    key: str
    payload: dict[str, str | int | float | bool | list[str] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchResult:
    """All that one fetch of one source saw. The archive keeps it as a manifest.

    `items` are reports with new or changed bytes; `seen` are natural keys met again unchanged; `withdrawn`
    those that the source no longer shows. `cursor` (JSON) is where the next fetch goes on: it must be stored
    in the same transaction as the items, else what was found here is not asked for again.
    """

    source_id: str
    run_id: str
    events: tuple[FetchEvent, ...]
    snapshots: tuple[Snapshot, ...]
    items: tuple[Item, ...]
    rejections: tuple[Rejection, ...] = ()
    seen: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReport:
    """One item after reading: the clean text, its hash (the version's identity) and the facts."""

    item: Item
    clean_text: str
    sha256_text: str
    title: str | None
    facts: ReportFacts
