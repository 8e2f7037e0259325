"""Releases of the marts: what each one added, changed and lost, and what the gate had said about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import class_row, dict_row
from psycopg.types.json import Jsonb

PAGE = 40
LEADING = ("fct_outcome", "fct_funding", "dim_report", "dim_project", "dim_partner")


@dataclass(frozen=True, slots=True)
class Release:
    """One publish or roll-back. `checks` and `failed` count the gate's results of its run.

    `added`, `changed`, `gone` count rows of all tables, `outcomes` those of fct_outcome alone.
    """

    release_id: int
    run_id: str
    kind: str
    rolled_back_to: int | None
    override_reason: str | None
    added: int
    changed: int
    gone: int
    published_at: datetime
    checks: int
    failed: int
    outcomes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TableChange:
    """What a release did to one table; `rows` after it."""

    table_name: str
    rows: int
    added: int
    changed: int
    gone: int

    @property
    def is_leading(self) -> bool:
        """One of the tables that people ask about first."""
        return self.table_name in LEADING


@dataclass(frozen=True, slots=True)
class Check:
    """One result of the gate."""

    suite: str
    table_name: str
    column_name: str | None
    expectation: str
    rule: str
    severity: str
    success: bool
    observed: Any
    unexpected_count: int
    failing_keys: Any
    docs_url: str | None
    checked_at: datetime

    @property
    def is_share(self) -> bool:
        """What was observed is the share of rows, in per cent, that break the rule."""
        return self.expectation.startswith("expect_column_values_")


@dataclass(frozen=True, slots=True)
class GateRun:
    """All checks of one run; `release_id` is None where it was stopped, or where nothing had changed."""

    run_id: str
    checked_at: datetime
    checks: int
    warnings: int
    criticals: int
    release_id: int | None

    @property
    def stopped(self) -> bool:
        return self.release_id is None and self.criticals > 0


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that a release touched. `old` is the row before, `new` the row after it (None where gone)."""

    key: Mapping[str, Any]
    change: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None

    @property
    def fields(self) -> list[tuple[str, Any, Any]]:
        """(column, before, after) of the columns that differ; housekeeping columns left out."""
        if not self.old or not self.new:
            return []
        return [
            (name, before, self.new.get(name))
            for name, before in self.old.items()
            if name not in {"updated_at", "release_id"} and str(before) != str(self.new.get(name))
        ]


_RELEASES = """
select
    r.release_id, r.run_id, r.kind, r.rolled_back_to, r.override_reason, r.added, r.changed, r.gone,
    r.published_at, gate.checks, gate.failed,
    jsonb_build_object(
        'added', coalesce(o.added, 0), 'changed', coalesce(o.changed, 0), 'gone', coalesce(o.gone, 0)
    ) as outcomes
from ops.release as r
left join ops.release_table as o on o.release_id = r.release_id and o.table_name = 'fct_outcome'
cross join lateral (
    select count(*)::int as checks, (count(*) filter (where not success))::int as failed
    from ops.dq_result where run_id = r.run_id
) as gate
where %(release)s::bigint is null or r.release_id = %(release)s
order by r.release_id desc
limit %(limit)s
"""

_GATES = """
select
    d.run_id, max(d.checked_at) as checked_at, count(*)::int as checks,
    (count(*) filter (where not d.success and d.severity = 'warning'))::int as warnings,
    (count(*) filter (where not d.success and d.severity = 'critical'))::int as criticals,
    max(r.release_id) as release_id
from ops.dq_result as d
left join ops.release as r on r.run_id = d.run_id
group by d.run_id
order by max(d.checked_at) desc
limit %s
"""

# The row after the change is what a later release found as «old», else what stands in the marts now.
_CHANGES = """
select c.key, c.change, c.old_row as old, later.old_row as later
from ops.release_change as c
left join lateral (
    select old_row from ops.release_change
    where table_name = c.table_name and key = c.key and release_id > c.release_id
    order by release_id limit 1
) as later on true
where c.release_id = %(release)s and c.table_name = %(table)s and c.change = %(change)s
order by c.key
offset %(offset)s limit %(limit)s
"""


def releases(conn: psycopg.Connection, release_id: int | None = None, limit: int = 20) -> list[Release]:
    """The last releases, newest first, or the one asked for."""
    with conn.cursor(row_factory=class_row(Release)) as cursor:
        return cursor.execute(_RELEASES, {"release": release_id, "limit": limit}).fetchall()


def tables(conn: psycopg.Connection, release_id: int) -> list[TableChange]:
    """What a release did to each table: LEADING in their order, then the most changed first."""
    with conn.cursor(row_factory=class_row(TableChange)) as cursor:
        return cursor.execute(
            "select table_name, rows, added, changed, gone from ops.release_table where release_id = %s"
            " order by array_position(%s, table_name), added + changed + gone desc, table_name",
            (release_id, list(LEADING)),
        ).fetchall()


def checks(conn: psycopg.Connection, run_id: str) -> list[Check]:
    """The gate's results of a run: failures first, critical before warning."""
    with conn.cursor(row_factory=class_row(Check)) as cursor:
        return cursor.execute(
            "select suite, table_name, column_name, expectation, rule, severity, success, observed,"
            " unexpected_count, failing_keys, docs_url, checked_at from ops.dq_result where run_id = %s"
            " order by success, severity, table_name, column_name nulls first, expectation",
            (run_id,),
        ).fetchall()


def gate_runs(conn: psycopg.Connection, limit: int = 10) -> list[GateRun]:
    """The last times the gate judged a candidate, published or not."""
    with conn.cursor(row_factory=class_row(GateRun)) as cursor:
        return cursor.execute(_GATES, (limit,)).fetchall()


def changes(
    conn: psycopg.Connection, release_id: int, table: str, change: str, offset: int = 0
) -> list[RowChange]:
    """A page of the rows that a release touched, by key."""
    arguments = {"release": release_id, "table": table, "change": change, "offset": offset, "limit": PAGE}
    with conn.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(_CHANGES, arguments).fetchall()
    now = _present(conn, table, [row["key"] for row in found if row["later"] is None])
    return [
        RowChange(
            row["key"],
            row["change"],
            row["old"],
            None if row["change"] == "gone" else row["later"] or now.get(_name(row["key"])),
        )
        for row in found
    ]


def _name(key: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((column, str(value)) for column, value in key.items()))


def _present(
    conn: psycopg.Connection, table: str, keys: list[Mapping[str, Any]]
) -> dict[tuple[tuple[str, str], ...], Mapping[str, Any]]:
    """The rows of a mart with these keys; none when the table is not there."""
    if not keys or conn.execute("select to_regclass(%s)", (f"marts.{table}",)).fetchone() == (None,):
        return {}
    mart = sql.Identifier("marts", table)
    condition = sql.SQL(" and ").join(
        sql.SQL("t.{0} = k.{0}").format(sql.Identifier(column)) for column in sorted(keys[0])
    )
    query = sql.SQL(
        "select wanted, to_jsonb(t) from jsonb_array_elements(%s) as wanted"
        " cross join lateral jsonb_populate_record(null::{mart}, wanted) as k"
        " inner join {mart} as t on {condition}"
    ).format(mart=mart, condition=condition)
    rows = conn.execute(query, (Jsonb(list(keys)),))
    return {_name(key): row for key, row in rows}
