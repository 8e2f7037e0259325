"""Warnings over a history of fetches that went through the real loader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from svod.models import FetchResult, Outcome, ReadReport, ReportFacts
from svod.sources import Source
from svod.steps.warnings import raise_warnings
from svod.warehouse import load

from . import reports
from .conftest import Warehouse

DAY = date(2026, 3, 20)
MORNING = datetime(2026, 3, 20, 6, tzinfo=UTC)
NO_FILES = Path("/no/such/folder")  # sources as they were loaded
EMPTY = ReportFacts(regions=(), published=None, publisher=None, projects=(), partners=(), metrics=())


def source(name: str = "kind_region", **changes: object) -> Source:
    expected = {"period": "month", "max_items": 1000, "silence_days": 30, **changes.pop("expected", {})}  # type: ignore[dict-item]
    settings = reports.SOURCE.model_dump(mode="json") | {"id": name, "expected": expected} | changes
    return Source.model_validate(settings)


def fetched(
    warehouse: Warehouse,
    src: Source,
    days_ago: float,
    reads: Sequence[ReadReport] = (),
    *,
    outcome: Outcome = Outcome.OK,
    reason: str = "",
) -> None:
    """One fetch so many days before MORNING, with these reports in it."""
    at = MORNING - timedelta(days=days_ago)
    result = reports.fetch("list", run=f"{src.id}-{days_ago}", at=at)
    event = replace(result.events[0], source_id=src.id, outcome=outcome, reason=reason)
    mine = [replace(r, item=replace(r.item, source_id=src.id)) for r in reads]
    result = FetchResult(source_id=src.id, run_id=result.run_id, events=(event,), snapshots=(), items=())
    load(warehouse.loader, src, result, mine, (), reports.extractor(), mask=reports.hide_anna)


def some(
    count: int, prefix: str, facts: ReportFacts | None = None, published: datetime | None = None
) -> list[ReadReport]:
    made = (reports.report(f"{prefix}{n}", f"{reports.TEXT} {prefix} {n}", facts) for n in range(count))
    return [replace(r, item=replace(r.item, published=published)) for r in made]


def raised(
    warehouse: Warehouse, day: date = DAY, folder: Path = NO_FILES
) -> list[tuple[str, str | None, str]]:
    """(topic, source, severity) of a day; what the step returns and what the table holds are the same."""
    notices = raise_warnings(warehouse.transformer, day, folder)
    rows = warehouse.rows("select topic, source_id, severity from ops.warning where day = %s", day)
    found = [(n.topic, n.source_id, n.severity) for n in notices]
    assert sorted(rows, key=str) == sorted(found, key=str)
    return sorted(found, key=str)


def reason(warehouse: Warehouse, topic: str) -> str:
    return str(warehouse.rows("select reason from ops.warning where topic = %s", topic)[0][0])


def test_a_source_as_expected_raises_nothing(warehouse: Warehouse) -> None:
    for days_ago in (40, 20, 1, 0):
        fetched(warehouse, source(), days_ago, some(1, f"d{days_ago}-"))
    assert raised(warehouse) == []
    assert warehouse.rows("select days_failing, failing_since from ops.source_standing") == [(0, None)]


@pytest.mark.parametrize(("days", "severity"), [(1, "warning"), (2, "warning"), (3, "critical")])
def test_a_failing_source_says_since_when_and_why(warehouse: Warehouse, days: int, severity: str) -> None:
    fetched(warehouse, source(), days, some(1, "a"))
    for days_ago in range(days - 1, -1, -1):
        fetched(warehouse, source(), days_ago, outcome=Outcome.BLOCKED, reason="challenge: a captcha")
    assert ("failing_source", "kind_region", severity) in raised(warehouse)
    assert reason(warehouse, "failing_source").endswith("challenge: a captcha")
    [(detail,)] = warehouse.rows("select detail from ops.warning where topic = 'failing_source'")
    assert (detail["days_failing"], detail["last_good_at"][:10]) == (  # type: ignore[index]
        days,
        str(DAY - timedelta(days=days)),
    )


def test_a_day_is_judged_by_what_was_known_at_its_end(warehouse: Warehouse) -> None:
    fetched(warehouse, source(), 2, some(1, "a"))
    fetched(warehouse, source(), 1, outcome=Outcome.ERROR, reason="dns: no such host")
    fetched(warehouse, source(), 0, some(1, "b"))
    assert raised(warehouse, DAY - timedelta(days=2)) == []
    assert ("failing_source", "kind_region", "warning") in raised(warehouse, DAY - timedelta(days=1))
    assert raised(warehouse) == []


def test_raising_twice_keeps_the_same_rows(warehouse: Warehouse) -> None:
    fetched(warehouse, source(), 1, some(1, "a"))
    fetched(warehouse, source(), 0, outcome=Outcome.ERROR, reason="status_500")
    raised(warehouse)
    before = warehouse.rows("select t::text from ops.warning as t order by 1")
    raised(warehouse)
    assert warehouse.rows("select t::text from ops.warning as t order by 1") == before
    assert len(before) == 2


def test_a_silent_source_is_told_once_and_not_as_too_few_reports_too(warehouse: Warehouse) -> None:
    quiet = source(expected={"silence_days": 10, "min_items": 1})
    for days_ago in (40, 20, 1, 0):
        fetched(warehouse, quiet, days_ago, some(1, "a") if days_ago == 40 else ())
    assert raised(warehouse) == [
        ("silent_region", None, "warning"),
        ("silent_source", "kind_region", "warning"),
    ]
    assert "for 40 days (10 days are normal)" in reason(warehouse, "silent_source")
    [(detail,)] = warehouse.rows("select detail from ops.warning where topic = 'silent_region'")
    assert detail == {"regions": {"RU-MUR": ["kind_region"]}, "asked": 1}


def test_a_region_with_one_source_that_speaks_is_not_silent(warehouse: Warehouse) -> None:
    quiet = source(expected={"silence_days": 3})
    for days_ago in (9, 0):
        fetched(warehouse, quiet, days_ago, some(1, "a") if days_ago == 9 else ())
        fetched(warehouse, source("another"), days_ago, some(1, f"n{days_ago}-"))
    assert raised(warehouse) == [("silent_source", "kind_region", "warning")]


def test_a_source_that_nobody_asks_any_more_is_noticed_unless_it_is_paused(warehouse: Warehouse) -> None:
    fetched(warehouse, source(), 5, some(1, "a"))
    fetched(warehouse, source("resting", paused=True), 5, some(1, "b"))
    fetched(warehouse, source("weekly", schedule={"cron": "@weekly"}), 5, some(1, "c"))
    assert raised(warehouse) == [("failing_source", "kind_region", "warning")]
    assert "not asked since 2026-03-15 06:00 UTC" in reason(warehouse, "failing_source")


def test_files_say_what_is_asked_not_the_last_load(warehouse: Warehouse, tmp_path: Path) -> None:
    """A source whose file is gone, or was paused since, is left alone; one whose file broke is not."""
    names = ("gone", "paused_since", "paused_no_more", "broken", "asked")
    for name in names:
        src = source(name, territory={"iso": "RU-KIR"}, paused=name == "paused_no_more")
        fetched(warehouse, src, 5, some(1, name))
        text = yaml.safe_dump(src.model_dump(mode="json") | {"paused": name == "paused_since"})
        (tmp_path / f"{name}.yml").write_text(text + "politness: {}\n" * (name == "broken"))
    (tmp_path / "gone.yml").unlink()
    assert raised(warehouse, folder=tmp_path) == [
        ("failing_source", "asked", "warning"),
        ("failing_source", "broken", "warning"),
        ("failing_source", "paused_no_more", "warning"),
        ("silent_region", None, "warning"),
    ]
    for name in ("broken", "paused_no_more", "asked"):
        (tmp_path / f"{name}.yml").unlink()
    warehouse.rows("delete from ops.warning returning 1")
    assert raised(warehouse, folder=tmp_path) == []


@pytest.mark.parametrize(
    ("period", "low", "high", "words"),
    [
        ("day", 3, 9, "2 new reports a day, at least 3"),
        ("week", 7, 90, "6 new reports a week, at least 7"),
        ("month", 0, 7, "8 new reports a month, at most 7"),
        ("run", 0, 1, "2 new reports a run, at most 1"),
        ("run", 3, 9, "2 new reports a run, at least 3"),
    ],
)
def test_a_volume_outside_of_what_is_expected(
    warehouse: Warehouse, period: str, low: int, high: int, words: str
) -> None:
    src = source(expected={"period": period, "min_items": low, "max_items": high})
    for days_ago in (32, 20, 5, 2, 0):
        fetched(warehouse, src, days_ago, some(2, f"d{days_ago}-"))
    assert raised(warehouse) == [("volume", "kind_region", "warning")]
    assert words in reason(warehouse, "volume")


def test_history_that_is_read_back_is_no_volume(warehouse: Warehouse) -> None:
    src = source(expected={"period": "day", "max_items": 5})
    fetched(warehouse, src, 9, some(1, "first"))
    long_ago = MORNING - timedelta(days=400)
    fetched(warehouse, src, 0, [*some(1, "new"), *some(30, "old", published=long_ago)])
    assert raised(warehouse) == []


def test_a_young_source_is_not_yet_judged_by_a_month(warehouse: Warehouse) -> None:
    src = source(expected={"period": "month", "min_items": 5})
    fetched(warehouse, src, 1, some(1, "a"))
    fetched(warehouse, src, 0)
    assert raised(warehouse) == []


def test_a_fall_of_the_fields_that_are_filled(warehouse: Warehouse) -> None:
    fetched(warehouse, source(), 60, some(25, "old"))
    fetched(warehouse, source(), 11, some(25, "later"))
    fetched(warehouse, source(), 10, some(10, "new", EMPTY))
    fetched(warehouse, source(), 0, some(12, "newest", EMPTY))
    assert raised(warehouse) == [("fill", "kind_region", "warning")]
    assert "facts in 0 of the last 20, before in 50 of 52" in reason(warehouse, "fill")
    [(detail,)] = warehouse.rows("select detail from ops.warning")
    assert set(detail) == {"published", "facts", "project", "partner", "period", "beneficiary"}  # type: ignore[call-overload]
    assert raised(warehouse, DAY - timedelta(days=11)) == []


def test_a_few_empty_reports_are_no_fall(warehouse: Warehouse) -> None:
    fetched(warehouse, source(), 60, some(40, "old"))
    fetched(warehouse, source(), 0, [*some(8, "full"), *some(3, "empty", EMPTY)])
    assert raised(warehouse) == []
