"""What every DAG of Svod has in common: owner, retries with backoff, time limits, failure callback."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import AsyncCallback, CronTriggerTimetable, DeadlineAlert, DeadlineReference  # type: ignore[attr-defined]

from svod.airflow.callbacks import report_deadline, report_failure

FETCH_POOL = "fetch"


def default_args(owner: str = "svod", **overrides: Any) -> dict[str, Any]:
    """Task arguments for a DAG's `default_args`; the keywords replace single ones."""
    return {
        "owner": owner,
        # 5–10 s, 20–40 s, 80–160 s: a killed worker costs little, a site that is down is given minutes
        "retries": 3,
        "retry_delay": timedelta(seconds=5),
        "retry_exponential_backoff": 4.0,
        "max_retry_delay": timedelta(minutes=30),
        "execution_timeout": timedelta(minutes=30),
        "on_failure_callback": report_failure,
        **overrides,
    }


def deadline(hours: float) -> DeadlineAlert:
    """People are told of a run that has not ended so long after it was queued; the run itself goes on."""
    return DeadlineAlert(
        DeadlineReference.DAGRUN_QUEUED_AT,
        timedelta(hours=hours),
        AsyncCallback(report_deadline, {"hours": hours}),
    )


def clock(
    cron: str, timezone: str, covers: timedelta = timedelta(0), *, at_once: bool = False
) -> CronTriggerTimetable:
    """A run at each tick from now on: unpausing starts nothing, as a start date would.

    `covers` is the time before its tick that a run stands for: its data interval. `at_once`: a DAG that never
    ran does not wait for its first tick.
    """
    return CronTriggerTimetable(
        cron, timezone=timezone, interval=covers, run_immediately=at_once or timedelta(0)
    )
