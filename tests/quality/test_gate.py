from __future__ import annotations

import re
from pathlib import Path

import pytest

from svod.errors import ConfigError, GateFailed, PublishRefused, WarehouseError
from svod.quality import quarantine
from svod.quality.gate import record_override, run_gate
from svod.quality.suites import load_suites
from svod.warehouse import publish

from .conftest import Suites, Warehouse, listing, positive


def test_a_candidate_that_holds_passes_and_every_result_is_recorded(
    warehouse: Warehouse, suites: Suites, tmp_path: Path
) -> None:
    warehouse.candidate("delete from marts_next.fct_outcome where outcome_id = 'o3'")
    folder = suites(positive(), listing("value > 100", "warning"))
    result = run_gate(warehouse.transformer, folder, "run 1/x", tmp_path / "docs")
    assert (result.checked, result.first_release) == (2, True)
    assert (list(result.warnings), list(result.failures)) == ([], [])
    recorded = warehouse.rows(
        "select suite, table_name, column_name, severity, success, unexpected_count, failing_keys, docs_url"
        " from ops.dq_result where run_id = 'run 1/x' order by severity"
    )
    assert [row[:7] for row in recorded] == [
        ("fct_outcome", "fct_outcome", "value", "critical", True, 0, []),
        ("fct_outcome", "fct_outcome", None, "warning", True, 0, []),
    ]
    for *_, page in recorded:
        text = (tmp_path / "docs" / page).read_text(encoding="utf-8")
        assert "Not below zero" in text
    assert result.docs.is_file()
    front = (tmp_path / "docs" / "index.html").read_text(encoding="utf-8")
    assert f'href="{recorded[0][7]}"' in front
    assert "run-1-x" in front
    for made in (tmp_path / "docs").rglob("*.html"):
        text = made.read_text(encoding="utf-8")
        assert not re.search(r"<script|<link|<img|https?://", text), f"{made} needs a network"


@pytest.mark.parametrize("rule", [positive(), listing("value < 0")])
def test_a_critical_failure_names_the_rows_and_nothing_is_published(
    warehouse: Warehouse, suites: Suites, tmp_path: Path, rule: dict[str, object]
) -> None:
    with pytest.raises(GateFailed, match=r"fct_outcome.*1 rows: o3"):
        run_gate(warehouse.transformer, suites(rule), "r1", tmp_path / "docs")
    assert warehouse.rows("select success, unexpected_count, failing_keys from ops.dq_result") == [
        (False, 1, [{"outcome_id": "o3"}])
    ]
    with pytest.raises(PublishRefused, match="failed 1 critical"):
        publish(warehouse.transformer, "r1")
    assert warehouse.rows("select count(*) from pg_tables where schemaname = 'marts'") == [(0,)]


def test_a_warning_is_reported_and_does_not_stop_the_publish(
    warehouse: Warehouse, suites: Suites, tmp_path: Path
) -> None:
    result = run_gate(warehouse.transformer, suites(positive("warning")), "r1", tmp_path / "docs")
    assert [(c.title, c.unexpected_count) for c in result.warnings] == [
        ("fct_outcome.value: Не меньше нуля · Not below zero", 1)
    ]
    assert publish(warehouse.transformer, "r1") is not None


@pytest.mark.parametrize(
    "rule",
    [
        listing("no_such_column = 1", "warning"),
        positive("warning") | {"kwargs": {"column": "nobody", "min_value": 0}},
    ],
)
def test_a_rule_that_cannot_be_run_stops_the_publish(
    warehouse: Warehouse, suites: Suites, tmp_path: Path, rule: dict[str, object]
) -> None:
    with pytest.raises(GateFailed, match="could not be checked"):
        run_gate(warehouse.transformer, suites(rule), "r1", tmp_path / "docs")
    assert warehouse.rows("select severity, success from ops.dq_result") == [("critical", False)]


def test_an_override_is_recorded_with_its_reason_and_lets_the_candidate_through(
    warehouse: Warehouse, suites: Suites, tmp_path: Path
) -> None:
    folder = suites(positive())
    result = run_gate(
        warehouse.transformer, folder, "r1", tmp_path / "docs", override="известная опечатка", by="analyst"
    )
    assert result.overridden == "известная опечатка"
    assert len(result.failures) == 1
    assert warehouse.rows("select reason, decided_by, failed from ops.gate_override") == [
        (
            "известная опечатка",
            "analyst",
            [{"suite": "fct_outcome", "rule": "Не меньше нуля · Not below zero"}],
        )
    ]
    released = publish(warehouse.transformer, "r1")
    assert released is not None
    assert released.override_reason == "известная опечатка"
    with pytest.raises(WarehouseError, match="needs a reason"):
        record_override(warehouse.transformer, "r1", reason="  ", by="analyst")


