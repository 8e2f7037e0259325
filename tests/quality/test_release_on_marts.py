"""The repository's own expectations over marts that dbt really built, from load to publish."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from tests.warehouse import reports

from svod.errors import GateFailed
from svod.models import MetricMention, ProjectMention, ReadReport, ReportFacts
from svod.quality import quarantine
from svod.quality.gate import run_gate
from svod.quality.masking import mask_texts
from svod.resolve import resolve
from svod.warehouse import load, publish
from svod.warehouse.dbt_runner import run_dbt

from .conftest import Warehouse

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 1, tzinfo=UTC)
TEXT = "Проект «Тёплый дом» завершён: 23 семьи и 9 волонтёров, сказала Ольга Зимина. Собрано 400 книг."


def figure(value: str, unit: str, quote: str) -> MetricMention:
    return MetricMention(
        value=Decimal(value),
        value_max=None,
        comparator="eq",
        kind="count",
        direction=None,
        unit=unit,
        beneficiary=None,
        planned=False,
        period=None,
        project="Тёплый дом",
        evidence=reports.evidence(TEXT, quote),
    )


def put(warehouse: Warehouse) -> None:
    """One report with a name inside a quote, and one figure that nobody can believe."""
    read = ReadReport(
        item=reports.item(),
        clean_text=TEXT,
        sha256_text="1",
        title="Итоги: Ольга Зимина",
        facts=ReportFacts(
            regions=("RU-MUR",),
            published=NOW.date(),
            publisher=None,
            projects=(
                ProjectMention(
                    name="Тёплый дом",
                    kind="project",
                    status=None,
                    evidence=reports.evidence(TEXT, "«Тёплый дом»"),
                ),
            ),
            partners=(),
            metrics=(
                figure("23", "семья", "23 семьи"),
                figure("9", "волонтёр", "9 волонтёров, сказала Ольга Зимина"),
                dataclasses.replace(figure("-5", "книга", "400 книг")),
            ),
        ),
    )
    fetched = reports.fetch("a", at=NOW)
    load(warehouse.loader, reports.SOURCE, fetched, [read], (), reports.extractor(), mask=mask_texts)


@pytest.fixture
def built(warehouse: Warehouse, tmp_path: Path) -> Callable[[], None]:
    """Resolve and build marts_next with dbt, in place of the small candidate."""
    for (table,) in warehouse.rows("select tablename from pg_tables where schemaname = 'marts_next'"):
        warehouse.rows(f"drop table marts_next.{table} cascade")
    put(warehouse)

    def build() -> None:
        resolve(warehouse.transformer)
        run_dbt(
            ["build", "--quiet", "--exclude-resource-type", "unit_test"],
            project_dir=ROOT / "dbt_project",
            target_path=tmp_path / "dbt",
            dsn=warehouse.transformer,
            run_id="test",
        )

    build()
    return build


def gate(warehouse: Warehouse, run_id: str, tmp_path: Path) -> list[str]:
    result = run_gate(warehouse.transformer, ROOT / "expectations", run_id, tmp_path / "docs")
    return [check.title for check in result.warnings]


LARGER_PAST = """
update ops.release_table set rows = 200 where table_name = 'fct_outcome';
insert into marts.dim_report
select (jsonb_populate_record(r, jsonb_build_object(
    'report_id', 'r' || n, 'territory_id', (
        select territory_id from marts.dim_territory as t
        where t.level = 'region' and t.territory_id <> r.territory_id limit 1
    )
))).*
from marts.dim_report as r, generate_series(1, 3) as n;
insert into marts.fct_outcome
select (jsonb_populate_record(f, jsonb_build_object('outcome_id', f.outcome_id || n, 'kind', 'money'))).*
from marts.fct_outcome as f, generate_series(1, 100) as n
"""


def test_from_load_to_publish_with_a_fact_held_back_and_a_broken_quote(
    warehouse: Warehouse, built: Callable[[], None], tmp_path: Path
) -> None:
    with pytest.raises(GateFailed, match="A count is not negative"):
        gate(warehouse, "r1", tmp_path)
    (held,) = quarantine.list_open(warehouse.transformer)
    assert (held.code, held.payload["quote"]) == ("negative_count", "400 книг")
    built()
    gate(warehouse, "r2", tmp_path)
    assert publish(warehouse.transformer, "r2") is not None
    quotes = warehouse.rows("select value, quote from marts.fct_outcome order by value")
    assert quotes == [
        (Decimal(9), "9 волонтёров, сказала ***** ******"),
        (Decimal(23), "23 семьи"),
    ]
    assert warehouse.rows("select title from marts.dim_report") == [("Итоги: ***** ******",)]
    gate(warehouse, "r3", tmp_path)
    assert publish(warehouse.transformer, "r3") is None
    warehouse.candidate("update marts_next.fct_outcome set quote_start = quote_start + 1 where value = 23")
    with pytest.raises(GateFailed, match="Every quote stands in the text"):
        gate(warehouse, "r4", tmp_path)
    warehouse.candidate("update marts_next.fct_outcome set quote_start = quote_start - 1 where value = 23")
    warehouse.candidate(
        "update marts_next.fct_outcome set quote = '9 волонтёров, сказала Ольга Зимина' where value = 9"
    )
    with pytest.raises(GateFailed, match="masked ones only"):
        gate(warehouse, "r5", tmp_path)
    warehouse.candidate("update marts_next.dim_project set name = 'Ольга Зимина'")
    with pytest.raises(GateFailed, match="New texts show no private persons' names"):
        gate(warehouse, "r6", tmp_path)
    warehouse.rows("update marts_next.dim_project set name = 'Тёплый дом'")
    warehouse.rows(
        "update marts_next.fct_outcome as f set quote = m.quote from marts.fct_outcome as m"
        " where m.outcome_id = f.outcome_id"
    )
    gate(warehouse, "r7", tmp_path)
    warehouse.rows(LARGER_PAST)
    with pytest.raises(GateFailed) as failed:
        gate(warehouse, "r8", tmp_path)
    assert "The volume (of 20 rows and more) has not dropped" in str(failed.value)
    assert "No region with three reports or more has vanished" in str(failed.value)
    warned = warehouse.rows(
        "select rule from ops.dq_result where run_id = 'r8' and not success and severity = 'warning'"
    )
    assert any("Shares by kind" in rule for (rule,) in warned)
