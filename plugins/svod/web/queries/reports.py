"""Reports, their versions, and what was read from them with its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import psycopg
from psycopg.rows import class_row

from svod.warehouse.promotion import PROMOTED

PAGE = 50


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in a list: its version in force and what the extractor in force read from it."""

    report_id: str
    source_id: str
    url: str
    first_seen_at: datetime
    title: str | None
    published_on: date | None
    is_current: bool | None
    versions: int
    metrics: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """A report itself. `version_id` is the version in force, None before any was loaded."""

    report_id: str
    source_id: str
    source_title: str | None
    territory_oktmo: str | None
    url: str
    first_seen_at: datetime
    last_event: str | None
    since: datetime | None
    version_id: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a report, without the text. `run_id` is the run that brought it."""

    version_id: str
    run_id: str
    seen_at: datetime
    title: str | None
    published_on: date | None
    body_sha256: str
    media_type: str
    length: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One extractor version that has read a text."""

    extractor_version: str
    loaded_at: datetime
    promoted: bool


@dataclass(frozen=True, slots=True)
class Project:
    id: str
    name: str
    kind: str
    status: str | None
    start: int
    end: int
    quote: str
    rule_id: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Partner:
    """`name_public` is what the resolver knows it by."""

    id: str
    name: str
    name_public: str
    type: str
    role: str | None
    project_name: str | None
    start: int
    end: int
    quote: str
    rule_id: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Metric:
    id: str
    value: Decimal
    value_max: Decimal | None
    comparator: str
    kind: str
    direction: str | None
    unit: str
    beneficiary: str | None
    planned: bool
    period_start: date | None
    period_end: date | None
    project_name: str | None
    part_of_id: str | None
    start: int
    end: int
    quote: str
    rule_id: str
    confidence: float


@dataclass(frozen=True, slots=True)
class ReportFact:
    """A fact about the whole report: region, published, publisher."""

    fact: str
    value: str


_ROWS = f"""
select
    d.document_id as report_id, d.source_id, d.url, d.first_seen_at, v.title, v.published_on,
    state.kind <> 'withdrawn' as is_current, counted.versions, x.metrics
from raw.document as d
left join lateral (
    select version_id, kind from raw.document_event
    where document_id = d.document_id order by occurred_at desc, event_seq desc limit 1
) as state on true
left join raw.document_version as v on v.version_id = state.version_id
left join raw.version_extraction as x
    on x.version_id = state.version_id and x.extractor_version = {PROMOTED}
cross join lateral (
    select count(*)::int as versions from raw.document_version where document_id = d.document_id
) as counted
"""  # noqa: S608 - a constant

_LIST = f"""
{_ROWS}
where
    (%(source)s::text is null or d.source_id = %(source)s)
    and (%(before)s::timestamptz is null or (d.first_seen_at, d.document_id) < (%(before)s, %(before_id)s))
order by d.first_seen_at desc, d.document_id desc
limit %(limit)s
"""

_OF_RUN = f"""
{_ROWS}
where d.document_id in (
    select versions.document_id from raw.extraction_run as runs
    inner join raw.version_extraction as readings on readings.extraction_run_id = runs.extraction_run_id
    inner join raw.document_version as versions on versions.version_id = readings.version_id
    where runs.run_id = %(run)s and runs.source_id = %(source)s
    limit %(limit)s
)
order by d.first_seen_at desc, d.document_id desc
"""  # noqa: S608 - a constant

_FIND = f"""
{_ROWS}
where d.document_id in (
    select %(text)s::text
    union all (select document_id from raw.document_version where version_id = %(text)s)
    union all (
        select versions.document_id from raw.metric_mention as facts
        inner join raw.document_version as versions on versions.version_id = facts.version_id
        where facts.metric_mention_id = %(text)s
    )
    union all (select document_id from raw.document where url = %(text)s limit 50)
    union all (
        select document_id from raw.document_version
        where to_tsvector('russian', coalesce(title, '')) @@ websearch_to_tsquery('russian', %(text)s)
        order by seen_at desc limit %(limit)s
    )
)
order by d.first_seen_at desc, d.document_id desc
limit %(limit)s
"""  # noqa: S608 - a constant

_REPORT = """
select
    d.document_id as report_id, d.source_id, s.title as source_title, s.territory_oktmo, d.url,
    d.first_seen_at, state.kind as last_event, state.occurred_at as since, state.version_id
from raw.document as d
left join lateral (
    select kind, occurred_at, version_id from raw.document_event
    where document_id = d.document_id order by occurred_at desc, event_seq desc limit 1
) as state on true
left join lateral (
    select title, territory_oktmo from raw.source where source_id = d.source_id order by seen_at desc limit 1
) as s on true
where d.document_id = %s
"""

_SPAN = "start_char as start, end_char as end, quote, rule_id, confidence"
_OF_READING = "where version_id = %s and extractor_version = %s order by start_char, end_char"


