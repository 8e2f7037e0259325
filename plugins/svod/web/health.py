"""What a source's last fetches say about it, in one word; and what its sources say about a region. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from svod.quality.warnings import due

from .queries.sources import SourceRow
from .territories import Territory, subject_of

PERIODS = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}


class State(StrEnum):
    """Worst first: the order in which the table shows them."""

    UNUSABLE = "unusable"  # its file has a mistake: each of its runs fails until that is mended
    FAILING = "failing"  # nothing could be fetched since the last good fetch
    SILENT = "silent"  # fetched well, but no new report for longer than the source allows
    NEVER = "never"  # not fetched yet
    OK = "ok"
    PAUSED = "paused"  # nobody asks it, on purpose
    REMOVED = "removed"  # its file is gone; what it brought stays


class RegionState(StrEnum):
    """Of a federal subject, by the sources that are neither paused nor removed."""

    FAILING = "failing"  # none of its sources could be fetched
    SILENT = "silent"  # fetched, but nothing new for too long
    PARTLY = "partly"  # some sources do well
    OK = "ok"
    WAITING = "waiting"  # sources are described, none has been fetched yet
    NONE = "none"  # no source


@dataclass(frozen=True, slots=True)
class Region:
    """A federal subject on the grid. `good_at`: latest good fetch of any of its sources."""

    territory: Territory
    state: RegionState
    sources: int
    good_at: datetime | None
    report_at: datetime | None


def state_of(source: SourceRow, now: datetime) -> State:
    if source.removed:
        return State.REMOVED
    if source.unusable:
        return State.UNUSABLE
    if source.last_at is None:
        return State.PAUSED if source.paused else State.NEVER
    if source.paused and not _is_asked(source, source.last_at, now):
        return State.PAUSED
    if source.failing_since is not None:
        return State.FAILING
    if silent_for(source, now) > timedelta(days=source.silence_days):
        return State.SILENT
    return State.OK


def _is_asked(source: SourceRow, last_at: datetime, now: datetime) -> bool:
    """Whether somebody runs a source that is paused in its YAML."""
    return source.schedule is not None and last_at >= due(source.schedule, now)


def silent_for(source: SourceRow, now: datetime) -> timedelta:
    """How long the source has brought nothing new: since its last report, or since it was first asked."""
    return now - (source.last_report_at or source.known_since)


def failing_for(source: SourceRow, now: datetime) -> timedelta | None:
    return now - source.failing_since if source.failing_since else None


def volume_since(source: SourceRow, now: datetime) -> datetime | None:
    """Where the period begins in which the source's volume is counted; None when it is counted by run."""
    length = PERIODS.get(source.expected_period)
    return now - length if length else None


def regions(
    sources: Iterable[SourceRow], territories: Mapping[str, Territory], now: datetime
) -> list[Region]:
    """Every federal subject with its state, in the order of the territories given."""
    by_subject: dict[str, list[SourceRow]] = {}
    for source in (s for s in sources if not s.removed):
        subject = subject_of(source.territory_oktmo)
        if subject is not None:
            by_subject.setdefault(subject, []).append(source)
    return [_region(territory, by_subject.get(oktmo, []), now) for oktmo, territory in territories.items()]


def _region(territory: Territory, sources: list[SourceRow], now: datetime) -> Region:
    good = max((s.good_at for s in sources if s.good_at), default=None)
    report = max((s.last_report_at for s in sources if s.last_report_at), default=None)
    return Region(territory, _region_state([state_of(s, now) for s in sources]), len(sources), good, report)


def _region_state(states: list[State]) -> RegionState:
    if not states:
        return RegionState.NONE
    asked = [s for s in states if s not in {State.NEVER, State.PAUSED}]
    if not asked:
        return RegionState.WAITING
    if all(s is State.OK for s in asked):
        return RegionState.OK
    if State.OK in asked:
        return RegionState.PARTLY
    return RegionState.SILENT if State.SILENT in asked else RegionState.FAILING
