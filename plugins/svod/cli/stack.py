"""`demo`, `up`, `down`, `status`, `airflow`: the embedded stack."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from svod.config import Settings

Json = Annotated[bool, typer.Option("--json", help="Machine-readable output and nothing else.")]

FIRST_QUERY = (
    "select project_name, fact_status, kind, value_text, unit, quote from marts.fct_outcome"
    " order by published_on, report_id, quote_start"
)
ALL_TO_AIRFLOW = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


class Executor(StrEnum):
    local = "local"
    celery = "celery"


ExecutorOption = Annotated[
    Executor, typer.Option(help="Where tasks run: below the scheduler, or in Celery workers beside a Redis.")
]
Workers = Annotated[int | None, typer.Option(min=1, help="How many Celery workers; 2 if not said.")]


def register(app: typer.Typer) -> None:
    for command in (demo, up, down, status):
        app.command()(command)
    app.command(context_settings=ALL_TO_AIRFLOW)(airflow)


def demo(
    files: Annotated[
        Path | None, typer.Option(help="Read the reports in this folder instead of the sample sites.")
    ] = None,
    as_json: Json = False,
    keep: Annotated[bool, typer.Option("--keep", help="Leave the stack running afterwards.")] = False,
    executor: ExecutorOption = Executor.local,
    workers: Workers = None,
) -> None:
    """From nothing to a published warehouse: Postgres, Airflow, five sample sites, all DAGs."""
    from svod.cli.progress import Progress
    from svod.cli.report import print_demo
    from svod.runtime.demo import run_demo

    settings, count = Settings(), _celery_workers(executor, workers)
    with Progress(silent=as_json) as progress:
        result = run_demo(settings, files=files, keep=keep, workers=count, say=progress.say)
    where = _places(settings, result.state.airflow_url if keep else None)
    if as_json:
        _print_json(asdict(result) | {"succeeded": result.succeeded, "where": where})
    else:
        print_demo(result, where)
    if not result.succeeded:
        raise typer.Exit(1)


def up(as_json: Json = False, executor: ExecutorOption = Executor.local, workers: Workers = None) -> None:
    """Start the stack and leave it running; the same again changes nothing."""
    from svod.cli.progress import Progress
    from svod.runtime import control

    settings, count = Settings(), _celery_workers(executor, workers)
    with Progress(silent=as_json) as progress:
        state = control.up(settings, workers=count, say=progress.say)
    _print_state(settings, asdict(state), as_json)


def down(
    delete: Annotated[
        bool, typer.Option("--delete", help="Delete the embedded PostgreSQL with all its data too.")
    ] = False,
) -> None:
    """Stop the stack; data stays, unless --delete is given."""
    from svod.runtime import control
    from svod.runtime.stack import embedded_postgres

    settings = Settings()
    print("stopped" if control.down(settings) else "not running")
    if delete:
        cluster = embedded_postgres(settings)
        if cluster.folder.is_dir():
            cluster.remove()
            print(f"deleted: the PostgreSQL of {cluster.folder}")
        else:
            print(f"nothing to delete: no PostgreSQL in {cluster.folder}")


def status(as_json: Json = False) -> None:
    """Say what runs, and where; exit code 1 unless it is ready."""
    from svod.runtime import control

    settings = Settings()
    state = control.status(settings)
    if state is None:
        print("{}" if as_json else "not running: start it with `./svod up`")
        raise typer.Exit(1)
    if state.phase != "ready" and not as_json:
        print(f"{state.phase}: {state.message}" if state.message else state.phase)
    else:
        _print_state(settings, asdict(state), as_json)
    if state.phase != "ready":
        raise typer.Exit(1)


def airflow(context: typer.Context) -> None:
    """Airflow's own command line against the running stack: `./svod airflow dags list`."""
    from svod.runtime import control

    raise typer.Exit(control.airflow(Settings(), context.args))


def _celery_workers(executor: Executor, workers: int | None) -> int:
    """0 without Celery."""
    if executor is Executor.celery:
        return 2 if workers is None else workers
    if workers is not None:
        raise typer.BadParameter("workers are Celery's: add --executor celery", param_hint="--workers")
    return 0


def _places(settings: Settings, airflow_url: str | None) -> dict[str, str]:
    """Where to look and how to come in; without a running Airflow, what still works."""
    from svod.runtime.airflow import USER
    from svod.steps.warehouse import docs_dir

    places = {
        "Query": f'./svod sql "{FIRST_QUERY}"',
        "Data Docs": str(docs_dir(settings) / "index.html"),
        "Files": str(settings.home),
    }
    if airflow_url is None:
        return places | {"Airflow": "stopped; `./svod up` starts it, `./svod demo --keep` leaves it running"}
    return places | {
        "Airflow": f"{airflow_url}  {USER} / {settings.secret('airflow.admin')}",
        "Postgres": settings.dsn("reader"),
        "Stop": "./svod down",
    }


def _print_state(settings: Settings, state: dict[str, Any], as_json: bool) -> None:
    places = _places(settings, state["airflow_url"])
    if as_json:
        _print_json(state | {"where": places})
        return
    for name, place in places.items():
        print(f"{name:<10} {place}")
    if state["data"]:
        print(f"{'Data':<10} {state['data']}")
    print("Processes  " + ", ".join(f"{name} {pid}" for name, pid in state["processes"].items()))


def _print_json(value: Any) -> None:
    """Decimals as numbers, everything else that JSON does not know (dates, paths) as text."""

    def plain(each: Any) -> Any:
        return float(each) if isinstance(each, Decimal) else str(each)

    json.dump(value, sys.stdout, ensure_ascii=False, indent=1, default=plain)
    print()
