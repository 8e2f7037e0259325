"""Tables that are built by increments come to the shape that the project gives them, and keep their keys."""

from __future__ import annotations

import pytest

from .conftest import Warehouse

INDEXES = (
    "select substring(indexdef from '\\(.*') as columns from pg_indexes"
    " where schemaname || '.' || tablename = %s order by 1"
)
COLUMNS = (
    "select column_name from information_schema.columns"
    " where table_schema || '.' || table_name = %s order by 1"
)
REFERENCES = (
    "select oid, conrelid::regclass::text as from_table, confrelid::regclass::text as to_table"
    " from pg_constraint where contype = 'f' and connamespace = 'marts_next'::regnamespace order by oid"
)
pytestmark = pytest.mark.usefixtures("world")


def run(warehouse: Warehouse, *models: str) -> None:
    warehouse.dbt("--warn-error", "run", "--select", *models)


@pytest.mark.parametrize("table", ["marts_next.fct_outcome", "intermediate.int_outcome_series"])
def test_an_index_that_an_older_table_lacks_is_made(warehouse: Warehouse, table: str) -> None:
    before = warehouse.rows(INDEXES, table)
    name = warehouse.value(
        "select indexrelid::regclass::text from pg_index where indrelid = %s::regclass and not indisunique"
        " order by 1 limit 1",
        table,
    )
    warehouse.execute(f"drop index {name}")
    assert len(warehouse.rows(INDEXES, table)) == len(before) - 1
    for _ in range(2):
        run(warehouse, table.partition(".")[2])
        assert warehouse.rows(INDEXES, table) == before


@pytest.mark.parametrize("table", ["marts_next.fct_outcome", "marts_next.dim_project"])
def test_a_column_that_the_model_makes_no_more_goes(warehouse: Warehouse, table: str) -> None:
    before = warehouse.rows(COLUMNS, table)
    warehouse.execute(f"alter table {table} add column once text default 'stale'")
    run(warehouse, table.partition(".")[2])
    assert warehouse.rows(COLUMNS, table) == before


def test_a_dimension_is_mended_and_what_refers_to_it_keeps_its_keys(warehouse: Warehouse) -> None:
    references = warehouse.rows(REFERENCES)
    assert sum(row["to_table"] == "marts_next.dim_project" for row in references) >= 4
    rows = "select t::text as line, xmin::text as written from marts_next.dim_project as t order by 1"
    before = warehouse.rows(rows)
    warehouse.execute(
        "insert into marts_next.dim_project (project_id, name, kind, is_federal, reports)"
        " values ('ghost', 'Призрак', 'project', false, 0);"
        "insert into marts_next.project_name (project_name_id, project_id, name, is_main, mentions)"
        " values ('ghost', 'ghost', 'Призрак', true, 1);"
        "update marts_next.dim_project set name = 'Чужое' where name = 'Замысел'"
    )
    run(warehouse, "dim_project")
    after = warehouse.rows(rows)
    assert [row["line"] for row in after] == [row["line"] for row in before]
    assert sum(a["written"] != b["written"] for a, b in zip(after, before, strict=True)) == 1
    assert warehouse.value("select count(*) from marts_next.project_name where project_id = 'ghost'") == 0
    assert warehouse.rows(REFERENCES) == references
