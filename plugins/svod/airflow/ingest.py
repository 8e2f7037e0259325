"""The three tasks of an ingest DAG. Files of the archive pass between them; XCom carries only their names.

The steps are imported where they run: the DAG files are read every half minute, and must be read quickly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.sdk import Asset, CronTriggerTimetable, Param, get_current_context, get_parsing_context, task
from airflow.sdk.exceptions import AirflowFailException

from svod.airflow import metrics
from svod.airflow.addresses import INGEST
from svod.airflow.connections import dsn, secret
from svod.airflow.defaults import FETCH_POOL, clock
from svod.errors import SourceError
from svod.models import Outcome
from svod.sources import Source

if TYPE_CHECKING:
    from svod.fetch import Interval

RAW_REPORTS = Asset("raw.reports")


def backfill_params() -> dict[str, Param]:
    """Parameters of an ingest DAG: fill both to fetch what was published in those days, in one run."""
    day: dict[str, Any] = {"type": ["null", "string"], "format": "date"}
    return {
        "from": Param(None, title="Published from", description="First day of a backfill", **day),
        "to": Param(None, title="Published to", description="Last day of a backfill", **day),
    }


def clock_of(source: Source) -> CronTriggerTimetable | None:
    """By what a source's DAG runs; None while its file says `paused`: then only when somebody triggers it."""
    if source.paused:
        return None
    return clock(source.schedule.cron, source.schedule.timezone, source.schedule.longest_gap)


def wanted_source() -> str | None:
    """The one source that a task process needs; None when all DAGs are wanted."""
    dag_id = get_parsing_context().dag_id
    return dag_id.removeprefix(INGEST) if dag_id else None


@task(pool=FETCH_POOL)
def fetch(source_id: str) -> list[dict[str, Any]]:
    """Pull what is new into the archive; returns the batches to read, none when nothing is new.

    A backfill pulls what was published in its run's interval instead.
    """
    from svod.steps import ingest

    try:
        batches = ingest.fetch_run(
            source_id, run_id=_run_id(), dsn=dsn("loader"), secret=secret, interval=_interval(source_id)
        )
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


def _interval(source_id: str) -> Interval | None:
    """The days that a backfill's run is about, or that its parameters name. None for an ordinary run."""
    from svod.steps import ingest

    context = get_current_context()
    run, params = context["dag_run"], context["params"]
    if params["from"] or params["to"]:
        return ingest.named_interval(params["from"], params["to"])
    if run.run_type != "backfill" or run.data_interval_start is None or run.data_interval_end is None:
        return None
    return ingest.interval_between(source_id, run.data_interval_start, run.data_interval_end)


def _run_id() -> str:
    return str(get_current_context()["run_id"])
