"""A verdict of the gate belongs to one build: nothing that came later, or is not whole, rides on it."""

from __future__ import annotations

import psycopg
import pytest

from svod.errors import PublishRefused, WarehouseError
from svod.quality.gate import record_override
from svod.steps.warehouse import publish_last
from svod.warehouse import publish
from svod.warehouse.candidate import building, record_audit, to_audit, unchanging

from .candidate import audited, build, marts, passed, release
from .conftest import Warehouse

FEWER = "delete from marts_next.bridge; delete from marts_next.fct_outcome"


@pytest.fixture
def released(warehouse: Warehouse) -> Warehouse:
    """One release, by a build, its gate and its publish."""
    with building(warehouse.transformer):
        build(warehouse)
    assert release(warehouse, "r1") is not None
    return warehouse


def refused(warehouse: Warehouse, why: str, *runs: str) -> None:
    before = marts(warehouse)
    for run_id in runs:
        with pytest.raises(PublishRefused, match=why):
            publish(warehouse.transformer, run_id)
    for override in (None, "weil"):
        with pytest.raises(PublishRefused):
            publish_last(warehouse.transformer, override=override, by="test")
    assert marts(warehouse) == before
    assert warehouse.rows("select count(*) from ops.gate_override") == [(0,)]


def test_a_build_under_way_is_not_published(released: Warehouse) -> None:
    with building(released.transformer):
        build(released, FEWER)
        refused(released, "its build is under way", "r1")
    refused(released, "has not been through the gate", "r1")
    assert release(released, "r2") is not None


def test_a_build_that_broke_off_is_neither_audited_nor_published(released: Warehouse) -> None:
    with pytest.raises(psycopg.errors.UndefinedTable), building(released.transformer):
        build(released, f"{FEWER}; commit; select from marts_next.nothing")
    refused(released, "under way or broke off", "r1")
    with psycopg.connect(released.transformer) as conn, pytest.raises(WarehouseError, match="not whole"):
        to_audit(conn)


def test_an_older_run_does_not_publish_what_a_newer_one_failed(released: Warehouse) -> None:
    with building(released.transformer):
        build(released, FEWER)
    passed(released, "r2", success=False)
    with pytest.raises(PublishRefused, match="not that of run r1: run r2 has audited it since"):
        publish(released.transformer, "r1")
    with pytest.raises(PublishRefused, match="failed 1 critical"):
        publish_last(released.transformer, override=None, by="test")


def test_a_build_during_an_audit_leaves_no_verdict(released: Warehouse) -> None:
    with psycopg.connect(released.transformer) as conn:
        build_id = to_audit(conn)
        conn.commit()
        with building(released.transformer):
            build(released, FEWER)
        with pytest.raises(WarehouseError, match="built anew while it was audited"):
            record_audit(conn, build_id, "r2")


def test_an_override_holds_for_one_audit(released: Warehouse) -> None:
    with building(released.transformer):
        build(released, FEWER)
    passed(released, "r2", success=False)
    record_override(released.transformer, "r2", reason="known", by="test")
    audited(released.transformer, "r2")
    with pytest.raises(PublishRefused, match="failed 1 critical"):
        publish(released.transformer, "r2")
    published = publish_last(released.transformer, override="looked again", by="test")
    assert published is not None
    assert published.override_reason == "looked again"


def test_no_build_begins_while_a_candidate_is_published(
    released: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svod.warehouse.candidate.LOCK_WAIT", "50ms")
    with (
        psycopg.connect(released.transformer, autocommit=True) as conn,
        unchanging(conn),
        pytest.raises(WarehouseError, match="has been in use"),
        building(released.transformer),
    ):
        pytest.fail("began")
    with building(released.transformer):
        pass
