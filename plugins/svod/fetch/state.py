"""What is already known of one source: reports, validators of addresses, and where to go on.

Read from the warehouse before a fetch, never written here: the load does that. The same questions are
answered from memory for `sources check` and tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

import psycopg

from svod.models import DatePrecision, FetchResult, Outcome
from svod.sources import Source

_KNOWN = """
select d.natural_key, d.url, d.first_seen_at, v.body_sha256,
       v.published_at, v.published_on, v.published_precision
from raw.document as d
left join lateral (
    select body_sha256, published_at, published_on, published_precision from raw.document_version as dv
    where dv.document_id = d.document_id order by dv.seen_at desc, dv.version_id limit 1
) as v on true
left join lateral (
    select kind from raw.document_event as e
    where e.document_id = d.document_id order by e.occurred_at desc, e.event_seq desc limit 1
) as s on true
where d.source_id = %s and s.kind is distinct from 'withdrawn'
"""
_ASKED = """
select url, etag, last_modified, ended_at from (
    select url, etag, last_modified, ended_at,
           row_number() over (partition by url order by started_at desc) as nth
    from raw.fetch_event where source_id = %s and outcome in ('ok', 'not_modified')
) as e where nth = 1
"""
_BODIES = "select url, sha256_raw from raw.snapshot where source_id = %s order by fetched_at"
_CURSOR = "select cursor::text from ops.fetch_cursor where source_id = %s"
_RELEASED = """
select d.natural_key
from raw.quarantine as q
join lateral (
    select action, decided_at from raw.quarantine_decision as qd
    where qd.quarantine_id = q.quarantine_id order by decision_id desc limit 1
) as decision on decision.action = 'release'
join raw.document as d on d.source_id = q.source_id and q.payload -> 'gone' ? d.natural_key
where q.source_id = %s and q.code = 'mass_withdrawal' and not exists (
    select from raw.document_event as e
    where e.document_id = d.document_id and e.occurred_at > decision.decided_at
)
"""
_SINCE = """
select count(*) from raw.fetch_event
where source_id = %s and started_at >= %s and split_part(reason, ':', 1) <> all(%s)
"""
# codes of events that are no request: we refused ourselves before asking, or noted something about a run
NOT_ASKED = ("daily_cap", "held", "robots", "forbidden_address", "interval_undone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A report that the warehouse already has, not withdrawn."""

    url: str
    body_sha256: str | None
    first_seen: datetime
    published: datetime | None = None  # in the source's zone
    precision: DatePrecision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What the last good answer of an address said about itself, and which body it was."""

    etag: str | None
    last_modified: str | None
    sha256: str | None
    asked_at: datetime


class FetchState(Protocol):
    """One source's past."""

    def known(self) -> Mapping[str, Known]: ...

    def validators(self, url: str) -> Validators | None: ...

    def cursor(self) -> str | None: ...

    def released_withdrawals(self) -> frozenset[str]:
        """Natural keys that somebody believes to be gone and that have not shown themselves since."""
        ...

    def requests_since(self, instant: datetime) -> int:
        """How many requests were made; what we refused ourselves is none, or a cap would never end."""
        ...


class MemoryState:
    """A past kept in memory; `absorb` plays the load."""

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}
        self._validators: dict[str, Validators] = {}
        self._cursor: str | None = None
        self._requests: list[datetime] = []

    def known(self) -> Mapping[str, Known]:
        return self._known

    def validators(self, url: str) -> Validators | None:
        return self._validators.get(url)

    def cursor(self) -> str | None:
        return self._cursor

    def released_withdrawals(self) -> frozenset[str]:
        return frozenset()  # nobody decides about what is only in memory

    def requests_since(self, instant: datetime) -> int:
        return sum(at >= instant for at in self._requests)

    def absorb(self, result: FetchResult) -> None:
        """Take up what a fetch saw, as a load would."""
        bodies = {s.url: s.sha256 for s in result.snapshots}
        for event in result.events:
            if event.reason.partition(":")[0] not in NOT_ASKED:
                self._requests.append(event.started_at)
            if event.outcome in {Outcome.OK, Outcome.NOT_MODIFIED}:
                before = self._validators.get(event.url)
                self._validators[event.url] = Validators(
                    etag=event.etag,
                    last_modified=event.last_modified,
                    sha256=bodies.get(event.url) or (before.sha256 if before else None),
                    asked_at=event.ended_at,
                )
        at = max((e.ended_at for e in result.events), default=datetime.now(UTC))
        for item in result.items:
            fresh = Known(url=item.url, body_sha256=item.body_sha256, first_seen=at, published=item.published)
            old = self._known.get(item.natural_key)
            self._known[item.natural_key] = replace(fresh, first_seen=old.first_seen) if old else fresh
        for key in result.withdrawn:
            self._known.pop(key, None)
        self._cursor = result.cursor


class PostgresState:
    """A source's past as raw and ops have it; read once, when first asked for."""

    def __init__(self, connection: psycopg.Connection, source: Source) -> None:
        self._connection, self._source_id = connection, source.id
        self._zone = ZoneInfo(source.schedule.timezone)
        self._known: dict[str, Known] | None = None
        self._validators: dict[str, Validators] | None = None

    def known(self) -> Mapping[str, Known]:
        if self._known is None:
            rows = self._connection.execute(_KNOWN, (self._source_id,)).fetchall()
            self._known = {
                key: Known(
                    url=url,
                    body_sha256=body,
                    first_seen=seen,
                    published=self._local(at, day),
                    precision=precision,
                )
                for key, url, seen, body, at, day, precision in rows
            }
        return self._known

    def _local(self, at: datetime | None, day: date | None) -> datetime | None:
        if at is not None:
            return at.astimezone(self._zone)
        return datetime(day.year, day.month, day.day, tzinfo=self._zone) if day else None

    def validators(self, url: str) -> Validators | None:
        if self._validators is None:
            found = self._connection.execute(_BODIES, (self._source_id,)).fetchall()
            bodies: dict[str, str] = {str(at): str(sha256) for at, sha256 in found}
            asked = self._connection.execute(_ASKED, (self._source_id,)).fetchall()
            self._validators = {
                at: Validators(etag=etag, last_modified=modified, sha256=bodies.get(at), asked_at=ended)
                for at, etag, modified, ended in asked
            }
        return self._validators.get(url)

    def cursor(self) -> str | None:
        row = self._connection.execute(_CURSOR, (self._source_id,)).fetchone()
        return str(row[0]) if row else None

    def released_withdrawals(self) -> frozenset[str]:
        return frozenset(key for (key,) in self._connection.execute(_RELEASED, (self._source_id,)))

    def requests_since(self, instant: datetime) -> int:
        row = self._connection.execute(_SINCE, (self._source_id, instant, list(NOT_ASKED))).fetchone()
        return int(row[0]) if row else 0
