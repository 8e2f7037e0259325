"""Brings a database to the present shape: roles, schemas, alembic's migrations, privileges. Idempotent."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from svod.errors import WarehouseError

from .connection import connect, sqlalchemy_url
from .roles import OWNER, ROLES, create_roles, create_schemas, grant

SCRIPTS = Path(__file__).parent / "migrations"
ALEMBIC = threading.Lock()  # its `op` is global to the process
TRIES = 10  # roles belong to the cluster: databases migrated side by side may meet on one row


def migrate(owner_dsn: str, passwords: Mapping[str, str]) -> None:
    """Roles, schemas, tables and privileges. Safe to run again, and from two places at once.

    `owner_dsn` connects as a role that may create roles and owns the database (the superuser, or svod_owner
    with CREATEROLE); `passwords` by short role name (owner, loader, transformer, app, reader).
    """
    unknown = set(passwords) - set(ROLES)
    if unknown:
        raise WarehouseError(f"no such role: {', '.join(sorted(unknown))}; roles are {', '.join(ROLES)}")
    with connect(owner_dsn, autocommit=True, name="svod migrate") as conn:
        conn.execute("select pg_advisory_lock(hashtext('svod migrate'))")
        for attempt in range(TRIES):
            try:
                _roles_and_schemas(conn, passwords)
                _upgrade(owner_dsn)
                with conn.transaction():
                    grant(conn)
                break
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction) as error:
                raise WarehouseError(
                    f"{conn.info.user} has to own the database and to be allowed to create roles: {error}"
                ) from error
            except (psycopg.errors.InternalError_, psycopg.errors.UniqueViolation):
                if attempt == TRIES - 1:
                    raise
                time.sleep(0.05 * 2**attempt)


def schema_version(dsn: str) -> str | None:
    """The migration the database stands at; None before the first."""
    with connect(dsn) as conn:
        if conn.execute("select to_regclass('ops.schema_version')").fetchone() == (None,):
            return None
        row = conn.execute("select version_num from ops.schema_version").fetchone()
        return None if row is None else str(row[0])


def known_versions() -> list[str]:
    """The migrations that this code knows, oldest first."""
    return sorted(path.name[1:5] for path in (SCRIPTS / "versions").glob("v[0-9]*.py"))


def _roles_and_schemas(conn: psycopg.Connection, passwords: Mapping[str, str]) -> None:
    create_roles(conn, passwords)
    with conn.transaction():
        create_schemas(conn)


def _upgrade(owner_dsn: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    engine = create_engine(sqlalchemy_url(owner_dsn), poolclass=NullPool)
    with ALEMBIC, engine.begin() as connection:
        connection.exec_driver_sql(f"SET LOCAL ROLE {ROLES[OWNER]}")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
