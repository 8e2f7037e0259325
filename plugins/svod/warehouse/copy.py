"""Bulk rows into a table: COPY into a temporary table, then one INSERT … ON CONFLICT DO NOTHING.

Rows that are already there cost a key look-up and change nothing. Must not know what any table means.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import psycopg
from psycopg import sql


class Buffer:
    """Rows waiting for one table: `add` streams them into a temporary table, `merge` moves them on."""

    def __init__(self, conn: psycopg.Connection, schema: str, table: str, columns: Sequence[str]) -> None:
        self._conn = conn
        self._target = sql.Identifier(schema, table)
        self._temporary = sql.Identifier(f"new_{schema}_{table}")
        self._columns = sql.SQL(", ").join(map(sql.Identifier, columns))
        self._made = False
        self.count = 0

    def add(self, rows: Iterable[Sequence[object]]) -> None:
        """Append rows, each in the order of the columns."""
        if not self._made:
            self._make()
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(self._temporary, self._columns)
        with self._conn.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
                self.count += 1

    def merge(self) -> int:
        """Move the waiting rows into the table; returns how many were new."""
        if not self._made:
            return 0
        added = self._conn.execute(
            sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} ON CONFLICT DO NOTHING").format(
                self._target, self._columns, self._columns, self._temporary
            )
        ).rowcount
        self._conn.execute(sql.SQL("DROP TABLE {}").format(self._temporary))
        self._made = False
        return added

    def _make(self) -> None:
        self._conn.execute(
            sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                self._temporary, self._columns, self._target
            )
        )
        self._made = True


def merge_rows(
    conn: psycopg.Connection,
    schema: str,
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
) -> int:
    """Add the rows that are not there yet; returns how many were new."""
    buffer = Buffer(conn, schema, table, columns)
    buffer.add(rows)
    return buffer.merge()
