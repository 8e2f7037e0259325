"""Events of reports: first seen, changed, withdrawn, returned; decided by the state at the time of sighting.

Each sighting is compared with the report's state as it was known at that very time, so loads that come late
or twice add nothing and never bring an old text back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import psycopg

from . import keys, rows
from .copy import merge_rows


@dataclass(frozen=True, slots=True)
class Sighting:
    """A report was there with this text."""

    document_id: str
    version_id: str


@dataclass(frozen=True, slots=True)
class _State:
    version_id: str | None
    kind: str


# For each report: its latest event up to the moment asked for, else (nothing before) its earliest after it.
_STATES = """
select asked.document_id, past.version_id, past.kind, next.version_id, next.kind
from unnest(%s::text[], %s::timestamptz[]) as asked (document_id, at)
left join lateral (
    select version_id, kind from raw.document_event as e
    where e.document_id = asked.document_id and e.occurred_at <= asked.at
    order by occurred_at desc, event_seq desc limit 1
) as past on true
left join lateral (
    select version_id, kind from raw.document_event as e
    where e.document_id = asked.document_id and e.occurred_at > asked.at
    order by occurred_at, event_seq limit 1
) as next on true
"""


def record_sightings(
    conn: psycopg.Connection, run_id: str, sightings: Iterable[Sighting], seen_at: datetime
) -> int:
    """Write an event where a sighting tells something new; returns how many were written."""
    seen = list(sightings)
    past, later = _states(conn, {s.document_id: seen_at for s in seen})
    events = []
    for sighting in seen:
        kind = _kind(past.get(sighting.document_id), later.get(sighting.document_id), sighting.version_id)
        if kind:
            events.append(_event(sighting.document_id, sighting.version_id, run_id, kind, seen_at))
    return _write(conn, events)


def record_withdrawals(
    conn: psycopg.Connection, run_id: str, documents: Iterable[str], seen_at: datetime
) -> int:
    """Known reports that the source no longer shows are withdrawn; returns how many are newly so."""
    past, _ = _states(conn, dict.fromkeys(documents, seen_at))
    return _write(
        conn,
        [
            _event(document, state.version_id, run_id, "withdrawn", seen_at)
            for document, state in past.items()
            if state.kind != "withdrawn"
        ],
    )


def record_returns(conn: psycopg.Connection, run_id: str, documents: Iterable[str], seen_at: datetime) -> int:
    """Withdrawn reports that are met again unchanged have returned; returns how many."""
    past, _ = _states(conn, dict.fromkeys(documents, seen_at))
    return _write(
        conn,
        [
            _event(document, state.version_id, run_id, "returned", seen_at)
            for document, state in past.items()
            if state.kind == "withdrawn"
        ],
    )


def _kind(past: _State | None, later: _State | None, version_id: str) -> str | None:
    """The event that a sighting is, or None if it was known."""
    if past is None:
        if later is None:
            return "first_seen"
        return None if later.version_id == version_id else "changed"
    if past.kind == "withdrawn":
        return "returned"
    return None if past.version_id == version_id else "changed"


def _states(conn: psycopg.Connection, at: dict[str, datetime]) -> tuple[dict[str, _State], dict[str, _State]]:
    past: dict[str, _State] = {}
    later: dict[str, _State] = {}
    for document, version, kind, next_version, next_kind in conn.execute(
        _STATES, (list(at), list(at.values()))
    ):
        if kind is not None:
            past[document] = _State(version, kind)
        if next_kind is not None:
            later[document] = _State(next_version, next_kind)
    return past, later


def _event(document: str, version: str | None, run_id: str, kind: str, at: datetime) -> rows.Row:
    return keys.document_event_id(document, kind, version, at), document, version, run_id, kind, at


def _write(conn: psycopg.Connection, events: list[rows.Row]) -> int:
    if not events:
        return 0
    return merge_rows(conn, "raw", "document_event", rows.COLUMNS["document_event"], events)
