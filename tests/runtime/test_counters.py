"""Svod's counters leave through Airflow's own switch, over a real socket to a collector."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .collector import Collector

# Runs in a process of its own: importing Airflow changes the one that does.
COUNT = """
from airflow.sdk.observability import stats
from airflow.sdk.observability.metrics.stats_utils import get_stats_factory
stats.initialize(factory=get_stats_factory(), export_legacy_names=True)
from svod.airflow import metrics
metrics.fetched("kirov_dobro43", {"ok": 9, "blocked": 1})
read = {"readings": 6, "quarantined": 0, "projects": 6, "partners": 14, "metrics": 25}
metrics.loaded("kirov_dobro43", read)
read = {"readings": 4, "quarantined": 1, "projects": 3, "partners": 2, "metrics": 25}
metrics.loaded("irkutsk_vestnik", read)
with metrics.timed("publish"):
    metrics.count("gate.passed")
"""
SENT = {
    "fetch.ok": 9,
    "fetch.blocked": 1,
    "reports_read": 10,
    "quarantined": 1,
    "facts.projects": 9,
    "facts.partners": 16,
    "facts.metrics": 50,
    "gate.passed": 1,
}


@pytest.fixture
def collector() -> Iterator[Collector]:
    made = Collector()
    yield made
    made.shutdown()
    made.server_close()


def test_every_counter_arrives(collector: Collector, tmp_path: Path) -> None:
    own = {
        "AIRFLOW_HOME": str(tmp_path),
        "AIRFLOW__METRICS__OTEL_ON": "True",
        "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url,
        "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
        "PYTHONPATH": str(Path(__file__).parents[2] / "plugins"),
        "NO_PROXY": "127.0.0.1",
    }
    subprocess.run([sys.executable, "-c", COUNT], env=os.environ | own, check=True, timeout=120)
    prefix = "airflow.svod."
    found = {n.removeprefix(prefix): v for n, v in collector.counts.items() if n.startswith(prefix)}
    assert found == SENT
