"""What a demo says of its runs: of these and no others."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from tests.steps.conftest import MakeSettings
from tests.warehouse import reports
from tests.warehouse.conftest import PASSWORDS

from svod import warehouse
from svod.models import FetchResult, Outcome
from svod.steps.summary import SOURCES
from svod.warehouse import migrate

EARLY, LATE = (datetime(2026, 3, day, 6, tzinfo=UTC) for day in (1, 2))


def fetched(dsn: str, source_id: str, run: str, at: datetime, outcome: Outcome, reason: str = "") -> None:
    source = reports.SOURCE.model_copy(update={"id": source_id})
    event = replace(reports.fetch("list", run=run, at=at).events[0], source_id=source_id)
    event = replace(event, outcome=outcome, reason=reason)
    result = FetchResult(source_id=source_id, run_id=run, events=(event,), snapshots=(), items=())
    warehouse.load(dsn, source, result, [], (), reports.extractor(), mask=reports.hide_anna)


def test_only_the_runs_asked_about_are_told_of(make_settings: MakeSettings) -> None:
    settings = make_settings()
    migrate(settings.dsn("owner"), PASSWORDS)
    dsn = settings.dsn("loader")
    fetched(dsn, "speaks", "mine", EARLY, Outcome.OK)
    fetched(dsn, "speaks", "the clock's", LATE, Outcome.ERROR, "dns: no such host")
    fetched(dsn, "gone", "long ago", EARLY, Outcome.ERROR, "dns: no such host")
    fetched(dsn, "fails", "mine too", EARLY, Outcome.BLOCKED, "status_403")
    asked = {"speaks": "mine", "fails": "mine too", "silent": "asked nothing"}
    with warehouse.connect(settings.dsn("owner")) as conn:  # what dbt and the gate make is not looked at
        arguments = {"sources": list(asked), "runs": list(asked.values()), "built": None}
        found = {row[0]: row[1:6] for row in conn.execute(SOURCES, arguments)}
    assert found == {
        "fails": (0, 1, 0, 1, "blocked"),
        "silent": (0, 0, 0, 0, None),
        "speaks": (0, 1, 0, 0, None),
    }


def test_reports_are_counted_apart_from_the_requests_that_brought_them(make_settings: MakeSettings) -> None:
    settings = make_settings()
    migrate(settings.dsn("owner"), PASSWORDS)
    brought = reports.fetch("list", "a", "b", run="mine", seen=("c",))
    reads = [reports.report("a"), reports.report("b")]
    warehouse.load(
        settings.dsn("loader"),
        reports.SOURCE,
        brought,
        reads,
        (),
        reports.extractor(),
        mask=reports.hide_anna,
    )
    with warehouse.connect(settings.dsn("owner")) as conn:
        arguments = {"sources": [reports.SOURCE.id], "runs": ["mine"], "built": None}
        rows = conn.execute(f"select reports, requests from ({SOURCES}) as told", arguments).fetchall()
    assert rows == [(2, 4)]
