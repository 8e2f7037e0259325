"""A new version's facts beside the promoted ones: what is added, changed and gone; who may decide what."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from svod.errors import WarehouseError
from svod.models import ReportFacts
from svod.warehouse import Reading, load, load_readings, promoted_extractor
from svod.warehouse.promotion import pending_ranges, pending_versions
from svod.warehouse.reextraction import changes, compare, latest, promote, reject, summary

from .conftest import Warehouse
from .reports import SOURCE, TEXT, extractor, facts, fetch, hide_anna, metric, report


def otherwise() -> ReportFacts:
    """The second reading: the project as before, the partner gone, one figure changed, one gone, one new."""
    before = facts()
    changed = dataclasses.replace(before.metrics[0], value=Decimal(24))
    new = metric(TEXT, "Центр «Опора»", 1)
    return dataclasses.replace(before, partners=(), metrics=(changed, new), publisher="Другой отдел")


def read_again(warehouse: Warehouse, version: str, read: ReportFacts) -> None:
    pending = list(pending_versions(warehouse.loader, version))
    readings = [Reading(version_id=v.version_id, clean_text=v.clean_text, facts=read) for v in pending]
    load_readings(warehouse.loader, SOURCE.id, f"re-{version}", readings, extractor(version), mask=hide_anna)


@pytest.fixture
def loaded(warehouse: Warehouse) -> Warehouse:
    reports = [report(key) for key in "abc"]
    load(warehouse.loader, SOURCE, fetch(*"abc"), reports, [], extractor(), mask=hide_anna)
    return warehouse


def compared(warehouse: Warehouse, version: str = "2"):  # type: ignore[no-untyped-def]
    return compare(warehouse.transformer, version, config_hash="0", run_id="run")


def test_every_difference_is_kept_with_both_readings(loaded: Warehouse) -> None:
    read_again(loaded, "2", otherwise())
    found = compared(loaded)
    assert found is not None
    assert (found.versions, found.unread, found.waiting, found.state) == (3, 0, 0, "open")
    # of each report: region, date and project stay; publisher and a figure change; a figure and a partner go
    assert (found.same, found.added, found.changed, found.gone) == (9, 3, 6, 6)
    assert found.share == pytest.approx(12 / 21)
    kinds = [(row["entity"], row["change"]) for row in changes(loaded.transformer, found.reextraction_id)]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        ("metric", "added"): 3,
        ("metric", "changed"): 3,
        ("metric", "gone"): 3,
        ("partner", "gone"): 3,
        ("report", "changed"): 3,
    }
    row = changes(loaded.transformer, found.reextraction_id, entity="metric", change="changed", limit=1)[0]
    assert (row["old_fact"]["value"], row["new_fact"]["value"]) == (23, 24)
    assert row["new_fact"]["quote"] == "23 семьям"
    by_rule = summary(loaded.transformer, found.reextraction_id, "rule_id")
    assert {(r["entity"], r["rule_id"]): r["gone"] for r in by_rule}["partner", "test.rule"] == 3
    assert [r["source_id"] for r in summary(loaded.transformer, found.reextraction_id, "source_id")] == [
        SOURCE.id
    ] * 3


def test_comparing_again_replaces_the_comparison(loaded: Warehouse) -> None:
    read_again(loaded, "2", otherwise())
    first, second = compared(loaded), compared(loaded)
    assert second.reextraction_id > first.reextraction_id
    assert loaded.rows("select count(*) from ops.reextraction") == [(1,)]
    assert loaded.rows("select count(*) from ops.reextraction_change") == [(15,)]


def test_equal_readings_differ_in_nothing(loaded: Warehouse) -> None:
    read_again(loaded, "2", facts())
    found = compared(loaded)
    assert (found.added, found.changed, found.gone, found.share) == (0, 0, 0, 0.0)
    assert found.same == 21


def test_the_promoted_version_is_not_compared_with_itself(loaded: Warehouse) -> None:
    assert compared(loaded, "1") is None


def test_a_promotion_needs_a_comparison_and_a_reading_of_everything(loaded: Warehouse) -> None:
    with pytest.raises(WarehouseError, match="nothing was read by a version 2"):
        promote(loaded.transformer, "2", reason="x", by="ann")
    load(
        loaded.loader,
        SOURCE,
        fetch("d", run="run-2"),
        [report("d")],
        [],
        extractor("2"),
        mask=hide_anna,
    )
    with pytest.raises(WarehouseError, match="was not compared with 1"):
        promote(loaded.transformer, "2", reason="x", by="ann")
    found = compared(loaded)
    assert (found.versions, found.unread, found.waiting) == (0, 3, 1)
    with pytest.raises(WarehouseError, match=r"3 texts were read by version 1 and not by 2"):
        promote(loaded.transformer, "2", reason="x", by="ann")
    assert promoted_extractor(loaded.owner) == "1"
    read_again(loaded, "2", facts())
    promote(loaded.transformer, "2", reason="better", by="ann")
    assert promoted_extractor(loaded.owner) == "2"
    with pytest.raises(WarehouseError, match="2 is the promoted one"):
        promote(loaded.transformer, "2", reason="again", by="ann")


def test_a_rejection_holds_until_somebody_decides_otherwise(loaded: Warehouse) -> None:
    read_again(loaded, "2", otherwise())
    compared(loaded)
    with pytest.raises(WarehouseError, match="needs a reason"):
        reject(loaded.transformer, "2", reason=" ", by="ann")
    reject(loaded.transformer, "2", reason="loses partners", by="ann")
    found = latest(loaded.transformer)
    assert found is not None
    assert found.state == "rejected"
    assert compared(loaded).state == "rejected"  # comparing again is no decision
    promote(loaded.transformer, "2", reason="after all", by="bob")
    assert latest(loaded.transformer).state == "promoted"  # type: ignore[union-attr]
    compare(loaded.transformer, "1", config_hash="0", run_id="back")
    promote(loaded.transformer, "1", reason="back", by="bob")
    assert promoted_extractor(loaded.owner) == "1"


def test_what_is_unread_is_cut_into_ranges_that_cover_it_once(loaded: Warehouse) -> None:
    assert pending_ranges(loaded.loader, "1", size=2, most=10) == []
    ranges = pending_ranges(loaded.loader, "2", size=2, most=10)
    assert [r.versions for r in ranges] == [2, 1]
    read = [
        v.version_id for r in ranges for v in pending_versions(loaded.loader, "2", first=r.first, last=r.last)
    ]
    assert len(read) == len(set(read)) == 3
    assert [r.versions for r in pending_ranges(loaded.loader, "2", size=1, most=1)] == [3]
