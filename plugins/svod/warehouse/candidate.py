"""Which candidate lies in marts_next, and whether it is the one that the gate has audited.

A verdict belongs to a build, not to the name of a run: a build that is under way, broke off or came later
takes it away. One row, `ops.candidate`, is written by builder and gate and asked by publish. Builder and
publish exclude each other, so that nothing changes under a publish.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg

from svod.errors import PublishRefused, WarehouseError

from .connection import connect

LOCK = "hashtext('svod candidate')"
LOCK_WAIT = "10min"  # for a publish to end


@contextmanager
def building(dsn: str) -> Iterator[None]:
    """While marts_next is written. If that raises or is killed, nothing is published until the next build."""
    with connect(dsn, autocommit=True, name="svod build") as conn:
        conn.execute(f"set lock_timeout = '{LOCK_WAIT}'")
        try:
            conn.execute(f"select pg_advisory_lock({LOCK})")
        except psycopg.errors.LockNotAvailable as error:
            raise WarehouseError(
                f"the candidate has been in use (a build, a publish) for {LOCK_WAIT}"
            ) from error
        build_id = uuid4().hex
        conn.execute(
            "insert into ops.candidate (build_id, state) values (%s, 'building')"
            " on conflict (one) do update set build_id = excluded.build_id, state = excluded.state,"
            " run_id = null, audit_id = null, changed_at = now()",
            (build_id,),
        )
        yield
        conn.execute(
            "update ops.candidate set state = 'built', changed_at = now() where build_id = %s", (build_id,)
        )


def to_audit(conn: psycopg.Connection) -> str:
    """The build that lies there whole, for an audit to begin. Raises WarehouseError if it is not whole."""
    conn.execute(  # of a time that kept no such row
        "insert into ops.candidate (build_id, state) values (%s, 'built') on conflict do nothing",
        (uuid4().hex,),
    )
    row = conn.execute("select build_id, state from ops.candidate").fetchone()
    assert row is not None
    if row[1] == "building":
        raise WarehouseError("the candidate is not whole: its build is under way or broke off")
    return str(row[0])


def record_audit(conn: psycopg.Connection, build_id: str, run_id: str) -> None:
    """The gate of this run has audited this build: its verdict is in force, earlier overrides are not.

    Part of the transaction that writes the verdict. Raises WarehouseError if another build has begun.
    """
    audited = conn.execute(
        "update ops.candidate set state = 'audited', audit_id = %s, run_id = %s, changed_at = now()"
        " where build_id = %s and state <> 'building'",
        (uuid4().hex, run_id, build_id),
    )
    if not audited.rowcount:
        raise WarehouseError("the candidate was built anew while it was audited: run the gate again")


def audit_of(conn: psycopg.Connection, run_id: str) -> str:
    """The audit of what lies there, if the gate of this run made it. Raises PublishRefused if not."""
    row = conn.execute("select state, run_id, audit_id from ops.candidate").fetchone()
    if row is not None and row[0] == "building":
        raise PublishRefused("the candidate is not whole: its build is under way or broke off")
    if row is None or row[0] == "built":
        raise PublishRefused(f"the candidate of run {run_id} has not been through the gate")
    if row[1] != run_id:
        raise PublishRefused(f"the candidate is not that of run {run_id}: run {row[1]} has audited it since")
    return str(row[2])


def audited_run(conn: psycopg.Connection) -> str | None:
    """The run whose gate has audited what lies there; None if none has."""
    row = conn.execute("select run_id from ops.candidate where state = 'audited'").fetchone()
    return None if row is None else str(row[0])


@contextmanager
def unchanging(conn: psycopg.Connection) -> Iterator[None]:
    """No build begins meanwhile. Raises PublishRefused while one is under way: that may take an hour."""
    held = conn.execute(f"select pg_try_advisory_lock({LOCK})").fetchone()
    if held != (True,):
        raise PublishRefused("the candidate is not whole: its build is under way")
    try:
        yield
    finally:
        if not conn.broken:
            conn.execute(f"select pg_advisory_unlock({LOCK})")
