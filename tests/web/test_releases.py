"""What publishes changed, and what the gate said: releases made by the real publish."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from svod.errors import PublishRefused
from svod.warehouse import publish
from svod.warehouse.candidate import record_audit, to_audit

from .conftest import Place, open_place
from .test_pages import words

CANDIDATE = """
drop table if exists marts_next.fct_outcome;
create table marts_next.fct_outcome (outcome_id text primary key, value numeric, unit text, quote text);
insert into marts_next.fct_outcome values
    ('a', 120, 'семья', '120 семей'), ('b', 45, 'ребёнок', '45 детей'), ('c', 7, 'занятие', '7 занятий')
"""
CHANGES = (
    "update marts_next.fct_outcome set value = 125 where outcome_id = 'a'",
    "delete from marts_next.fct_outcome where outcome_id = 'b'",
    "insert into marts_next.fct_outcome values ('d', 9, 'ярмарка', '<script>9</script> ярмарок')",
)


def checked(place: Place, run_id: str, *, critical: bool = True, warning: bool = True) -> None:
    """What the gate leaves behind for a run: one critical expectation and one warning."""
    for severity, success in (("critical", critical), ("warning", warning)):
        place.rows(
            "insert into ops.dq_result (dq_result_id, run_id, suite, table_name, expectation, column_name,"
            " rule, severity, success, observed, unexpected_count, failing_keys)"
            " values (%s, %s, 'fct_outcome', 'fct_outcome', 'expect_column_values_to_be_between', 'value',"
            " %s, %s, %s, '0.93', %s, %s)",
            f"{run_id} {severity}",
            run_id,
            f"Правило {severity}",
            severity,
            success,
            0 if success else 4,
            "[]" if success else '[{"outcome_id": "x1"}, {"unit": "<b>x2"}]',
        )
    with psycopg.connect(place.transformer) as conn:
        record_audit(conn, to_audit(conn), run_id)


@pytest.fixture(scope="module")
def released(make_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Two releases, the second with a warning, and a candidate that the gate has stopped."""
    place = open_place(make_database(), tmp_path_factory.mktemp("released"))
    with psycopg.connect(place.transformer, autocommit=True) as conn:
        conn.execute(CANDIDATE)
        checked(place, "run-1")
        publish(place.transformer, "run-1")
        for change in CHANGES:
            conn.execute(change)
        checked(place, "run-2", warning=False)
        publish(place.transformer, "run-2")
        conn.execute("update marts_next.fct_outcome set value = 0")
        checked(place, "run-3", critical=False)
        with pytest.raises(PublishRefused):
            publish(place.transformer, "run-3")
    return place


def test_releases_are_listed_with_their_counts_and_gate(released: Place) -> None:
    page = released.client().get("/releases").text
    rows = [words(row) for row in re.findall(r"<tr>.*?</tr>", page, flags=re.S)]
    (second,) = [row for row in rows if row.startswith("№ 2 ")]
    assert " 1 1 1 " in second
    assert "1 из 2 не выполнено" in second
    (first,) = [row for row in rows if row.startswith("№ 1 ")]
    assert " 3 0 0 " in first
    assert "2 проверки" in first


def test_a_stopped_candidate_is_the_first_thing_seen(released: Place) -> None:
    text = words(released.client().get("/releases").text)
    assert "Последний кандидат не опубликован" in text
    assert "Правило critical" in text
    assert "4 строки" in text
    assert "Правило warning" not in text
    assert text.index("не опубликован") < text.index("№ 2")


def test_a_candidate_without_news_is_not_called_stopped(
    make_database: Callable[[], str], tmp_path: Path
) -> None:
    place = open_place(make_database(), tmp_path)
    with psycopg.connect(place.transformer, autocommit=True) as conn:
        conn.execute(CANDIDATE)
    for run in ("run-1", "run-2"):
        checked(place, run, warning=False)
        publish(place.transformer, run)
    text = words(place.client().get("/releases").text)
    assert "не опубликован" not in text
    assert "run-2 2 1 0 без нового" in text


def test_a_release_tells_its_tables_and_every_check(released: Place) -> None:
    text = words(released.client().get("/releases/2").text)
    assert "fct_outcome показатели 3 1 1 1" in text
    assert "Правило critical" in text
    assert "Правило warning" in text
    assert "x1" in text
    assert "unit = <b>x2" in text
    page = released.client().get("/releases/2").text
    assert 'href="/fact/x1"' in page
    assert "<b>x2" not in page
    assert page.index("Правило warning") < page.index("<details>") < page.index("Правило critical")
    assert released.client().get("/releases/99").status_code == 404


@pytest.mark.parametrize(
    ("change", "shown"),
    [("changed", "value 120 → 125"), ("gone", "outcome_id = b"), ("added", "outcome_id = d")],
)
def test_the_rows_of_a_release_are_shown_before_and_after(released: Place, change: str, shown: str) -> None:
    page = released.client().get("/releases/2/fct_outcome", params={"change": change}).text
    assert page.count('<section class="card change') == 1
    assert shown in words(page)
    assert "<script>9" not in page


def test_rows_of_an_unknown_table_or_kind_are_refused(released: Place) -> None:
    assert released.client().get("/releases/2/pg_class").status_code == 404
    assert released.client().get("/releases/2/fct_outcome?change=stolen").status_code == 400
    assert released.client().get("/releases/x").status_code == 400


def test_the_data_docs_are_linked_and_cannot_run_scripts(released: Place) -> None:
    page = released.client().get("/releases").text
    assert 'href="/docs/quality/"' in page
    assert 'href="/docs/dbt' not in page  # not built here
    answer = released.client().get("/docs/quality/")
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
