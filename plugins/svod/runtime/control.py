"""`up`, `down`, `status`: speaks to a home's supervisor, or starts one. Holds no part of the stack."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from svod.config import CHECKOUT, Settings, inherited_environment
from svod.errors import RuntimeStartError
from svod.runtime.airflow import USER, WORKER, command_environment
from svod.runtime.rest import AirflowClient
from svod.runtime.stack import is_held
from svod.runtime.supervisor import State, read_state

START_SECONDS = 420.0  # more than each part is given
STOP_SECONDS = 60.0
STOPPED = 0  # the supervisor's exit code when it was told to end
Progress = Callable[[str], None]


def up(
    settings: Settings,
    *,
    sample_sites: bool = False,
    workers: int = 0,
    say: Progress = lambda _text: None,
) -> State:
    """Start a stack that stays; if one runs or starts already, that is it. RuntimeStartError with the reason.

    One that runs is not given other `workers`; 0 is content with any.
    """
    if (running := status(settings)) is not None:
        if running.phase == "starting":
            running = _wait_until_ready(settings, None, say)
        found = sum(name.startswith(WORKER) for name in running.processes)
        if workers and workers != found:
            has = f"{found} Celery worker{'s' * (found > 1)}" if found else "the local executor"
            raise RuntimeStartError(f"a stack is running already, with {has}: `./svod down` first")
        return running
    process = _spawn(settings, sample_sites=sample_sites, workers=workers, lifeline=False)
    try:
        return _wait_until_ready(settings, process, say)
    except KeyboardInterrupt:
        end(process)
        raise


def down(settings: Settings) -> bool:
    """End the home's stack; False when none runs. Raises RuntimeStartError if it will not end."""
    state = read_state(settings.home)
    if not is_held(settings.home) or state is None:
        return False
    os.kill(state.pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while is_held(settings.home):
        if time.monotonic() > deadline:
            raise RuntimeStartError(f"the stack (process {state.pid}) has not ended in {STOP_SECONDS:.0f} s")
        time.sleep(0.1)
    return True


def status(settings: Settings) -> State | None:
    """The state of the home's stack; None when none runs."""
    return read_state(settings.home) if is_held(settings.home) else None


def airflow(settings: Settings, arguments: Sequence[str]) -> int:
    """Run a command of Airflow's own against the running stack; its exit code.

    Raises RuntimeStartError when none runs.
    """
    if status(settings) is None:
        raise RuntimeStartError("no stack is running: start it with `./svod up`")
    command = [sys.executable, "-P", "-m", "airflow", *arguments]
    return subprocess.call(command, env=command_environment(settings))


def client(settings: Settings, state: State) -> AirflowClient:
    return AirflowClient(state.airflow_url, USER, settings.secret("airflow.admin"))


class Borrowed:
    """A stack that ends with the `with` block, or when this process dies, unless `keep` is called."""

    def __init__(self, settings: Settings, *, sample_sites: bool, workers: int, say: Progress) -> None:
        self._settings = settings
        self._arguments = {"sample_sites": sample_sites, "workers": workers}
        self._say = say
        self._process: subprocess.Popen[str] | None = None
        self._kept = False

    def __enter__(self) -> State:
        if is_held(self._settings.home):
            raise RuntimeStartError(
                f"a stack is running from {self._settings.home} already: `./svod down` first"
            )
        self._process = _spawn(self._settings, lifeline=True, **self._arguments)  # type: ignore[arg-type]
        try:
            return _wait_until_ready(self._settings, self._process, self._say)
        except BaseException:
            end(self._process)
            raise

    def keep(self) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write("keep\n")
        self._process.stdin.flush()
        self._kept = True

    def __exit__(self, *_error: object) -> None:
        if self._process is not None and not self._kept:
            end(self._process)


def end(process: subprocess.Popen[str]) -> None:
    """Ask a supervisor to end, and wait: it needs the time to end its own children."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()  # its keeper ends the rest
        process.wait()


def _spawn(settings: Settings, *, sample_sites: bool, workers: int, lifeline: bool) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-P", "-m", "svod.runtime.supervisor", "--workers", str(workers)]
    arguments += ["--sample-sites"] * sample_sites + ["--lifeline"] * lifeline
    logs = settings.home / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    (settings.home / "stack.json").unlink(missing_ok=True)
    with (logs / "supervisor.log").open("a") as log:
        return subprocess.Popen(
            arguments,
            env=inherited_environment({**settings.environment(), "PYTHONPATH": str(CHECKOUT / "plugins")}),
            stdin=subprocess.PIPE if lifeline else subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            text=True,
            start_new_session=True,
            cwd="/",
        )


def _wait_until_ready(settings: Settings, process: subprocess.Popen[str] | None, say: Progress) -> State:
    """The stack of this supervisor, or with None of whichever is starting."""
    deadline = time.monotonic() + START_SECONDS
    told = ""
    while time.monotonic() < deadline:
        code = process.poll() if process is not None else None if is_held(settings.home) else STOPPED
        state = read_state(settings.home)
        if state is not None and (process is None or state.pid == process.pid):
            if state.phase == "ready":
                return state
            if state.message != told and state.phase == "starting":
                told = state.message
                say(told)
        if code is not None:
            raise RuntimeStartError(_reason(settings, state, code))
        time.sleep(0.1)
    if process is not None:
        end(process)
    raise RuntimeStartError(f"the stack is not ready after {START_SECONDS:.0f} s: {told}")


def _reason(settings: Settings, state: State | None, code: int) -> str:
    if state is not None and state.phase == "failed":
        return state.message
    if code == STOPPED:
        return "the stack was stopped while it was starting"
    log = settings.home / "logs" / "supervisor.log"
    return f"the supervisor ended with {code}; {log}:\n{log.read_text(errors='replace')[-2000:]}"
