"""The embedded PostgreSQL: one cluster in one folder, TCP on loopback, SCRAM passwords, always stopped.

Drives the wheel's own programs. The cluster is initialised beside its place and renamed into it, so that an
interrupted start leaves nothing half made. Knows nothing of what the databases hold, nor of roles' meaning.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote

import psycopg
from psycopg import sql

from svod.config import inherited_environment
from svod.errors import RuntimeStartError
from svod.runtime.keeper import Keeper
from svod.runtime.places import Place, choose_place, outside_folders
from svod.runtime.ports import HOST, free_port

ADMIN = "postgres"
START_SECONDS = 30.0
STOP_SECONDS = 20.0
LOG_LIMIT = 10_000_000  # bytes; a longer log is begun anew at the next start
# A small machine shared with Airflow. Durability is PostgreSQL's default unless `durable` is False.
SETTINGS: Mapping[str, str] = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "max_connections": "120",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "log_line_prefix": "%m %u@%d ",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "password_encryption": "scram-sha-256",
}
NOT_DURABLE: Mapping[str, str] = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a running cluster listens, as its folder's `endpoint` file tells other processes."""

    port: int
    pid: int


class Postgres:
    """One cluster. `folder` holds its lock, log and endpoint; its data too, where possible (see `place`)."""

    def __init__(
        self,
        folder: Path,
        *,
        admin_password: str | None = None,
        durable: bool = True,
        keeper: Keeper | None = None,
    ) -> None:
        self.folder = folder.resolve()
        self.durable = durable
        self.port = 0
        self.place: Place | None = None
        self._admin_password = admin_password
        self._keeper = keeper
        self._own_keeper = keeper is None
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Make the cluster if missing and serve it on a free port of 127.0.0.1. Raises RuntimeStartError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._take_lock()
        try:
            self.place = choose_place(self.folder)
            self._check_version()
            _end_leftover(self.place.data)
            if not self.place.data.exists():
                self._initialise()
            self._serve()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back. Does nothing if not running."""
        if self._process is not None:
            pid = self._process.pid
            _shut_down(self._process)
            if self._keeper is not None:
                self._keeper.forget(pid)
            self._process = None
        if self._keeper is not None and self._own_keeper:
            self._keeper.dismiss()
            self._keeper = None
        (self.folder / "endpoint").unlink(missing_ok=True)
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def dsn(self, database: str, *, user: str = ADMIN, password: str | None = None) -> str:
        """postgresql:// URL of a database of the running cluster; without `user`: as its administrator."""
        secret = self.admin_password if password is None and user == ADMIN else password
        login = quote(user, safe="") + (f":{quote(secret, safe='')}" if secret is not None else "")
        return f"postgresql://{login}@{HOST}:{self.port}/{quote(database, safe='')}"

    @property
    def admin_password(self) -> str:
        """The administrator's password: given, or generated once into the folder (for its owner's eyes)."""
        if self._admin_password is None:
            self._admin_password = _kept_password(self.folder / "admin_password")
        return self._admin_password

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def restart(self) -> None:
        """Serve again after the server has died by itself, on the same port: its users hold its address."""
        if self._process is not None and self._keeper is not None:
            self._process.wait()
            self._keeper.forget(self.pid)
        self._serve()

    def ensure_role(self, role: str, password: str, *, create_roles: bool = False) -> None:
        """A login role with this password, made or brought up to date."""
        name = sql.Identifier(role)
        right = sql.SQL("CREATEROLE" if create_roles else "NOCREATEROLE")
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone()
            verb = sql.SQL("ALTER ROLE" if known else "CREATE ROLE")
            connection.execute(
                sql.SQL("{} {} LOGIN {} PASSWORD {}").format(verb, name, right, sql.Literal(password))
            )

    def ensure_database(self, database: str, owner: str) -> None:
        """A UTF-8 database owned by `owner`, closed to roles that were not granted entry."""
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone()
            if known:
                return
            name = sql.Identifier(database)
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, sql.Identifier(owner)))
            connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))

    def remove(self) -> None:
        """Stop, and delete the cluster with all its data wherever it lies.

        Raises RuntimeStartError while another process uses it.
        """
        self.stop()
        self._take_lock()
        try:
            for outside in outside_folders(self.folder):
                shutil.rmtree(outside)
            shutil.rmtree(self.folder)
        finally:
            self.stop()

    def _take_lock(self) -> None:
        lock = (self.folder / "lock").open("a")
        for _attempt in range(20):  # a look at `endpoint` or a dying owner holds it for a moment
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._lock = lock
                return
            time.sleep(0.05)
        lock.close()
        raise RuntimeStartError(f"the database in {self.folder} is in use by another process")

    def _check_version(self) -> None:
        """A cluster of another major version cannot be served: say so instead of letting PostgreSQL fail."""
        assert self.place is not None
        stamp = self.place.data / "PG_VERSION"
        if not self.place.data.exists():
            return
        have = stamp.read_text().strip() if stamp.exists() else "unknown"
        version = self.place.run([str(self.place.programs / "postgres"), "--version"]).stdout.split()[-1]
        if have != version.partition(".")[0]:
            raise RuntimeStartError(
                f"{self.place.data} was made by PostgreSQL {have}, this is {version}: move it away, start "
                "anew and `./svod replay` the archive"
            )

    def _initialise(self) -> None:
        assert self.place is not None
        place = self.place
        fresh = place.data.with_name("data.new")
        secret = place.data.with_name("password")
        shutil.rmtree(fresh, ignore_errors=True)
        secret.unlink(missing_ok=True)
        try:
            descriptor = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(self.admin_password)
            if place.account is not None:
                os.chown(secret, place.account.uid, place.account.gid)
            made = place.run(
                [
                    str(place.programs / "initdb"),
                    *("-D", str(fresh), "-U", ADMIN, "-A", "scram-sha-256", "--pwfile", str(secret)),
                    *("-E", "UTF8", "--locale-provider=libc", "--locale=C.UTF-8", "--no-instructions"),
                    *(() if self.durable else ("--no-sync",)),
                ]
            )
        finally:
            secret.unlink(missing_ok=True)
        if made.returncode != 0:
            raise RuntimeStartError(f"initdb failed:\n{made.stdout[-1000:]}{made.stderr[-2000:]}")
        fresh.rename(place.data)

    def _serve(self) -> None:
        """Start on last time's port if it is free, else on another; somebody may win it meanwhile."""
        for attempt in range(5):
            self.port = free_port(_kept_port(self.folder) if attempt == 0 else 0)
            if self._start_once():
                (self.folder / "port").write_text(str(self.port))
                (self.folder / "endpoint").write_text(f"{self.port} {self.pid}")
                return
        raise RuntimeStartError(f"PostgreSQL found no free port:\n{self._log_tail()}")

    def _start_once(self) -> bool:
        """False when the port was taken by somebody else between looking and starting."""
        assert self.place is not None
        settings = {**SETTINGS, **({} if self.durable else NOT_DURABLE), "port": str(self.port)}
        arguments = [str(self.place.programs / "postgres"), "-D", str(self.place.data)]
        arguments += [f"--{name}={value}" for name, value in settings.items()]
        keeper = self._keeper = self._keeper or Keeper()
        account = self.place.account
        log = self.folder / "postgres.log"
        with log.open("wb" if log.exists() and log.stat().st_size > LOG_LIMIT else "ab") as output:
            begin = output.tell()
            self._process = subprocess.Popen(
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                cwd="/",
                env=inherited_environment(keeper.environment()),
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
            )
        keeper.watch(self.pid, signal.SIGINT, last=True)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                keeper.forget(self.pid)
                self._process = None
                if "Address already in use" in log.read_bytes()[begin:].decode(errors="replace"):
                    return False
                raise RuntimeStartError(f"PostgreSQL did not start:\n{self._log_tail()}")
            if _ready(self.place.data, self.pid):
                return True
            time.sleep(0.02)
        raise RuntimeStartError(f"PostgreSQL is not ready after {START_SECONDS:.0f} s:\n{self._log_tail()}")

    def _log_tail(self) -> str:
        return (self.folder / "postgres.log").read_bytes()[-2000:].decode(errors="replace")


