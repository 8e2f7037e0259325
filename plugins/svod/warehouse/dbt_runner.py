"""dbt in this process: builds or tests a part of the project and says what became of every node.

Nothing is written into the project's folder. Must not know Airflow, nor what the models mean. One call at a
time in a process (dbt keeps global state); calls in different processes need different target paths.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from svod.errors import WarehouseError

GOOD = frozenset({"success", "pass", "warn", "skipped", "no-op", "partial success"})
WITHOUT_NODES = frozenset({"parse", "debug", "docs", "clean", "deps"})
LAYERS: Mapping[str, tuple[str, ...]] = {
    "staging": ("resource_type:seed", "staging", "--threads", "4"),
    "intermediate": ("intermediate", "--threads", "4"),
    "marts": ("marts",),  # one thread: tables with foreign keys to each other deadlock when made side by side
}
BUILDING = (".sql", ".csv", "dbt_project.yml")
FIRST_FAILURES = 10  # named in the error's text; all of them are in `nodes`


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeResult:
    """What became of one node. `rows`: affected by a model, failing for a test; None where unknown."""

    node: str
    resource_type: str
    status: str
    seconds: float
    rows: int | None
    message: str | None
    started_at: datetime

    @property
    def failed(self) -> bool:
        return self.status not in GOOD


class DbtError(WarehouseError):
    """dbt could not start, selected nothing, or a node failed. `nodes` holds what had run."""

    def __init__(self, text: str, nodes: Sequence[NodeResult] = ()) -> None:
        super().__init__(text)
        self.nodes = tuple(nodes)


def layer_command(layer: str) -> list[str]:
    """The dbt command that builds and tests one layer in production; KeyError for another name.

    Unit tests say something about the SQL, not about the data: they are run by the project's tests.
    """
    return ["build", "--select", *LAYERS[layer], "--exclude-resource-type", "unit_test"]


def run_dbt(
    command: Sequence[str],
    *,
    project_dir: Path,
    target_path: Path,
    dsn: str,
    run_id: str,
    pages_url: str = "",
) -> list[NodeResult]:
    """Run `dbt <command>` as the role of the DSN; the result of every node, in the order they ended.

    `pages_url` is where the report pages are, for the evidence of each claim; without it a claim's evidence
    is the report's own address.
    DbtError if nothing was selected or a node failed (skipped nodes count only beside a failed one).
    """
    from dbt.cli.main import dbtRunner  # 1 s to import: only where dbt is run

    target_path.mkdir(parents=True, exist_ok=True)
    places = {"project-dir": project_dir, "profiles-dir": project_dir, "target-path": target_path}
    arguments = [*command, *(f"--{flag}={path}" for flag, path in places.items())]
    arguments += [f"--log-path={target_path / 'logs'}", "--no-use-colors"]
    with _variables(dsn, run_id, project_checksum(project_dir), pages_url):
        done = dbtRunner().invoke(arguments)
    nodes = [_node(result) for result in getattr(done.result, "results", None) or []]
    if done.exception is not None:
        raise DbtError(f"dbt {' '.join(command)}: {done.exception}", nodes) from done.exception
    failed = [node for node in nodes if node.failed]
    if failed or not done.success:
        raise DbtError(_failure_text(command, failed), nodes)
    if not nodes and command[0] not in WITHOUT_NODES:
        raise DbtError(f"dbt {' '.join(command)}: nothing was selected")
    return nodes


def project_checksum(project_dir: Path, endings: tuple[str, ...] = BUILDING) -> str:
    """A digest of the project's files with these endings: if not said, of all that decides what it builds."""
    digest = hashlib.sha256()
    for path in sorted(p for p in project_dir.rglob("*") if p.is_file() and p.name.endswith(endings)):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(project_dir)} {len(content)} ".encode() + content)
    return digest.hexdigest()


def record_nodes(conn: psycopg.Connection, run_id: str, nodes: Sequence[NodeResult]) -> None:
    """Add the results to ops.model_run; the same results again change nothing. The caller commits."""
    rows = [
        (run_id, n.node, n.resource_type, n.status, n.seconds, n.rows, n.message, n.started_at) for n in nodes
    ]
    with conn.cursor() as cursor:
        cursor.executemany(
            "insert into ops.model_run"
            " (run_id, node, resource_type, status, seconds, rows, message, started_at)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s) on conflict do nothing",
            rows,
        )


def _node(result: Any) -> NodeResult:
    node = result.node
    kind = str(node.resource_type)
    rows = result.failures if kind in ("test", "unit_test") else _rows_affected(result.adapter_response)
    started = [timing.started_at for timing in result.timing if timing.started_at is not None]
    return NodeResult(
        node=str(node.unique_id),
        resource_type=kind,
        status=str(result.status),
        seconds=float(result.execution_time),
        rows=rows,
        message=None if result.message is None else str(result.message),
        started_at=_utc(min(started)) if started else datetime.now(UTC),
    )


def _rows_affected(response: Mapping[str, Any] | None) -> int | None:
    rows = (response or {}).get("rows_affected")
    return rows if isinstance(rows, int) and rows >= 0 else None


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _failure_text(command: Sequence[str], failed: Sequence[NodeResult]) -> str:
    if not failed:
        return f"dbt {' '.join(command)} failed"
    shown = [
        f"{n.node} ({n.rows} failing rows)"
        if n.resource_type == "test" and n.rows
        else f"{n.node}: {n.message}"
        for n in failed[:FIRST_FAILURES]
    ]
    more = len(failed) - len(shown)
    return f"dbt {' '.join(command)}: " + "; ".join(shown) + (f"; and {more} more" if more else "")


@contextmanager
def _variables(dsn: str, run_id: str, checksum: str, pages_url: str) -> Iterator[None]:
    """What profiles.yml and the macros read, set for one call. dbt scrubs DBT_ENV_SECRET_* from its logs."""
    parts = conninfo_to_dict(dsn)
    wanted = {
        "SVOD_PG_HOST": str(parts.get("host") or "localhost"),
        "SVOD_PG_PORT": str(parts.get("port") or 5432),
        "SVOD_PG_USER": str(parts.get("user") or ""),
        "DBT_ENV_SECRET_SVOD_PG_PASSWORD": str(parts.get("password") or ""),
        "SVOD_PG_DBNAME": str(parts.get("dbname") or ""),
        "DBT_ENV_CUSTOM_ENV_RUN_ID": run_id,
        "SVOD_DBT_CHECKSUM": checksum + pages_url,  # other addresses are other rows
        "SVOD_DBT_PAGES_URL": pages_url,
    }
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
