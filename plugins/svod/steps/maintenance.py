"""The daily steps that keep a stack small and known to be well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from svod.archive import Archive
from svod.config import DBT_PROJECT, Settings
from svod.steps import files
from svod.steps.backup import DAILY, make_backup, prune_backups
from svod.steps.warehouse import record
from svod.warehouse.dbt_runner import DbtError, NodeResult, run_dbt
from svod.warehouse.leftovers import drop_leftovers
from svod.warehouse.retention import forget, old_bodies

FRESHNESS = frozenset({"pass", "warn", "error"})  # anything else means: it could not be told


def back_up(*, owner: str) -> dict[str, object]:
    """The daily backup, without the archive's files; older daily ones than the settings keep are deleted."""
    settings = Settings()
    made = make_backup(owner, Archive(settings.archive), settings.backups, kind=DAILY)
    gone = prune_backups(settings.backups, keep=settings.keep_backups)
    return {"backup": str(made.folder), "rows": made.rows, "deleted": len(gone)}


def retain(*, owner: str, transformer: str) -> dict[str, int]:
    """Forget in the warehouse what is older than the settings say; counts of what is gone."""
    settings = Settings()
    now = datetime.now(UTC)
    forgotten = forget(
        owner,
        events_before=now - timedelta(days=settings.keep_event_days),
        runs_before=now - timedelta(days=settings.keep_run_days),
        keep_releases=settings.keep_releases,
    )
    leftovers = drop_leftovers(transformer, model_names(DBT_PROJECT))
    return asdict(forgotten) | {
        "tables_dropped": len(leftovers),
        "bodies": _forget_bodies(settings, owner, now),
    }


def _forget_bodies(settings: Settings, owner: str, now: datetime) -> int:
    """Delete archived bodies that are older than the settings keep them; how many. None unless one is set."""
    if settings.keep_body_days is None:
        return 0
    before = now - timedelta(days=settings.keep_body_days)
    bodies = old_bodies(owner, before=before, originals=settings.forget_originals)
    return Archive(settings.archive).forget_bodies(bodies, now)


def model_names(project: Path) -> set[str]:
    """What dbt may make: the names of all models and seeds."""
    models = {path.stem for path in (project / "models").rglob("*.sql")}
    return models | {path.stem for path in (project / "seeds").rglob("*.csv")}


def tidy(task_logs: Sequence[Path]) -> dict[str, int]:
    """Rotate the stack's own logs, delete old ones of tasks, and what steps handed over long ago."""
    settings = Settings()
    before = datetime.now(UTC) - timedelta(days=settings.keep_log_days)
    logs = [*(settings.home / "logs").glob("*.log"), *(settings.home / "postgres").glob("*.log")]
    return {
        "logs_rotated": files.rotate(logs),
        "logs_deleted": sum(files.delete_older(folder, before) for folder in task_logs),
        "archive_files_deleted": Archive(settings.archive).forget_transient(before),
    }


def freshness(*, run_id: str, dsn: str) -> dict[str, int]:
    """Ask dbt how old the newest rows of its sources are; a stale source is a result, not a failure.

    Every result goes to ops.model_run. Raises DbtError only when it could not be told.
    """
    try:
        nodes: Sequence[NodeResult] = run_dbt(
            ["source", "freshness"],
            project_dir=DBT_PROJECT,
            target_path=Settings().home / "dbt-freshness",  # beside a build that may be under way
            dsn=dsn,
            run_id=run_id,
        )
    except DbtError as error:
        if not error.nodes or any(node.status not in FRESHNESS for node in error.nodes):
            raise
        nodes = error.nodes
    record(dsn, run_id, nodes)
    return {status: sum(n.status == status for n in nodes) for status in sorted(FRESHNESS)}
