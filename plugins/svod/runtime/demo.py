"""The demonstration: from nothing to published marts by the real scheduler, then everything is ended again.

Drives DAGs from outside, as a person in Airflow's interface would. Knows the names of the DAGs and nothing of
what their tasks do.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from svod.config import Settings
from svod.errors import ConfigError
from svod.runtime import control
from svod.runtime.rest import AirflowClient, Run
from svod.runtime.sites import SAMPLES
from svod.runtime.supervisor import State
from svod.sources.folders import files_in

WAREHOUSE = "warehouse"
INGEST = "ingest__"
FILES_SOURCE = "files"
RUN_SECONDS = 900.0
POLL_SECONDS = 0.7
CLOCK_SECONDS = 2.0  # in which the scheduler starts what is due in a DAG that is no longer paused
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class FailedTask:
    task: str
    log: str  # its last errors


@dataclass(frozen=True, slots=True)
class RunResult:
    """How one DAG run ended; `state` is Airflow's word, or the one it had when the time was over."""

    dag_id: str
    run_id: str
    state: str
    seconds: float
    failed: tuple[FailedTask, ...]

    @property
    def succeeded(self) -> bool:
        return self.state == "success"


@dataclass(frozen=True, slots=True)
class DemoResult:
    """`summary` is what svod.steps.summary says of the warehouse; None when its run failed."""

    runs: tuple[RunResult, ...]
    summary: dict[str, Any] | None
    state: State
    kept: bool
    seconds: float
    folder: Path | None = None  # of the reports, instead of sample sites
    files: int = 0  # in it

    @property
    def succeeded(self) -> bool:
        return all(run.succeeded for run in self.runs)


def run_demo(
    settings: Settings,
    *,
    files: Path | None = None,
    keep: bool = False,
    workers: int = 0,
    say: Progress = lambda _text: None,
) -> DemoResult:
    """Ingest the sample sites, or the reports in `files`, then build and publish the warehouse.

    A failed source does not keep the others from the warehouse. With `keep` the stack stays afterwards.
    """
    began = time.monotonic()
    settings, found = _with_files(settings, files)
    if found:
        say(f"reading {found} file{'s' * (found > 1)} of {settings.files_dir}")
    borrowed = control.Borrowed(settings, sample_sites=files is None, workers=workers, say=say)
    with borrowed as state:
        client = control.client(settings, state)
        ingests = [INGEST + source for source in ([FILES_SOURCE] if files else sample_sources())]
        say("waiting for Airflow to read the DAGs")
        client.wait_for_dags({*ingests, WAREHOUSE})
        # paused until the end: otherwise every source that is loaded begins a run of the warehouse of its own
        client.pause(WAREHOUSE)
        try:
            runs = run_all(client, ingests, say)
        finally:
            client.unpause(WAREHOUSE)
        runs += run_all(client, [WAREHOUSE], say)
        summary = _summary(settings, runs) if runs[-1].succeeded else None
        if keep:
            borrowed.keep()
    return DemoResult(
        tuple(runs),
        summary,
        state,
        keep,
        time.monotonic() - began,
        settings.files_dir if files else None,
        found,
    )


def sample_sources(folder: Path = SAMPLES) -> list[str]:
    """The ids of the bundled sample sites."""
    return sorted(config.parent.name for config in folder.glob("*/site.yml"))


def run_all(client: AirflowClient, dag_ids: Sequence[str], say: Progress) -> list[RunResult]:
    """Wait for one run of each of these DAGs, side by side; one that somebody has paused is switched on."""
    began = time.monotonic()
    waiting = {run.dag_id: run for run in _begin(client, dag_ids)}
    done: list[RunResult] = []
    told: dict[str, list[str]] = {}
    while waiting:
        time.sleep(POLL_SECONDS)
        over = time.monotonic() - began > RUN_SECONDS
        still_open = {run.run_id for run in client.open_runs(list(waiting))}
        for known in list(waiting.values()):
            if known.run_id not in still_open or over:
                del waiting[known.dag_id]
                run = client.run(known.dag_id, known.run_id)
                done.append(_result(client, run, time.monotonic() - began))
                say(f"{run.dag_id}: {run.state} after {done[-1].seconds:.0f} s")
        for dag_id, tasks in client.running_tasks(list(waiting)).items() if waiting else ():
            if told.get(dag_id) != tasks:
                told[dag_id] = tasks
                say(f"{dag_id}: {', '.join(tasks)}")
    return done


def _begin(client: AirflowClient, dag_ids: Sequence[str]) -> list[Run]:
    """One run of each. The clock starts one by itself when it has missed a time: then that is the one."""
    for dag_id in dag_ids:  # what their files leave to be triggered, the samples, no clock starts afterwards
        client.unpause(dag_id)
    time.sleep(CLOCK_SECONDS)
    begun = {run.dag_id: run for run in client.open_runs(dag_ids)}
    return [begun.get(dag_id) or client.trigger(dag_id) for dag_id in dag_ids]


def _result(client: AirflowClient, run: Run, seconds: float) -> RunResult:
    failed = [] if run.state == "success" else [t for t in client.tasks(run) if t.state == "failed"]
    return RunResult(
        run.dag_id,
        run.run_id,
        run.state,
        round(seconds, 1),
        tuple(FailedTask(task.name, client.log_tail(run, task)) for task in failed),
    )


def _with_files(settings: Settings, files: Path | None) -> tuple[Settings, int]:
    """Settings that read the reports in this folder, and how many files it holds."""
    if files is None:
        return settings, 0
    folder = files.expanduser().resolve()
    if not folder.is_dir():
        raise ConfigError(f"--files: {files} is no folder")
    found = len(files_in(folder))
    if not found:
        raise ConfigError(f"--files: {files} holds no file")
    return settings.model_copy(update={"files_dir": folder}), found


def _summary(settings: Settings, runs: Sequence[RunResult]) -> dict[str, Any]:
    from svod.steps.summary import summarise

    asked = {run.dag_id.removeprefix(INGEST): run.run_id for run in runs[:-1]}
    return summarise(settings.dsn("app"), asked, runs[-1].run_id)