def endpoint(folder: Path) -> Endpoint | None:
    """Where the cluster of `folder` listens, if some process serves it now."""
    try:
        with (folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return None
    except FileNotFoundError:
        return None
    except BlockingIOError:
        with contextlib.suppress(OSError, ValueError):
            port, pid = (folder / "endpoint").read_text().split()
            return Endpoint(int(port), int(pid))
        return None


def _ready(data: Path, pid: int) -> bool:
    """PostgreSQL writes its state into the eighth line of its own pid file."""
    with contextlib.suppress(OSError):
        lines = (data / "postmaster.pid").read_text().splitlines()
        return len(lines) >= 8 and lines[0] == str(pid) and lines[7].startswith("ready")
    return False


def _end_leftover(data: Path) -> None:
    """After a crash: end a server that still serves this folder; drop a pid file that means another."""
    note = data / "postmaster.pid"
    if not note.exists():
        return
    first = note.read_text().partition("\n")[0].strip()
    pid = int(first) if first.isdigit() else 0
    if pid and _serves(pid, data):
        for how, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, how)
            deadline = time.monotonic() + seconds
            while _serves(pid, data) and time.monotonic() < deadline:
                time.sleep(0.05)
            if not _serves(pid, data):
                break
    note.unlink(missing_ok=True)


def _serves(pid: int, data: Path) -> bool:
    """A postmaster's working directory is its data; a zombie has none."""
    try:
        return Path(f"/proc/{pid}/cwd").resolve(strict=True) == data.resolve()
    except OSError:
        return False


def _shut_down(process: subprocess.Popen[bytes]) -> None:
    for how, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
            return


def _kept_port(folder: Path) -> int:
    with contextlib.suppress(OSError, ValueError):
        return int((folder / "port").read_text())
    return 0


def _kept_password(path: Path) -> str:
    if not path.exists():
        fresh = path.with_name(f"{path.name}.new")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(24))
        fresh.rename(path)
    return path.read_text()
