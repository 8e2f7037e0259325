"""What happens when a task has failed for good: one structured line that names what a person needs to act."""

from __future__ import annotations

from typing import Any

import structlog

log = structlog.get_logger("svod.airflow")


def report_failure(context: dict[str, Any]) -> None:
    """Airflow failure callback. Never raises: a broken alert must not hide the failure itself."""
    instance = context.get("task_instance")
    error = context.get("exception")
    log.error(
        "task failed",
        dag_id=getattr(instance, "dag_id", None),
        task_id=getattr(instance, "task_id", None),
        run_id=getattr(instance, "run_id", None),
        map_index=getattr(instance, "map_index", None),
        attempt=getattr(instance, "try_number", None),
        error_type=type(error).__name__,
        error=str(error),
    )
