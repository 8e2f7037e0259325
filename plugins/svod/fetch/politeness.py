"""How long to wait before a host may be asked again, agreed between all tasks that ask it.

One row per host in Postgres; a single statement takes the next free moment and moves the host's clock on, so
parallel tasks get moments that lie `delay` apart without holding a lock while they wait.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol

import psycopg

Sleep = Callable[[float], None]

_RESERVE = """
insert into ops.host_politeness as h (host, next_allowed_at)
values (%(host)s, clock_timestamp() + make_interval(secs => %(delay)s))
on conflict (host) do update
set next_allowed_at = greatest(h.next_allowed_at, clock_timestamp()) + make_interval(secs => %(delay)s)
where h.next_allowed_at <= clock_timestamp() + make_interval(secs => %(patience)s)
returning extract(epoch from next_allowed_at - make_interval(secs => %(delay)s) - clock_timestamp())::float8
"""
_HOLD = """
insert into ops.host_politeness as h (host, next_allowed_at)
values (%(host)s, clock_timestamp() + make_interval(secs => %(seconds)s))
on conflict (host) do update
set next_allowed_at = greatest(h.next_allowed_at, clock_timestamp() + make_interval(secs => %(seconds)s))
"""


class Politeness(Protocol):
    """Shared by all who ask a host. Seconds throughout.

    `wait` blocks until the caller may ask and returns True; when that would take longer than `patience` it
    reserves nothing and returns False at once. `hold` puts everybody off.
    """

    def wait(self, host: str, delay: float, patience: float) -> bool: ...

    def hold(self, host: str, seconds: float) -> None: ...


class MemoryPoliteness:
    """For one process: `sources check`, tests."""

    def __init__(self, sleep: Sleep = time.sleep, clock: Callable[[], float] = time.monotonic) -> None:
        self._sleep, self._clock = sleep, clock
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str, delay: float, patience: float) -> bool:
        with self._lock:
            now = self._clock()
            mine = max(self._next.get(host, now), now)
            if mine - now > patience:
                return False
            self._next[host] = mine + delay
        if mine > now:
            self._sleep(mine - now)
        return True

    def hold(self, host: str, seconds: float) -> None:
        with self._lock:
            self._next[host] = max(self._next.get(host, 0.0), self._clock() + seconds)


class PostgresPoliteness:
    """Across processes and machines: rows of ops.host_politeness, timed by the database's clock.

    The connection must be in autocommit: a reservation counts from the moment it is made.
    """

    def __init__(self, connection: psycopg.Connection, sleep: Sleep = time.sleep) -> None:
        self._connection, self._sleep = connection, sleep

    def wait(self, host: str, delay: float, patience: float) -> bool:
        asked = {"host": host, "delay": delay, "patience": patience}
        row = self._connection.execute(_RESERVE, asked).fetchone()
        if row is None:
            return False
        if float(row[0]) > 0:
            self._sleep(float(row[0]))
        return True

    def hold(self, host: str, seconds: float) -> None:
        self._connection.execute(_HOLD, {"host": host, "seconds": seconds})
