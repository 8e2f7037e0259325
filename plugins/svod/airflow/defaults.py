"""What every DAG of Svod has in common: owner, retries with backoff, time limits, failure callback."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import CronTriggerTimetable

from svod.airflow.callbacks import report_failure

FETCH_POOL = "fetch"


def default_args(owner: str = "svod", **overrides: Any) -> dict[str, Any]:
    """Task arguments for a DAG's `default_args`; the keywords replace single ones."""
    return {
        "owner": owner,
        "retries": 2,
        "retry_delay": timedelta(seconds=30),
        "retry_exponential_backoff": 2.0,
        "max_retry_delay": timedelta(minutes=30),
        "execution_timeout": timedelta(minutes=30),
        "on_failure_callback": report_failure,
        **overrides,
    }


def clock(cron: str, timezone: str) -> CronTriggerTimetable:
    """A run at each tick from now on: unpausing starts nothing, as a start date would."""
    return CronTriggerTimetable(cron, timezone=timezone, run_immediately=timedelta(0))
