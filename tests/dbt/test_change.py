"""Edits, withdrawals, reviews and new readings; and that an increment equals a rebuild."""

from __future__ import annotations

from typing import Any

import pytest

from svod.warehouse.dbt_runner import NodeResult

from .conftest import Raw, Warehouse
from .world import YEAR, metric, project

TULA: dict[str, Any] = {"regions": ("RU-TUL",), "source": "tula"}
MARTS = (
    "select table_name from information_schema.tables where table_schema = 'marts_next' order by table_name"
)


@pytest.fixture(scope="module")
def before(warehouse: Warehouse, raw: Raw, world: object) -> dict[str, tuple[str, str, list[str]]]:
    """Reports that will change: name → report, version, figures."""
    reports = {
        "edited": [metric(10, "семья", "Правка", **YEAR)],
        "withdrawn": [metric(20, "семья", "Правка", **YEAR)],
        "returned": [metric(30, "лекция", "Правка", **YEAR)],
        "rejected": [metric(100, "обед", "Правка", **YEAR), metric(40, "обед", "Правка", part_of=0, **YEAR)],
        "corrected": [metric(50, "урок", "Правка", value_max=60, **YEAR)],
        "untouched": [metric(60, "выезд", "Правка", **YEAR)],
    }
    ids = {
        name: raw.report(name, **TULA, projects=[project("Правка")], metrics=metrics)
        for name, metrics in reports.items()
    }
    warehouse.run()
    return ids


@pytest.fixture(scope="module")
def nodes(warehouse: Warehouse, raw: Raw, before: dict[str, tuple[str, str, list[str]]]) -> list[NodeResult]:
    """The build after the changes, by increment."""
    raw.report(
        "edited", **TULA, projects=[project("Правка")], metrics=[metric(12, "семья", "Правка", **YEAR)]
    )
    report, version, _ = before["withdrawn"]
    raw.event(report, "withdrawn", version)
    report, version, _ = before["returned"]
    raw.event(report, "withdrawn", version)
    raw.event(report, "returned", version)
    review = {"reviewed_by": "test"}
    raw.insert("ops.review", fact_id=before["rejected"][2][0], verdict="rejected", **review)
    raw.insert(
        "ops.review",
        fact_id=before["corrected"][2][0],
        verdict="corrected",
        corrected_value=55,
        corrected_comparator="eq",
        corrected_kind="count",
        corrected_unit="урок",
        corrected_planned=True,
        corrected_project="Правка",
        **review,
    )
    return warehouse.build()


def facts(warehouse: Warehouse, table: str, name: str, *columns: str) -> list[tuple[Any, ...]]:
    rows = warehouse.rows(
        f"select {', '.join(columns)} from marts_next.{table}"
        " inner join marts_next.dim_report using (report_id) where natural_key = %s order by value",
        name,
    )
    return [tuple(row.values()) for row in rows]


