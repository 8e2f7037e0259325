"""A database that an earlier release left behind: it migrates forward, and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from psycopg import sql

from svod.warehouse import migrate, schema_version
from svod.warehouse.dump import LASTING
from svod.warehouse.migrate import known_versions

from .conftest import PASSWORDS
from .kept import kept_versions, put_kept

COLUMNS = """
select table_schema || '.' || table_name, array_agg(column_name::text order by column_name)
from information_schema.columns inner join information_schema.tables using (table_schema, table_name)
where table_schema = any(%s) and table_type = 'BASE TABLE' and table_name <> 'schema_version'
group by 1 order by 1
"""
FOR_READERS = "select count(*), sum(value) from marts.fct_outcome"


def columns(conn: psycopg.Connection) -> dict[str, list[str]]:
    return dict(conn.execute(COLUMNS, (list(LASTING),)).fetchall())


def contents(conn: psycopg.Connection, tables: dict[str, list[str]]) -> dict[str, tuple[object, ...]]:
    """Rows and their hash by table, over the columns of then."""
    conn.execute("set timezone = 'UTC'")
    found = {}
    for table, names in tables.items():
        query = sql.SQL("select count(*), sum(hashtextextended(row({})::text, 0)) from {}").format(
            sql.SQL(", ").join(map(sql.Identifier, names)), sql.Identifier(*table.split("."))
        )
        row = conn.execute(query).fetchone()
        assert row is not None
        found[table] = row
    return found


@pytest.mark.parametrize("version", kept_versions())
def test_a_kept_database_migrates_forward_without_loss(
    version: str, make_database: Callable[[], str]
) -> None:
    owner = make_database()
    put_kept(owner, version)
    assert schema_version(owner) == version
    with psycopg.connect(owner) as conn:
        tables = columns(conn)
        before = contents(conn, tables)
    filled = {table for table, (rows, _) in before.items() if rows}
    assert {
        "raw.metric_mention",
        "ops.review",
        "ops.judgement",
        "ops.release_change",
        "marts.fct_outcome",
    } <= filled
    migrate(owner, PASSWORDS)
    assert schema_version(owner) == known_versions()[-1]
    with psycopg.connect(owner) as conn:
        assert contents(conn, tables) == before
    reader = psycopg.conninfo.make_conninfo(owner, user="svod_reader", password=PASSWORDS["reader"])
    with psycopg.connect(reader) as conn:
        published = conn.execute(FOR_READERS).fetchone()
    assert published is not None
    assert published[0] == before["marts.fct_outcome"][0]


def test_a_database_is_kept_of_the_last_release() -> None:
    assert kept_versions()
    assert set(kept_versions()) <= set(known_versions())
