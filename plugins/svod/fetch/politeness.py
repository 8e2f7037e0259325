"""How long to wait before a host may be asked again, agreed between all tasks that ask it.

A host is asked by one task at a time, and its delay counts from the end of an answer: however long requests
are under way, the server sees them at least the delay apart. A lock in Postgres gives the turns, in order; a
row per host says when the next one may begin. Of a task that dies the server's end of its connection frees
the lock, and the row already holds the delay.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

import psycopg

from svod.errors import FetchError
from svod.models import Outcome

Sleep = Callable[[float], None]

_LEFT = """
select greatest(0, extract(epoch from next_allowed_at - clock_timestamp()))::float8
from ops.host_politeness where host = %s
"""
_HOLD = """
insert into ops.host_politeness as h (host, next_allowed_at)
values (%(host)s, clock_timestamp() + make_interval(secs => %(seconds)s))
on conflict (host) do update
set next_allowed_at = greatest(h.next_allowed_at, clock_timestamp() + make_interval(secs => %(seconds)s))
"""
_LOCK = "select pg_advisory_lock(hashtextextended('svod host ' || %s, 0))"
_UNLOCK = "select pg_advisory_unlock(hashtextextended('svod host ' || %s, 0))"


class Politeness(Protocol):
    """Shared by all who ask a host. Seconds throughout.

    `turn` waits until the caller may ask and keeps others away while its block does so. It raises FetchError
    (`held`) when that takes longer than `patience`, at once if it is known before. `hold` puts everybody off.
    """

    def turn(self, host: str, delay: float, patience: float) -> AbstractContextManager[None]: ...

    def hold(self, host: str, seconds: float) -> None: ...


def _held(patience: float) -> FetchError:
    return FetchError(Outcome.BLOCKED, f"held: the host is not to be asked for more than {patience:g} s yet")


class MemoryPoliteness:
    """For one process: `sources check`, tests."""

    def __init__(self, sleep: Sleep = time.sleep, clock: Callable[[], float] = time.monotonic) -> None:
        self._sleep, self._clock = sleep, clock
        self._next: dict[str, float] = {}
        self._turns: dict[str, threading.Lock] = {}

    @contextmanager
    def turn(self, host: str, delay: float, patience: float) -> Iterator[None]:
        until = self._clock() + patience
        lock = self._turns.setdefault(host, threading.Lock())
        if self._next.get(host, 0.0) > until or not lock.acquire(timeout=patience):
            raise _held(patience)
        try:
            now = self._clock()
            mine = self._next.get(host, now)
            if mine > until:
                raise _held(patience)
            if mine > now:
                self._sleep(mine - now)
            try:
                yield
            finally:
                self.hold(host, delay)
        finally:
            lock.release()

    def hold(self, host: str, seconds: float) -> None:
        self._next[host] = max(self._next.get(host, 0.0), self._clock() + seconds)


class PostgresPoliteness:
    """Across processes and machines: a session lock, a row of ops.host_politeness, the database's clock.

    The connection must be in autocommit, and to the server itself (no pooler that shares sessions).
    """

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    @contextmanager
    def turn(self, host: str, delay: float, patience: float) -> Iterator[None]:
        until = time.monotonic() + patience
        if self._left(host) > patience:
            raise _held(patience)
        if delay <= 0:  # nothing to keep apart
            self._wait(host, until, patience)
            yield
            return
        self._lock(host, patience)
        try:
            self._wait(host, until, patience)
            self.hold(host, delay)  # should this task die before its answer ends
            try:
                yield
            finally:
                self.hold(host, delay)
        finally:
            self._connection.execute(_UNLOCK, (host,))

    def hold(self, host: str, seconds: float) -> None:
        self._connection.execute(_HOLD, {"host": host, "seconds": seconds})

    def _left(self, host: str) -> float:
        """Seconds until the host may be asked."""
        row = self._connection.execute(_LEFT, (host,)).fetchone()
        return float(row[0]) if row else 0.0

    def _wait(self, host: str, until: float, patience: float) -> None:
        while (left := self._left(host)) > 0:  # asked again after each sleep: the database's clock decides
            if time.monotonic() + left > until:
                raise _held(patience)
            time.sleep(left)

    def _lock(self, host: str, patience: float) -> None:
        self._connection.execute(
            "select set_config('lock_timeout', %s, false)", (f"{max(1, int(patience * 1000))}ms",)
        )
        try:
            self._connection.execute(_LOCK, (host,))
        except psycopg.errors.LockNotAvailable:
            raise _held(patience) from None
