"""Publishes the candidate (marts_next) as a delta to marts: one short transaction, no reader blocked.

What differs is computed beforehand from one snapshot; then only the differing rows are written, to all tables
at once. Readers of either isolation level see the release before or the one after, and their own views and
grants stay, because the tables stay. The rows written to ops.release_change are the change feed and the
roll-back (releases.py) alike.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from svod.errors import PublishRefused, WarehouseError

from . import candidate as candidates
from . import shape
from .catalog import tables
from .connection import connect
from .delta import Counts, Delta, against_published, apply
from .releases import Release, release_of
from .roles import ROLES, TRANSFORMER

LOCK_WAIT = "10min"  # for another publish to end
COLUMN_TRIES = 50  # an added column needs a moment without readers of its table
COLUMN_WAIT = "100ms"  # and no reader shall queue behind us for longer


def publish(dsn: str, run_id: str) -> Release | None:
    """Bring marts to the candidate; None when nothing differs. `dsn` is the transformer's or the owner's.

    The gate of this run must have audited the very build that lies in marts_next and passed it, or an
    override of that audit be recorded. Raises PublishRefused if not, or when the candidate's shape would
    break readers; marts are then as they were.
    """
    with (
        connect(dsn, autocommit=True, name="svod publish") as conn,
        publish_lock(conn),
        candidates.unchanging(conn),
    ):
        override = _verdict(conn, run_id)
        candidate, published = tables(conn, shape.NEXT), tables(conn, shape.MARTS)
        shape.check(candidate, published)
        _add_columns(conn, shape.added_columns(candidate, published))
        before = shape.new_tables(candidate, published)
        after = [
            *shape.new_indexes(candidate, published),
            *shape.new_references(candidate, published),
            *shape.changed_comments(candidate, published),
        ]
        with conn.transaction():
            conn.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            deltas = [against_published(conn, table, published.get(n)) for n, table in candidate.items()]
        if not any(d.counts.total for d in deltas) and not before:
            for statement in after:
                conn.execute(statement)
            return None
        with conn.transaction():
            release_id = open_release(conn, run_id, "publish", deltas, override=override)
            for statement in before:
                conn.execute(statement)
            for delta in deltas:
                apply(conn, delta, release_id)
            conn.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to come takes no index
            for statement in after:
                conn.execute(statement)
        for name in set(candidate) - set(published):
            conn.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(shape.MARTS, name)))
        return release_of(conn, release_id)


@contextmanager
def publish_lock(conn: psycopg.Connection) -> Iterator[None]:
    """One publish or roll-back at a time, over computing and applying."""
    act_as_transformer(conn)
    conn.execute(sql.SQL("SET lock_timeout = {}").format(LOCK_WAIT))
    try:
        conn.execute("SELECT pg_advisory_lock(hashtext('svod publish'))")
    except psycopg.errors.LockNotAvailable as error:
        raise WarehouseError(f"another publish has been under way for {LOCK_WAIT}") from error
    try:
        yield
    finally:
        if not conn.broken:
            conn.execute("SELECT pg_advisory_unlock(hashtext('svod publish'))")


def act_as_transformer(conn: psycopg.Connection) -> None:
    """Whoever publishes, the tables belong to one role. Raises WarehouseError for a login that may not."""
    try:
        conn.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(ROLES[TRANSFORMER])))
    except psycopg.errors.InsufficientPrivilege as error:
        raise WarehouseError(f"{conn.info.user} may not publish: use the transformer's login") from error


def open_release(
    conn: psycopg.Connection,
    run_id: str,
    kind: str,
    deltas: list[Delta],
    *,
    override: str | None = None,
    rolled_back_to: int | None = None,
) -> int:
    """Write the release and its sizes by table; returns its number. First statement of its transaction."""
    conn.execute("SET CONSTRAINTS ALL DEFERRED")
    total = sum((d.counts for d in deltas), Counts())
    row = conn.execute(
        "insert into ops.release (run_id, kind, rolled_back_to, override_reason, added, changed, gone)"
        " values (%s, %s, %s, %s, %s, %s, %s) returning release_id",
        (run_id, kind, rolled_back_to, override, total.added, total.changed, total.gone),
    ).fetchone()
    assert row is not None
    release_id = int(row[0])
    with conn.cursor() as cursor:
        cursor.executemany(
            "insert into ops.release_table (release_id, table_name, rows, added, changed, gone)"
            " values (%s, %s, %s, %s, %s, %s)",
            [
                (release_id, d.table.name, d.rows, d.counts.added, d.counts.changed, d.counts.gone)
                for d in deltas
            ],
        )
    return release_id


def _verdict(conn: psycopg.Connection, run_id: str) -> str | None:
    """The recorded reason for publishing in spite of the gate, if it was needed. Raises PublishRefused."""
    audit_id = candidates.audit_of(conn, run_id)
    row = conn.execute(
        "select count(*), count(*) filter (where severity = 'critical' and not success) from ops.dq_result"
        " where run_id = %s",
        (run_id,),
    ).fetchone()
    assert row is not None
    checked, failed = row
    if not checked:
        raise PublishRefused(f"the candidate of run {run_id} has not been through the gate")
    if not failed:
        return None
    override = conn.execute(
        "select reason from ops.gate_override where audit_id = %s order by override_id desc limit 1",
        (audit_id,),
    ).fetchone()
    if override is None:
        raise PublishRefused(f"the candidate of run {run_id} failed {failed} critical expectations")
    return str(override[0])


def _add_columns(conn: psycopg.Connection, statements: list[sql.Composed]) -> None:
    """Each under a short lock wait: a reader behind us is never held for longer than that."""
    for statement in statements:
        for attempt in range(COLUMN_TRIES):
            try:
                with conn.transaction():
                    conn.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(COLUMN_WAIT))
                    conn.execute(statement)
                break
            except psycopg.errors.LockNotAvailable as error:
                if attempt == COLUMN_TRIES - 1:
                    raise WarehouseError("a column could not be added: a reader holds its table") from error
                time.sleep(0.2)
