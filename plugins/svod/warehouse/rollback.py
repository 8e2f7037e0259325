"""Takes marts back to an earlier release, by the rows that the later ones recorded. Itself a release."""

from __future__ import annotations

import psycopg
from psycopg import sql

from svod.errors import WarehouseError

from .catalog import Table, tables
from .connection import connect
from .delta import Delta, apply, count_changes, count_rows, delta_columns, differs, same_key
from .publish import open_release, publish_lock
from .releases import Release, release_of
from .shape import MARTS


def rollback(dsn: str, release_id: int, *, run_id: str = "manual") -> Release:
    """Make marts what they were after `release_id`; recorded as a new release.

    `dsn` is the transformer's or the owner's. Columns and tables that came later stay, emptied. Raises
    WarehouseError when the release is unknown, is what marts hold already, or is so old that the rows to go
    back by are forgotten.
    """
    with connect(dsn, autocommit=True, name="svod rollback") as conn, publish_lock(conn):
        _check(conn, release_id)
        deltas = [_back(conn, table, release_id) for table in tables(conn, MARTS).values()]
        if not any(delta.counts.total for delta in deltas):
            raise WarehouseError(f"marts are as release {release_id} left them")
        with conn.transaction():
            new = open_release(conn, run_id, "rollback", deltas, rolled_back_to=release_id)
            for delta in deltas:
                apply(conn, delta, new)
        return release_of(conn, new)


def _check(conn: psycopg.Connection, release_id: int) -> None:
    release_of(conn, release_id)
    later = conn.execute(
        "select r.release_id, r.added + r.changed + r.gone = count(c.release_id)"
        " from ops.release as r left join ops.release_change as c using (release_id)"
        " where r.release_id > %s group by r.release_id order by r.release_id",
        (release_id,),
    ).fetchall()
    if not later:
        raise WarehouseError(f"release {release_id} is the present one")
    forgotten = [str(number) for number, complete in later if not complete]
    if forgotten:
        raise WarehouseError(
            f"release {release_id} cannot be returned to: the changes of {', '.join(forgotten)} are forgotten"
        )


def _back(conn: psycopg.Connection, table: Table, release_id: int) -> Delta:
    """The first change after the release tells what each row was then."""
    temporary = sql.Identifier(f"delta_{table.name}")
    target = sql.Identifier(MARTS, table.name)
    conn.execute(
        sql.SQL(
            """
            CREATE TEMPORARY TABLE {temporary} AS
            WITH first_change AS (
                SELECT DISTINCT ON (key) key, change, old_row FROM ops.release_change
                WHERE release_id > {release} AND table_name = {name} ORDER BY key, release_id
            ),
            affected AS (
                SELECT k.* FROM first_change, jsonb_populate_record(NULL::{target}, key) AS k
            ),
            was AS (
                SELECT w.* FROM first_change, jsonb_populate_record(NULL::{target}, old_row) AS w
                WHERE change <> 'added'
            ),
            is_now AS (SELECT o.* FROM {target} AS o INNER JOIN affected AS a ON {affected})
            SELECT {columns} FROM was AS w FULL JOIN is_now AS o ON {same} WHERE {differs}
            """
        ).format(
            temporary=temporary,
            release=release_id,
            name=sql.Literal(table.name),
            target=target,
            affected=same_key(table, "o", "a"),
            columns=delta_columns(table, "w", "o"),
            same=same_key(table, "w", "o"),
            differs=differs(table, "w", "o"),
        )
    )
    conn.execute(sql.SQL("ANALYZE {}").format(temporary))
    counts = count_changes(conn, temporary)
    return Delta(table, temporary, counts, count_rows(conn, target) + counts.added - counts.gone)
