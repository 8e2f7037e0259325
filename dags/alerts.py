"""Once an hour: people hear of a failed task, a held-back release or a missed deadline the same day.

The first message of a topic goes out within the hour; what happens to the topic later that day waits for the
next, so that a bad night is no storm. Which channels, SVOD_ALERT_CHANNELS says; without one nothing is sent.
"""

from datetime import timedelta

from airflow.sdk import DAG

from svod.airflow import alerts
from svod.airflow.callbacks import report_run_failure
from svod.airflow.defaults import clock, default_args

with DAG(
    "alerts",
    dag_display_name="Alerts: tell people",
    description="Tells people, once a day and topic, what they have not been told",
    doc_md=__doc__,
    schedule=clock("15 * * * *", "UTC"),
    catchup=False,
    is_paused_upon_creation=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(minutes=50),
    on_failure_callback=report_run_failure,
    default_args=default_args(),
    tags=["svod", "alerts"],
):
    alerts.tell()
