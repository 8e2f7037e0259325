"""Readers loop over the published tables while they are published, refused and rolled back."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field

import psycopg
import pytest

from svod.errors import PublishRefused
from svod.warehouse import publish, rollback

from .candidate import build, passed, release
from .conftest import Warehouse

QUERIES = (
    "select min(build), max(build), count(*) from marts.fct_outcome",
    "select min(short_name), max(short_name), count(*) from marts.dim_project",
    "select min(build), max(build), min(short_name), max(short_name)"
    " from marts.fct_outcome join marts.dim_project using (project_id)",
    "select min(short_name), max(short_name), min(build), max(build)"
    " from marts.bridge join marts.dim_project using (project_id) join marts.fct_outcome using (project_id)",
)
ROWS = 500


@dataclass
class Reader(threading.Thread):
    """Reads until told to stop; keeps each state it saw and everything that went wrong."""

    dsn: str
    isolation: psycopg.IsolationLevel
    stop: threading.Event
    hold: float = 0.0  # seconds to stay in each transaction
    seen: set[int] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    reads: int = 0

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        try:
            with psycopg.connect(self.dsn) as conn:
                conn.isolation_level = self.isolation
                conn.execute("set idle_in_transaction_session_timeout = 0")
                conn.commit()
                while not self.stop.is_set():
                    self._transaction(conn)
        except Exception as error:  # noqa: BLE001 - any error is what the test looks for
            self.wrong.append(repr(error))

    def _transaction(self, conn: psycopg.Connection) -> None:
        states = set()
        for query in random.sample(QUERIES, len(QUERIES)):
            row = conn.execute(query).fetchone()
            assert row is not None
            found = {int(str(value).removeprefix("b")) for value in row if value != ROWS}
            if len(found) != 1:
                self.wrong.append(f"one statement saw {sorted(found)}: {query}")
            states |= found
            self.reads += 1
            if self.hold:
                self.stop.wait(self.hold / len(QUERIES))
        if self.isolation is psycopg.IsolationLevel.REPEATABLE_READ and len(states) != 1:
            self.wrong.append(f"one transaction saw {sorted(states)}")
        self.seen |= states
        conn.commit()


def stamp(warehouse: Warehouse, number: int) -> None:
    """A candidate whose every row of every table tells its number."""
    build(
        warehouse,
        f"alter table marts_next.dim_project drop constraint dim_project_short_name_key;"
        f"update marts_next.dim_project set short_name = 'b{number:03}'",
        projects=ROWS,
        build=number,
    )


def watched(
    warehouse: Warehouse, rebuilds: int, failures: int, holds: list[float], pause: float = 0
) -> list[Reader]:
    """Rebuild, fail and roll back while readers of both isolation levels loop; returns the readers.

    `holds`: seconds that readers keep a transaction open, `pause`: seconds between rebuilds.
    """
    stamp(warehouse, 1)
    release(warehouse, "r1")
    stop = threading.Event()
    levels = (psycopg.IsolationLevel.READ_COMMITTED, psycopg.IsolationLevel.REPEATABLE_READ)
    readers = [Reader(warehouse.reader, level, stop, hold=hold) for hold in holds for level in levels]
    for reader in readers:
        reader.start()
    try:
        failed_at = set(random.sample(range(2, rebuilds + 2), failures))
        for number in range(2, rebuilds + 2):
            time.sleep(pause)
            stamp(warehouse, number)
            if number in failed_at:
                passed(warehouse, f"r{number}", success=False)
                with pytest.raises(PublishRefused):
                    publish(warehouse.transformer, f"r{number}")
                continue
            assert release(warehouse, f"r{number}") is not None
        rollback(warehouse.transformer, 1, run_id="back")
        time.sleep(0.2)  # let the readers see the last state
    finally:
        stop.set()
        for reader in readers:
            reader.join(timeout=60)
    assert not any(reader.is_alive() for reader in readers)
    return readers


def test_readers_see_whole_releases_only(warehouse: Warehouse) -> None:
    readers = watched(warehouse, rebuilds=6, failures=2, holds=[0, 0, 0.5])
    assert [reader.wrong for reader in readers] == [[]] * 6
    assert all(reader.reads >= len(QUERIES) for reader in readers)
    assert len(set().union(*(reader.seen for reader in readers))) > 1


@pytest.mark.slow
def test_readers_through_twenty_rebuilds_and_long_transactions(warehouse: Warehouse) -> None:
    readers = watched(warehouse, rebuilds=20, failures=3, holds=[0, 0, 30], pause=3)
    assert [reader.wrong for reader in readers] == [[]] * 6
    seen = set().union(*(reader.seen for reader in readers))
    assert len(seen) > 5
    assert sum(reader.reads for reader in readers) > 100


@pytest.mark.parametrize(
    "level", [psycopg.IsolationLevel.READ_COMMITTED, psycopg.IsolationLevel.REPEATABLE_READ]
)
def test_publishing_waits_for_no_reader(warehouse: Warehouse, level: psycopg.IsolationLevel) -> None:
    """The reader's transaction stays open over the publish: if one waited for it, neither would end."""
    stamp(warehouse, 1)
    release(warehouse, "r1")
    with psycopg.connect(warehouse.reader) as conn:
        conn.isolation_level = level
        before = conn.execute(QUERIES[2]).fetchone()
        stamp(warehouse, 2)
        assert release(warehouse, "r2") is not None
        after = conn.execute(QUERIES[2]).fetchone()
    assert before == (1, 1, "b001", "b001")
    expected = before if level is psycopg.IsolationLevel.REPEATABLE_READ else (2, 2, "b002", "b002")
    assert after == expected
