"""Raw reports to published marts: resolve → staging → intermediate → marts → gate → publish → docs.

Runs when sources have loaded something or a new reading of the texts was promoted, and once a day: a day on
which all sources are silent must be noticed too. One run at a time; the publish step is a no-op when the
candidate equals what is published.
"""

from datetime import timedelta

from airflow.sdk import DAG, AssetOrTimeSchedule, chain

from svod.airflow import warehouse
from svod.airflow.callbacks import report_run_failure
from svod.airflow.defaults import clock, deadline, default_args
from svod.airflow.ingest import RAW_REPORTS
from svod.airflow.reextract import PROMOTED_READINGS

LAYERS = ["staging", "intermediate", "marts"]

with DAG(
    "warehouse",
    dag_display_name="Warehouse: resolve, build, audit, publish",
    description="Raw reports to published marts",
    doc_md=__doc__,
    schedule=AssetOrTimeSchedule(
        timetable=clock("30 6 * * *", "Europe/Moscow"), assets=RAW_REPORTS | PROMOTED_READINGS
    ),
    catchup=False,
    is_paused_upon_creation=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=4),
    deadline=deadline(hours=2),
    on_failure_callback=report_run_failure,
    default_args=default_args(),
    tags=["svod", "warehouse"],
):
    chain(
        warehouse.resolve(),
        *[warehouse.build.override(task_id=layer)(layer) for layer in LAYERS],
        warehouse.gate(),
        warehouse.publish(),
        warehouse.docs(),
    )
