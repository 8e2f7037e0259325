from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from threading import Thread

import pytest

from svod.errors import WarehouseError
from svod.models import FetchResult, ReadReport, Rejection
from svod.warehouse import (
    LoadCounts,
    Reading,
    load,
    load_readings,
    pending_versions,
    promoted_extractor,
)

from . import reports
from .conftest import Warehouse
from .reports import NOON, SOURCE, TEXT, fetch, put_in_force, report

RAW = (
    *("source", "snapshot", "document", "document_version", "document_event", "extraction_run"),
    *("version_extraction", "report_fact", "project_mention", "partner_mention", "metric_mention"),
    "quarantine",
)


def put(warehouse: Warehouse, result: FetchResult, *reads: ReadReport, version: str = "1") -> LoadCounts:
    return load(
        warehouse.loader, SOURCE, result, reads, (), reports.extractor(version), mask=reports.hide_anna
    )


def contents(warehouse: Warehouse) -> dict[str, list[tuple[object, ...]]]:
    """Everything in raw but the fetch events, in an order of its own."""
    return {t: warehouse.rows(f"select t::text from raw.{t} as t order by 1") for t in RAW}


def test_a_load_stores_the_report_with_its_facts_and_evidence(warehouse: Warehouse) -> None:
    counts = put(warehouse, fetch("a"), report("a"))
    assert counts == LoadCounts(
        fetch_events=1,
        snapshots=1,
        documents=1,
        versions=1,
        document_events=1,
        readings=1,
        projects=1,
        partners=1,
        metrics=2,
        quarantined=0,
    )
    for table in ("project_mention", "partner_mention", "metric_mention"):
        quotes = warehouse.rows(
            "select quote = substr(clean_text, start_char + 1, end_char - start_char), length(quote_public)"
            f" = length(quote) from raw.{table} join raw.document_version using (version_id)"
        )
        assert quotes
        assert all(row == (True, True) for row in quotes)
    parts = warehouse.rows(
        "select m.value, t.value from raw.metric_mention m left join raw.metric_mention t"
        " on t.metric_mention_id = m.part_of_id order by 1 desc"
    )
    assert parts == [(Decimal(23), None), (Decimal(9), Decimal(23))]
    assert warehouse.rows("select sha256_text is not null from raw.snapshot") == [(True,)]


def test_the_same_load_again_adds_nothing(warehouse: Warehouse) -> None:
    put(warehouse, fetch("a", "b"), report("a"), report("b", TEXT + " Ещё раз."))
    before = contents(warehouse)
    assert put(warehouse, fetch("a", "b"), report("a"), report("b", TEXT + " Ещё раз.")) == LoadCounts()
    assert contents(warehouse) == before


def test_a_new_run_over_unchanged_reports_adds_its_fetch_events_only(warehouse: Warehouse) -> None:
    put(warehouse, fetch("a"), report("a"))
    before = contents(warehouse)
    counts = put(warehouse, fetch("a", run="run-2", at=NOON + timedelta(days=1)), report("a"))
    assert counts == LoadCounts(fetch_events=1)
    assert contents(warehouse) == before


def states(warehouse: Warehouse) -> list[tuple[object, ...]]:
    return warehouse.rows(
        "select natural_key, last_event, is_current, clean_text from raw.document_state"
        " join raw.document using (document_id) join raw.document_version using (version_id) order by 1"
    )


def test_an_edited_report_gets_a_version_and_its_old_text_back_does_not(warehouse: Warehouse) -> None:
    edited = TEXT.replace("23 семьям", "25 семьям").replace("23", "25")
    read = dataclasses.replace(reports.facts(), projects=(), partners=(), metrics=())
    put(warehouse, fetch("a"), report("a"))
    later = put(warehouse, fetch("a", run="2", at=NOON + timedelta(days=400)), report("a", edited, read))
    assert (later.documents, later.versions, later.document_events) == (0, 1, 1)
    assert states(warehouse) == [("a", "changed", True, edited)]
    back = put(warehouse, fetch("a", run="3", at=NOON + timedelta(days=401)), report("a"))
    assert (back.versions, back.document_events, back.metrics) == (0, 1, 0)
    assert states(warehouse) == [("a", "changed", True, TEXT)]


def test_a_late_load_does_not_bring_an_old_text_back(warehouse: Warehouse) -> None:
    edited = TEXT + " Дополнено."
    put(warehouse, fetch("a", run="2", at=NOON + timedelta(hours=1)), report("a", edited))
    put(warehouse, fetch("a", run="1", at=NOON), report("a"))
    assert states(warehouse) == [("a", "first_seen", True, edited)]
    events = warehouse.rows("select kind from raw.document_event order by occurred_at")
    assert events == [("changed",), ("first_seen",)]
    before = contents(warehouse)
    put(warehouse, fetch("a", run="1", at=NOON), report("a"))
    assert contents(warehouse) == before


