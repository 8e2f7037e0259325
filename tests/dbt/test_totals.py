"""Ready-made totals: each trap has one right answer, and every claim left out says why."""

from __future__ import annotations

import pytest

from .conftest import Warehouse

KEM, TOM = "32000000", "69000000"

TOTALS = [
    # territory, unit, status, scope, total, claims
    (KEM, "семья", "actual", "project", 140, 2),  # 100 (not its part 30) and 40; persons apart
    (KEM, "человек", "actual", "project", 90, 1),
    (KEM, "услуга", "actual", "project", 48, 2),  # 40 of nine months, not 10 + 25 + 40; 8, not 3 + 8
    (KEM, "услуга", "actual", "organisation", 2000, 1),  # never added to the projects' own
    (KEM, "консультация", "actual", "project", 50, 1),  # a reprint counts once
    (KEM, "отец", "actual", "project", 22, 1),  # those who came to the end are among those who came
    (KEM, "поездка", "actual", "project", 7, 2),  # two things of one report are two
    (KEM, "экскурсия", "actual", "project", 36, 1),  # a story in nearly the same words, too
    (KEM, "мероприятие", "actual", "project", 500, 1),  # the programme holds its project's
    (KEM, "обед", "actual", "project", 60, 1),
    (KEM, "обед", "target", "project", 80, 1),
    (KEM, "бригада", "actual", "project", 7, 1),  # a stock: the largest, not the sum
    (TOM, "услуга", "actual", "project", 11, 1),
    ("FD-SIB", "услуга", "actual", "project", 59, 3),
    ("RU", "услуга", "actual", "project", 59, 3),
]

REASONS = {
    ("of_which", 1): "part_of_total",
    ("cumulative_q1", 0): "told_by_other_report",
    ("cumulative_h1", 0): "told_by_other_report",
    ("cumulative_9m", 0): None,
    ("cumulative_in_one_report", 0): "inside_longer_period",
    ("same_people", 0): None,
    ("same_people", 1): "same_people",
    ("same_people", 3): None,
    ("syndicated_original", 0): None,
    ("syndicated_copy", 0): "copy",
    ("near_original", 0): None,
    ("near_copy", 0): "copy",
    ("umbrella", 1): "inside_parent_project",
    ("share", 0): "not_additive",
    ("undated", 0): "no_period",
    ("two_years", 0): "several_years",
    ("growth", 0): "change",
    ("ceiling", 0): "upper_bound",
    ("stock_spring", 0): "not_the_largest",
    ("unknown_unit", 0): "not_additive",
    ("two_regions", 0): "no_single_territory",
    ("reversed", 0): "flagged",
    ("quintillion", 0): "flagged",
}


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(("territory", "unit", "status", "scope", "total", "claims"), TOTALS)
def test_total(
    warehouse: Warehouse, territory: str, unit: str, status: str, scope: str, total: int, claims: int
) -> None:
    rows = warehouse.rows(
        "select value, claims from marts_next.agg_outcome_year where territory_id = %s and unit = %s"
        " and fact_status = %s and scope = %s and year = 2024",
        territory,
        unit,
        status,
        scope,
    )
    assert [(row["value"], row["claims"]) for row in rows] == [(total, claims)]


@pytest.mark.parametrize(("report", "index"), REASONS)
def test_reason(warehouse: Warehouse, world: dict[str, list[str]], report: str, index: int) -> None:
    found = warehouse.rows(
        "select is_counted, reason from marts_next.bridge_outcome_total where outcome_id = %s",
        world[report][index],
    )
    wanted = REASONS[report, index]
    assert found == [{"is_counted": wanted is None, "reason": wanted}]


@pytest.mark.usefixtures("world")
def test_a_total_with_more_than_is_a_lower_bound(warehouse: Warehouse) -> None:
    query = (
        "select is_lower_bound from marts_next.agg_outcome_year where unit = 'услуга' and territory_id = %s"
    )
    assert warehouse.value(query, TOM) is True
    assert warehouse.value(query + " and scope = 'project'", KEM) is False


@pytest.mark.usefixtures("world")
def test_every_claim_in_force_has_its_answer(warehouse: Warehouse) -> None:
    assert warehouse.value("select count(*) from marts_next.fct_outcome") == warehouse.value(
        "select count(*) from marts_next.bridge_outcome_total"
    )
