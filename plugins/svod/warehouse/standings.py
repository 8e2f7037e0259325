"""How each source stood at the end of a day: its fetches, its volume, how full its reports were. Reads only.

History that is read back is no news: a report counts only if it was published shortly before it was seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
from psycopg.rows import class_row

from .promotion import PROMOTED

FIELDS = ("title", "published", "facts", "project", "partner", "period", "beneficiary")
LATEST = 20  # reports whose fields are compared with those of the reports before
LATEST_DAYS = 30  # and not older than this
BEFORE = 200
NEWS_DAYS = 60  # a report published longer before it was seen belongs to the history

_PERIODS = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}


@dataclass(frozen=True, slots=True)
class Standing:
    """A source at a moment. `failing_since`: first failure after the last good fetch. `config`: its YAML."""

    source_id: str
    known_since: datetime
    last_at: datetime | None
    last_outcome: str | None
    last_good_at: datetime | None
    failing_since: datetime | None
    days_failing: int
    last_reason: str | None
    last_report_at: datetime | None
    config: dict[str, Any]

    @property
    def period(self) -> str:
        return str(self.config["expected"]["period"])

    def period_start(self, until: datetime) -> datetime:
        """Where the period begins in which the volume is counted; of a source counted by run: the day."""
        return until - _PERIODS.get(self.period, timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Volume:
    """New reports of a source in its period; `fewest` and `most` differ only when counted run by run."""

    fewest: int
    most: int


@dataclass(frozen=True, slots=True)
class Fill:
    """In how many of a source's latest reports, and of those before, a field is there."""

    field: str
    latest: int
    latest_filled: int
    before: int
    before_filled: int


def end_of(day: date) -> datetime:
    """The moment at which a day (UTC) is over."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)


def standings(conn: psycopg.Connection, until: datetime) -> list[Standing]:
    """All sources as they stood at a moment, by id."""
    with conn.cursor(row_factory=class_row(Standing)) as cursor:
        return cursor.execute(
            "select * from ops.source_standing_at(%s) order by source_id", (until,)
        ).fetchall()


_VOLUMES = """
select wanted.source_id, min(coalesce(counted.reports, 0))::int, max(coalesce(counted.reports, 0))::int
from unnest(%(sources)s::text[], %(since)s::timestamptz[], %(by_run)s::boolean[])
    as wanted (source_id, since, by_run)
cross join lateral (
    select distinct case when wanted.by_run then e.run_id end as run_id
    from raw.fetch_event as e
    where e.source_id = wanted.source_id and e.started_at >= wanted.since and e.started_at < %(until)s
        and e.outcome in ('ok', 'not_modified', 'empty_declared') and e.url not like '%%/robots.txt'
) as runs
left join lateral (
    select count(*) as reports from raw.document as d
    where d.source_id = wanted.source_id
        and d.first_seen_at >= wanted.since and d.first_seen_at < %(until)s
        and (runs.run_id is null or d.run_id = runs.run_id)
        and not exists (
            select from raw.document_version as v
            where v.document_id = d.document_id and v.published_on < d.first_seen_at::date - %(news)s::int
        )
) as counted on true
group by wanted.source_id
"""


def volumes(conn: psycopg.Connection, sources: list[Standing], until: datetime) -> Mapping[str, Volume]:
    """What each source brought in its period up to a moment; those without a good fetch in it are missing."""
    arguments = {
        "sources": [s.source_id for s in sources],
        "since": [s.period_start(until) for s in sources],
        "by_run": [s.period == "run" for s in sources],
        "until": until,
        "news": NEWS_DAYS,
    }
    return {source: Volume(low, high) for source, low, high in conn.execute(_VOLUMES, arguments)}


_FILLS = f"""
with promoted as (
    select {PROMOTED} as extractor_version
),
reports as (
    select
        wanted.source_id, seen.first_seen_at, seen.title, seen.published_on, read.version_id,
        read.extractor_version, read.metrics,
        row_number() over (
            partition by wanted.source_id order by seen.first_seen_at desc, seen.document_id
        ) as place
    from unnest(%(sources)s::text[]) as wanted (source_id)
    cross join lateral (
        select d.document_id, d.first_seen_at, v.version_id, v.title, v.published_on
        from raw.document as d
        inner join raw.document_version as v on v.document_id = d.document_id and v.seen_at = d.first_seen_at
        where d.source_id = wanted.source_id and d.first_seen_at < %(until)s
            and coalesce(v.published_on >= d.first_seen_at::date - %(news)s::int, true)
        order by d.first_seen_at desc
        limit %(latest)s + %(before)s
    ) as seen
    inner join promoted on true
    inner join raw.version_extraction as read
        on read.version_id = seen.version_id and read.extractor_version = promoted.extractor_version
),
filled as (
    select
        reports.source_id,
        reports.place <= %(latest)s
            and reports.first_seen_at >= %(until)s - %(latest_days)s * interval '1 day' as is_latest,
        array[
            reports.title is not null, reports.published_on is not null, reports.metrics > 0,
            exists (
                select from raw.project_mention as p
                where p.version_id = reports.version_id and p.extractor_version = reports.extractor_version
            ),
            exists (
                select from raw.partner_mention as p
                where p.version_id = reports.version_id and p.extractor_version = reports.extractor_version
            ),
            coalesce(facts.with_period, false), coalesce(facts.with_beneficiary, false)
        ] as has
    from reports
    left join lateral (
        select
            bool_or(m.period_start is not null or m.period_end is not null) as with_period,
            bool_or(m.beneficiary is not null) as with_beneficiary
        from raw.metric_mention as m
        where m.version_id = reports.version_id and m.extractor_version = reports.extractor_version
    ) as facts on true
)
select
    filled.source_id, field.name,
    count(*) filter (where filled.is_latest)::int,
    count(*) filter (where filled.is_latest and filled.has[field.number])::int,
    count(*) filter (where not filled.is_latest)::int,
    count(*) filter (where not filled.is_latest and filled.has[field.number])::int
from filled
cross join unnest(%(fields)s::text[]) with ordinality as field (name, number)
group by filled.source_id, field.number, field.name
order by filled.source_id, field.number
"""  # noqa: S608 - a constant


def fills(conn: psycopg.Connection, source_ids: list[str], until: datetime) -> Mapping[str, list[Fill]]:
    """How full the latest reports of each source were beside those before, by the promoted reading."""
    arguments = {
        "sources": source_ids,
        "until": until,
        "latest": LATEST,
        "latest_days": LATEST_DAYS,
        "before": BEFORE,
        "news": NEWS_DAYS,
        "fields": list(FIELDS),
    }
    found: dict[str, list[Fill]] = {}
    for source_id, *figures in conn.execute(_FILLS, arguments):
        found.setdefault(source_id, []).append(Fill(*figures))
    return found
