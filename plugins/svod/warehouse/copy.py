"""Bulk rows into a table: COPY into a temporary table, then one INSERT … ON CONFLICT DO NOTHING.

Rows that are already there cost a key look-up and change nothing. Values travel in PostgreSQL's binary form,
which neither side has to write or read as text. Must not know what any table means.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import psycopg
from psycopg import sql

JSON = {psycopg.adapters.types[name].oid for name in ("json", "jsonb")}


class Buffer:
    """Rows waiting for one table: `add` streams them into a temporary table, `merge` moves them on."""

    def __init__(self, conn: psycopg.Connection, schema: str, table: str, columns: Sequence[str]) -> None:
        self._conn = conn
        self._target = sql.Identifier(schema, table)
        self._temporary = sql.Identifier(f"new_{schema}_{table}")
        self._columns = sql.SQL(", ").join(map(sql.Identifier, columns))
        self._made = False
        self._types: list[int] = []  # of the columns, if all of them may travel in binary form
        self.count = 0

    def add(self, rows: Iterable[Sequence[object]]) -> None:
        """Append rows, each in the order of the columns."""
        if not self._made:
            self._make()
        binary = sql.SQL(" (FORMAT BINARY)" if self._types else "")
        statement = sql.SQL("COPY {} ({}) FROM STDIN{}").format(self._temporary, self._columns, binary)
        with self._conn.cursor() as cursor, cursor.copy(statement) as copy:
            if self._types:
                copy.set_types(self._types)
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
        empty = self._conn.execute(sql.SQL("SELECT * FROM {} LIMIT 0").format(self._temporary))
        types = [column.type_code for column in empty.description or ()]
        # JSON is handed in as text, which the binary form would wrap once more
        self._types = [] if JSON.intersection(types) else types
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
