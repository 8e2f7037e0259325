"""The three tasks of an ingest DAG. Files of the archive pass between them; XCom carries only their names.

The steps are imported where they run: the DAG files are read every half minute, and must be read quickly.
"""

from __future__ import annotations

from typing import Any

from airflow.sdk import Asset, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException

from svod.airflow import metrics
from svod.airflow.connections import dsn, secret
from svod.airflow.defaults import FETCH_POOL
from svod.errors import SourceError
from svod.models import Outcome

RAW_REPORTS = Asset("raw.reports")


@task(pool=FETCH_POOL)
def fetch(source_id: str) -> list[dict[str, Any]]:
    """Pull what is new into the archive; returns the batches to read, none when nothing is new."""
    from svod.steps import ingest

    try:
        batches = ingest.fetch_run(source_id, run_id=_run_id(), dsn=dsn("loader"), secret=secret)
        metrics.fetched(source_id, ingest.outcomes(source_id, _run_id()))
    except ingest.SourceFailed as failure:
        metrics.fetched(source_id, ingest.outcomes(source_id, _run_id()))
        if failure.outcome is Outcome.BLOCKED:  # asking again at once is what a block asks us not to do
            raise AirflowFailException(str(failure)) from failure
        raise
    return [batch.as_dict() for batch in batches]


@task(map_index_template="{{ task.op_kwargs['batch']['start'] }}")
def extract(source_id: str, batch: dict[str, Any]) -> str:
    """Read the reports of one batch; returns the archive's name of what was read."""
    from svod.steps import ingest

    return ingest.read_batch(source_id, ingest.Batch(**batch))


@task(trigger_rule="none_failed", outlets=[RAW_REPORTS])
def load(source_id: str, read: Any) -> dict[str, int]:
    """Load fetch events, documents and facts in one transaction; also when there was nothing new."""
    from svod.steps import ingest

    counts = ingest.load_run(source_id, run_id=_run_id(), reads=list(read or ()), dsn=dsn("loader"))
    metrics.loaded(source_id, counts)
    return counts


@task(retries=0)
def refuse(source_id: str, reason: str) -> None:
    """Fail the run of a source whose YAML cannot be used, so that its neighbours' DAGs still load."""
    raise SourceError(f"{source_id}: {reason}")


def _run_id() -> str:
    return str(get_current_context()["run_id"])
