"""How each source is doing: last good fetch, failures, what its last runs brought, how full its facts are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg.rows import class_row

GOOD = ("ok", "not_modified", "empty_declared")
ROBOTS = "%/robots.txt"  # to be let in is not yet to be given anything
LAST_EVENTS = 200  # of a source, grouped into its last runs
LAST_FACTS = 150  # of a source, from which the share of filled fields is taken
MOST_RUNS = 20


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source with its present state. `failing_since`: first failure after the last good fetch."""

    source_id: str
    title: str
    kind: str
    publisher_name: str | None
    territory_oktmo: str | None
    silence_days: int
    paused: bool  # in its YAML when it was last loaded; it may run all the same
    schedule: dict[str, str] | None
    expected_min: int
    expected_max: int
    expected_period: str
    last_at: datetime | None
    last_run_id: str | None
    last_outcome: str | None
    last_reason: str | None
    good_at: datetime | None
    failing_since: datetime | None
    last_report_at: datetime | None
    known_since: datetime
    removed: bool = False  # its YAML is gone
    unusable: bool = False  # its YAML has a mistake


@dataclass(frozen=True, slots=True)
class Run:
    """One fetch of a source and what it brought. `good` is false if nothing could be fetched."""

    source_id: str
    run_id: str
    started_at: datetime
    good: bool
    requests: int
    items: int
    reports: int
    facts: int


@dataclass(frozen=True, slots=True)
class Filled:
    """Shares (0–1) of the last facts of a source that state a period, a project, a beneficiary group."""

    source_id: str
    facts: int
    period: float
    project: float
    beneficiary: float

    @property
    def all(self) -> float:
        return (self.period + self.project + self.beneficiary) / 3


_SOURCES = """
with latest as (
    select distinct on (source_id) * from raw.source
    where %(source)s::text is null or source_id = %(source)s
    order by source_id, seen_at desc
)
select
    latest.source_id, latest.title, latest.kind, latest.publisher_name, latest.territory_oktmo,
    coalesce(latest.silence_days, 30) as silence_days,
    coalesce((latest.config ->> 'paused')::boolean, false) as paused, latest.config -> 'schedule' as schedule,
    coalesce((latest.config #>> '{expected,min_items}')::int, 0) as expected_min,
    coalesce((latest.config #>> '{expected,max_items}')::int, 1000) as expected_max,
    coalesce(latest.config #>> '{expected,period}', 'month') as expected_period,
    recent.started_at as last_at, recent.run_id as last_run_id, recent.outcome as last_outcome,
    bad.reason as last_reason, good.started_at as good_at, bad.since as failing_since,
    report.first_seen_at as last_report_at, known.since as known_since
from latest
left join lateral (
    select started_at, run_id, outcome from raw.fetch_event
    where source_id = latest.source_id order by started_at desc limit 1
) as recent on true
left join lateral (
    select started_at, run_id from raw.fetch_event
    where source_id = latest.source_id and outcome = any(%(good)s) and url not like %(robots)s
    order by started_at desc limit 1
) as good on true
left join lateral (
    select min(started_at) as since, (array_agg(reason order by started_at desc))[1] as reason
    from raw.fetch_event
    where
        source_id = latest.source_id and not outcome = any(%(good)s)
        and started_at > coalesce(good.started_at, '-infinity')
        and run_id is distinct from good.run_id
) as bad on true
left join lateral (
    select first_seen_at from raw.document
    where source_id = latest.source_id order by first_seen_at desc limit 1
) as report on true
cross join lateral (
    select min(seen_at) as since from raw.source where source_id = latest.source_id
) as known
order by latest.source_id
"""

_RUNS = """
select
    runs.source_id, runs.run_id, runs.started_at, runs.good, runs.requests, runs.items,
    coalesce(readings.reports, 0)::int as reports, coalesce(readings.facts, 0)::int as facts
from unnest(%(sources)s::text[]) as wanted (source_id)
cross join lateral (
    select
        events.source_id, events.run_id, min(events.started_at) as started_at,
        bool_or(events.outcome = any(%(good)s) and events.url not like %(robots)s) as good,
        count(*)::int as requests,
        sum(events.items)::int as items
    from (
        select source_id, run_id, started_at, outcome, items, url from raw.fetch_event
        where source_id = wanted.source_id order by started_at desc limit %(events)s
    ) as events
    group by events.source_id, events.run_id
    order by started_at desc
    limit %(runs)s
) as runs
left join lateral (
    select sum(versions) as reports, sum(metrics) as facts from raw.extraction_run
    where source_id = runs.source_id and run_id = runs.run_id
) as readings on true
order by runs.source_id, runs.started_at
"""

