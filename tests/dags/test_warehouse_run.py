"""The warehouse DAG whole: resolve, dbt, gate and publish on real Postgres, with readers about."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg
import pytest

from svod.config import Settings
from svod.warehouse.sightings import record_withdrawals

FACTS = "select outcome_id, value, quote from marts.fct_outcome order by 1"


def rows(settings: Settings, query: str, role: str = "owner") -> list[tuple]:
    with psycopg.connect(settings.dsn(role)) as conn:
        return conn.execute(query).fetchall()


@contextmanager
def readers(settings: Settings) -> Iterator[list[object]]:
    """Reads the facts over and over, in both isolation levels; yields what was seen, or the errors."""
    seen: list[object] = []
    stop = threading.Event()

    def read(level: psycopg.IsolationLevel) -> None:
        try:
            with psycopg.connect(settings.dsn("reader")) as conn:
                conn.isolation_level = level
                while not stop.is_set():
                    with conn.transaction():
                        first = conn.execute(FACTS).fetchall()
                        again = conn.execute(FACTS).fetchall()
                    if level is psycopg.IsolationLevel.REPEATABLE_READ and first != again:
                        seen.append("one transaction saw two releases")
                    seen.append(tuple(first))
                    stop.wait(0.2)
        except psycopg.Error as error:
            seen.append(error)

    levels = (psycopg.IsolationLevel.READ_COMMITTED, psycopg.IsolationLevel.REPEATABLE_READ)
    threads = [threading.Thread(target=read, args=(level,)) for level in levels]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_from_raw_to_published_marts_and_not_past_a_failed_gate(bag, stack) -> None:
    assert bag.dags["ingest__kirov_dobro43"].test().state == "success"
    warehouse = bag.dags["warehouse"]
    assert warehouse.test().state == "success"
    published = rows(stack, FACTS, role="reader")
    assert len(published) >= 10
    quotes = rows(
        stack,
        "select o.quote, substr(v.clean_text, o.quote_start + 1, o.quote_end - o.quote_start)"
        " from marts.fct_outcome o join raw.document_version v"
        " on v.version_id = (select version_id from marts.dim_report r where r.report_id = o.report_id)",
    )
    assert len(quotes) == len(published)
    assert all(len(quote) == len(text) for quote, text in quotes)
    nodes = rows(stack, "select resource_type, count(*) from ops.model_run group by 1")
    assert dict(nodes)["model"] >= 30

    docs = (stack.home / "docs" / "dbt" / "static_index.html").read_text(encoding="utf-8")
    assert "fct_outcome" in docs

    # running twice is running once
    assert warehouse.test().state == "success"
    assert rows(stack, "select count(*) from ops.release") == [(1,)]

    # most reports gone at once is a broken source, not news: the gate must not let that through
    with psycopg.connect(stack.dsn("owner")) as conn:
        documents = [row[0] for row in conn.execute("select document_id from raw.document order by 1")]
        assert record_withdrawals(conn, "test", documents[1:], datetime.now(UTC)) == len(documents) - 1
    with readers(stack) as seen:
        run = warehouse.test()
    assert run.state == "failed"
    assert set(seen) == {tuple(published)}
    assert rows(stack, FACTS, role="reader") == published
    failed = rows(
        stack,
        "select rule, failing_keys::text from ops.dq_result where not success and severity = 'critical'",
    )
    assert [rule for rule, keys in failed if "fct_outcome" in keys]
    assert len(rows(stack, "select 1 from marts_next.fct_outcome")) < len(published)
    assert rows(stack, "select count(*) from ops.release") == [(1,)]
    told = rows(stack, "select topic, severity, reason from ops.warning")
    assert [row[:2] for row in told] == [("gate", "critical")], "one cause, told once"
    assert "not published" in told[0][2]


def test_the_reader_reads_marts_and_nothing_else(stack) -> None:
    with psycopg.connect(stack.dsn("reader")) as conn:
        for query in (
            "select * from raw.document",
            "select * from ops.release",
            "create table marts.mine (x int)",
            "create table public.mine (x int)",
        ):
            with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)):
                conn.execute(query)
            conn.rollback()