@pytest.mark.usefixtures("nodes")
class TestAfterTheChanges:
    def test_an_edited_report_speaks_by_its_new_version(self, warehouse: Warehouse) -> None:
        assert facts(warehouse, "fct_outcome", "edited", "value") == [(12,)]
        assert facts(warehouse, "outcome_history", "edited", "value", "ended_by") == [(10, "changed")]

    def test_a_withdrawn_report_states_nothing(self, warehouse: Warehouse) -> None:
        assert facts(warehouse, "fct_outcome", "withdrawn", "value") == []
        assert facts(warehouse, "outcome_history", "withdrawn", "value", "ended_by") == [(20, "withdrawn")]
        assert warehouse.value(
            "select is_withdrawn from marts_next.dim_report where natural_key = 'withdrawn'"
        )

    def test_a_returned_report_speaks_again(self, warehouse: Warehouse) -> None:
        assert facts(warehouse, "fct_outcome", "returned", "value") == [(30,)]

    def test_a_rejected_total_leaves_its_part_on_its_own(self, warehouse: Warehouse) -> None:
        assert facts(warehouse, "fct_outcome", "rejected", "value", "part_of") == [(40, None)]
        assert facts(warehouse, "outcome_history", "rejected", "value", "ended_by") == [(100, "rejected")]

    def test_a_correction_states_the_whole_fact(self, warehouse: Warehouse) -> None:
        columns = ("value", "value_high", "fact_status", "period_start", "review_status")
        assert facts(warehouse, "fct_outcome", "corrected", *columns) == [
            (55, 55, "target", None, "corrected")
        ]

    def test_only_what_changed_was_written(self, nodes: list[NodeResult]) -> None:
        (outcome,) = (n for n in nodes if n.node == "model.svod.fct_outcome")
        assert outcome.rows == 3  # edited, the part of the rejected total, corrected; withdrawn writes none

    def test_the_increment_equals_a_rebuild(self, warehouse: Warehouse) -> None:
        incremental = _everything(warehouse)
        warehouse.run("--full-refresh")
        rebuilt = _everything(warehouse)
        assert incremental.keys() == rebuilt.keys()
        assert len(rebuilt) == 22
        for table, rows in rebuilt.items():
            assert incremental[table] == rows, table

    def test_a_new_reading_replaces_the_old_one_once_promoted(
        self, warehouse: Warehouse, raw: Raw, before: dict[str, tuple[str, str, list[str]]]
    ) -> None:
        version = before["untouched"][1]
        projects = [project("Правка")]
        consolidated = "select count(*) from marts_next.fct_outcome_consolidated"
        claims = warehouse.value(consolidated)
        raw.read(version, ("RU-TUL",), None, projects, None, [metric(61, "выезд", "Правка")], "2.0")
        warehouse.run("--select", "+fct_outcome")
        assert facts(warehouse, "fct_outcome", "untouched", "value", "extractor_version") == [(60, "1.0")]
        raw.promote("2.0")
        warehouse.run("--select", "+fct_outcome")
        assert facts(warehouse, "fct_outcome", "untouched", "value", "extractor_version") == [(61, "2.0")]
        assert warehouse.value("select count(*) from marts_next.fct_outcome") == 1, (
            "nothing else was read by 2.0"
        )
        raw.promote("1.0")
        warehouse.run()
        assert facts(warehouse, "fct_outcome", "untouched", "value", "extractor_version") == [(60, "1.0")]
        assert warehouse.value(consolidated) == claims, "what went with its project came back with it"

    def test_a_teller_goes_whole_though_some_of_its_rows_went_before(
        self, warehouse: Warehouse, raw: Raw
    ) -> None:
        """One of its two figures goes with an indicator, and in the same night both become a project's."""
        figures = [metric(7, "прогулка", **YEAR), metric(8, "лекция", **YEAR)]
        named = {"publisher": "Клуб «Тропа»", "projects": [project("Правка")]}
        _, _, ids = raw.report("sole", **TULA, **named, metrics=figures)
        warehouse.run()
        counted_for = (
            "select counted_for from marts_next.bridge_outcome_total where outcome_id = any(%s)"
            " group by counted_for"
        )
        assert warehouse.rows(counted_for, ids) == [{"counted_for": "reporter клуб «тропа»"}]
        for fact, value in zip(ids, (7, 8), strict=True):
            raw.insert(
                "ops.review",
                fact_id=fact,
                verdict="corrected",
                corrected_value=value,
                corrected_comparator="eq",
                corrected_kind="count",
                corrected_unit="лекция",
                corrected_planned=False,
                corrected_project="Правка",
                reviewed_by="test",
            )
        for n in range(8):  # a busy night: tables are made ready anew instead of mended
            raw.report(f"busy {n}", **TULA, metrics=[metric(n, "лекция")])
        warehouse.run()
        (found,) = warehouse.rows(counted_for, ids)
        assert not found["counted_for"].startswith("reporter")


def _everything(warehouse: Warehouse) -> dict[str, list[str]]:
    tables = [row["table_name"] for row in warehouse.rows(MARTS)]
    return {
        table: [
            row["line"]
            for row in warehouse.rows(f"select t::text as line from marts_next.{table} t order by 1")
        ]
        for table in tables
    }
