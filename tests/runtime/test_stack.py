"""The whole stack, once: it starts, answers on loopback alone, runs a DAG, and dies without leaving anything.

The DAGs are this test's own: what Svod's DAGs do is tested where they are.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from svod.config import Settings, inherited_environment
from svod.errors import RuntimeStartError
from svod.runtime import control
from svod.runtime.demo import run_all
from svod.runtime.keeper import MARK
from svod.runtime.stack import embedded_postgres, warehouse
from svod.runtime.supervisor import State

DAG_FILE = """
from datetime import timedelta
import os
import subprocess
from airflow.sdk import DAG, Connection, task

@task
def good() -> str:
    import psycopg
    dsn = "postgresql" + Connection.get("svod_loader").get_uri().removeprefix("postgres").removeprefix("ql")
    with psycopg.connect(dsn) as connection:
        return connection.execute("select current_user").fetchone()[0]

@task(pool="fetch")
def bad() -> None:
    raise RuntimeError("the reason that people need")

@task
def long() -> None:
    subprocess.run(["sleep", "600"], start_new_session=True)

for name, function in (("good", good), ("bad", bad), ("long", long)):
    with DAG(f"test_{name}", schedule=None):
        function()
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("a stack")
    (folder / "dags").mkdir()
    (folder / "dags" / "test_dags.py").write_text(DAG_FILE)
    return Settings(home=folder / "home", dags_dir=folder / "dags")


@pytest.fixture(scope="module")
def state(settings: Settings) -> Iterator[State]:
    yield control.up(settings)
    control.down(settings)
    embedded_postgres(settings).remove()  # under root its data may lie outside the temporary folder


def descendants_by_mark(pid: int) -> set[int]:
    """All processes that carry the same stack's mark as `pid`, which is not the supervisor itself."""
    environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    (mark,) = (entry for entry in environment if entry.startswith(MARK.encode()))
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if mark in (entry / "environ").read_bytes().split(b"\0"):
                    found.add(int(entry.name))
    return found


def running(pids: set[int]) -> set[int]:
    alive = set()
    for pid in pids:
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                alive.add(pid)
    return alive


def listening_ports(pids: set[int]) -> dict[int, str]:
    """Port → address of every TCP socket on which these processes listen."""
    inodes = set()
    for pid in pids:
        for descriptor in Path(f"/proc/{pid}/fd").glob("*"):
            with contextlib.suppress(OSError):
                target = str(descriptor.readlink())
                if target.startswith("socket:["):
                    inodes.add(target[8:-1])
    found = {}
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in inodes:
                address, port = fields[1].split(":")
                found[int(port, 16)] = address
    return found


def test_everything_listens_on_loopback_only(state: State) -> None:
    pids = set(state.processes.values())
    ports = listening_ports(running(pids | descendants_by_mark(state.processes["scheduler"])))
    assert len(ports) >= 2, "PostgreSQL and Airflow's API"
    assert set(ports.values()) == {"0100007F"}, ports


def test_the_state_is_known_to_others(settings: Settings, state: State) -> None:
    assert control.status(settings) == state
    assert control.up(settings) == state, "a second `up` is no second stack"
    with pytest.raises(RuntimeStartError, match="running from"):
        control.Borrowed(settings, sample_sites=False, workers=0, say=print).__enter__()
    with pytest.raises(RuntimeStartError, match="already, with the local executor"):
        control.up(settings, workers=2)


def test_roles_can_log_in_while_it_runs(settings: Settings, state: State) -> None:
    with warehouse(settings):
        for role in ("owner", "loader", "transformer", "app", "reader"):
            with psycopg.connect(settings.dsn(role)) as connection:
                assert connection.execute("select current_user").fetchone() == (f"svod_{role}",)


def test_dags_run_and_a_failure_says_why(settings: Settings, state: State) -> None:
    client = control.client(settings, state)
    client.wait_for_dags({"test_good", "test_bad", "test_long"})
    told: list[str] = []
    results = {result.dag_id: result for result in run_all(client, ["test_good", "test_bad"], told.append)}
    assert results["test_good"].succeeded
    assert results["test_bad"].state == "failed"
    (failed,) = results["test_bad"].failed
    assert failed.task == "bad"
    assert "RuntimeError: the reason that people need" in failed.log
    assert len(failed.log.splitlines()) < 10, "and not what else the log holds"
    assert any(text.startswith("test_good: success") for text in told)


def test_airflows_own_commands_meet_the_running_airflow(settings: Settings, state: State) -> None:
    def airflow(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-P", "-m", "svod", "airflow", *arguments]
        environment = inherited_environment(settings.environment())
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    control.client(settings, state).wait_for_dags({"test_good"})
    listed = airflow("dags", "list", "--output", "json")
    dags = json.loads(listed.stdout.splitlines()[-1])  # Airflow's warnings come first
    assert {dag["dag_id"] for dag in dags} == {"test_good", "test_bad", "test_long"}
    period = ("--from-date", "2026-01-01", "--to-date", "2026-01-02")
    refused = airflow("backfill", "create", "--dag-id", "test_good", *period)
    assert refused.returncode != 0
    assert "does not support backfills" in refused.stderr, "Airflow's own answer, not ours"
    assert "backfill" in airflow("--help").stdout


def test_a_dead_process_is_started_again(settings: Settings, state: State) -> None:
    victim = state.processes["triggerer"]
    os.kill(victim, signal.SIGKILL)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        now = control.status(settings)
        if now is not None and now.processes["triggerer"] != victim:
            break
        time.sleep(0.2)
    assert now is not None
    assert running({now.processes["triggerer"]})


def test_a_killed_supervisor_leaves_nothing_behind(settings: Settings, state: State) -> None:
    """Also no process of a running task, which has left its parent's group and session."""
    client = control.client(settings, state)
    client.unpause("test_long")
    client.trigger("test_long")
    now = control.status(settings)
    assert now is not None
    scheduler = now.processes["scheduler"]
    deadline = time.monotonic() + 90
    while not any(_is_sleep(pid) for pid in descendants_by_mark(scheduler)):
        assert time.monotonic() < deadline, "the long task did not start"
        time.sleep(0.2)
    pids = descendants_by_mark(scheduler) | set(now.processes.values())
    assert len(running(pids)) > 6
    os.kill(now.pid, signal.SIGKILL)
    deadline = time.monotonic() + 40
    while running(pids) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert running(pids) == set()
    assert control.status(settings) is None
    with (
        pytest.raises(OSError),
        socket.create_connection(("127.0.0.1", int(now.airflow_url.rpartition(":")[2]))),
    ):
        pass


def test_the_database_answers_without_the_stack(settings: Settings, state: State) -> None:
    """After the crash above: `./svod sql` needs no Airflow, and starts PostgreSQL just for its question."""
    assert control.status(settings) is None
    with pytest.raises(RuntimeStartError, match="svod up"):
        control.airflow(settings, ["dags", "list"])
    with warehouse(settings), psycopg.connect(settings.dsn("reader")) as connection:
        assert connection.execute("select current_user").fetchone() == ("svod_reader",)


def _is_sleep(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().startswith(b"sleep")
    return False
