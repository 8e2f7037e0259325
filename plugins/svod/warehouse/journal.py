"""The decisions of people and the lasting ids: what the archive alone cannot bring back, as rows of JSON.

With the archive they are enough to build the warehouse anew. Knows which tables hold decisions, not what a
decision means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from svod.errors import WarehouseError

from .promotion import PROMOTED

# in the order in which they can be put back
TABLES: Mapping[LiteralString, LiteralString] = {
    "ops.promotion": "true",
    "ops.rejection": "true",
    "ops.review": "true",
    "ops.judgement": "true",
    "ops.canonical": "true",  # a published id keeps its meaning, whichever name would give it today
    "ops.canonical_name": "true",
    "ops.gate_override": "true",
    "raw.quarantine": "t.stage = 'gate' or exists (select from raw.quarantine_decision as d"
    " where d.quarantine_id = t.quarantine_id)",
    "raw.quarantine_decision": "true",
}
# Facts of former extractor versions that people decided about: by their place in the text a decision finds
# the fact of today. They need the texts, so they come back after these.
_REVIEWED = f"""
t.extractor_version <> {PROMOTED}
and exists (select from ops.review as r where r.fact_id = t.metric_mention_id)
"""
REVIEWED_FACTS: Mapping[LiteralString, LiteralString] = {
    "raw.extraction_run": f"exists (select from raw.metric_mention as t where {_REVIEWED}"
    " and t.extraction_run_id = run.extraction_run_id)",
    "raw.metric_mention": _REVIEWED,
}
_IDENTITY = """
select a.attname from pg_attribute as a
where a.attrelid = %s::regclass and a.attidentity <> ''
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of one table."""

    table: str
    row: Mapping[str, Any]


def entries(conn: psycopg.Connection) -> Iterator[Entry]:
    """Everything that was decided, table by table, streamed from the caller's transaction."""
    for table, condition in (*TABLES.items(), *REVIEWED_FACTS.items()):
        alias = sql.Identifier("run" if table == "raw.extraction_run" else "t")
        # a total need not have been reviewed with its part
        query = sql.SQL("select to_jsonb({0}) - 'part_of_id' from {1} as {0} where {2} order by {0}").format(
            alias, sql.Identifier(*table.split(".")), sql.SQL(condition)
        )
        with conn.cursor(f"journal {table}") as cursor:
            for (row,) in cursor.execute(query):
                yield Entry(table, row)


def put_decisions_back(conn: psycopg.Connection, journal: Iterable[Entry]) -> dict[str, int]:
    """Write what was decided under its own numbers, in the caller's transaction; rows by table.

    Comes before the texts. Raises WarehouseError for a table that holds no decisions, or that holds some
    already.
    """
    for table in TABLES:
        held = sql.SQL("select exists (select from {})").format(sql.Identifier(*table.split(".")))
        if conn.execute(held).fetchone() == (True,):
            raise WarehouseError(f"{table} holds decisions already: a journal goes into an empty warehouse")
    counts: dict[str, int] = {}
    for entry in journal:
        if entry.table in REVIEWED_FACTS:
            continue
        if entry.table not in TABLES:
            raise WarehouseError(f"a journal cannot write to {entry.table}")
        _insert(conn, entry)
        counts[entry.table] = counts.get(entry.table, 0) + 1
    for table in counts:
        _continue_numbers(conn, table)
    return counts


def put_reviewed_facts_back(conn: psycopg.Connection, journal: Iterable[Entry]) -> int:
    """After the texts: facts of former versions that decisions hang on; how many have lost their text."""
    lost = 0
    for entry in journal:
        if entry.table == "raw.extraction_run":
            _insert(conn, entry)
        elif entry.table == "raw.metric_mention":
            text = conn.execute(
                "select from raw.document_version where version_id = %s", (entry.row["version_id"],)
            )
            if text.fetchone() is None:
                lost += 1
            else:
                _insert(conn, entry)
    return lost


def _insert(conn: psycopg.Connection, entry: Entry) -> None:
    """A column that the row does not name takes its default: a journal may be older than the schema."""
    target = sql.Identifier(*entry.table.split("."))
    columns = sql.SQL(", ").join(map(sql.Identifier, entry.row))
    conn.execute(
        sql.SQL(
            "insert into {} ({}) overriding system value"
            " select {} from jsonb_populate_record(null::{}, %s) on conflict do nothing"
        ).format(target, columns, columns, target),
        (Jsonb(dict(entry.row)),),
    )


def _continue_numbers(conn: psycopg.Connection, table: str) -> None:
    for (column,) in conn.execute(_IDENTITY, (table,)).fetchall():
        conn.execute(
            sql.SQL("select setval(pg_get_serial_sequence(%s, %s), max({})) from {}").format(
                sql.Identifier(column), sql.Identifier(*table.split("."))
            ),
            (table, column),
        )
