"""Workers, Redis, PostgreSQL killed in the middle of a run: it still ends well, and nothing comes twice."""

from __future__ import annotations

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
    yield from open_lab(tmp_path_factory.mktemp("lab"), make_database, workers=2)


@pytest.mark.parametrize(
    ("source", "task"),
    [("magadan_sotsium", "fetch"), ("kirov_dobro43", "extract"), ("voronezh_sotszashchita", "load")],
)
def test_a_worker_is_killed_with_its_task(lab: Lab, source: str, task: str, report: Report) -> None:
    run = lab.start(source)
    pid = lab.wait_for(run, task)
    workers = {name: pid for name, pid in lab.state.processes.items() if name.startswith("worker-")}
    victim = kill_with_all_between(pid, workers)
    took = lab.ends(run, time.monotonic())
    report(f"celery: {victim} killed in {task} of {source}: green after {took:.0f} s")
    assert lab.attempts(run, task) >= 2
    assert loaded(lab.settings.dsn("owner"), source) == lab.undisturbed(source)
    assert took < RECOVERED_SECONDS


@pytest.mark.parametrize(
    ("part", "source"), [("redis", "irkutsk_vestnik"), ("postgres", "ukhta_nadezhda_vk")]
)
def test_a_server_restarts_in_the_middle_of_a_run(lab: Lab, part: str, source: str, report: Report) -> None:
    took = kill_in_extract(lab, part, source)
    report(f"celery: {part} killed in extract of {source}: green after {took:.0f} s")
