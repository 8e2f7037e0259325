"""The process that holds a stack: starts it, starts again what dies, ends it all when told to or when alone.

Run as `python -m svod.runtime.supervisor`. It tells its state in <home>/stack.json. With `--lifeline` its
standard input is a pipe from the one who asked: the word `keep` lets the stack stay, the pipe's end ends it.
"""

from __future__ import annotations

import argparse
import json
import os
import select
import signal
import sys
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Literal

from svod.config import Settings
from svod.errors import SvodError
from svod.runtime.airflow import USER
from svod.runtime.processes import restart_dead
from svod.runtime.stack import Stack

LOOK_SECONDS = 1.0
Phase = Literal["starting", "ready", "failed", "stopped"]


@dataclass(slots=True)
class State:
    """What others may know of a stack. `message` is the step of a start, or why it failed."""

    pid: int
    phase: Phase
    message: str = ""
    since: str = ""
    airflow_url: str = ""
    airflow_user: str = USER
    processes: dict[str, int] = field(default_factory=dict)
    sites: dict[str, str] = field(default_factory=dict)  # sample host → where it is served
    data: str = ""  # where PostgreSQL keeps its data

    def write(self, home: Path) -> None:
        fresh = home / "stack.json.new"
        fresh.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1))
        fresh.replace(home / "stack.json")


def read_state(home: Path) -> State | None:
    try:
        return State(**json.loads((home / "stack.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None


class _Stop(BaseException):
    """A signal asked for the end."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample-sites", action="store_true")
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--lifeline", action="store_true")
    options = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _raise_stop)
    settings = Settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    state = State(os.getpid(), "starting", since=datetime.now(UTC).isoformat(timespec="seconds"))

    def say(text: str) -> None:
        state.message = text
        state.write(settings.home)
        print(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {text}", flush=True)

    stack = Stack(settings, sample_sites=options.sample_sites, workers=options.workers, say=say)
    try:
        stack.start()
        _tell_ready(state, stack, settings.home)
        _watch(stack, state, settings.home, lifeline=options.lifeline)
    except _Stop:
        state.phase = "stopped"
    except SvodError as error:
        state.phase = "failed"
        state.message = str(error)
        print(error, flush=True)
    finally:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # ending is under way
        stack.stop()
        state.write(settings.home)
    return 1 if state.phase == "failed" else 0


def _tell_ready(state: State, stack: Stack, home: Path) -> None:
    assert stack.airflow is not None
    state.phase = "ready"
    state.message = ""
    state.airflow_url = stack.airflow.url
    state.processes = {child.name: child.pid for child in stack.airflow.children if child.pid is not None}
    if stack.postgres is not None:
        state.data = str(stack.postgres.place.data) if stack.postgres.place else ""
        state.processes["postgres"] = stack.postgres.pid
    if stack.broker is not None and stack.broker.child is not None:
        state.processes["redis"] = stack.broker.child.pid or 0
    if stack.sites is not None:
        state.sites = dict(stack.sites.hosts)
    state.write(home)


def _watch(stack: Stack, state: State, home: Path, *, lifeline: bool) -> None:
    """Until a signal comes or the lifeline ends."""
    while True:
        if lifeline:
            lifeline = _still_needed()
        else:
            time.sleep(LOOK_SECONDS)
        assert stack.airflow is not None
        told = restart_dead(stack.airflow.children)
        if stack.broker is not None and stack.broker.child is not None:
            told += restart_dead([stack.broker.child])
        if stack.postgres is not None and not stack.postgres.running:
            told.append("PostgreSQL ended")
            stack.postgres.restart()
        for text in told:
            print(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {text}: started again", flush=True)
        if told:
            _tell_ready(state, stack, home)


def _still_needed() -> bool:
    """Whether the lifeline has to be looked at again: not after `keep`. Its end raises _Stop."""
    readable, _, _ = select.select([sys.stdin], [], [], LOOK_SECONDS)
    if not readable:
        return True
    if sys.stdin.readline().strip() == "keep":
        return False
    raise _Stop


def _raise_stop(_number: int, _frame: FrameType | None) -> None:
    raise _Stop


if __name__ == "__main__":
    sys.exit(main())
