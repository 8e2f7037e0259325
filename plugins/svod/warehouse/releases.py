"""The releases of the marts: what each changed, and the way back to an earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import dict_row

from svod.errors import WarehouseError

from .connection import connect

KEEP = 30  # releases that can be rolled back


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChange:
    """One table in one release: how many rows it holds, and how many of them are new, changed or gone."""

    rows: int
    added: int
    changed: int
    gone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    release_id: int
    run_id: str
    kind: str  # publish, rollback
    rolled_back_to: int | None
    override_reason: str | None
    added: int
    changed: int
    gone: int
    published_at: datetime
    tables: Mapping[str, TableChange]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row that a release changed. `old_row` is the row before; None if it was added."""

    table_name: str
    key: Mapping[str, Any]
    change: str  # added, changed, gone
    old_row: Mapping[str, Any] | None


_RELEASES = """
select r.*, coalesce(t.tables, '{}') as tables
from ops.release as r
left join lateral (
    select jsonb_object_agg(
        table_name, jsonb_build_object('rows', rows, 'added', added, 'changed', changed, 'gone', gone)
    ) as tables
    from ops.release_table where release_id = r.release_id
) as t on true
where %(only)s::bigint is null or r.release_id = %(only)s
order by r.release_id desc
limit %(limit)s
"""


def releases(dsn: str, *, limit: int = 20) -> list[Release]:
    """The last releases, newest first."""
    with connect(dsn) as conn:
        return _select(conn, None, limit)


def release_of(conn: psycopg.Connection, release_id: int) -> Release:
    """One release. Raises WarehouseError when there is none of this number."""
    found = _select(conn, release_id, 1)
    if not found:
        raise WarehouseError(f"there is no release {release_id}")
    return found[0]


def changes(dsn: str, release_id: int, *, table: str | None = None, limit: int = 1000) -> list[Change]:
    """Rows that a release added, changed or took away: the change feed."""
    with connect(dsn) as conn, conn.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(
            "select table_name, key, change, old_row from ops.release_change"
            " where release_id = %s and (%s::text is null or table_name = %s)"
            " order by table_name, change, key limit %s",
            (release_id, table, table, limit),
        )
        return [Change(**row) for row in found]


def prune(dsn: str, *, keep: int = KEEP) -> int:
    """Forget the changed rows of all but the last `keep` releases; returns how many rows were forgotten."""
    with connect(dsn) as conn:
        return prune_rows(conn, keep=keep)


def prune_rows(conn: psycopg.Connection, *, keep: int) -> int:
    """`prune` as a part of the caller's transaction."""
    return conn.execute(
        "delete from ops.release_change where release_id <= ("
        "  select release_id from ops.release order by release_id desc offset %s limit 1)",
        (keep,),
    ).rowcount


def _select(conn: psycopg.Connection, only: int | None, limit: int) -> list[Release]:
    with conn.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(_RELEASES, {"only": only, "limit": limit}).fetchall()
    return [
        Release(**{**row, "tables": {name: TableChange(**t) for name, t in sorted(row["tables"].items())}})
        for row in found
    ]
