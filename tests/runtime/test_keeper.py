"""What a killed supervisor leaves behind: nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from svod.config import CHECKOUT
from svod.runtime.keeper import Keeper, group_alive, marked
from svod.runtime.processes import Child, stop_all

# A supervisor with one child; the child has a child in a session of its own, as Airflow's tasks have, and
# both refuse to end when asked.
SUPERVISOR = """
import sys, time
from pathlib import Path
from svod.runtime.keeper import Keeper
from svod.runtime.processes import Child
keeper = Keeper()
child = Child("stubborn", [sys.executable, "-c", sys.argv[1]], {"PATH": ""}, Path(sys.argv[2]), keeper)
child.start()
print(keeper.mark, child.pid, flush=True)
time.sleep(600)
"""
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
time.sleep(600)
"""


def alive(mark: str) -> list[int]:
    """The marked processes that still run."""
    running = []
    for pid in marked(mark):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            continue
        if state != "Z":
            running.append(pid)
    return running


def wait_for(condition: bool, check: object, seconds: float = 20.0) -> bool:
    deadline = time.monotonic() + seconds
    assert callable(check)
    while time.monotonic() < deadline:
        if bool(check()) is condition:
            return True
        time.sleep(0.05)
    return False


def test_nothing_survives_a_killed_supervisor(tmp_path: Path) -> None:
    supervisor = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, STUBBORN, str(tmp_path / "log")],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT / "plugins")},
    )
    assert supervisor.stdout is not None
    mark = supervisor.stdout.readline().split()[0]
    assert wait_for(True, lambda: len(alive(mark)) == 2), "child and grandchild should run"
    supervisor.send_signal(signal.SIGKILL)
    supervisor.wait()
    assert wait_for(False, lambda: alive(mark)), "stubborn processes should have been killed"


def test_a_group_that_was_forgotten_is_left_alone(tmp_path: Path) -> None:
    keeper = Keeper()
    bystander = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True
    )
    try:
        keeper.watch(bystander.pid)
        keeper.forget(bystander.pid)
        keeper.dismiss()
        assert bystander.poll() is None
        assert group_alive(bystander.pid)
    finally:
        bystander.kill()
        bystander.wait()
    assert not group_alive(bystander.pid)


def test_stop_all_waits_once_for_all_and_then_insists(tmp_path: Path) -> None:
    keeper = Keeper()
    command = [sys.executable, "-c", STUBBORN]
    children = [Child(name, command, {"PATH": ""}, tmp_path / name, keeper) for name in ("a", "b")]
    for child in children:
        child.start()
    assert wait_for(True, lambda: len(alive(keeper.mark)) == 4)
    began = time.monotonic()
    stop_all(children, grace=1.0)
    assert time.monotonic() - began < 10.0
    assert all(child.pid is None for child in children)
    keeper.dismiss()
    assert wait_for(False, lambda: alive(keeper.mark))


def test_a_childs_last_words_are_those_of_this_start(tmp_path: Path) -> None:
    keeper = Keeper()
    log = tmp_path / "log"
    log.write_text("from an earlier start\n")
    child = Child(
        "talker", [sys.executable, "-c", "print('to the point'); raise SystemExit(3)"], {}, log, keeper
    )
    child.start()
    assert wait_for(True, lambda: child.exit_code == 3)
    assert child.output() == "to the point"
    stop_all([child], grace=0.0)
    keeper.dismiss()
