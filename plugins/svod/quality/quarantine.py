"""Records that could not be used: list them, release them, drop them. Deciding never deletes anything.

`release` lets a fact that the gate held back return with the next build, and believes a mass withdrawal: the
source's next run takes the reports that the record names for gone. `drop` says that it is looked at and stays
out. Any other record is only marked as looked at by either. The latest decision holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import class_row

from svod.errors import WarehouseError
from svod.models import Rejection
from svod.warehouse.connection import connect
from svod.warehouse.copy import merge_rows
from svod.warehouse.rows import COLUMNS, rejection_row

SHORTEST = 6  # characters of an id that may stand for the whole, if they name one record only

_OPEN = """
select q.quarantine_id, q.source_id, q.stage, q.code, q.reason, q.key, q.payload, q.seen_at,
    coalesce(d.action, 'open') as state, d.decided_by, d.reason as decision_reason
from raw.quarantine as q
left join lateral (
    select action, decided_by, reason from raw.quarantine_decision as d
    where d.quarantine_id = q.quarantine_id order by decision_id desc limit 1
) as d on true
where (%(all)s or d.action is null)
    and (%(stage)s::text is null or q.stage = %(stage)s)
    and (%(source)s::text is null or q.source_id = %(source)s)
order by q.seen_at desc, q.quarantine_id
limit %(limit)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """One record and the decision about it, if any (`state`: open, release, drop)."""

    quarantine_id: str
    source_id: str
    stage: str
    code: str
    reason: str
    key: str
    payload: Mapping[str, Any]
    seen_at: datetime
    state: str
    decided_by: str | None
    decision_reason: str | None


def list_open(
    dsn: str,
    *,
    stage: str | None = None,
    source_id: str | None = None,
    decided: bool = False,
    limit: int = 200,
) -> list[Quarantined]:
    """Records without a decision, newest first; `decided` adds those with one."""
    arguments = {"all": decided, "stage": stage, "source": source_id, "limit": limit}
    with connect(dsn) as conn, conn.cursor(row_factory=class_row(Quarantined)) as cursor:
        return cursor.execute(_OPEN, arguments).fetchall()


def release(dsn: str, quarantine_id: str, *, reason: str, by: str) -> str:
    """Let a held-back fact be used again, or believe a mass withdrawal.

    Returns the record's whole id; WarehouseError unless one record is meant.
    """
    return _decide(dsn, quarantine_id, "release", reason, by)


def drop(dsn: str, quarantine_id: str, *, reason: str, by: str) -> str:
    """Keep a record out for good. Returns its whole id; WarehouseError unless one record is meant."""
    return _decide(dsn, quarantine_id, "drop", reason, by)


def hold_back(conn: psycopg.Connection, run_id: str, rejections: Sequence[Rejection]) -> int:
    """Put records into quarantine; those there already stay as they are. Returns how many are new."""
    rows = [rejection_row(rejection, run_id) for rejection in rejections]
    return merge_rows(conn, "raw", "quarantine", COLUMNS["quarantine"], rows)


def _decide(dsn: str, quarantine_id: str, action: str, reason: str, by: str) -> str:
    if not reason.strip():
        raise WarehouseError("a decision about a quarantined record needs a reason")
    with connect(dsn) as conn:
        whole = _whole_id(conn, quarantine_id)
        conn.execute(
            "insert into raw.quarantine_decision (quarantine_id, action, decided_by, reason)"
            " values (%s, %s, %s, %s)",
            (whole, action, by, reason),
        )
    return whole


def _whole_id(conn: psycopg.Connection, start: str) -> str:
    if len(start) < SHORTEST:
        raise WarehouseError(f"{start!r} is too short to name a quarantined record")
    found = conn.execute(
        "select quarantine_id from raw.quarantine where starts_with(quarantine_id, %s) limit 2", (start,)
    ).fetchall()
    if len(found) != 1:
        problem = "no" if not found else "more than one"
        raise WarehouseError(f"{problem} quarantined record is called {start}")
    return str(found[0][0])
