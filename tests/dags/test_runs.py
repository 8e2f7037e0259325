"""Whole DAG runs in this process: real HTTP to the sample sites, real archive, real Postgres."""

from datetime import date

import psycopg
from tests.warehouse.conftest import PASSWORDS

from svod.config import Settings
from svod.steps.ingest import replay
from svod.warehouse import migrate

RAW = (
    "snapshot",
    "document",
    "document_version",
    "document_event",
    "project_mention",
    "partner_mention",
    "metric_mention",
    "quarantine",
)


def counts(settings: Settings) -> dict[str, int]:
    with psycopg.connect(settings.dsn("owner")) as conn:
        return {t: conn.execute(f"select count(*) from raw.{t}").fetchone()[0] for t in RAW}


def rows(settings: Settings, query: str) -> list[tuple]:
    with psycopg.connect(settings.dsn("owner")) as conn:
        return conn.execute(query).fetchall()


def test_a_source_is_fetched_read_and_loaded_once(bag, stack) -> None:
    dag = bag.dags["ingest__kirov_dobro43"]
    assert dag.test().state == "success"
    first = counts(stack)
    assert first["document"] >= 4
    assert first["metric_mention"] >= 10
    assert first["quarantine"] == 0
    assert dag.test().state == "success"
    assert counts(stack) == first
    outcomes = dict(rows(stack, "select outcome, count(*) from raw.fetch_event group by 1"))
    assert outcomes["not_modified"] >= 1
    assert set(outcomes) <= {"ok", "not_modified"}
    broken = rows(
        stack,
        "select quote from raw.metric_mention m join raw.document_version v using (version_id)"
        " where substr(v.clean_text, start_char + 1, end_char - start_char) <> quote",
    )
    assert broken == []


def test_a_source_that_is_down_is_red_and_says_why(bag, stack, monkeypatch) -> None:
    hosts = dict.fromkeys(["dobro43.example"], "127.0.0.1:9")  # nobody listens there
    monkeypatch.setenv("SVOD_HOSTS", str(hosts).replace("'", '"'))
    run = bag.dags["ingest__kirov_dobro43"].test()
    assert run.state == "failed"
    found = rows(stack, "select distinct outcome, reason from raw.fetch_event")
    assert {outcome for outcome, _ in found} == {"error"}
    assert all(reason for _, reason in found)
    assert counts(stack) == dict.fromkeys(RAW, 0)


def backfill(bag, **days: str) -> str:
    """The state of one run for these days."""
    dag = bag.dags["ingest__kirov_dobro43"]
    try:
        return dag.test(run_conf=days).state
    finally:
        for owner in (dag, *dag.tasks):  # in one process a run's parameters stay with their owners
            owner.params.update({"from": None, "to": None})


def test_a_backfill_brings_the_reports_of_its_days_and_no_others(bag, stack) -> None:
    """Three of the site's six reports; an ordinary run afterwards brings the rest."""
    days = {"from": "2022-01-01", "to": "2022-09-30"}
    assert backfill(bag, **days) == "success"
    published = "select published_on from raw.document_version order by 1"
    assert rows(stack, published) == [(date(2022, 2, 14),), (date(2022, 3, 25),), (date(2022, 8, 15),)]
    loaded = counts(stack)
    assert backfill(bag, **days) == "success"
    assert counts(stack) == loaded
    assert rows(stack, "select count(*) from ops.fetch_cursor") == [(0,)]
    assert bag.dags["ingest__kirov_dobro43"].test().state == "success"
    assert len(rows(stack, published)) == 6


def test_a_backfill_without_its_end_is_refused(bag, stack) -> None:
    assert backfill(bag, **{"from": "2022-01-01"}) == "failed"
    assert rows(stack, "select count(*) from raw.fetch_event") == [(0,)]


def test_the_archive_alone_rebuilds_what_was_loaded(bag, stack, make_database, monkeypatch) -> None:
    """Replayed into the same warehouse it adds nothing, into an empty one everything."""
    assert bag.dags["ingest__kirov_dobro43"].test().state == "success"
    monkeypatch.setenv("SVOD_HOSTS", "{}")  # no site within reach any more
    facts = "select metric_mention_id, value, unit, quote, start_char from raw.metric_mention order by 1"
    loaded = rows(stack, facts)
    assert len(loaded) >= 10
    for _, _, counts_of_run in replay("kirov_dobro43", dsn=stack.dsn("loader")):
        assert set(counts_of_run.values()) == {0}
    empty = make_database()
    migrate(empty, PASSWORDS)
    monkeypatch.setenv("SVOD_WAREHOUSE_DSN", empty)
    rebuilt = Settings()
    assert len(list(replay(None, dsn=rebuilt.dsn("loader")))) == 1
    assert rows(rebuilt, facts) == loaded
