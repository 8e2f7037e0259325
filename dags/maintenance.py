"""Once a day, at night: what is kept is kept small, and what has gone quiet is noticed.

`warnings` judges yesterday, source by source, and `tell` tells people. `freshness` records how old the
newest rows are, `backup` keeps the warehouse as it is before `retention` forgets what the settings
SVOD_KEEP_… say, `logs` rotates and deletes log files, `airflow_history` cleans Airflow's own tables. Reports,
facts and decisions are never deleted; bodies of the archive only if SVOD_KEEP_BODY_DAYS is set. Every task
may run at any time, and twice.
"""

from datetime import timedelta

from airflow.sdk import DAG, chain

from svod.airflow import alerts, maintenance
from svod.airflow.callbacks import report_run_failure
from svod.airflow.defaults import clock, deadline, default_args

with DAG(
    "maintenance",
    dag_display_name="Maintenance: freshness, backup, retention, logs",
    description="Backs the warehouse up; keeps it, its logs and Airflow's own tables small",
    doc_md=__doc__,
    schedule=clock("40 3 * * *", "Europe/Moscow"),
    catchup=False,
    is_paused_upon_creation=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=4),
    deadline=deadline(hours=3),
    on_failure_callback=report_run_failure,
    default_args=default_args(),
    tags=["svod", "maintenance"],
):
    alerts.warnings() >> alerts.tell()
    maintenance.freshness()
    chain(maintenance.backup(), maintenance.retention())
    maintenance.logs()
    maintenance.airflow_history()
