"""A migrated warehouse for each test that asks for one, with a DSN for every role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from svod.warehouse import ROLES, SCHEMAS, migrate
from svod.warehouse.roles import BUILT_BY_DBT

PASSWORDS = {role: f"test-{role}" for role in ("loader", "transformer", "app", "reader")}


@dataclass(frozen=True)
class Warehouse:
    owner: str
    loader: str
    transformer: str
    app: str
    reader: str

    def rows(self, query: str, *arguments: object, role: str = "owner") -> list[tuple[object, ...]]:
        with psycopg.connect(getattr(self, role)) as conn:
            cursor = conn.execute(query, arguments or None)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []


def _migrated(owner_dsn: str) -> Warehouse:
    migrate(owner_dsn, PASSWORDS)
    dsns = {
        role: make_conninfo(owner_dsn, user=ROLES[role], password=word) for role, word in PASSWORDS.items()
    }
    return Warehouse(owner=owner_dsn, **dsns)


@pytest.fixture(scope="session")
def migrated(make_database: Callable[[], str]) -> Warehouse:
    return _migrated(make_database())


@pytest.fixture
def warehouse(migrated: Warehouse) -> Warehouse:
    """A warehouse as it is after its first migration: emptied, because migrating anew takes longer."""
    with psycopg.connect(migrated.owner) as conn:
        foreign = conn.execute(FOREIGN_SCHEMAS, (list(SCHEMAS),)).fetchall()
        built = conn.execute(BUILT, (list(BUILT_BY_DBT),)).fetchall()
        kept = conn.execute(KEPT).fetchall()
        for (schema,) in foreign:
            conn.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(schema)))
        for schema, table in built:
            conn.execute(sql.SQL("DROP TABLE {} CASCADE").format(sql.Identifier(schema, table)))
        tables = sql.SQL(", ").join(sql.Identifier(schema, table) for schema, table in kept)
        conn.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(tables))
    return migrated


FOREIGN_SCHEMAS = """
    select nspname from pg_namespace
    where nspname <> all(%s) and nspname !~ '^pg_' and nspname not in ('public', 'information_schema')
"""
BUILT = "select schemaname, tablename from pg_tables where schemaname = any(%s)"
KEPT = """
    select schemaname, tablename from pg_tables
    where schemaname in ('raw', 'ops') and tablename <> 'schema_version'
"""
