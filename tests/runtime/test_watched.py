"""What the real stack tells who watches it: its counters, a run past its deadline, a task that was killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from tests.runtime.collector import Collector

from svod.config import Settings
from svod.runtime import control
from svod.runtime.demo import run_all
from svod.runtime.rest import AirflowClient
from svod.runtime.stack import embedded_postgres

pytestmark = pytest.mark.slow

DAG_FILE = """
import time
from datetime import timedelta
from airflow.sdk import DAG, task
from svod.airflow.callbacks import report_run_failure
from svod.airflow.defaults import deadline, default_args

@task
def slow(seconds: float) -> None:
    time.sleep(seconds)

with DAG("test_late", schedule=None, deadline=deadline(hours=2 / 3600), default_args=default_args()):
    slow(9)

at_failure = {"default_args": default_args(retries=0), "on_failure_callback": report_run_failure}
with DAG("test_killed", schedule=None, **at_failure):
    slow(600)
"""
SOURCE = "kirov_dobro43"


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    made = Collector()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture(scope="module")
def settings(collector: Collector, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    folder = tmp_path_factory.mktemp("watched")
    (folder / "dags").mkdir()
    (folder / "dags" / "test_dags.py").write_text(DAG_FILE)
    for name in ("ingest.py", "sources"):
        (folder / "dags" / name).symlink_to(Path(__file__).parents[2] / "dags" / name)
    settings = Settings(home=folder / "home", dags_dir=folder / "dags")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AIRFLOW__METRICS__OTEL_ON", "True")
        patch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url)
        patch.setenv("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
        patch.setenv("OTEL_METRIC_EXPORT_INTERVAL", "1000")
        control.up(settings, sample_sites=True)
        yield settings
        control.down(settings)
    embedded_postgres(settings).remove()


@pytest.fixture
def client(settings: Settings) -> AirflowClient:
    state = control.status(settings)
    assert state is not None
    client = control.client(settings, state)
    client.wait_for_dags({"test_late", "test_killed", f"ingest__{SOURCE}"})
    return client


def warnings(settings: Settings, topic: str, seconds: float = 60) -> list[tuple[object, ...]]:
    """The rows of a topic, as soon as there is one."""
    until = time.monotonic() + seconds
    while True:
        with psycopg.connect(settings.dsn("app")) as conn:
            rows = conn.execute(
                "select source_id, severity, reason from ops.warning where topic = %s", (topic,)
            ).fetchall()
        if rows or time.monotonic() > until:
            return rows
        time.sleep(0.5)


def test_counters_go_where_airflows_go(
    settings: Settings, client: AirflowClient, collector: Collector
) -> None:
    (result,) = run_all(client, [f"ingest__{SOURCE}"], print)
    assert result.succeeded, result.failed
    with psycopg.connect(settings.dsn("app")) as conn:
        outcomes = dict(conn.execute("select outcome, count(*) from raw.fetch_event group by 1").fetchall())
        (reports,) = conn.execute("select count(*) from raw.version_extraction").fetchone() or (0,)
        (facts,) = conn.execute("select count(*) from raw.metric_mention").fetchone() or (0,)
    until = time.monotonic() + 20
    while "airflow.svod.facts.metrics" not in collector.counts and time.monotonic() < until:
        time.sleep(0.5)
    found = {name: n for name, n in collector.counts.items() if ".svod." in name}
    assert found["airflow.svod.reports_read"] == reports > 0
    assert found["airflow.svod.facts.metrics"] == facts > 0
    assert {k.rpartition(".")[2]: n for k, n in found.items() if ".fetch." in k} == outcomes
    assert any(not name.startswith("airflow.svod.") for name in collector.counts), "Airflow's own, too"


def test_a_run_past_its_deadline_is_told_and_goes_on(settings: Settings, client: AirflowClient) -> None:
    (result,) = run_all(client, ["test_late"], print)
    assert result.succeeded
    ((source, severity, reason),) = warnings(settings, "deadline")
    assert (source, severity) == (None, "critical")
    assert str(reason).startswith("test_late: ")


def test_a_killed_task_without_retries_is_told(settings: Settings, client: AirflowClient) -> None:
    client.unpause("test_killed")
    run = client.trigger("test_killed")
    until = time.monotonic() + 60
    pid = None
    while pid is None and time.monotonic() < until:
        tasks = client._send("GET", f"/dags/{run.dag_id}/dagRuns/{run.run_id}/taskInstances")
        pid = next((t["pid"] for t in tasks["task_instances"] if t["state"] == "running"), None)
        time.sleep(0.2)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    ((source, severity, reason),) = warnings(settings, "task_failure")
    assert (source, severity) == (None, "critical")
    assert str(reason).startswith("test_killed")
