"""Who may do what: a matrix over every schema, role and verb, tried out on the database itself."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from svod.errors import WarehouseError
from svod.warehouse import ROLES, SCHEMAS, publish, rollback
from svod.warehouse.roles import READER_CONNECTIONS

from .candidate import build, passed, release
from .conftest import Warehouse

VERBS = ("select", "insert", "update", "delete", "truncate", "create")
R, W = frozenset({"select"}), frozenset({"select", "insert"})
ALL = frozenset(VERBS)
# What each role may do to an ordinary table of each schema; whatever is not named here must be refused.
ALLOWED: dict[tuple[str, str], frozenset[str]] = {
    ("loader", "raw"): W,
    ("transformer", "raw"): R,
    ("transformer", "ops"): frozenset({"select", "insert", "update", "delete"}),
    ("transformer", "staging"): ALL,
    ("transformer", "intermediate"): ALL,
    ("transformer", "marts_next"): ALL,
    ("transformer", "marts"): ALL,
    ("app", "raw"): R,
    ("app", "ops"): R,
    ("app", "marts"): R,
    ("reader", "marts"): R,
}
# Single tables where a role may do more than in the rest of their schema.
EXCEPTIONS: dict[tuple[str, str], frozenset[str]] = {
    ("transformer", "raw.quarantine"): W,
    ("transformer", "raw.quarantine_decision"): W,
    ("loader", "ops.host_politeness"): frozenset({"select", "insert", "update"}),
    ("loader", "ops.fetch_cursor"): frozenset({"select", "insert", "update"}),
    ("loader", "ops.source_health_daily"): frozenset({"select", "insert", "update"}),
    ("loader", "ops.promotion"): W,
    ("app", "ops.review"): W,
    ("app", "ops.judgement"): W,
}
TEMPLATES = {
    "select": "select 1 from {table} limit 1",
    "insert": "insert into {table} default values",
    "update": "update {table} set {column} = default where false",
    "delete": "delete from {table} where false",
    "truncate": "truncate {table}",
    "create": "create table {schema}.made_by_test (x integer)",
}


@pytest.fixture(scope="module")
def built(migrated: Warehouse) -> Iterator[Warehouse]:
    """One table in each schema that dbt fills, made as dbt and publish make them."""
    build(migrated)
    passed(migrated, "roles")
    if not migrated.rows("select from pg_tables where schemaname = 'marts'"):
        publish(migrated.transformer, "roles")
    for schema in ("staging", "intermediate"):
        migrated.rows(f"create table if not exists {schema}.sample (x integer)", role="transformer")
    yield migrated
    for schema in ("staging", "intermediate"):
        migrated.rows(f"drop table if exists {schema}.sample")


def samples(warehouse: Warehouse) -> dict[str, dict[str, str]]:
    """schema → table → one of its columns, for every table."""
    rows = warehouse.rows(
        "select distinct on (table_schema, table_name) table_schema, table_name, column_name"
        " from information_schema.columns join pg_tables on table_schema = schemaname"
        " and table_name = tablename where table_schema = any(%s) and is_identity = 'NO'"
        " order by table_schema, table_name, ordinal_position",
        list(SCHEMAS),
    )
    found: dict[str, dict[str, str]] = {}
    for schema, table, column in rows:
        found.setdefault(str(schema), {})[str(table)] = str(column)
    return found


def may(conn: psycopg.Connection, verb: str, schema: str, table: str, column: str) -> bool:
    """Try it, as the role of this connection, and undo it."""
    statement = sql.SQL(TEMPLATES[verb]).format(
        table=sql.Identifier(schema, table), schema=sql.Identifier(schema), column=sql.Identifier(column)
    )
    try:
        with conn.transaction(force_rollback=True):
            conn.execute(statement)
    except psycopg.errors.InsufficientPrivilege:
        return False
    except (psycopg.errors.IntegrityError, psycopg.errors.FeatureNotSupported):
        pass  # allowed: an empty row breaks a constraint, a referred table cannot be truncated
    return True


@pytest.mark.parametrize("role", [role for role in ROLES if role != "owner"])
@pytest.mark.parametrize("schema", SCHEMAS)
def test_each_role_may_do_what_it_needs_and_nothing_else(built: Warehouse, role: str, schema: str) -> None:
    tables = samples(built)[schema]
    assert tables
    usual = ALLOWED.get((role, schema), frozenset())
    with psycopg.connect(getattr(built, role), autocommit=True) as conn:
        conn.execute("set default_transaction_read_only = off")
        found = {
            (table, verb)
            for table, column in tables.items()
            for verb in VERBS
            if may(conn, verb, schema, table, column)
        }
    expected = {
        (table, verb)
        for table in tables
        for verb in VERBS
        if verb in (EXCEPTIONS.get((role, f"{schema}.{table}"), usual) if verb != "create" else usual)
    }
    assert found == expected


def test_every_exception_is_a_table_that_exists(built: Warehouse) -> None:
    tables = {f"{schema}.{table}" for schema, group in samples(built).items() for table in group}
    assert {table for _, table in EXCEPTIONS} <= tables


def test_statistics_are_renewed_by_who_writes_much(built: Warehouse) -> None:
    found = built.rows(
        "select distinct role, schemaname from pg_tables, unnest(%s::text[]) as role"
        " where schemaname = any(%s)"
        " and has_table_privilege(role, schemaname || '.' || tablename, 'MAINTAIN')",
        [name for role, name in ROLES.items() if role != "owner"],
        ["raw", "ops"],
    )
    assert set(found) == {(ROLES["loader"], "raw"), (ROLES["transformer"], "ops")}


def test_the_reader_is_limited(built: Warehouse) -> None:
    settings = {
        name: built.rows(f"show {name}", role="reader")[0][0]
        for name in (
            *("statement_timeout", "idle_in_transaction_session_timeout", "default_transaction_read_only"),
            "search_path",
        )
    }
    assert settings == {
        "statement_timeout": "1min",
        "idle_in_transaction_session_timeout": "1min",
        "default_transaction_read_only": "on",
        "search_path": "marts",
    }
    limit = built.rows("select rolconnlimit from pg_roles where rolname = %s", ROLES["reader"])
    assert limit == [(READER_CONNECTIONS,)]
    temporary = "select has_database_privilege(%s, current_database(), 'TEMPORARY')"
    assert built.rows(temporary, ROLES["reader"]) == [(False,)]


def test_the_readers_connections_run_out_before_the_servers_do(built: Warehouse) -> None:
    open_connections: list[psycopg.Connection] = []
    try:
        open_connections += [psycopg.connect(built.reader) for _ in range(READER_CONNECTIONS)]
        with pytest.raises(psycopg.OperationalError, match="too many connections for role"):
            psycopg.connect(built.reader)
    finally:
        for connection in open_connections:
            connection.close()


def test_a_stranger_may_not_even_connect(built: Warehouse) -> None:
    assert built.rows("select has_database_privilege('pg_monitor', current_database(), 'CONNECT')") == [
        (False,)
    ]
    assert built.rows("select has_schema_privilege('pg_monitor', 'public', 'USAGE')") == [(False,)]


def test_no_role_is_more_than_it_seems(built: Warehouse) -> None:
    powers = built.rows(
        "select rolname from pg_roles where rolname = any(%s)"
        " and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)",
        [name for role, name in ROLES.items() if role != "owner"],
    )
    assert powers == []
    members = built.rows(
        "select member::regrole::text from pg_auth_members where roleid::regrole::text = any(%s)"
        " and member::regrole::text = any(%s)",
        list(ROLES.values()),
        [name for role, name in ROLES.items() if role != "owner"],
    )
    assert members == []


def test_what_the_owner_publishes_belongs_to_the_transformer(warehouse: Warehouse) -> None:
    build(warehouse)
    passed(warehouse, "r1")
    publish(warehouse.owner, "r1")
    assert set(warehouse.rows("select tableowner from pg_tables where schemaname = 'marts'")) == {
        ("svod_transformer",)
    }
    build(warehouse, projects=4)
    assert release(warehouse, "r2") is not None
    rollback(warehouse.owner, 1)
    with pytest.raises(WarehouseError, match="may not publish"):
        rollback(warehouse.loader, 1)
