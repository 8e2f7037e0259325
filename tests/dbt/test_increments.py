"""After any sequence of nights the marts built by increments equal those built anew, row by row."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import psycopg
import pytest

from svod.warehouse import ROLES, migrate

from .changes import Season
from .conftest import EXTRACTOR, PASSWORD, Raw, Warehouse

FAST_SEED = 1
SLOW_SEEDS = range(2, 7)
NIGHTS = 5
EVENTS = 12  # a night
STATES = ("marts_next", "intermediate")


@pytest.fixture(scope="module")
def empty(
    make_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Warehouse]:
    """A migrated warehouse with nothing in it, as often as asked for; all share one parsed project."""
    target = tmp_path_factory.mktemp("dbt")

    def make() -> Warehouse:
        owner = make_database()
        migrate(owner, {"transformer": PASSWORD})
        parts = psycopg.conninfo.conninfo_to_dict(owner) | {
            "user": ROLES["transformer"],
            "password": PASSWORD,
        }
        made = Warehouse(owner, psycopg.conninfo.make_conninfo(**parts), target)
        made.dbt("seed")
        return made

    return make


def after(warehouse: Warehouse, seed: int, nights: int) -> Season:
    """So many nights, each built by increment upon the last."""
    with psycopg.connect(warehouse.owner_dsn, autocommit=True) as conn:
        season = Season(Raw(conn), random.Random(seed))
        season.raw.promote(EXTRACTOR)
        for night in range(nights):
            season.pass_by(EVENTS)
            if night == nights - 1:
                season.raw.promote(EXTRACTOR)  # the one that has read most, so that there is much to compare
            warehouse.run()
    return season


def state(warehouse: Warehouse) -> Iterator[tuple[str, list[str]]]:
    """Every table that dbt keeps, with its rows."""
    tables = warehouse.rows(
        "select table_schema || '.' || table_name as name from information_schema.tables"
        " where table_schema = any(%s) and table_type = 'BASE TABLE' and table_name <> 'built_key'"
        " order by 1",
        list(STATES),
    )
    for table in tables:
        lines = warehouse.rows(f"select t::text as line from {table['name']} as t order by 1")
        yield table["name"], [row["line"] for row in lines]


def assert_equal_to_a_rebuild(warehouse: Warehouse, season: Season) -> None:
    incremental = dict(state(warehouse))
    warehouse.run("--full-refresh")
    rebuilt = dict(state(warehouse))
    assert len(rebuilt) > 40
    assert incremental.keys() == rebuilt.keys()
    for table, rows in rebuilt.items():
        differing = sorted(set(incremental[table]) ^ set(rows))
        assert differing == [], (table, season.happened)
        assert len(incremental[table]) == len(rows), table
    assert rebuilt["marts_next.fct_outcome"]
    assert rebuilt["marts_next.bridge_outcome_total"]


def test_two_nights_equal_a_rebuild(empty: Callable[[], Warehouse]) -> None:
    warehouse = empty()
    season = after(warehouse, FAST_SEED, nights=2)
    assert_equal_to_a_rebuild(warehouse, season)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SLOW_SEEDS)
def test_many_nights_equal_a_rebuild(empty: Callable[[], Warehouse], seed: int) -> None:
    warehouse = empty()
    season = after(warehouse, seed, NIGHTS)
    assert_equal_to_a_rebuild(warehouse, season)
