"""What happens when a task has failed for good, or a run is late: a line in the log and a row of ops.warning.

People are told of the rows once a day and topic (see svod.steps.digest): a night of failures is no storm.
"""

from __future__ import annotations

import asyncio
from typing import Any

import structlog

from svod.airflow.addresses import INGEST
from svod.airflow.connections import dsn
from svod.errors import Told

log = structlog.get_logger("svod.airflow")

MOST_REASON = 1000  # characters


def report_failure(context: dict[str, Any]) -> None:
    """Airflow failure callback. Never raises: a broken alert must not hide the failure itself."""
    instance = context.get("task_instance")
    error = context.get("exception")
    dag_id, task_id = getattr(instance, "dag_id", ""), getattr(instance, "task_id", "")
    run_id = getattr(instance, "run_id", "")
    log.error(
        "task failed",
        dag_id=dag_id,
        task_id=task_id,
        run_id=run_id,
        map_index=getattr(instance, "map_index", None),
        attempt=getattr(instance, "try_number", None),
        error_type=type(error).__name__,
        error=str(error),
    )
    if isinstance(error, Told) or isinstance(getattr(error, "__cause__", None), Told):
        return  # has rows of its own
    what = f"{type(error).__name__}: {error}" if isinstance(error, BaseException) else str(error or "killed")
    _keep("task_failure", dag_id, f"{dag_id}.{task_id}", run_id, f"{dag_id}.{task_id}: {what}")


def report_run_failure(context: dict[str, Any]) -> None:
    """DAG failure callback: for what no task tells: killed from outside, or out of time."""
    dag_id, run_id = context["dag"].dag_id, str(context["run_id"])
    reason = str(context.get("reason") or "failed")
    log.error("run failed", dag_id=dag_id, run_id=run_id, reason=reason)
    _keep("task_failure", dag_id, dag_id, run_id, f"{dag_id}: {run_id}: {reason}", only_news=True)


async def report_deadline(context: dict[str, Any], hours: float) -> None:
    """Deadline callback, run by the triggerer: this run has not ended within so many hours."""
    run = context["dag_run"]  # as the REST API gives it
    dag_id, run_id = str(run["dag_id"]), str(run["dag_run_id"])
    log.error("run is late", dag_id=dag_id, run_id=run_id, hours=hours)
    reason = f"{dag_id}: {run_id} has not ended within {hours:g} h"
    await asyncio.to_thread(_keep, "deadline", dag_id, dag_id, run_id, reason)


def _keep(topic: str, dag_id: str, key: str, run_id: str, reason: str, *, only_news: bool = False) -> None:
    """A row of ops.warning; with `only_news` not for a run whose failure other rows explain."""
    from svod import warehouse
    from svod.warehouse.notifications import is_known, warn

    source = dag_id.removeprefix(INGEST) if dag_id.startswith(INGEST) else None
    try:
        with warehouse.connect(dsn("transformer"), name="svod failure") as conn:
            if only_news and is_known(conn, run_id, source):
                return
            warn(
                conn,
                topic,
                key=key,
                severity="warning" if source else "critical",
                reason=reason[:MOST_REASON],
                source_id=source,
                run_id=run_id,
            )
    except Exception as error:  # noqa: BLE001 - the failure itself is in the log and in Airflow
        log.error("failure not kept in ops.warning", dag_id=dag_id, run_id=run_id, error=str(error))
