"""What others see of a stack that somebody is just starting: here a lock and a state, with nothing behind."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Timer

import pytest
from tests.cli.running import svod

from svod.config import Settings
from svod.errors import RuntimeStartError
from svod.runtime import control
from svod.runtime.stack import hold_stack
from svod.runtime.supervisor import State


def test_a_second_up_waits_for_the_first_and_status_says_how_far_it_is(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    ready = State(os.getpid(), "ready", airflow_url="http://127.0.0.1:1")
    lock = hold_stack(tmp_path)
    State(os.getpid(), "starting", "starting Airflow").write(tmp_path)

    told = svod(tmp_path, "status")
    Timer(0.3, ready.write, [tmp_path]).start()
    steps: list[str] = []

    assert (told.stdout, told.returncode) == ("starting: starting Airflow\n", 1)
    assert control.up(settings, say=steps.append) == ready
    assert steps == ["starting Airflow"]
    lock.close()


def test_a_start_that_is_broken_off_is_an_error_of_whoever_waits_for_it(tmp_path: Path) -> None:
    lock = hold_stack(tmp_path)
    State(os.getpid(), "starting", "starting Airflow").write(tmp_path)
    Timer(0.3, lock.close).start()

    with pytest.raises(RuntimeStartError, match="stopped while it was starting"):
        control.up(Settings(home=tmp_path))