def test_a_report_is_withdrawn_and_returns(warehouse: Warehouse) -> None:
    put(warehouse, fetch("a", "b"), report("a"), report("b"))
    gone = fetch(run="2", at=NOON + timedelta(days=1), withdrawn=("b",))
    assert put(warehouse, gone).document_events == 1
    assert put(warehouse, gone).document_events == 0
    assert [row[:3] for row in states(warehouse)] == [("a", "first_seen", True), ("b", "withdrawn", False)]
    put(warehouse, fetch("b", run="3", at=NOON + timedelta(days=2)), report("b"))
    assert [row[:3] for row in states(warehouse)] == [("a", "first_seen", True), ("b", "returned", True)]


def test_a_report_met_again_unread_returns_with_its_last_text(warehouse: Warehouse) -> None:
    put(warehouse, fetch("a"), report("a"))
    put(warehouse, fetch(run="2", at=NOON + timedelta(days=1), withdrawn=("a",)))
    assert put(warehouse, fetch(run="3", at=NOON + timedelta(days=2), seen=("a",))).document_events == 1
    assert put(warehouse, fetch(run="4", at=NOON + timedelta(days=3), seen=("a",))).document_events == 0
    assert states(warehouse) == [("a", "returned", True, TEXT)]


def test_an_unknown_report_cannot_be_withdrawn(warehouse: Warehouse) -> None:
    assert put(warehouse, fetch(withdrawn=("nobody",))) == LoadCounts(fetch_events=1)


def test_the_cursor_moves_with_the_load_and_never_back(warehouse: Warehouse) -> None:
    put(warehouse, fetch("a", at=NOON + timedelta(days=1), cursor='{"last": 2}'), report("a"))
    put(warehouse, fetch("a", at=NOON, cursor='{"last": 1}'), report("a"))
    assert warehouse.rows("select source_id, cursor from ops.fetch_cursor") == [(SOURCE.id, {"last": 2})]


def test_nul_and_lone_surrogates_keep_every_offset(warehouse: Warehouse) -> None:
    text = "\x00\ud800 нач\x00ало. " + TEXT + " \udfff"
    put(warehouse, fetch("a"), report("a", text))
    rows = warehouse.rows(
        "select quote, substr(clean_text, start_char + 1, end_char - start_char) from raw.metric_mention"
        " join raw.document_version using (version_id) order by 1"
    )
    assert rows == [("23 семьям", "23 семьям"), ("9 многодетным", "9 многодетным")]
    assert warehouse.rows("select length(clean_text) from raw.document_version") == [(len(text),)]


def test_names_are_hidden_in_public_columns_only(warehouse: Warehouse) -> None:
    put(warehouse, fetch("a"), report("a"))
    assert warehouse.rows("select title, title_public from raw.document_version") == [
        ("Итоги: Анна Рябова", "Итоги: **** ******")
    ]
    quote = "Куратор Анна Рябова рассказала о планах"
    figure = dataclasses.replace(reports.metric(TEXT, "23 семьям", 3), evidence=reports.evidence(TEXT, quote))
    read = dataclasses.replace(reports.facts(), metrics=(figure,))
    put(warehouse, fetch("b"), report("b", read=read))
    assert warehouse.rows("select quote, quote_public from raw.metric_mention where value = 3") == [
        (quote, "Куратор **** ****** рассказала о планах")
    ]


def test_facts_that_cannot_hold_go_to_quarantine_and_their_neighbours_load(warehouse: Warehouse) -> None:
    good = reports.metric(TEXT, "23 семьям", 23)
    moved = dataclasses.replace(good.evidence, start=good.evidence.start + 1, end=good.evidence.end + 1)
    read = dataclasses.replace(
        reports.facts(),
        metrics=(
            dataclasses.replace(good, evidence=moved),
            dataclasses.replace(good, value=Decimal("NaN")),
            dataclasses.replace(good, value=Decimal(7), value_max=Decimal(5)),
            dataclasses.replace(good, evidence=dataclasses.replace(good.evidence, confidence=1.5)),
            dataclasses.replace(good, value=Decimal(10) ** 18),
            dataclasses.replace(reports.metric(TEXT, "9 многодетным", 9), part_of=0),
        ),
    )
    counts = put(warehouse, fetch("a"), report("a", read=read))
    assert counts.metrics == 2
    codes = {row[0] for row in warehouse.rows("select code from raw.quarantine where stage = 'load'")}
    assert codes == {
        *("evidence_mismatch", "value_not_finite", "range_reversed", "confidence_out_of_range"),
    }
    assert warehouse.rows("select value, part_of_id from raw.metric_mention order by 1") == [
        (Decimal(9), None),
        (Decimal(10) ** 18, None),
    ]


def test_rejections_are_kept_once_with_their_payload(warehouse: Warehouse) -> None:
    rejection = Rejection(
        source_id=SOURCE.id,
        stage="extract",
        code="not_text",
        reason="no text in 12 bytes",
        key="a",
        payload={"bytes": 12, "head": "\x00\ud800PNG", "ratio": float("nan")},
    )
    for run in ("1", "2"):
        load(
            warehouse.loader,
            SOURCE,
            dataclasses.replace(fetch("a", run=run), rejections=(rejection,)),
            (),
            (rejection,),
            reports.extractor(),
            mask=reports.hide_anna,
        )
    assert warehouse.rows("select code, payload from raw.quarantine") == [
        ("not_text", {"bytes": 12, "head": "\ufffd\ufffdPNG", "ratio": "nan"})
    ]