def test_rules_for_the_first_release_and_for_later_ones(
    warehouse: Warehouse, suites: Suites, tmp_path: Path
) -> None:
    folder = suites(
        listing("value > 100", applies="first"),
        listing("not exists (select from marts.fct_outcome)", applies="later"),
    )
    first = run_gate(warehouse.transformer, folder, "r1", tmp_path / "docs")
    assert (first.first_release, first.checked) == (True, 1)
    publish(warehouse.transformer, "r1")
    later = run_gate(warehouse.transformer, folder, "r2", tmp_path / "docs")
    assert (later.first_release, later.checked) == (False, 1)
    assert later.checks[0].rule.meta.applies == "later"


def test_checking_a_run_again_replaces_its_results(
    warehouse: Warehouse, suites: Suites, tmp_path: Path
) -> None:
    folder = suites(positive())
    with pytest.raises(GateFailed):
        run_gate(warehouse.transformer, folder, "r1", tmp_path / "docs")
    warehouse.candidate("update marts_next.fct_outcome set value = 4 where outcome_id = 'o3'")
    run_gate(warehouse.transformer, folder, "r1", tmp_path / "docs")
    assert warehouse.rows("select run_id, success from ops.dq_result") == [("r1", True)]


def test_facts_that_break_a_marked_rule_are_held_back_until_released(
    warehouse: Warehouse, suites: Suites, tmp_path: Path
) -> None:
    folder = suites(listing("value < 0", quarantine="negative_count"))
    for _ in range(2):
        with pytest.raises(GateFailed):
            run_gate(warehouse.transformer, folder, "r1", tmp_path / "docs")
    (held,) = quarantine.list_open(warehouse.transformer)
    assert (held.stage, held.code, held.key, held.state) == ("gate", "negative_count", "o3", "open")
    assert warehouse.rows("select metric_mention_id, state from raw.quarantined_fact") == [("o3", "open")]
    whole = quarantine.release(warehouse.transformer, held.quarantine_id[:8], reason="так и есть", by="me")
    assert whole == held.quarantine_id
    assert run_gate(warehouse.transformer, folder, "r2", tmp_path / "docs").checked == 1
    assert quarantine.list_open(warehouse.transformer) == []
    quarantine.drop(warehouse.loader, whole, reason="всё же ошибка", by="me")
    with pytest.raises(GateFailed):
        run_gate(warehouse.transformer, folder, "r3", tmp_path / "docs")
    (decided,) = quarantine.list_open(warehouse.transformer, decided=True, stage="gate")
    assert (decided.state, decided.decision_reason) == ("drop", "всё же ошибка")
    assert quarantine.list_open(warehouse.transformer, stage="load", decided=True) == []


def test_decisions_need_a_reason_and_one_record(warehouse: Warehouse) -> None:
    with pytest.raises(WarehouseError, match="no quarantined record"):
        quarantine.drop(warehouse.transformer, "abcdef01", reason="x", by="me")
    with pytest.raises(WarehouseError, match="too short"):
        quarantine.release(warehouse.transformer, "", reason="x", by="me")
    with pytest.raises(WarehouseError, match="needs a reason"):
        quarantine.release(warehouse.transformer, "abcdef01", reason=" ", by="me")


def test_a_name_left_in_a_text_is_reported_by_its_place_only(
    warehouse: Warehouse, suites: Suites, tmp_path: Path
) -> None:
    warehouse.candidate("insert into marts_next.dim_report values ('r2', 'Слово: Инна Рыжикова', null)")
    rule = {
        "type": "unexpected_rows_expectation",
        "kwargs": {"unexpected_rows_query": "select key from ops.unmasked_name where run_id = '$run_id'"},
        "severity": "critical",
        "meta": {"rule": "Имён нет · No names", "key": ["key"]},
    }
    folder = suites(rule)
    with pytest.raises(GateFailed, match="r2") as failed:
        run_gate(warehouse.transformer, folder, "o'clock", tmp_path / "docs")
    assert "Рыжикова" not in str(failed.value)
    assert warehouse.rows("select table_name, column_name, key, start_char from ops.unmasked_name") == [
        ("dim_report", "title", "r2", len("Слово: "))
    ]
    warehouse.candidate(
        "update marts_next.dim_report set title = 'Слово: **** ********' where report_id = 'r2'"
    )
    assert run_gate(warehouse.transformer, folder, "r2", tmp_path / "docs").checked == 1


def test_old_runs_pages_are_deleted(
    warehouse: Warehouse, suites: Suites, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svod.quality.docs.RUNS_KEPT", 2)
    folder = suites(listing("value > 100"))
    for run in ("a", "b", "c"):
        run_gate(warehouse.transformer, folder, run, tmp_path / "docs")
    assert sorted(p.name for p in (tmp_path / "docs").iterdir()) == ["b", "c", "index.html"]


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        (positive() | {"severity": "fatal"}, "severity"),
        (positive(quarantin="typo"), "quarantin"),
        ({"type": "x", "kwargs": {}, "severity": "warning"}, "meta"),
    ],
)
def test_a_suite_with_a_mistake_is_refused_by_file_and_key(
    suites: Suites, rule: dict[str, object], complaint: str
) -> None:
    with pytest.raises(ConfigError, match=rf"fct_outcome\.json: expectations\.0\.\S*{complaint}"):
        load_suites(suites(rule))


def test_no_suites_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no suites"):
        load_suites(tmp_path)
