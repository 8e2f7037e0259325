"""One long-running child process: in a session of its own, watched by the keeper, ended for certain."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from svod.runtime.keeper import Keeper, end_group

LOG_LIMIT = 20_000_000  # bytes; a longer log is begun anew at the next start


class Child:
    """`environment` is the whole of it, not an addition; output goes to the end of `log`."""

    def __init__(
        self, name: str, arguments: Sequence[str], environment: Mapping[str, str], log: Path, keeper: Keeper
    ) -> None:
        self.name = name
        self.log = log
        self._arguments = list(arguments)
        self._environment = {**environment, **keeper.environment()}
        self._keeper = keeper
        self._process: subprocess.Popen[bytes] | None = None
        self._log_start = 0

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        too_long = self.log.exists() and self.log.stat().st_size > LOG_LIMIT
        with self.log.open("wb" if too_long else "ab") as output:
            self._log_start = output.tell()
            self._process = subprocess.Popen(
                self._arguments,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                cwd="/",
            )
        self._keeper.watch(self._process.pid)

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    @property
    def exit_code(self) -> int | None:
        """None while it runs, and before it was started."""
        return self._process.poll() if self._process is not None else None

    def output(self, limit: int = 3000) -> str:
        """The end of what it has printed since its last start."""
        with self.log.open("rb") as file:
            file.seek(max(self._log_start, self.log.stat().st_size - limit))
            return file.read().decode(errors="replace").strip()


def stop_all(children: Iterable[Child], grace: float) -> None:
    """Ask all of them at once, give them `grace` seconds together, then end their groups."""
    asked = [child for child in children if child._process is not None]
    for child in asked:
        assert child._process is not None
        if child._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child._process.pid, signal.SIGTERM)
    deadline = time.monotonic() + grace
    for child in asked:
        assert child._process is not None
        with contextlib.suppress(subprocess.TimeoutExpired):
            child._process.wait(max(0.0, deadline - time.monotonic()))
        end_group(child._process.pid, signal.SIGKILL)
        child._process.wait()
        child._keeper.forget(child._process.pid)
        child._process = None


def restart_dead(children: Iterable[Child]) -> list[str]:
    """Start again those that have ended by themselves; says which, and with what exit code."""
    dead = [child for child in children if child.exit_code is not None]
    told = [f"{child.name} ended with {child.exit_code}" for child in dead]
    stop_all(dead, 0.0)
    for child in dead:
        child.start()
    return told
