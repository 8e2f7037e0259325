"""One DAG a source file: pull its reports, read them, load what was read.

The file alone says whether the clock runs a source: Airflow heeds `paused` only when it first sees a DAG.
"""

from airflow.sdk import DAG

from svod.airflow import ingest
from svod.airflow.callbacks import report_run_failure
from svod.airflow.defaults import clock, deadline, default_args
from svod.airflow.docs import source_page
from svod.config import Settings
from svod.sources import load_sources

# a task reads its own source alone: with thousands of files all of them would cost it half a minute
sources, broken = load_sources(Settings().sources_dir, only=ingest.wanted_source())

for source in sources.values():
    with DAG(
        f"ingest__{source.id}",
        dag_display_name=f"{source.title}: fetch, extract, load",
        description=source.title,
        doc_md=source_page(source),
        schedule=ingest.clock_of(source),
        catchup=False,
        is_paused_upon_creation=False,
        max_active_runs=1,
        deadline=deadline(hours=3),
        on_failure_callback=report_run_failure,
        default_args=default_args(source.owner),
        params=ingest.backfill_params(),
        tags=["svod", "ingest", source.kind, source.territory.iso or "RU"],
    ):
        batches = ingest.fetch(source.id)
        ingest.load(source.id, ingest.extract.partial(source_id=source.id).expand(batch=batches))

for source_id, error in broken.items():
    with DAG(
        f"ingest__{source_id}",
        description="This source's file cannot be used",
        doc_md=f"The file of this source cannot be used:\n\n```\n{error}\n```",
        schedule=clock("0 6 * * *", "UTC", at_once=True),
        catchup=False,
        is_paused_upon_creation=False,
        max_active_runs=1,
        on_failure_callback=report_run_failure,
        default_args=default_args(),
        tags=["svod", "ingest", "broken"],
    ):
        ingest.refuse(source_id, str(error))
