"""The repository's rules about a release as a whole, each by its own SQL on a few rows."""

from __future__ import annotations

import pytest
from tests.quality.conftest import Warehouse

from svod.quality.suites import load_suites
from svod.steps.warehouse import CHECKOUT

REPORTS = """
drop table marts_next.dim_report;
create table marts_next.dim_report (
    report_id text primary key, source_id text, territory_id text, is_withdrawn boolean not null
);
insert into marts_next.dim_report
select 'kir' || n, 'kirov', '33', false from generate_series(1, 6) as n
union all select 'vor' || n, 'voronezh', '20', false from generate_series(1, 18) as n;
create table marts.dim_report as table marts_next.dim_report
"""


@pytest.fixture
def published(warehouse: Warehouse) -> Warehouse:
    warehouse.candidate(REPORTS)
    return warehouse


def broken(warehouse: Warehouse) -> set[tuple[str, str]]:
    """(severity, key) of what the rules about volume, regions and withdrawals find."""
    (suite,) = [s for s in load_suites(CHECKOUT / "expectations") if s.name == "release"]
    rules = [r for r in suite.expectations if r.query and "dim_report" in r.query and "raw." not in r.query]
    rules = [r for r in rules if any(w in r.meta.rule for w in ("dropped by", "vanished", "withdrawn"))]
    assert len(rules) == 4
    return {(r.severity, row[0]) for r in rules for row in warehouse.rows(str(r.query))}


def test_what_stays_is_silent(published: Warehouse) -> None:
    assert broken(published) == set()
    published.candidate("update marts_next.dim_report set is_withdrawn = true where report_id = 'kir1'")
    assert broken(published) == set()


def test_a_region_whose_reports_are_all_withdrawn_has_vanished(published: Warehouse) -> None:
    published.candidate("update marts_next.dim_report set is_withdrawn = true where source_id = 'kirov'")
    assert broken(published) == {("critical", "33"), ("warning", "33"), ("warning", "kirov")}


def test_withdrawn_reports_are_volume_lost_once(published: Warehouse) -> None:
    withdraw = "update {}.dim_report set is_withdrawn = true where report_id ~ 'vor..' or report_id = 'vor1'"
    published.candidate(withdraw.format("marts_next"))
    assert broken(published) == {("critical", "dim_report"), ("warning", "voronezh")}
    published.candidate(withdraw.format("marts"))
    assert broken(published) == set()
