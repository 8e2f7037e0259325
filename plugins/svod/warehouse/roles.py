"""The five roles and what each may do. Least privilege; everything here can be run again at any time.

owner       owns raw, ops and the schemas; migrations only
loader      adds to raw (never changes or deletes), keeps cursors, politeness and health
transformer dbt, gate and publish: reads raw, owns what it builds in staging … marts, writes ops
app         the pages: reads, and adds reviews and judgements
reader      BI: reads marts and nothing else, within time and connection limits
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import LiteralString

import psycopg
from psycopg import sql

OWNER, LOADER, TRANSFORMER, APP, READER = "owner", "loader", "transformer", "app", "reader"
ROLES: Mapping[str, str] = {name: f"svod_{name}" for name in (OWNER, LOADER, TRANSFORMER, APP, READER)}

OWNED_BY_CODE = ("raw", "ops")
BUILT_BY_DBT = ("staging", "intermediate", "marts_next", "marts")
SCHEMAS = (*OWNED_BY_CODE, *BUILT_BY_DBT)

READER_CONNECTIONS = 20
MAINTAIN_SINCE = 170000  # server version; before it only an owner may ANALYZE, and that of others is skipped
WRITES_MUCH = ((LOADER, "raw"), (TRANSFORMER, "ops"))  # who may renew a schema's statistics after writing
SETTINGS: Mapping[str, Mapping[str, str]] = {
    LOADER: {"statement_timeout": "10min", "idle_in_transaction_session_timeout": "5min"},
    TRANSFORMER: {"statement_timeout": "1h", "idle_in_transaction_session_timeout": "15min"},
    APP: {"statement_timeout": "15s", "idle_in_transaction_session_timeout": "30s"},
    READER: {
        "statement_timeout": "60s",
        "idle_in_transaction_session_timeout": "60s",
        "default_transaction_read_only": "on",
        "search_path": "marts",
    },
}

# What is granted, as (role, privileges, object). Tables made later by dbt come under DEFAULTS.
GRANTS: tuple[tuple[str, LiteralString, LiteralString], ...] = (
    (LOADER, "USAGE", "SCHEMA raw, ops"),
    (LOADER, "SELECT, INSERT", "ALL TABLES IN SCHEMA raw"),
    (LOADER, "SELECT, INSERT, UPDATE", "ops.host_politeness, ops.fetch_cursor, ops.source_health_daily"),
    (LOADER, "SELECT, INSERT", "ops.promotion"),
    (TRANSFORMER, "USAGE", "SCHEMA raw, ops"),
    (TRANSFORMER, "SELECT", "ALL TABLES IN SCHEMA raw"),
    (TRANSFORMER, "INSERT", "raw.quarantine, raw.quarantine_decision"),
    (TRANSFORMER, "SELECT, INSERT, UPDATE, DELETE", "ALL TABLES IN SCHEMA ops"),
    (TRANSFORMER, "USAGE, CREATE", "SCHEMA staging, intermediate, marts_next, marts"),
    (APP, "USAGE", "SCHEMA raw, ops, marts"),
    (APP, "SELECT", "ALL TABLES IN SCHEMA raw"),
    (APP, "SELECT", "ALL TABLES IN SCHEMA ops"),
    (APP, "INSERT", "ops.review"),
    (APP, "SELECT", "ALL TABLES IN SCHEMA marts"),
    (
        APP,
        "INSERT (entity_kind, left_key, right_key, verdict, decided_by, reason, follows)",
        "ops.judgement",
    ),
    (READER, "USAGE", "SCHEMA marts"),
    (READER, "SELECT", "ALL TABLES IN SCHEMA marts"),
)
DEFAULTS: tuple[tuple[str, LiteralString, LiteralString], ...] = (
    (APP, "SELECT", "marts"),
    (READER, "SELECT", "marts"),
)


def create_roles(conn: psycopg.Connection, passwords: Mapping[str, str]) -> None:
    """Make the missing roles and set the passwords given, by short name; without one a role cannot log in."""
    for short, name in ROLES.items():
        with conn.transaction():
            # two databases of one cluster share their roles: serialise by locking the shared catalogue's row
            conn.execute("select pg_advisory_xact_lock(hashtext('svod roles'))")
            if conn.execute("select 1 from pg_roles where rolname = %s", (name,)).fetchone() is None:
                conn.execute(sql.SQL("CREATE ROLE {} NOINHERIT").format(sql.Identifier(name)))
            if short in passwords:
                conn.execute(
                    sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(
                        sql.Identifier(name), sql.Literal(passwords[short])
                    )
                )
    conn.execute(
        sql.SQL("ALTER ROLE {} CONNECTION LIMIT {}").format(
            sql.Identifier(ROLES[READER]), sql.Literal(READER_CONNECTIONS)
        )
    )


def create_schemas(conn: psycopg.Connection) -> None:
    """The schemas, owned by the owner role; the caller may act as that role afterwards."""
    owner = sql.Identifier(ROLES[OWNER])
    if not _flag(conn, "select pg_has_role(current_user, %s, 'SET')", ROLES[OWNER]):
        conn.execute(sql.SQL("GRANT {} TO CURRENT_USER WITH SET TRUE, INHERIT TRUE").format(owner))
    for schema in SCHEMAS:
        if conn.execute("select 1 from pg_namespace where nspname = %s", (schema,)).fetchone() is None:
            conn.execute(sql.SQL("CREATE SCHEMA {} AUTHORIZATION {}").format(sql.Identifier(schema), owner))


def grant(conn: psycopg.Connection) -> None:
    """Bring all privileges and role settings of this database to what this file says. Needs the tables."""
    database = sql.Identifier(conn.info.dbname)
    conn.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    conn.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    for short, name in ROLES.items():
        role = sql.Identifier(name)
        conn.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, role))
        for setting, value in SETTINGS.get(short, {}).items():
            conn.execute(
                sql.SQL("ALTER ROLE {} IN DATABASE {} SET {} = {}").format(
                    role, database, sql.Identifier(setting), sql.Literal(value)
                )
            )
    for short in (LOADER, TRANSFORMER):
        conn.execute(
            sql.SQL("GRANT TEMPORARY ON DATABASE {} TO {}").format(database, sql.Identifier(ROLES[short]))
        )
    _default_privileges(conn)
    for short, privileges, target in GRANTS:
        conn.execute(
            sql.SQL("GRANT {} ON {} TO {}").format(
                sql.SQL(privileges), sql.SQL(target), sql.Identifier(ROLES[short])
            )
        )
    if conn.info.server_version >= MAINTAIN_SINCE:
        for short, schema in WRITES_MUCH:
            conn.execute(
                sql.SQL("GRANT MAINTAIN ON ALL TABLES IN SCHEMA {} TO {}").format(
                    sql.Identifier(schema), sql.Identifier(ROLES[short])
                )
            )


def _default_privileges(conn: psycopg.Connection) -> None:
    """What dbt and publish make later is readable by the right roles from its first moment."""
    transformer = sql.Identifier(ROLES[TRANSFORMER])
    if not _flag(conn, "select pg_has_role(current_user, %s, 'USAGE')", ROLES[TRANSFORMER]):
        conn.execute(sql.SQL("GRANT {} TO CURRENT_USER WITH SET TRUE, INHERIT TRUE").format(transformer))
    for short, privileges, schema in DEFAULTS:
        conn.execute(
            sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA {} GRANT {} ON TABLES TO {}").format(
                transformer, sql.Identifier(schema), sql.SQL(privileges), sql.Identifier(ROLES[short])
            )
        )


def _flag(conn: psycopg.Connection, query: LiteralString, argument: str) -> bool:
    row = conn.execute(query, (argument,)).fetchone()
    return bool(row and row[0])