def listed(
    conn: psycopg.Connection,
    source_id: str | None = None,
    before: datetime | None = None,
    before_id: str | None = None,
    limit: int = PAGE,
) -> list[ReportRow]:
    """Reports, latest first; `before` and `before_id` are the last row of the page before."""
    arguments = {"source": source_id, "before": before, "before_id": before_id, "limit": limit}
    with conn.cursor(row_factory=class_row(ReportRow)) as cursor:
        return cursor.execute(_LIST, arguments).fetchall()


def newest_first(rows: Iterable[ReportRow]) -> list[ReportRow]:
    """A page as people read it: what came in one run by its own dates. Pages themselves are cut by id."""
    return sorted(rows, key=lambda row: (row.first_seen_at, row.published_on or date.min), reverse=True)


def of_run(conn: psycopg.Connection, source_id: str, run_id: str, limit: int = 200) -> list[ReportRow]:
    """The reports that a run read."""
    with conn.cursor(row_factory=class_row(ReportRow)) as cursor:
        return cursor.execute(_OF_RUN, {"run": run_id, "source": source_id, "limit": limit}).fetchall()


def found(conn: psycopg.Connection, text: str) -> list[ReportRow]:
    """The reports with this id, with a version or a fact of this id, at this address, or with these words in
    the title of one of their versions (the latest).
    """
    with conn.cursor(row_factory=class_row(ReportRow)) as cursor:
        return cursor.execute(_FIND, {"text": text, "limit": PAGE}).fetchall()


def report(conn: psycopg.Connection, report_id: str) -> Report | None:
    with conn.cursor(row_factory=class_row(Report)) as cursor:
        return cursor.execute(_REPORT, (report_id,)).fetchone()


def versions(conn: psycopg.Connection, report_id: str) -> list[Version]:
    """All versions of a report, newest first."""
    with conn.cursor(row_factory=class_row(Version)) as cursor:
        return cursor.execute(
            "select version_id, run_id, seen_at, title, published_on, body_sha256, media_type,"
            " length(clean_text) as length"
            " from raw.document_version where document_id = %s order by seen_at desc, version_id",
            (report_id,),
        ).fetchall()


def text_of(conn: psycopg.Connection, version_id: str) -> str:
    row = conn.execute(
        "select clean_text from raw.document_version where version_id = %s", (version_id,)
    ).fetchone()
    return str(row[0]) if row else ""


def readings(conn: psycopg.Connection, version_id: str) -> list[Reading]:
    """Who has read a version: the extractor in force first, then the latest."""
    with conn.cursor(row_factory=class_row(Reading)) as cursor:
        return cursor.execute(
            "select extractor_version, loaded_at,"  # noqa: S608 - a constant
            f" coalesce(extractor_version = {PROMOTED}, false) as promoted"
            " from raw.version_extraction where version_id = %s order by promoted desc, loaded_at desc",
            (version_id,),
        ).fetchall()


def projects(conn: psycopg.Connection, version_id: str, extractor: str) -> list[Project]:
    with conn.cursor(row_factory=class_row(Project)) as cursor:
        return cursor.execute(
            f"select project_mention_id as id, name, kind, status, {_SPAN}"  # noqa: S608
            f" from raw.project_mention {_OF_READING}",
            (version_id, extractor),
        ).fetchall()


def partners(conn: psycopg.Connection, version_id: str, extractor: str) -> list[Partner]:
    with conn.cursor(row_factory=class_row(Partner)) as cursor:
        return cursor.execute(
            f"select partner_mention_id as id, name, name_public, type, role, project_name, {_SPAN}"  # noqa: S608
            f" from raw.partner_mention {_OF_READING}",
            (version_id, extractor),
        ).fetchall()


METRIC = (
    "metric_mention_id as id, value, value_max, comparator, kind, direction, unit, beneficiary, planned,"
    f" period_start, period_end, project_name, part_of_id, {_SPAN}"
)


def metrics(conn: psycopg.Connection, version_id: str, extractor: str) -> list[Metric]:
    with conn.cursor(row_factory=class_row(Metric)) as cursor:
        return cursor.execute(
            f"select {METRIC} from raw.metric_mention {_OF_READING}",  # noqa: S608
            (version_id, extractor),
        ).fetchall()


def report_facts(conn: psycopg.Connection, version_id: str, extractor: str) -> list[ReportFact]:
    with conn.cursor(row_factory=class_row(ReportFact)) as cursor:
        return cursor.execute(
            "select fact, value from raw.report_fact where version_id = %s and extractor_version = %s"
            " order by fact, value",
            (version_id, extractor),
        ).fetchall()


@dataclass(frozen=True, slots=True)
class Body:
    """The archived bytes of a version."""

    sha256: str
    media_type: str
    charset: str | None


def body_of(conn: psycopg.Connection, report_id: str, version_id: str) -> Body | None:
    with conn.cursor(row_factory=class_row(Body)) as cursor:
        return cursor.execute(
            "select body_sha256 as sha256, media_type, charset from raw.document_version"
            " where version_id = %s and document_id = %s",
            (version_id, report_id),
        ).fetchone()
