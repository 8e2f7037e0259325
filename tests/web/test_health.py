"""How a source stands, in one word; one that is paused in its YAML but runs counts like any other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from svod.web.health import RegionState, State, regions, state_of
from svod.web.queries.sources import SourceRow
from svod.web.territories import load_territories

from .samples import NOW, SEED

DAILY = {"cron": "0 6 * * *", "timezone": "Europe/Moscow"}


def source(*, hours: float | None, paused: bool = True, failing: bool = False) -> SourceRow:
    """A source last asked so many hours ago."""
    last = None if hours is None else NOW - timedelta(hours=hours)
    return SourceRow(
        source_id="s",
        title="S",
        kind="rss",
        publisher_name=None,
        territory_oktmo=None,
        silence_days=30,
        paused=paused,
        schedule=DAILY,
        expected_min=1,
        expected_max=9,
        expected_period="month",
        last_at=last,
        last_run_id=None,
        last_outcome="ok",
        last_reason=None,
        good_at=last,
        failing_since=last if failing else None,
        last_report_at=last,
        known_since=NOW - timedelta(days=400),
    )


def test_one_whose_file_is_gone_is_neither_failing_nor_silent() -> None:
    gone = replace(source(hours=24 * 90, failing=True, paused=False), removed=True)
    assert state_of(gone, NOW) is State.REMOVED
    assert {r.state for r in regions([gone], load_territories(SEED), NOW)} == {RegionState.NONE}


@pytest.mark.parametrize(
    ("row", "state"),
    [
        (source(hours=None), State.PAUSED),
        (source(hours=None, paused=False), State.NEVER),
        (source(hours=1), State.OK),
        (source(hours=1, failing=True), State.FAILING),
        (source(hours=72), State.PAUSED),
        (source(hours=24 * 90), State.PAUSED),
        (source(hours=24 * 90, paused=False), State.SILENT),
        (source(hours=72, failing=True, paused=False), State.FAILING),
    ],
)
def test_state(row: SourceRow, state: State) -> None:
    assert state_of(row, NOW) is state
