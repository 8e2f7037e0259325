"""Claims of different reports about the same thing are one figure; everything else stays apart."""

from __future__ import annotations

from typing import Any

from .conftest import Warehouse


def figures(warehouse: Warehouse, project: str) -> list[dict[str, Any]]:
    return warehouse.rows(
        "select value, claims, independent_sources, is_conflict, rule, fact_status, closed_by,"
        " consolidated_id from marts_next.fct_outcome_consolidated"
        " where project_name = %s order by value, claims",
        project,
    )


def test_told_twice_is_one_figure(warehouse: Warehouse, world: dict[str, list[str]]) -> None:
    other, same = figures(warehouse, "Согласие")
    assert (same["value"], same["claims"], same["rule"], same["is_conflict"]) == (12, 2, "same_value", False)
    assert other["claims"] == 1, "another organisation's report is another figure"
    merged = warehouse.rows(
        "select outcome_id, is_chosen from marts_next.bridge_outcome_consolidated"
        " where consolidated_id = %s order by is_chosen",
        same["consolidated_id"],
    )
    assert [row["outcome_id"] for row in merged] == [world["same_1"][0], world["same_2"][0]]


def test_contradiction_is_flagged_and_the_latest_believed(warehouse: Warehouse, world: object) -> None:
    (found,) = figures(warehouse, "Спор")
    assert (found["value"], found["claims"], found["is_conflict"], found["rule"]) == (
        25,
        2,
        True,
        "latest_report",
    )


def test_more_than_20_and_23_agree(warehouse: Warehouse, world: object) -> None:
    rows = figures(warehouse, "Уточнение")
    # «более 20 семей» and «23 семьи» are worded alike once numbers and stop words are gone
    assert [(r["value"], r["claims"], r["is_conflict"]) for r in rows] == [(23, 2, False)]


def test_two_figures_of_one_report_never_merge(warehouse: Warehouse, world: object) -> None:
    assert [(r["value"], r["claims"]) for r in figures(warehouse, "Двойня")] == [(4, 1), (6, 1), (6, 1)]


def test_undated_never_merges(warehouse: Warehouse, world: object) -> None:
    assert [(r["value"], r["claims"]) for r in figures(warehouse, "Когда-то")] == [(15, 1), (15, 1)]


def test_a_plan_is_closed_by_the_later_fact(warehouse: Warehouse, world: dict[str, list[str]]) -> None:
    fact, plan = figures(warehouse, "Замысел")
    assert (fact["fact_status"], plan["fact_status"]) == ("actual", "target")
    assert plan["closed_by"] == fact["consolidated_id"] == world["fact"][0]


def closed(warehouse: Warehouse, project: str) -> list[tuple[Any, ...]]:
    """Each plan of a project with the fact that closed it, if any did, and why."""
    rows = warehouse.rows(
        "select p.value, f.value as fact, p.closed_basis from marts_next.fct_outcome_consolidated as p"
        " left join marts_next.fct_outcome_consolidated as f on f.consolidated_id = p.closed_by"
        " where p.project_name = %s and p.fact_status = 'target' order by p.value",
        project,
    )
    return [tuple(row.values()) for row in rows]


def test_a_plan_without_dates_is_closed_by_a_fact_told_within_reach(
    warehouse: Warehouse, world: object
) -> None:
    # «более двадцати наставников» and «23 наставника»: comparator and number in words qualify nothing
    assert closed(warehouse, "Слова") == [(20, 23, "later_report")]


def test_a_plan_is_closed_by_the_fact_beside_it_and_never_by_a_guess(
    warehouse: Warehouse, world: object
) -> None:
    assert closed(warehouse, "Рядом") == [
        (70, None, None),
        (80, 90, "same_sentence"),
        (300, 340, "same_sentence"),
    ]
    # of two facts in one row nobody knows which is the plan's
    assert closed(warehouse, "Строка") == [(5, 6, "same_sentence"), (10, None, None)]


def test_a_reprint_is_no_independent_source(warehouse: Warehouse, world: object) -> None:
    (found,) = figures(warehouse, "Перепечатка")
    assert (found["claims"], found["independent_sources"], found["rule"]) == (2, 1, "same_value")


def test_a_story_told_in_nearly_the_same_words_is_told_once(
    warehouse: Warehouse, world: dict[str, list[str]]
) -> None:
    (found,) = figures(warehouse, "Пересказ")
    assert (found["value"], found["claims"], found["independent_sources"]) == (36, 2, 1)
    copies = warehouse.rows(
        "select c.natural_key, o.natural_key as original from marts_next.dim_report as c"
        " inner join marts_next.dim_report as o on c.copy_of_report_id = o.report_id order by 1"
    )
    assert [tuple(row.values()) for row in copies] == [
        ("near_copy", "near_original"),
        ("syndicated_copy", "syndicated_original"),
    ]
    claims = [world["near_original"][0], world["near_copy"][0]]
    kept = warehouse.rows("select 1 from marts_next.fct_outcome where outcome_id = any(%s)", claims)
    assert len(kept) == 2, "each telling is kept"
