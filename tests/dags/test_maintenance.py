"""The maintenance DAG on a real stack's parts: what is old goes, reports and archive stay."""

import os
import time
from pathlib import Path

import psycopg

from svod.archive import Archive
from svod.config import Settings

AGES_AGO = "'2020-01-01'::timestamptz"


def rows(settings: Settings, query: str) -> list[tuple]:
    with psycopg.connect(settings.dsn("owner")) as conn:
        cursor = conn.execute(query)
        return cursor.fetchall() if cursor.description else []


def files(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


def test_a_night_of_maintenance(bag, stack, airflow_home) -> None:
    assert bag.dags["ingest__irkutsk_vestnik"].test().state == "success"
    archive = stack.home / "archive"
    before = files(archive)
    lines = {name for name in before if name.parts[0] == "lines"}
    assert lines
    task_log = airflow_home / "logs" / "dag_id=gone" / "attempt=1.log"
    task_log.parent.mkdir(parents=True)
    task_log.write_text("long ago")
    old = time.time() - 100 * 86400
    for path in (task_log, *(archive / name for name in before)):
        os.utime(path, (old, old))
    events = rows(stack, "select count(*) from raw.fetch_event")
    rows(stack, f"update raw.fetch_event set started_at = {AGES_AGO}")
    rows(stack, f"insert into ops.model_run values ('r', 'n', 'model', 'success', 1, 1, '', {AGES_AGO})")

    assert bag.dags["maintenance"].test().state == "success"

    assert files(archive) == before - lines  # bodies and manifests stay
    assert len(list(Archive(stack.archive).fetches())) == 1
    assert not task_log.exists()
    assert rows(stack, "select count(*) from raw.fetch_event") == events  # each the last of its address
    assert rows(stack, "select count(*) from ops.model_run where started_at < '2021-01-01'") == [(0,)]
    freshness = dict(rows(stack, "select node, status from ops.model_run where resource_type = 'source'"))
    assert len(freshness) == 2
    assert set(freshness.values()) <= {"pass", "warn", "error"}
