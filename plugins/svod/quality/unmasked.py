"""Looks for private persons' names in the candidate's texts that are not published yet.

The same masking runs again on the very values that readers would see: whatever it would still hide should
have been hidden at load. Only the place is recorded, never the name.
"""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
from psycopg import sql

from svod.warehouse.shape import MARTS, NEXT

from .masking import MASK, mask_texts

# Texts that stand alone; quotes are compared with their masked form by an SQL rule, for lack of context here.
COLUMNS = (
    ("dim_report", "report_id", "title"),
    ("dim_report", "report_id", "publisher"),
    ("dim_project", "project_id", "name"),
    ("project_name", "project_name_id", "name"),
    ("dim_partner", "partner_id", "name"),
    ("partner_name", "partner_name_id", "name"),
)
CHUNK = 500


def record_unmasked(dsn: str, run_id: str) -> int:
    """Write the places of unmasked names to ops.unmasked_name; returns how many there are."""
    found = 0
    with psycopg.connect(dsn) as conn:
        conn.execute("delete from ops.unmasked_name where run_id = %s", (run_id,))
        for table, key, column in COLUMNS:
            places = [
                (run_id, table, column, row_key, start)
                for row_key, start in _places(conn, table, key, column)
            ]
            found += len(places)
            with conn.cursor() as cursor:
                cursor.executemany("insert into ops.unmasked_name values (%s, %s, %s, %s, %s)", places)
    return found


def _places(conn: psycopg.Connection, table: str, key: str, column: str) -> Iterator[tuple[str, int]]:
    """(key, offset of the first letter) of each value that masking would still change."""
    with conn.cursor() as cursor:
        cursor.execute(_query(conn, table, key, column))
        while rows := cursor.fetchmany(CHUNK):
            masked = mask_texts([text for _, text in rows])
            for (row_key, text), hidden in zip(rows, masked, strict=True):
                if text != hidden:
                    yield row_key, next(i for i, c in enumerate(hidden) if c == MASK and text[i] != MASK)


def _query(conn: psycopg.Connection, table: str, key: str, column: str) -> sql.Composed:
    """Values of the candidate that the published table does not show."""
    new = sql.SQL("select n.{}::text, n.{} from {} as n where n.{} is not null").format(
        sql.Identifier(key), sql.Identifier(column), sql.Identifier(NEXT, table), sql.Identifier(column)
    )
    published = conn.execute("select to_regclass(%s)", (f"{MARTS}.{table}",)).fetchone()
    if published is None or published[0] is None:
        return new
    return new + sql.SQL(" and not exists (select from {} as p where p.{} = n.{} and p.{} = n.{})").format(
        sql.Identifier(MARTS, table),
        sql.Identifier(key),
        sql.Identifier(key),
        sql.Identifier(column),
        sql.Identifier(column),
    )
