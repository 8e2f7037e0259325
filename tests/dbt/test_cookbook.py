"""Every query of the analyst's cookbook runs as the reader on published marts, and finds what it is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import dict_row

from svod.cli.stack import FIRST_QUERY
from svod.runtime.postgres import Postgres
from svod.warehouse import ROLES, publish
from svod.warehouse.candidate import record_audit, to_audit

from .conftest import Raw, Warehouse
from .world import YEAR, metric, period, project

PAGE = Path(__file__).parents[2] / "docs" / "cookbook.md"
QUERIES = dict(
    re.findall(r"^## (.+?)\n(?:(?!^## ).)*?^```sql\n(.+?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)
)
README = (PAGE.parents[1] / "README.md").read_text(encoding="utf-8")
REGION = "RU-TAM"
REPORTS: dict[str, dict[str, Any]] = {
    "money": {
        "projects": [project("Копилка")],
        "partners": [
            {"name": "Фонд «Щедрость»", "type": "foundation", "role": "funder", "project_name": "Копилка"},
            {"name": "АНО «Дело»", "role": "implementer", "project_name": "Копилка"},
        ],
        "metrics": [metric(900, "рубль", "Копилка", kind="money", quote="900 рублей", **YEAR)],
    },
    "no_project": {
        "partners": [
            {"name": "АНО «Гость»", "quote": "гостья, АНО «Гость»"},
            {"name": "АНО «Дело»", "role": "participant", "quote": "и АНО «Дело»"},
        ],
    },
    "overdue": {
        "projects": [project("Долгострой")],
        "metrics": [
            metric(
                3,
                "площадка",
                "Долгострой",
                planned=True,
                quote="3 площадки",
                **period("2023-01-01", "2023-12-31"),
            )
        ],
    },
    "edited": {
        "projects": [project("Правка")],
        "metrics": [
            metric(11, "концерт", "Правка", quote="11 концертов", **YEAR),
            metric(4, "акция", "Правка", quote="4 акции", **YEAR),
            metric(5, "акция", "Правка", quote="5 акций", **YEAR),
            metric(6, "акция", "Правка", quote="6 акций", **YEAR),
        ],
    },
    "organisation_wide": {
        "metrics": [metric(40, "концерт", None, beneficiary="children", quote="всего 40 концертов", **YEAR)]
    },
    "children": {
        "projects": [project("Лето")],
        "metrics": [
            metric(45, "ребёнок", "Лето", beneficiary="children", quote="45 детей", **YEAR),
            metric(12, "ребёнок", "Лето", beneficiary="children", part_of=0, quote="из них 12", **YEAR),
            metric(20, "ребёнок", "Лето", beneficiary="children", kind="percent", quote="20%", **YEAR),
        ],
    },
    "behind_one": {
        "regions": ("RU-MAG",),
        "projects": [project("Начало")],
        "metrics": [metric(9, "семья", "Начало", quote="9 семей", **YEAR)],
    },
    "behind_two": {
        "regions": ("RU-MAG",),
        "projects": [project("Конец")],
        "metrics": [
            metric(8, "семья", "Конец", quote="8 семей", **YEAR),
            metric(2, "семья", "Конец", part_of=0, quote="2 семьи", **YEAR),
        ],
    },
}
LATER = {
    "projects": [project("Правка")],
    "metrics": [
        metric(12, "концерт", "Правка", beneficiary="children", quote="12 концертов", **YEAR),
        metric(4, "акция", "Правка", quote="4 акции", **YEAR),
        metric(7, "акция", "Правка", quote="7 акций", **YEAR),
        metric(6, "акция", "Правка", quote="6 акций", **YEAR),
    ],
}


@pytest.fixture(scope="module")
def reader(
    warehouse: Warehouse, world: object, raw: Raw, postgres: Postgres
) -> Iterator[psycopg.Connection[Any]]:
    """A session with the reader's rights and settings, after a second night was published."""
    raw.source("silent", territory_oktmo="64000000", territory_iso="RU-SAK")
    for name, report in REPORTS.items():
        raw.report(f"cookbook_{name}", **{"regions": (REGION,), **report})
    raw.report("cookbook_edited", regions=(REGION,), **LATER)
    warehouse.run()
    with psycopg.connect(warehouse.owner_dsn) as conn:
        conn.execute(
            "insert into ops.dq_result (dq_result_id, run_id, suite, table_name, expectation, rule, severity,"
            " success, unexpected_count, failing_keys)"
            " values ('cookbook', 'cookbook', 's', 't', 'e', 'r', 'critical', true, 0, '[]')"
        )
        record_audit(conn, to_audit(conn), "cookbook")
    publish(warehouse.dsn, "cookbook")
    database = str(conninfo_to_dict(warehouse.owner_dsn)["dbname"])
    with psycopg.connect(postgres.dsn(database), row_factory=dict_row, autocommit=True) as conn:
        conn.execute(f"set role {ROLES['reader']}; set search_path = marts")
        yield conn


def test_the_page_holds_its_questions() -> None:
    assert len(QUERIES) == PAGE.read_text(encoding="utf-8").count("```sql") >= 15


