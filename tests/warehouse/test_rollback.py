from __future__ import annotations

import pytest

from svod.errors import WarehouseError
from svod.warehouse import changes, prune, releases, rollback

from .candidate import build, marts, release
from .conftest import Warehouse

VALUES = "select outcome_id, project_id, value, unit, build from marts.fct_outcome order by 1"


def three_releases(warehouse: Warehouse) -> list[list[tuple[object, ...]]]:
    """Rows come, change, go and come back over three releases; returns what was published after each."""
    states = []
    for number, statement in enumerate(
        (
            "",
            "delete from marts_next.fct_outcome where outcome_id = 'o1';"
            "update marts_next.fct_outcome set value = 1 where outcome_id = 'o2';"
            "insert into marts_next.fct_outcome values ('n1', 'p1', 5, null, 1)",
            "update marts_next.fct_outcome set value = 2;"
            "insert into marts_next.fct_outcome values ('n2', 'p1', 5, 'услуга', 1)",
        ),
        start=1,
    ):
        build(warehouse, statement)
        assert release(warehouse, f"r{number}") is not None
        states.append(warehouse.rows(VALUES))
    return states


def test_each_release_can_be_returned_to_and_left_again(warehouse: Warehouse) -> None:
    states = three_releases(warehouse)
    for target in (2, 1, 3, 1):
        back = rollback(warehouse.transformer, target, run_id=f"back-{target}")
        assert warehouse.rows(VALUES) == states[target - 1]
        assert (back.kind, back.rolled_back_to) == ("rollback", target)
        assert back.tables["fct_outcome"].rows == len(states[target - 1])
    listed = releases(warehouse.transformer)
    assert [r.release_id for r in listed] == [7, 6, 5, 4, 3, 2, 1]


def test_marts_that_are_so_already_make_no_empty_release(warehouse: Warehouse) -> None:
    three_releases(warehouse)
    rollback(warehouse.transformer, 1, run_id="back")
    with pytest.raises(WarehouseError, match="marts are as release 1 left them"):
        rollback(warehouse.transformer, 1, run_id="again")
    assert [r.release_id for r in releases(warehouse.transformer)] == [4, 3, 2, 1]


def test_rolling_back_stamps_the_rows_it_touches_and_feeds_the_changes(warehouse: Warehouse) -> None:
    three_releases(warehouse)
    back = rollback(warehouse.transformer, 2, run_id="back")
    stamps = dict(warehouse.rows("select outcome_id, release_id from marts.fct_outcome"))
    assert stamps == {"o2": 4, "o3": 4, "n1": 4}
    assert {c.change for c in changes(warehouse.transformer, back.release_id)} == {"added", "changed", "gone"}
    assert len(changes(warehouse.transformer, back.release_id, table="dim_project")) == 0


def test_after_a_roll_back_the_candidate_can_be_published_again(warehouse: Warehouse) -> None:
    states = three_releases(warehouse)
    rollback(warehouse.transformer, 1, run_id="back")
    assert release(warehouse, "again") is not None
    assert warehouse.rows(VALUES) == states[2]


def test_columns_and_tables_that_came_later_stay_empty(warehouse: Warehouse) -> None:
    build(warehouse)
    release(warehouse, "r1")
    build(
        warehouse,
        "alter table marts_next.dim_project add column kind text default 'grant';"
        "create table marts_next.dim_unit (unit text primary key);"
        "insert into marts_next.dim_unit values ('семья')",
    )
    release(warehouse, "r2")
    rollback(warehouse.transformer, 1, run_id="back")
    assert warehouse.rows("select distinct kind from marts.dim_project") == [(None,)]
    assert warehouse.rows("select * from marts.dim_unit") == []


def test_what_cannot_be_returned_to_is_refused_and_changes_nothing(warehouse: Warehouse) -> None:
    three_releases(warehouse)
    before = marts(warehouse)
    with pytest.raises(WarehouseError, match="no release 99"):
        rollback(warehouse.transformer, 99, run_id="x")
    with pytest.raises(WarehouseError, match="is the present one"):
        rollback(warehouse.transformer, 3, run_id="x")
    assert prune(warehouse.transformer, keep=1) > 0
    with pytest.raises(WarehouseError, match="changes of 2 are forgotten"):
        rollback(warehouse.transformer, 1, run_id="x")
    assert marts(warehouse) == before
    rollback(warehouse.transformer, 2, run_id="x")
    assert marts(warehouse) != before
