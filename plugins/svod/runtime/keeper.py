"""A tiny process that outlives its parent just long enough to end what the parent started.

The supervisor may die by SIGKILL, when no handler runs. Its keeper then sees the end of the pipe between
them and ends every process group it was told of, then every process that carries the stack's mark in its
environment (Airflow's task processes may leave their group). Imports nothing but the standard library, knows
nothing of what it ends, and never touches a process it was not told of.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

MARK = "SVOD_STACK_MARK"
GRACE_SECONDS = 6.0


class Keeper:
    """The parent's end of the pipe. `environment()` belongs into the environment of all that is watched."""

    def __init__(self) -> None:
        self.mark = uuid4().hex
        self._process: subprocess.Popen[bytes] | None = None

    def environment(self) -> dict[str, str]:
        return {MARK: self.mark}

    def watch(self, pgid: int, how: signal.Signals = signal.SIGTERM, *, last: bool = False) -> None:
        """When this process is gone, end that process group with `how`; the `last` ones after the others."""
        self._tell(pgid, int(how), last)

    def forget(self, pgid: int) -> None:
        """That group has ended; its number may soon be somebody else's."""
        self._tell(pgid, 0, False)

    def dismiss(self) -> None:
        """Let the keeper end what is still watched or marked, and go."""
        if self._process is not None:
            self._process.communicate()
            self._process = None

    def _tell(self, pgid: int, how: int, last: bool) -> None:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", __file__, self.mark],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                cwd="/",
            )
        assert self._process.stdin is not None
        self._process.stdin.write(f"{pgid} {how} {int(last)}\n".encode())
        self._process.stdin.flush()


def group_alive(pgid: int) -> bool:
    """Whether the group has a member that still runs; a zombie that nobody collects does not."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, ValueError):
                state, _parent, group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
                if int(group) == pgid and state not in "ZX":
                    return True
    return False


def end_group(pgid: int, how: int, grace: float = GRACE_SECONDS) -> None:
    """Ask the whole group with signal `how`, wait, then insist with SIGKILL."""
    end_groups({pgid: how}, grace)


def end_groups(groups: Mapping[int, int], grace: float = GRACE_SECONDS) -> None:
    """`end_group` for several at once; `groups` is group → signal."""
    alive = {pgid for pgid in groups if group_alive(pgid)}
    for pgid in alive:
        with contextlib.suppress(OSError):
            os.killpg(pgid, groups[pgid])
    deadline = time.monotonic() + grace
    while alive and time.monotonic() < deadline:
        time.sleep(0.05)
        alive = {pgid for pgid in alive if group_alive(pgid)}
    for pgid in alive:
        with contextlib.suppress(OSError):
            os.killpg(pgid, signal.SIGKILL)


def marked(mark: str) -> list[int]:
    """Processes, other than this one, that carried the mark in their environment when they started."""
    wanted = f"{MARK}={mark}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with contextlib.suppress(OSError):
                if wanted in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
    return found


def sweep(mark: str) -> None:
    """Kill all that is marked; again, because a process may fork between the look and the blow."""
    for _attempt in range(5):
        pids = marked(mark)
        if not pids:
            return
        for pid in pids:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)


def main() -> None:
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for line in sys.stdin:
        pgid, how, is_last = (int(word) for word in line.split())
        first.pop(pgid, None)
        last.pop(pgid, None)
        if how:
            (last if is_last else first)[pgid] = how
    end_groups(first)
    end_groups(last)
    sweep(sys.argv[1])


if __name__ == "__main__":
    main()
