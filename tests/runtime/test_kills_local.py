"""Scheduler, tasks, PostgreSQL killed in the middle of a run: it still ends well, and nothing comes twice."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator

import pytest
from tests.runtime.lab import (
    RECOVERED_SECONDS,
    Lab,
    Report,
    kill_in_extract,
    kill_with_all_between,
    loaded,
    open_lab,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lab(make_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    yield from open_lab(tmp_path_factory.mktemp("lab"), make_database, workers=0)


@pytest.mark.parametrize(
    ("source", "task", "whole_line"),
    [
        ("magadan_sotsium", "extract", False),
        ("kirov_dobro43", "extract", True),
        ("voronezh_sotszashchita", "load", True),
    ],
)
def test_the_scheduler_is_killed(lab: Lab, source: str, task: str, whole_line: bool, report: Report) -> None:
    """Alone, or together with the task that it runs; the supervisor starts it again."""
    run = lab.start(source)
    pid = lab.wait_for(run, task)
    scheduler = lab.state.processes["scheduler"]
    if whole_line:
        kill_with_all_between(pid, {"scheduler": scheduler})
    else:
        os.kill(scheduler, signal.SIGKILL)
    took = lab.ends(run, time.monotonic())
    what = "scheduler and task" if whole_line else "scheduler"
    report(f"local: {what} killed in {task} of {source}: green after {took:.0f} s")
    assert loaded(lab.settings.dsn("owner"), source) == lab.undisturbed(source)
    assert lab.state.processes["scheduler"] != scheduler
    assert took < RECOVERED_SECONDS


def test_a_task_is_killed(lab: Lab, report: Report) -> None:
    source = "ukhta_nadezhda_vk"
    run = lab.start(source)
    os.kill(lab.wait_for(run, "extract"), signal.SIGKILL)
    took = lab.ends(run, time.monotonic())
    report(f"local: a task killed in extract of {source}: green after {took:.0f} s")
    assert loaded(lab.settings.dsn("owner"), source) == lab.undisturbed(source)
    assert took < RECOVERED_SECONDS


def test_postgres_restarts_in_the_middle_of_a_run(lab: Lab, report: Report) -> None:
    source = "irkutsk_vestnik"
    took = kill_in_extract(lab, "postgres", source)
    report(f"local: PostgreSQL killed in extract of {source}: green after {took:.0f} s")