@pytest.mark.parametrize("question", QUERIES)
def test_a_query_runs_and_finds_something(reader: psycopg.Connection[Any], question: str) -> None:
    assert reader.execute(QUERIES[question]).fetchall()


def one(reader: psycopg.Connection[Any], question: str, **fields: object) -> dict[str, Any]:
    """The only row of the answer in which these fields have these values."""
    rows = reader.execute(QUERIES[question]).fetchall()
    (found,) = (row for row in rows if all(row[name] == value for name, value in fields.items()))
    return dict(found)


@pytest.mark.parametrize(
    ("question", "row", "wanted"),
    [
        ("How many, by region and year?", {"name_ru": "Тамбовская область", "value": 12}, {"claims": 1}),
        ("Whom did it reach?", {"unit": "концерт"}, {"value": 12, "beneficiary_ru": "дети"}),
        ("Who pays, how much, for what?", {"funder": "Фонд «Щедрость»"}, {"amount": 900, "year": 2024}),
        ("What was planned, what became of it?", {"project_name": "Замысел"}, {"plan": 50, "fact": 47}),
        ("Which plans have fallen due without a word?", {"project_name": "Долгострой"}, {"plan": 3}),
        ("How has a figure changed?", {"unit": "концерт"}, {"was": 11, "is_now": 12, "ended_by": "changed"}),
        ("How has a figure changed?", {"unit": "акция"}, {"was": 5, "is_now": 7, "quote_now": "7 акций"}),
        ("Which regions are silent?", {"name_ru": "Сахалинская область"}, {"last_report": None}),
        (
            "Which reports name an organisation, and as what?",
            {"partner": "АНО «Гость»"},
            {"report": "Отчёт cookbook_no_project", "role": "роль не названа", "project": None},
        ),
        (
            "Which reports name an organisation, and as what?",
            {"partner": "АНО «Дело»", "project": "Копилка"},
            {"report": "Отчёт cookbook_money", "role": "исполняет"},
        ),
        ("Where does one organisation work?", {"partner": "Фонд «Щедрость»"}, {"projects": 1}),
        ("Where do reports contradict each other?", {"project_name": "Спор", "told": 25}, {"believed": 25}),
    ],
)  # fmt: skip
def test_an_answer(
    reader: psycopg.Connection[Any], question: str, row: dict[str, Any], wanted: dict[str, Any]
) -> None:
    found = one(reader, question, **row)
    assert {name: found[name] for name in wanted} == wanted


def test_the_sentences_behind_a_total_add_up_to_it(reader: psycopg.Connection[Any]) -> None:
    rows = reader.execute(QUERIES["Which sentences are behind a total?"]).fetchall()
    assert {row["total"] for row in rows} == {17}
    assert sum(row["value"] for row in rows) == 17


def test_every_partner_has_a_row_for_each_report_that_names_it(reader: psycopg.Connection[Any]) -> None:
    rows = reader.execute(
        "select q.name, q.reports, count(b.report_id) as rows, count(b.project_id) as tied"
        " from dim_partner as q left join bridge_report_partner as b using (partner_id)"
        " group by q.partner_id, q.name, q.reports"
    ).fetchall()
    assert [row for row in rows if row["reports"] != row["rows"]] == []
    found = {row["name"]: (row["rows"], row["tied"]) for row in rows}
    assert (found["АНО «Гость»"], found["АНО «Дело»"]) == ((1, 0), (2, 1))


def test_claims_left_out_say_why(reader: psycopg.Connection[Any]) -> None:
    assert one(reader, "Why is a figure in no total?", reason="part_of_total")["claims"] >= 1


def test_the_query_that_the_demo_prints_tells_shares_from_counts(reader: psycopg.Connection[Any]) -> None:
    assert FIRST_QUERY in README
    rows = reader.execute(FIRST_QUERY).fetchall()
    found = {row["quote"]: (row["kind"], row["value_text"]) for row in rows if row["project_name"] == "Лето"}
    assert found == {"45 детей": ("count", "45"), "из них 12": ("count", "12"), "20%": ("percent", "20 %")}


def test_the_figures_of_the_readme_add_up_to_its_totals(reader: psycopg.Connection[Any]) -> None:
    query = re.findall(r"^```sql\n(.+?)^```", README, re.M | re.S)[0]
    totals = (
        "select t.name_ru, a.year, a.unit, sum(a.claims) as claims from marts.agg_outcome_year as a"
        " join marts.dim_territory as t using (territory_id)"
        " where a.beneficiary = 'children' and a.fact_status = 'actual' and t.level = 'region'"
        " group by t.name_ru, a.year, a.unit"
    )
    listed = Counter((row["name_ru"], row["year"], row["unit"]) for row in reader.execute(query).fetchall())
    counted = reader.execute(totals).fetchall()
    assert listed == {(row["name_ru"], row["year"], row["unit"]): row["claims"] for row in counted}
    assert listed["Тамбовская область", 2024, "ребёнок"] == 1, "the part is in no total"
