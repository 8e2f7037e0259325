"""Looks for private persons' names in the candidate's texts that are not known to be masked.

A value that is one of the masked values of raw, or is published already, is known; on the others the masking
runs again: whatever it would still hide should have been hidden at load. Only the place is recorded, never
the name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import LiteralString

import psycopg
from psycopg import sql

from svod.warehouse.shape import MARTS, NEXT

from .masking import MASK, mask_texts

# Texts that stand alone, with the masked (or our own) values of raw that they should come from. Quotes are
# compared with their masked form by an SQL rule: on their own they lack the context that masking needs.
TITLES: LiteralString = "select title_public from raw.document_version"
PUBLISHERS: LiteralString = (
    "select value_public from raw.report_fact where fact = 'publisher'"
    " union select publisher_name from raw.source"
)
PROJECTS: LiteralString = "select name_public from raw.project_mention"
PARTNERS: LiteralString = (
    "select name_public from raw.partner_mention"
    " union select value_public from raw.report_fact where fact = 'publisher'"
    " union select publisher_name from raw.source"
)
COLUMNS: tuple[tuple[str, str, str, LiteralString], ...] = (
    ("dim_report", "report_id", "title", TITLES),
    ("dim_report", "report_id", "publisher", PUBLISHERS),
    ("dim_project", "project_id", "name", PROJECTS),
    ("project_name", "project_name_id", "name", PROJECTS),
    ("dim_partner", "partner_id", "name", PARTNERS),
    ("partner_name", "partner_name_id", "name", PARTNERS),
)
CHUNK = 500


def record_unmasked(dsn: str, run_id: str, *, keep_officials: bool = False) -> int:
    """Write the places of unmasked names to ops.unmasked_name; returns how many there are."""
    found = 0
    with psycopg.connect(dsn) as conn:
        conn.execute("delete from ops.unmasked_name where run_id = %s", (run_id,))
        for table, key, column, masked in COLUMNS:
            places = [
                (run_id, table, column, row_key, start)
                for row_key, start in _places(conn, _query(conn, table, key, column, masked), keep_officials)
            ]
            found += len(places)
            with conn.cursor() as cursor:
                cursor.executemany("insert into ops.unmasked_name values (%s, %s, %s, %s, %s)", places)
    return found


def _places(conn: psycopg.Connection, query: sql.Composed, keep_officials: bool) -> Iterator[tuple[str, int]]:
    """(key, offset of the first letter) of each value that masking would still change."""
    with conn.cursor() as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(CHUNK):
            masked = mask_texts([text for _, text in rows], keep_officials=keep_officials)
            for (row_key, text), hidden in zip(rows, masked, strict=True):
                if text != hidden:
                    yield row_key, next(i for i, c in enumerate(hidden) if c == MASK and text[i] != MASK)


def _query(
    conn: psycopg.Connection, table: str, key: str, column: str, masked: LiteralString
) -> sql.Composed:
    """(key, value) of the candidate's values that are neither known to be masked nor published."""
    query = sql.SQL(
        "select n.{key}::text, n.{column} from {table} as n left join ({masked}) as m (value)"
        " on m.value = n.{column} where n.{column} is not null and m.value is null"
    ).format(
        key=sql.Identifier(key),
        column=sql.Identifier(column),
        table=sql.Identifier(NEXT, table),
        masked=sql.SQL(masked),
    )
    published = conn.execute("select to_regclass(%s)", (f"{MARTS}.{table}",)).fetchone()
    if published is None or published[0] is None:
        return query
    return query + sql.SQL(
        " and not exists (select from {table} as p where p.{key} = n.{key} and p.{column} = n.{column})"
    ).format(table=sql.Identifier(MARTS, table), key=sql.Identifier(key), column=sql.Identifier(column))
