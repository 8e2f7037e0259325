"""A new extractor version over all stored reports, as a release of its own.

`plan` cuts what this code's extractor version has not read into parts, `read` reads them side by side,
`compare` sets its facts beside the promoted ones (`ops.reextraction`, `…_count`, `…_change`), `settle`
promotes or turns down. By itself it does so within the settings SVOD_PROMOTE_WITHIN and SVOD_REJECT_BEYOND;
else a person decides, with `./svod reextract promote | reject` or by a run of this DAG with the parameters
below. Until then, and after a rejection, the marts show the facts of the promoted version and no other. A
promotion starts the DAG warehouse.
"""

from datetime import timedelta

from airflow.sdk import DAG, Param

from svod.airflow import reextract
from svod.airflow.callbacks import report_run_failure
from svod.airflow.defaults import clock, deadline, default_args

with DAG(
    "reextract",
    dag_display_name="Re-extraction: read anew, compare, promote",
    description="A new extractor version over all stored reports, compared before the marts show it",
    doc_md=__doc__,
    schedule=clock("10 1 * * *", "Europe/Moscow"),
    catchup=False,
    is_paused_upon_creation=False,
    max_active_runs=1,
    max_active_tasks=4,
    dagrun_timeout=timedelta(days=3),
    deadline=deadline(hours=48),
    on_failure_callback=report_run_failure,
    default_args=default_args(execution_timeout=timedelta(hours=2)),
    params={
        "decision": Param("wait", enum=["wait", "promote", "reject"], description="wait: by the settings"),
        "reason": Param("", type="string", description="Why; recorded with the decision"),
    },
    tags=["svod", "reextract"],
):
    parts = reextract.plan()
    reextract.read.expand(part=parts) >> (compared := reextract.compare())
    compared >> reextract.settle(parts)
