"""What the warehouse forgets, and what it must never forget."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest

from svod.errors import WarehouseError
from svod.quality.quarantine import drop
from svod.warehouse import load
from svod.warehouse.leftovers import drop_leftovers
from svod.warehouse.retention import forget

from .candidate import build, release
from .conftest import Warehouse
from .reports import NOON, SOURCE, extractor, fetch, hide_anna, report

LATER = NOON + timedelta(days=500)
KEPT = ("raw.document", "raw.document_version", "raw.metric_mention", "raw.snapshot")


def counts(warehouse: Warehouse, *tables: str) -> dict[str, object]:
    return {table: warehouse.rows(f"select count(*) from {table}")[0][0] for table in tables}


def loaded(warehouse: Warehouse, run: str, at: datetime) -> None:
    load(warehouse.loader, SOURCE, fetch("a", run=run, at=at), [report("a")], [], extractor(), mask=hide_anna)


def test_the_last_good_attempt_of_an_address_outlives_all_limits(warehouse: Warehouse) -> None:
    loaded(warehouse, "old", NOON)
    loaded(warehouse, "older", NOON - timedelta(days=1))
    reports = counts(warehouse, *KEPT)
    gone = forget(warehouse.owner, events_before=LATER, runs_before=LATER, keep_releases=30)
    assert gone.fetch_events == 1
    assert warehouse.rows("select run_id from raw.fetch_event") == [("old",)]
    assert counts(warehouse, *KEPT) == reports
    again = forget(warehouse.owner, events_before=LATER, runs_before=LATER, keep_releases=30)
    assert set(asdict(again).values()) == {0}


def test_a_dropped_record_stays_dropped_without_its_payload(warehouse: Warehouse) -> None:
    for key in ("dropped", "open"):
        warehouse.rows(
            "insert into raw.quarantine values (%s, 's', 'r', 'extract', 'damaged', 'why', %s,"
            " '{\"big\": 1}')",
            key + "-id",
            key,
        )
    drop(warehouse.owner, "dropped-id", reason="looked at", by="ann")
    future = datetime.now(UTC) + timedelta(days=1)
    assert forget(warehouse.owner, events_before=NOON, runs_before=future, keep_releases=30).payloads == 1
    assert warehouse.rows("select key, payload::text from raw.quarantine order by 1") == [
        ("dropped", "{}"),
        ("open", '{"big": 1}'),
    ]
    assert counts(warehouse, "raw.quarantine_decision") == {"raw.quarantine_decision": 1}


def test_results_of_kept_releases_and_their_roll_back_stay(warehouse: Warehouse) -> None:
    for number in range(3):
        build(warehouse, build=number)
        assert release(warehouse, f"run-{number}") is not None
    future = datetime.now(UTC) + timedelta(days=1)
    gone = forget(warehouse.owner, events_before=NOON, runs_before=future, keep_releases=2)
    assert gone.release_changes > 0
    assert gone.check_results == 1
    assert warehouse.rows("select distinct release_id from ops.release_change order by 1") == [(2,), (3,)]
    assert warehouse.rows("select run_id from ops.dq_result order by 1") == [("run-1",), ("run-2",)]


def test_leftovers_go_and_what_is_published_or_known_stays(warehouse: Warehouse) -> None:
    build(warehouse)
    release(warehouse, "run")
    known = {
        str(name)
        for (name,) in warehouse.rows("select tablename from pg_tables where schemaname = 'marts_next'")
    }
    assert known
    drop_leftovers(warehouse.transformer, [])  # what other tests left in the shared database
    for table in ("marts_next.fct_gone", "intermediate.int_gone__dbt_tmp", "intermediate.built_key"):
        warehouse.rows(f"create table {table} (x int)", role="transformer")
    assert drop_leftovers(warehouse.transformer, []) == [
        "intermediate.int_gone__dbt_tmp",
        "marts_next.fct_gone",
    ]
    left = {
        str(name)
        for (name,) in warehouse.rows("select tablename from pg_tables where schemaname = 'marts_next'")
    }
    assert left == known
    assert drop_leftovers(warehouse.transformer, []) == []


def test_a_reader_may_forget_nothing(warehouse: Warehouse) -> None:
    with pytest.raises(WarehouseError):
        drop_leftovers(warehouse.reader, [])
