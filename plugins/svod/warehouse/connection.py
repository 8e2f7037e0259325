"""Connections to the warehouse. Knows no table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.conninfo import conninfo_to_dict

from svod.errors import WarehouseError

CONNECT_TIMEOUT = 10  # seconds


@contextmanager
def connect(dsn: str, *, autocommit: bool = False, name: str = "svod") -> Iterator[psycopg.Connection]:
    """A connection that commits on success and rolls back on error. WarehouseError if it cannot be made."""
    try:
        conn = psycopg.connect(
            dsn, autocommit=autocommit, connect_timeout=CONNECT_TIMEOUT, application_name=name
        )
    except psycopg.OperationalError as error:
        raise WarehouseError(f"the warehouse cannot be reached: {str(error).strip()}") from error
    with conn:
        yield conn


def fence(conn: psycopg.Connection, source_id: str) -> None:
    """Wait until no other load of this source is under way; held until the transaction ends."""
    conn.execute("select pg_advisory_xact_lock(hashtextextended('svod load ' || %s, 0))", (source_id,))


def sqlalchemy_url(dsn: str) -> str:
    """The same database for the tools that speak SQLAlchemy (alembic, Great Expectations), by psycopg 3."""
    from sqlalchemy import URL

    parts = {k: str(v) for k, v in conninfo_to_dict(dsn).items() if v is not None}
    url = URL.create(
        "postgresql+psycopg",
        username=parts.pop("user", None),
        password=parts.pop("password", None),
        host=parts.pop("host", None),
        port=int(port) if (port := parts.pop("port", "")) else None,
        database=parts.pop("dbname", None),
        query=parts,
    )
    return url.render_as_string(hide_password=False)
