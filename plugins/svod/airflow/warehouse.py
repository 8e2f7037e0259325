"""The tasks of the warehouse DAG: resolve names, build the layers, audit the candidate, publish it.

The steps are imported where they run, to keep the reading of DAG files quick.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import Asset, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException

from svod.airflow import metrics
from svod.airflow.connections import dsn
from svod.errors import GateFailed, PublishRefused

MARTS = Asset("marts")
CHANGES = ("added", "changed", "gone")


@task
def resolve() -> dict[str, int]:
    """Give the names in new reports their canonical projects and partners."""
    from svod.steps import warehouse

    return warehouse.resolve(dsn("transformer"))


@task
def build(layer: str) -> dict[str, int]:
    """Build and test one dbt layer in process; every node's result goes to ops.model_run and the log."""
    from svod.steps import warehouse

    return warehouse.build(layer, run_id=_run_id(), dsn=dsn("transformer"))


@task
def gate() -> dict[str, int]:
    """Audit the candidate. A failed critical expectation ends the run: trying again would change nothing."""
    from svod.steps import warehouse

    try:
        result = warehouse.gate(run_id=_run_id(), dsn=dsn("transformer"))
        metrics.count("gate.passed")
        metrics.count("gate.warnings", result["warnings"])
        return result
    except GateFailed as error:
        metrics.count("gate.failed")
        raise AirflowFailException(str(error)) from error


@task(outlets=[MARTS])
def publish() -> dict[str, Any]:
    """Bring the audited candidate to the readers, as a delta in one transaction."""
    from svod.steps import warehouse

    try:
        with metrics.timed("publish"):
            published = warehouse.publish(run_id=_run_id(), dsn=dsn("transformer"))
        for change in CHANGES:
            metrics.count(f"published.{change}", published.get(change, 0))
        return published
    except PublishRefused as error:
        raise AirflowFailException(str(error)) from None


@task
def docs() -> str:
    """Bring dbt's documentation up to date, which the page of releases links to."""
    from svod.steps.dbt_docs import dbt_docs

    return str(dbt_docs(run_id=_run_id(), dsn=dsn("transformer")))


def _run_id() -> str:
    return str(get_current_context()["run_id"])
