"""The tasks of the warehouse DAG: resolve names, build the layers, audit the candidate, publish it.

The steps are imported where they run, to keep the reading of DAG files quick.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import Asset, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException

from svod.airflow.connections import dsn
from svod.errors import GateFailed, PublishRefused

MARTS = Asset("marts")


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
        return warehouse.gate(run_id=_run_id(), dsn=dsn("transformer"))
    except GateFailed as error:
        raise AirflowFailException(str(error)) from error


@task(outlets=[MARTS])
def publish() -> dict[str, Any]:
    """Bring the audited candidate to the readers, as a delta in one transaction."""
    from svod.steps import warehouse

    try:
        return warehouse.publish(run_id=_run_id(), dsn=dsn("transformer"))
    except PublishRefused as error:
        raise AirflowFailException(str(error)) from None


def _run_id() -> str:
    return str(get_current_context()["run_id"])
