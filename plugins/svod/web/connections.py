"""A few warehouse connections kept open between pages: making one costs as much as the queries of a page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from svod.errors import WarehouseError

MOST_IDLE = 4
TIMEOUT = 10  # seconds for a new connection
READ_ONLY = "begin isolation level repeatable read, read only"


class Connections:
    """Idle connections to one warehouse at a time. Safe in threads; opens nothing until it is asked to."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[psycopg.Connection] = []
        self._dsn = ""

    @contextmanager
    def reading(self, dsn: str) -> Iterator[psycopg.Connection]:
        """A read-only transaction: all its queries see the same moment. WarehouseError if none can be had."""
        conn = self._begun(dsn)
        try:
            yield conn
            conn.execute("commit")
        except BaseException:
            conn.close()  # its state is not known
            raise
        self._keep(dsn, conn)

    def _begun(self, dsn: str) -> psycopg.Connection:
        """A connection with its transaction begun; those that the server has cut are thrown away."""
        while (conn := self._taken(dsn)) is not None:
            try:
                conn.execute(READ_ONLY)
                return conn
            except psycopg.OperationalError:
                conn.close()
        fresh = _opened(dsn)
        fresh.execute(READ_ONLY)
        return fresh

    def _taken(self, dsn: str) -> psycopg.Connection | None:
        with self._lock:
            if dsn != self._dsn:  # the server has moved
                for conn in self._idle:
                    conn.close()
                self._idle, self._dsn = [], dsn
            return self._idle.pop() if self._idle else None

    def _keep(self, dsn: str, conn: psycopg.Connection) -> None:
        with self._lock:
            if dsn == self._dsn and len(self._idle) < MOST_IDLE:
                self._idle.append(conn)
                return
        conn.close()


def _opened(dsn: str) -> psycopg.Connection:
    try:
        return psycopg.connect(
            dsn,
            autocommit=True,
            connect_timeout=TIMEOUT,
            application_name="svod pages",
            prepare_threshold=None,  # a generic plan knows nothing of the page that is asked for
        )
    except psycopg.OperationalError as error:
        raise WarehouseError(f"the warehouse cannot be reached: {str(error).strip()}") from error
