"""What about a source is out of the ordinary: one small rule a topic over how it stood on a day. Pure.

A cause is told once: a failing source is not also silent, a silent one not also below its volume.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import comb
from typing import Any, Literal
from zoneinfo import ZoneInfo

from croniter import croniter

from svod.warehouse.standings import Fill, Standing, Volume

Topic = Literal["volume", "fill", "silent_source", "failing_source", "silent_region"]
Severity = Literal["info", "warning", "critical"]

CRITICAL_AFTER = 3  # days of nothing but failures
LEAST_REPORTS = (5, 20)  # latest, before: with fewer, a share says nothing
LEAST_FALL = 0.25  # of a share
CHANCE = 0.001  # a fall that chance alone would bring more often is not reported


@dataclass(frozen=True, slots=True)
class Notice:
    """One warning. `source_id` is None when it is not about one source; `detail` is the figures behind it."""

    topic: Topic
    source_id: str | None
    severity: Severity
    reason: str
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Observed:
    """What the rules look at: every source as it stood at `until`, the end of the day."""

    until: datetime
    standings: Sequence[Standing]
    volumes: Mapping[str, Volume]
    fills: Mapping[str, Sequence[Fill]]


def judge(observed: Observed) -> list[Notice]:
    """All warnings of a day."""
    notices = [n for s in observed.standings for n in _of_source(s, observed)]
    return [*notices, *_silent_regions(observed.standings, notices, observed.until)]


def _of_source(source: Standing, observed: Observed) -> Iterator[Notice]:
    if _left_alone(source, observed.until):
        return
    ill = _failing(source) or _overdue(source, observed.until) or _silent(source, observed.until)
    if ill is not None:
        yield ill
        if ill.topic == "failing_source":
            return
    if (volume := observed.volumes.get(source.source_id)) is not None:
        yield from _volume(source, volume, observed.until, silent=ill is not None)
    falls = [f for f in observed.fills.get(source.source_id, ()) if _has_fallen(f)]
    if falls:
        yield _fill(source, falls)


def _left_alone(source: Standing, until: datetime) -> bool:
    """Paused, and so not asked on purpose. A source that is paused in its YAML may run all the same."""
    return bool(source.config.get("paused")) and _overdue(source, until) is not None


def _failing(source: Standing) -> Notice | None:
    if source.failing_since is None:
        return None
    days = source.days_failing
    return Notice(
        "failing_source",
        source.source_id,
        "critical" if days >= CRITICAL_AFTER else "warning",
        f"nothing could be fetched for {_days(days)}: {source.last_reason or source.last_outcome}",
        {
            "days_failing": days,
            "failing_since": source.failing_since.isoformat(),
            "last_good_at": source.last_good_at.isoformat() if source.last_good_at else None,
            "last_outcome": source.last_outcome,
            "last_reason": source.last_reason,
        },
    )


def due(schedule: Mapping[str, str], until: datetime) -> datetime:
    """Who has not been asked since this moment is not asked at all: two times of the schedule have passed."""
    ticks = croniter(schedule["cron"], until.astimezone(ZoneInfo(schedule["timezone"])))
    ticks.get_prev(datetime)
    last: datetime = ticks.get_prev(datetime)
    return last


def _overdue(source: Standing, until: datetime) -> Notice | None:
    """A source that nobody asks."""
    if source.last_at is None:
        return None
    since = due(source.config["schedule"], until)
    if source.last_at >= since:
        return None
    return Notice(
        "failing_source",
        source.source_id,
        "warning",
        f"not asked since {source.last_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC, though its schedule says so",
        {"last_at": source.last_at.isoformat(), "due_at": since.isoformat()},
    )


def _silent(source: Standing, until: datetime) -> Notice | None:
    allowed = int(source.config["expected"]["silence_days"])
    if source.last_good_at is None:
        return None
    since = source.last_report_at or source.known_since
    silent = until - since
    if silent <= timedelta(days=allowed):
        return None
    return Notice(
        "silent_source",
        source.source_id,
        "warning",
        f"fetched well, but no new report for {_days(silent.days)} ({_days(allowed)} are normal)",
        {
            "silent_days": silent.days,
            "silence_days": allowed,
            "last_report_at": source.last_report_at.isoformat() if source.last_report_at else None,
            "last_good_at": source.last_good_at.isoformat(),
        },
    )


def _volume(source: Standing, volume: Volume, until: datetime, *, silent: bool) -> Iterator[Notice]:
    """Too few or too many. A source younger than its period has no full period to be judged by."""
    if source.known_since > source.period_start(until):
        return
    expected = source.config["expected"]
    low, high, period = int(expected["min_items"]), int(expected["max_items"]), source.period
    detail = {"period": period, "min_items": low, "max_items": high}
    if volume.fewest < low and not silent:
        reason = f"{volume.fewest} new reports a {period}, at least {low} are expected"
        yield Notice("volume", source.source_id, "warning", reason, detail | {"reports": volume.fewest})
    elif volume.most > high:
        reason = f"{volume.most} new reports a {period}, at most {high} are expected"
        yield Notice("volume", source.source_id, "warning", reason, detail | {"reports": volume.most})


def _has_fallen(fill: Fill) -> bool:
    if fill.latest < LEAST_REPORTS[0] or fill.before < LEAST_REPORTS[1]:
        return False
    before = (fill.before_filled + 1) / (fill.before + 2)  # that it never lacked is no proof that it can't
    latest = fill.latest_filled / fill.latest
    return before - latest >= LEAST_FALL and _at_most(fill.latest_filled, fill.latest, before) < CHANCE


def _at_most(successes: int, trials: int, share: float) -> float:
    """The chance of at most so many successes, when each trial succeeds with probability `share`."""
    return sum(comb(trials, k) * share**k * (1 - share) ** (trials - k) for k in range(successes + 1))


def _fill(source: Standing, falls: Sequence[Fill]) -> Notice:
    parts = [
        f"{f.field} in {f.latest_filled} of the last {f.latest}, before in {f.before_filled} of {f.before}"
        for f in falls
    ]
    detail = {
        f.field: {
            "latest": f.latest,
            "latest_filled": f.latest_filled,
            "before": f.before,
            "before_filled": f.before_filled,
        }
        for f in falls
    }
    return Notice("fill", source.source_id, "warning", "; ".join(parts), detail)


def _silent_regions(
    standings: Iterable[Standing], notices: Iterable[Notice], until: datetime
) -> Iterator[Notice]:
    """One for all regions of which no source speaks. Sources that nobody asks don't count."""
    ill = {n.source_id for n in notices if n.topic in {"silent_source", "failing_source"}}
    by_region: dict[str, list[str]] = {}
    for source in standings:
        region = source.config["territory"].get("iso")
        if region and source.last_at and (source.source_id in ill or not _left_alone(source, until)):
            by_region.setdefault(region, []).append(source.source_id)
    silent = {region: ids for region, ids in sorted(by_region.items()) if all(i in ill for i in ids)}
    if silent:
        reason = f"no source speaks for {len(silent)} of {len(by_region)} regions: {', '.join(silent)}"
        yield Notice("silent_region", None, "warning", reason, {"regions": silent, "asked": len(by_region)})


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
