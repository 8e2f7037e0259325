"""The difference between two states of a table, kept in a temporary table until it is applied.

A delta has one row per row that differs: `_change` (added, changed, gone), the new values (of a row
that is gone: the key alone) and `_old`, the row as it was. Publishing and rolling back differ only in
how they fill it.
"""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from psycopg import sql

from .catalog import RELEASE_COLUMNS, Table
from .shape import MARTS, NEXT


@dataclass(frozen=True, slots=True)
class Counts:
    added: int = 0
    changed: int = 0
    gone: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.added + other.added, self.changed + other.changed, self.gone + other.gone)

    @property
    def total(self) -> int:
        return self.added + self.changed + self.gone


@dataclass(frozen=True, slots=True)
class Delta:
    """What would change in one published table. `rows`: how many it holds afterwards."""

    table: Table
    temporary: sql.Identifier
    counts: Counts
    rows: int


def against_published(conn: psycopg.Connection, table: Table, published: Table | None) -> Delta:
    """Compare the candidate of a table with what is published (None: not published yet)."""
    temporary = sql.Identifier(f"delta_{table.name}")
    new = sql.Identifier(NEXT, table.name)
    if published is None:
        query = sql.SQL("SELECT 'added' AS _change, {}, NULL::jsonb AS _old FROM {} AS n").format(
            _columns(table.column_names, "n"), new
        )
    else:
        query = _full_join(table, published)
    conn.execute(sql.SQL("CREATE TEMPORARY TABLE {} AS {}").format(temporary, query))
    conn.execute(sql.SQL("ANALYZE {}").format(temporary))
    return Delta(table, temporary, count_changes(conn, temporary), count_rows(conn, new))


def _full_join(table: Table, published: Table) -> sql.Composed:
    assert set(published.column_names) <= set(table.column_names)
    return sql.SQL("SELECT {columns} FROM {new} AS n FULL JOIN {old} AS o ON {same} WHERE {differs}").format(
        columns=delta_columns(table, "n", "o"),
        new=sql.Identifier(NEXT, table.name),
        old=sql.Identifier(MARTS, table.name),
        same=same_key(table, "n", "o"),
        differs=differs(table, "n", "o"),
    )


def delta_columns(table: Table, new: str, old: str) -> sql.Composed:
    """The select list of a delta over a full join of two states; arguments are their aliases."""
    key = table.key[0]
    change = sql.SQL("CASE WHEN {o} IS NULL THEN 'added' WHEN {n} IS NULL THEN 'gone' ELSE 'changed' END")
    values = sql.SQL(", ").join(
        sql.SQL("coalesce({}, {}) AS {}").format(
            sql.Identifier(new, c), sql.Identifier(old, c), sql.Identifier(c)
        )
        if c in table.key
        else sql.Identifier(new, c)
        for c in table.column_names
    )
    return sql.SQL("{} AS _change, {}, CASE WHEN {} IS NOT NULL THEN to_jsonb({}) END AS _old").format(
        change.format(n=sql.Identifier(new, key), o=sql.Identifier(old, key)),
        values,
        sql.Identifier(old, key),
        sql.Identifier(old),
    )


def differs(table: Table, new: str, old: str) -> sql.Composed:
    """True for rows of a full join that are only on one side, or not the same on both."""
    key = table.key[0]
    one_sided = sql.SQL("{} IS NULL OR {} IS NULL").format(sql.Identifier(new, key), sql.Identifier(old, key))
    others = tuple(c for c in table.column_names if c not in table.key)
    if not others:
        return one_sided
    return sql.SQL("{} OR ROW({}) IS DISTINCT FROM ROW({})").format(
        one_sided, _columns(others, new), _columns(others, old)
    )


def apply(conn: psycopg.Connection, delta: Delta, release_id: int) -> None:
    """Record the delta under the release and bring the published table to it. Part of one transaction."""
    table, temporary = delta.table, delta.temporary
    target = sql.Identifier(MARTS, table.name)
    own = _columns(table.column_names, "d")
    conn.execute(
        sql.SQL(
            "INSERT INTO ops.release_change (release_id, table_name, key, change, old_row)"
            " SELECT {release}, {name}, jsonb_build_object({key}), d._change, d._old FROM {temporary} AS d"
        ).format(
            release=release_id, name=sql.Literal(table.name), key=_key_object(table), temporary=temporary
        )
    )
    if delta.counts.gone:
        conn.execute(
            sql.SQL("DELETE FROM {} AS m USING {} AS d WHERE d._change = 'gone' AND {}").format(
                target, temporary, same_key(table, "m", "d")
            )
        )
    if delta.counts.changed:
        assignments = sql.SQL(", ").join(
            sql.SQL("{0} = d.{0}").format(sql.Identifier(c)) for c in table.column_names if c not in table.key
        )
        conn.execute(
            sql.SQL(
                "UPDATE {} AS m SET {}, updated_at = now(), release_id = {} FROM {} AS d"
                " WHERE d._change = 'changed' AND {}"
            ).format(target, assignments, release_id, temporary, same_key(table, "m", "d"))
        )
    if delta.counts.added:
        conn.execute(
            sql.SQL(
                "INSERT INTO {} ({}, {}) SELECT {}, now(), {} FROM {} AS d WHERE d._change = 'added'"
            ).format(
                target,
                sql.SQL(", ").join(map(sql.Identifier, table.column_names)),
                sql.SQL(", ").join(map(sql.Identifier, RELEASE_COLUMNS)),
                own,
                release_id,
                temporary,
            )
        )


def same_key(table: Table, left: str, right: str) -> sql.Composed:
    """`left` and `right` are aliases of the table's rows: their keys are equal."""
    return sql.SQL(" AND ").join(
        sql.SQL("{} = {}").format(sql.Identifier(left, c), sql.Identifier(right, c)) for c in table.key
    )


def _columns(names: tuple[str, ...], alias: str) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(alias, name) for name in names)


def _key_object(table: Table) -> sql.Composed:
    return sql.SQL(", ").join(
        sql.SQL("{}, {}").format(sql.Literal(c), sql.Identifier("d", c)) for c in table.key
    )


def count_changes(conn: psycopg.Connection, temporary: sql.Identifier) -> Counts:
    found = conn.execute(
        sql.SQL("SELECT _change, count(*) FROM {} GROUP BY _change").format(temporary)
    ).fetchall()
    return Counts(**{str(change): int(number) for change, number in found})


def count_rows(conn: psycopg.Connection, table: sql.Identifier) -> int:
    row = conn.execute(sql.SQL("SELECT count(*) FROM {}").format(table)).fetchone()
    assert row is not None
    return int(row[0])
