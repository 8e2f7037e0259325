"""Loads into the scheduler what tasks need, before its workers are forked from it.

With the LocalExecutor every task is a fork of a fork of the scheduler: what the scheduler has imported, no
task imports again. Registered as a listener by svod_warmup_plugin.
"""

from __future__ import annotations

import sys
import time
from typing import Any

import structlog
from airflow.configuration import conf
from airflow.jobs.job import Job
from airflow.listeners import hookimpl

log = structlog.get_logger("svod.airflow")

SAMPLE = "За 2023 год в Пермском крае проект «Пример» помог 20 семьям."


@hookimpl
def on_starting(component: Any) -> None:
    """Airflow calls this in every process that starts; only a scheduler that forks its tasks is warmed up."""
    # a job does not know its own kind yet when this is called, so the command line has to tell
    in_scheduler = isinstance(component, Job) and "scheduler" in sys.argv
    if in_scheduler and conf.get("core", "executor") == "LocalExecutor":
        warm_up()


def warm_up() -> None:
    """Never raises: without it everything works, only slower."""
    began = time.monotonic()
    try:
        _import_all()
    except Exception as error:  # noqa: BLE001 - a convenience must not keep the scheduler from starting
        log.warning("warm-up failed", error=str(error))
    log.info("warmed up", seconds=round(time.monotonic() - began, 1))


def _import_all() -> None:
    import dbt.adapters.postgres
    import dbt.cli.main  # noqa: F401
    import great_expectations  # noqa: F401
    from airflow.sdk.listener import get_listener_manager

    import svod.steps.ingest
    import svod.steps.warehouse  # noqa: F401
    from svod.extract.reader import read_many
    from svod.models import ReportText

    read_many([ReportText(text=SAMPLE)])  # the language models are loaded when first used
    get_listener_manager()  # every task asks for it, and it loads all plugins
