"""The tasks of the maintenance DAG. All of them can be run at any time, beside any other DAG, and twice.

The steps are imported where they run, to keep the reading of DAG files quick.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from airflow.configuration import conf
from airflow.sdk import get_current_context, task

from svod.airflow.connections import database, dsn
from svod.config import Settings, inherited_environment
from svod.errors import WarehouseError

OUTPUT = 2000  # characters of a failed command's output that its error shows


@task
def freshness() -> dict[str, int]:
    """How old the newest rows of raw are, by dbt's own rules; results go to ops.model_run."""
    from svod.steps import maintenance

    return maintenance.freshness(run_id=str(get_current_context()["run_id"]), dsn=dsn("transformer"))


@task
def backup() -> dict[str, object]:
    """Back the warehouse up, with the archive's list; the last few are kept."""
    from svod.steps import maintenance

    return maintenance.back_up(owner=dsn("owner"))


@task
def retention() -> dict[str, int]:
    """Forget old attempts, results and roll-backs, and drop tables that no model makes any more."""
    from svod.steps import maintenance

    return maintenance.retain(owner=dsn("owner"), transformer=dsn("transformer"))


@task
def logs() -> dict[str, int]:
    """Rotate the stack's logs, delete old task logs and what steps have handed over."""
    from svod.steps import maintenance

    return maintenance.tidy([Path(conf.get("logging", "base_log_folder"))])


@task
def airflow_history() -> str:
    """Clean old runs out of Airflow's own tables, by Airflow's own command; the last of each DAG stays."""
    before = datetime.now(UTC) - timedelta(days=Settings().keep_run_days)
    clean = ["db", "clean", "--clean-before-timestamp", before.isoformat(), "--skip-archive", "--yes"]
    done = subprocess.run(
        [sys.executable, "-m", "airflow", *clean],
        # a task may not see Airflow's database: the command is told where it is
        env=inherited_environment(
            {
                "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": database("svod_airflow", "postgresql+psycopg2"),
                "_AIRFLOW_PROCESS_CONTEXT": "server",
            }
        ),
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    if done.returncode != 0:
        raise WarehouseError(f"airflow db clean failed:\n{(done.stdout + done.stderr)[-OUTPUT:]}")
    return before.isoformat()