_FILLED = """
select
    wanted.source_id, count(*)::int as facts,
    avg((facts.period_start is not null or facts.period_end is not null)::int)::float8 as period,
    avg((facts.project_name is not null)::int)::float8 as project,
    avg((facts.beneficiary is not null)::int)::float8 as beneficiary
from unnest(%(sources)s::text[]) as wanted (source_id)
cross join lateral (
    select mentions.period_start, mentions.period_end, mentions.project_name, mentions.beneficiary
    from (
        select extraction_run_id from raw.extraction_run
        where source_id = wanted.source_id and metrics > 0 order by started_at desc limit 10
    ) as runs
    inner join raw.metric_mention as mentions on mentions.extraction_run_id = runs.extraction_run_id
    limit %(facts)s
) as facts
group by wanted.source_id
"""

_VOLUMES = """
select wanted.source_id, counted.reports
from unnest(%(sources)s::text[], %(since)s::timestamptz[]) as wanted (source_id, since)
cross join lateral (
    select count(*)::int as reports from raw.document
    where source_id = wanted.source_id and first_seen_at >= wanted.since
) as counted
"""


def sources(conn: psycopg.Connection, source_id: str | None = None) -> list[SourceRow]:
    """All sources, or the one asked for, by id; each as its latest description."""
    with conn.cursor(row_factory=class_row(SourceRow)) as cursor:
        return cursor.execute(
            _SOURCES, {"good": list(GOOD), "robots": ROBOTS, "source": source_id}
        ).fetchall()


def last_runs(
    conn: psycopg.Connection, source_ids: Sequence[str], runs: int = MOST_RUNS
) -> Mapping[str, list[Run]]:
    """The last runs of each source, oldest first."""
    arguments = {
        "sources": list(source_ids),
        "events": LAST_EVENTS,
        "runs": runs,
        "good": list(GOOD),
        "robots": ROBOTS,
    }
    found: dict[str, list[Run]] = {source_id: [] for source_id in source_ids}
    with conn.cursor(row_factory=class_row(Run)) as cursor:
        for run in cursor.execute(_RUNS, arguments):
            found[run.source_id].append(run)
    return found


def filled(conn: psycopg.Connection, source_ids: Sequence[str]) -> Mapping[str, Filled]:
    """How full the last facts of each source are; sources without facts are missing."""
    with conn.cursor(row_factory=class_row(Filled)) as cursor:
        rows = cursor.execute(_FILLED, {"sources": list(source_ids), "facts": LAST_FACTS})
        return {row.source_id: row for row in rows}


def volumes(conn: psycopg.Connection, since: Mapping[str, datetime]) -> Mapping[str, int]:
    """New reports of each source since its moment."""
    arguments = {"sources": list(since), "since": list(since.values())}
    return {str(source): int(n) for source, n in conn.execute(_VOLUMES, arguments)}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at one address."""

    run_id: str
    url: str
    started_at: datetime
    outcome: str
    http_status: int | None
    items: int
    bytes: int
    reason: str


_ATTEMPT = "select run_id, url, started_at, outcome, http_status, items, bytes, reason from raw.fetch_event"


def attempts(conn: psycopg.Connection, source_id: str, limit: int = 25) -> list[Attempt]:
    """The last attempts of a source, newest first."""
    with conn.cursor(row_factory=class_row(Attempt)) as cursor:
        return cursor.execute(
            f"{_ATTEMPT} where source_id = %s order by started_at desc limit %s", (source_id, limit)
        ).fetchall()


def attempts_of_run(conn: psycopg.Connection, source_id: str, run_id: str, limit: int = 200) -> list[Attempt]:
    """The attempts of one run, in their order."""
    with conn.cursor(row_factory=class_row(Attempt)) as cursor:
        return cursor.execute(
            f"{_ATTEMPT} where source_id = %s and run_id = %s order by started_at limit %s",
            (source_id, run_id, limit),
        ).fetchall()


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A record that could not be used and about which nobody has decided yet."""

    quarantine_id: str
    stage: str
    code: str
    reason: str
    key: str
    seen_at: datetime


def quarantined(conn: psycopg.Connection, source_id: str, limit: int = 25) -> list[Quarantined]:
    """The open quarantine of a source, newest first."""
    with conn.cursor(row_factory=class_row(Quarantined)) as cursor:
        return cursor.execute(
            "select quarantine_id, stage, code, reason, key, seen_at from raw.quarantine as records"
            " where source_id = %s and not exists (select from raw.quarantine_decision as decisions"
            " where decisions.quarantine_id = records.quarantine_id)"
            " order by seen_at desc limit %s",
            (source_id, limit),
        ).fetchall()
