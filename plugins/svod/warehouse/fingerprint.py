"""Row hashes: what tells whether two databases hold the same, whatever the order of their rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import psycopg
from psycopg import sql

_COLUMNS = """
select n.nspname, c.relname, array_agg(a.attname::text order by a.attname)
from pg_class as c
inner join pg_namespace as n on n.oid = c.relnamespace
inner join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where n.nspname = any(%s) and c.relkind = 'r'
group by 1, 2 order by 1, 2
"""
# how values are written must not depend on who asks
_PLAIN = "set local timezone = 'UTC'; set local datestyle = 'ISO'; set local extra_float_digits = 1"


@dataclass(frozen=True, slots=True)
class TableHash:
    """How many rows a table holds, and the sum of their hashes."""

    rows: int
    hash: str


def table_hashes(
    conn: psycopg.Connection, schemas: Sequence[str], *, without: Collection[str] = ()
) -> Mapping[str, TableHash]:
    """Every table of the schemas as `schema.table` → its hash over all columns but those named.

    Columns go by name, so their order does not matter. Inside the caller's transaction: one snapshot, if that
    is REPEATABLE READ.
    """
    conn.execute(_PLAIN)
    found = {}
    for schema, table, columns in conn.execute(_COLUMNS, (list(schemas),)).fetchall():
        counted = [column for column in columns if column not in without]
        row = conn.execute(_hash(schema, table, counted)).fetchone()
        assert row is not None
        found[f"{schema}.{table}"] = TableHash(int(row[0]), f"{int(row[1]) % 2**128:032x}")
    return found


def _hash(schema: str, table: str, columns: Sequence[str]) -> sql.Composed:
    values = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL(
        "select count(*), coalesce(sum(hashtextextended(row({})::text, 0)::numeric), 0) from {}"
    ).format(values, sql.Identifier(schema, table))
