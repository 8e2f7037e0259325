"""Svod's own counters beside Airflow's, through the same switch: OpenTelemetry or StatsD, or nowhere.

The switch is Airflow's: AIRFLOW__METRICS__OTEL_ON with OTEL_EXPORTER_OTLP_ENDPOINT, or
AIRFLOW__METRICS__STATSD_ON. Names: svod.fetch.<outcome>, svod.reports_read, svod.facts.<kind>,
svod.quarantined, svod.gate.<result>, svod.published.<change>, and the timer svod.publish.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from airflow.sdk.observability import stats

FACTS = ("projects", "partners", "metrics")


def count(name: str, n: int = 1, **tags: str) -> None:
    """Add to the counter svod.<name>."""
    if n:
        stats.incr(f"svod.{name}", n, tags=tags)


@contextmanager
def timed(name: str) -> Iterator[None]:
    """The time that the block takes, as svod.<name>."""
    with stats.timer(f"svod.{name}"):
        yield


def fetched(source_id: str, outcomes: Mapping[str, int]) -> None:
    for outcome, n in outcomes.items():
        count(f"fetch.{outcome}", n, source_id=source_id)


def loaded(source_id: str, counts: Mapping[str, int]) -> None:
    """What one load brought (see svod.warehouse.load)."""
    count("reports_read", counts["readings"], source_id=source_id)
    count("quarantined", counts["quarantined"], source_id=source_id)
    for kind in FACTS:
        count(f"facts.{kind}", counts[kind], source_id=source_id)
