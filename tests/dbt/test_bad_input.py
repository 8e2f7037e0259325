"""Every kind of bad figure has a defined end: it stays with its quote, flagged, and out of totals."""

from __future__ import annotations

import pytest

from .conftest import Warehouse

FLAGS = {
    "reversed": "period_reversed",
    "quintillion": "implausible_value",
    "over_100": "percent_over_100",
    "fulfilled": None,
    "nowhere": "unknown_region",
    "injection": None,
    "out_of_calendar": None,
}


@pytest.mark.parametrize("report", FLAGS)
def test_flag(warehouse: Warehouse, world: dict[str, list[str]], report: str) -> None:
    rows = warehouse.rows(
        "select quality_flag, quote from marts_next.fct_outcome where outcome_id = %s", world[report][0]
    )
    assert [row["quality_flag"] for row in rows] == [FLAGS[report]]


def test_reversed_period_is_no_period(warehouse: Warehouse, world: dict[str, list[str]]) -> None:
    (row,) = warehouse.rows(
        "select period_start, period_end, period_precision from marts_next.fct_outcome where outcome_id = %s",
        world["reversed"][0],
    )
    assert tuple(row.values()) == (None, None, "none")


def test_the_number_itself_is_kept(warehouse: Warehouse, world: dict[str, list[str]]) -> None:
    value = warehouse.value(
        "select value from marts_next.fct_outcome where outcome_id = %s", world["quintillion"][0]
    )
    assert value == 10**18


def test_sql_formulas_and_markup_are_text(warehouse: Warehouse, world: object) -> None:
    assert (
        warehouse.value("select count(*) from marts_next.dim_project where name like '%%drop table%%'") == 1
    )
    for start in ("=HYPERLINK", "<img src=x onerror"):
        found = "select count(*) from marts_next.dim_partner where starts_with(name, %s)"
        assert warehouse.value(found, start) == 1


def test_an_impossible_date_is_no_date(warehouse: Warehouse, world: dict[str, list[str]]) -> None:
    published = warehouse.value(
        "select published_on from marts_next.fct_outcome where outcome_id = %s", world["out_of_calendar"][0]
    )
    assert published is None