def test_a_load_that_breaks_leaves_nothing(warehouse: Warehouse) -> None:
    def reads() -> Iterator[ReadReport]:
        yield report("a")
        raise RuntimeError("the reader died")

    with pytest.raises(RuntimeError, match="the reader died"):
        load(
            warehouse.loader,
            SOURCE,
            fetch("a"),
            reads(),
            (),
            reports.extractor(),
            mask=reports.hide_anna,
        )
    assert all(rows == [] for rows in contents(warehouse).values())
    assert warehouse.rows("select count(*) from raw.fetch_event") == [(0,)]


def test_overlapping_attempts_of_one_load_are_as_one(warehouse: Warehouse) -> None:
    counts: list[LoadCounts] = []
    threads = [
        Thread(target=lambda: counts.append(put(warehouse, fetch("a"), report("a")))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(c.metrics for c in counts) == [0, 0, 0, 2]
    assert sorted(c.fetch_events for c in counts) == [0, 0, 0, 1]


def test_parts_of_another_source_are_refused(warehouse: Warehouse) -> None:
    other = dataclasses.replace(fetch("a"), source_id="other")
    with pytest.raises(WarehouseError, match="other"):
        put(warehouse, other, report("a"))
    stray = dataclasses.replace(report("a"), item=dataclasses.replace(reports.item(), source_id="other"))
    with pytest.raises(WarehouseError, match="other"):
        put(warehouse, fetch("a"), stray)


def test_a_fetch_without_any_attempt_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(WarehouseError, match="without any attempt"):
        put(warehouse, fetch())


def test_a_source_is_versioned_when_its_description_changes(warehouse: Warehouse) -> None:
    put(warehouse, fetch("a"), report("a"))
    renamed = SOURCE.model_copy(update={"title": "Новости управления"})
    load(warehouse.loader, renamed, fetch("a"), (), (), reports.extractor(), mask=reports.hide_anna)
    titles = warehouse.rows("select title from raw.source order by title")
    assert titles == [("Новости отдела",), ("Новости управления",)]


def test_a_new_extractor_finds_what_it_has_not_read_and_reads_it_once(warehouse: Warehouse) -> None:
    assert promoted_extractor(warehouse.loader) is None
    put(warehouse, fetch("a", "b"), report("a"), report("b", TEXT + " И ещё."))
    assert promoted_extractor(warehouse.loader) == "1"
    assert list(pending_versions(warehouse.loader, "1")) == []
    pending = list(pending_versions(warehouse.loader, "2"))
    assert {p.natural_key for p in pending} == {"a", "b"}
    assert len(list(pending_versions(warehouse.loader, "2", limit=1))) == 1
    assert list(pending_versions(warehouse.loader, "2", source_id="other")) == []
    readings = [
        Reading(version_id=p.version_id, clean_text=p.clean_text, facts=reports.facts(p.clean_text))
        for p in pending
    ]
    new = reports.extractor("2")
    counts = load_readings(warehouse.loader, SOURCE.id, "re", readings, new, mask=reports.hide_anna)
    assert (counts.readings, counts.metrics) == (2, 4)
    again = load_readings(warehouse.loader, SOURCE.id, "re", readings, new, mask=reports.hide_anna)
    assert again == LoadCounts()
    assert list(pending_versions(warehouse.loader, "2")) == []
    assert promoted_extractor(warehouse.loader) == "1"  # reading is not promoting
    put_in_force(warehouse.loader, "2")
    assert promoted_extractor(warehouse.loader) == "2"
    assert warehouse.rows("select extractor_version, metrics from raw.extraction_run order by 1") == [
        ("1", 4),
        ("2", 4),
    ]


def test_the_health_of_a_source_is_counted_day_by_day(warehouse: Warehouse) -> None:
    put(warehouse, fetch("a", "b"), report("a"), report("b"))
    put(warehouse, fetch("a", "b"), report("a"), report("b"))
    put(warehouse, fetch(run="2", at=NOON + timedelta(hours=1), withdrawn=("b",)))
    put(warehouse, fetch(run="3", at=NOON + timedelta(days=1), seen=("a",)))
    health = (
        "select day - %s::date, attempts, ok, failed, last_outcome from ops.source_health_daily order by 1"
    )
    assert warehouse.rows(health, NOON.date()) == [(0, 3, 2, 1, "error"), (1, 1, 1, 0, "ok")]


def test_a_large_load_leaves_fresh_statistics(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("svod.warehouse.load"), "ANALYZE_FROM", 2)
    known = "select reltuples from pg_class where oid = 'raw.metric_mention'::regclass"
    put(warehouse, fetch("a"), report("a"))
    assert warehouse.rows(known) == [(-1.0,)]
    put(warehouse, fetch("b", "c", run="2"), report("b"), report("c"))
    assert warehouse.rows(known) == [(6.0,)]
