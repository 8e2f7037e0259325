"""Airflow 3.3 with its four processes under our own supervision; `airflow standalone` leaves orphans behind.

All of Airflow's settings are given by environment, none by a configuration file. Knows no DAG.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from subprocess import run
from typing import Any

import psycopg

from svod.config import CHECKOUT, ROLES, Settings, inherited_environment, replace_privately
from svod.errors import RuntimeStartError
from svod.runtime.keeper import Keeper
from svod.runtime.ports import HOST, free_port
from svod.runtime.processes import Child, stop_all
from svod.runtime.recovery import RECOVERY
from svod.runtime.rest import AirflowClient, Unreachable

WORKER = "worker-"  # and its number: the name of a Celery worker
USER = "admin"
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "api-server": ("api-server",),
    # logs are read from the shared folder: the log servers would listen on every interface
    "scheduler": ("scheduler", "--skip-serve-logs"),
    "dag-processor": ("dag-processor",),
    "triggerer": ("triggerer", "--skip-serve-logs"),
}
# component in /monitor/health → key of its latest heartbeat
HEARTBEATS: Mapping[str, str] = {
    "scheduler": "latest_scheduler_heartbeat",
    "dag_processor": "latest_dag_processor_heartbeat",
    "triggerer": "latest_triggerer_heartbeat",
}
OPEN_SECTIONS = ("AIRFLOW__METRICS__", "AIRFLOW__TRACES__")  # where measures go is the operator's to say
POOLS: Mapping[str, tuple[int, str]] = {
    "fetch": (4, "Requests to sources at one time; politeness per host is kept in the warehouse"),
}
ENVIRONMENT = "environment.json"  # in Airflow's home: what its processes were given, connections and all
HEALTH_SECONDS = 300.0  # a dozen on an idle machine of two cores
STOP_SECONDS = 25.0
PORT_TRIES = 3

Progress = Callable[[str], None]


class Airflow:
    """The four processes. `database` is Airflow's own; Svod's warehouse reaches tasks as connections."""

    def __init__(
        self,
        settings: Settings,
        database: str,
        keeper: Keeper,
        *,
        workers: int = 0,
        broker: str | None = None,
    ) -> None:
        """`workers` > 0: that many Celery workers, which take their tasks from `broker` (a redis:// url)."""
        self.settings = settings
        self.home = settings.home / "airflow"
        self.port = 0
        self._database = database
        self._keeper = keeper
        self._workers = workers
        self._broker = broker
        self.children: list[Child] = []

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def password(self) -> str:
        return self.settings.secret("airflow.admin")

    def client(self) -> AirflowClient:
        return AirflowClient(self.url, USER, self.password)

    def migrate(self) -> None:
        """Bring Airflow's own database to this version; remembered, because asking Airflow takes seconds."""
        done = self.home / "migrated"
        if done.exists() and done.read_text() == self._schema():
            return
        self._prepare_home()
        result = run(
            [sys.executable, "-m", "airflow", "db", "migrate"],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
        )
        if result.returncode != 0:
            raise RuntimeStartError(
                f"airflow db migrate failed:\n{result.stdout[-1500:]}{result.stderr[-1500:]}"
            )
        done.write_text(self._schema())

    def start(self) -> None:
        """Start all four and wait until each has shown life. Raises RuntimeStartError with the log's end."""
        self._prepare_home()
        for attempt in range(PORT_TRIES):
            self.port = free_port(self._last_port() if attempt == 0 else 0)
            environment = self.environment()
            self.children = [
                Child(
                    name,
                    [sys.executable, "-m", "airflow", *command],
                    environment,
                    self.settings.home / "logs" / f"{name}.log",
                    self._keeper,
                )
                for name, command in self._commands().items()
            ]
            for child in self.children:
                child.start()
            if self._wait_until_healthy():
                (self.home / "port").write_text(str(self.port))
                replace_privately(self.home / ENVIRONMENT, json.dumps(self._own_environment(), indent=1))
                self._make_pools()
                return
            self.stop(grace=5.0)
        raise RuntimeStartError("Airflow found no free port")

    def stop(self, grace: float = STOP_SECONDS) -> None:
        stop_all(self.children, grace)
        self.children = []

    def environment(self) -> dict[str, str]:
        """The environment of all of Airflow's processes, and so of every task."""
        return _inherited() | self._own_environment()

    def _own_environment(self) -> dict[str, str]:
        own = {
            "AIRFLOW_HOME": str(self.home),
            "PYTHONPATH": str(CHECKOUT / "plugins"),
            # keeps /proc/<pid>/environ readable, by which the keeper finds stray processes
            "SPT_NOENV": "1",
            # several tasks run side by side: one thread each is quicker than all of them on every core
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "NO_PROXY": _without_proxy(),
            "no_proxy": _without_proxy(),
        }
        pages = {"SVOD_PAGES_URL": self.settings.pages_url or f"{self.url}/svod"}
        given = {**self.settings.environment(), **pages}
        return {**own, **given, **self._options(), **self._connections()}

    def _commands(self) -> dict[str, tuple[str, ...]]:
        workers = {f"{WORKER}{number}": self._worker(number) for number in range(1, self._workers + 1)}
        return {**COMMANDS, **workers}

    def _worker(self, number: int) -> tuple[str, ...]:
        name = f"{WORKER}{number}"
        options = {
            "concurrency": "2",
            "celery-hostname": f"{name}@svod",
            "pid": str(self.home / f"{name}.pid"),
        }
        return (
            "celery",
            "worker",
            "--skip-serve-logs",
            *(f"--{key}={value}" for key, value in options.items()),
        )

    def _options(self) -> dict[str, str]:
        sections: dict[str, dict[str, Any]] = {
            "core": {
                "executor": "CeleryExecutor" if self._workers else "LocalExecutor",
                "dags_folder": self.settings.dags_dir,
                "plugins_folder": CHECKOUT / "plugins",
                "load_examples": False,
                "parallelism": 4,
                "fernet_key": self._key("airflow.fernet"),
                "execution_api_server_url": f"{self.url}/execution/",
                "hostname_callable": "socket.gethostname",  # the default asks the name server
                "simple_auth_manager_users": f"{USER}:admin",
                "simple_auth_manager_passwords_file": self.home / "passwords.json",
            },
            "api": {
                "host": HOST,
                "port": self.port,
                "base_url": self.url,
                "workers": 1,
                "worker_timeout": 20,
                "secret_key": self._key("airflow.api"),
                "instance_name": "Svod",
            },
            "api_auth": {"jwt_secret": self._key("airflow.jwt") * 2},  # at least 64 bytes
            "database": {"sql_alchemy_conn": _for_sqlalchemy(self._database)},
            "scheduler": {
                "scheduler_idle_sleep_time": 0.2,  # halves the length of short runs
                **RECOVERY["scheduler"],
            },
            "dag_processor": {"parsing_processes": 1, "refresh_interval": 30},
            "logging": {"colored_console_log": False},
        }
        if self._broker is not None:
            results = "db+" + _for_sqlalchemy(self._database)
            sections["celery"] = {"broker_url": self._broker, "result_backend": results}
            transport = "celery_broker_transport_options"
            sections[transport] = dict(RECOVERY[transport])
        return {
            f"AIRFLOW__{section.upper()}__{name.upper()}": str(value)
            for section, options in sections.items()
            for name, value in options.items()
        }

    def _connections(self) -> dict[str, str]:
        """The warehouse by role, and Airflow's own database for the command that cleans it."""
        databases = {role: self.settings.dsn(role) for role in ROLES} | {"airflow": self._database}
        return {
            f"AIRFLOW_CONN_SVOD_{name.upper()}": "postgres" + address.removeprefix("postgresql")
            for name, address in databases.items()
        }

    def _key(self, name: str) -> str:
        """32 bytes in the url-safe base64 that Fernet wants, derived from the home's secret of this name."""
        return base64.urlsafe_b64encode(hashlib.sha256(self.settings.secret(name).encode()).digest()).decode()

    def _prepare_home(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        passwords = self.home / "passwords.json"
        passwords.touch(mode=0o600)
        passwords.write_text(json.dumps({USER: self.password}))

    def _schema(self) -> str:
        """Version of Airflow and of its tables; of a database without tables the first alone."""
        try:
            with psycopg.connect(self._database) as connection:
                row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except psycopg.errors.UndefinedTable:
            row = None
        return f"{version('apache-airflow')} {row[0] if row else ''}"

    def _last_port(self) -> int:
        kept = self.home / "port"
        return int(kept.read_text()) if kept.exists() else 0

    def _wait_until_healthy(self) -> bool:
        """False when another process took the port in the meantime."""
        began = datetime.now(UTC)
        deadline = time.monotonic() + HEALTH_SECONDS
        client = self.client()
        missing = set(HEARTBEATS) | {"api-server"}
        prepared = False
        while missing and time.monotonic() < deadline:
            for child in self.children:
                if child.exit_code is not None:
                    if "address already in use" in child.output().lower():
                        return False
                    raise RuntimeStartError(
                        f"Airflow's {child.name} ended with {child.exit_code}; {child.log}:\n{child.output()}"
                    )
            time.sleep(0.2)
            try:
                health = client.health()
                if not prepared:
                    client.prepare_for_tasks(HEALTH_SECONDS)
                    prepared = True
            except Unreachable:
                continue
            missing = {part for part, key in HEARTBEATS.items() if not _alive_since(health, part, key, began)}
        if missing:
            logs = "\n".join(f"--- {child.log}\n{child.output(1000)}" for child in self.children)
            raise RuntimeStartError(
                f"no life from {', '.join(sorted(missing))} after {HEALTH_SECONDS:.0f} s\n{logs}"
            )
        return True

    def _make_pools(self) -> None:
        client = self.client()
        for name, (slots, description) in POOLS.items():
            client.ensure_pool(name, slots, description)


def command_environment(settings: Settings) -> dict[str, str]:
    """The environment in which a command of Airflow meets the home's running Airflow."""
    own: dict[str, str] = json.loads((settings.home / "airflow" / ENVIRONMENT).read_text())
    return _inherited() | own


def _inherited() -> dict[str, str]:
    inherited = inherited_environment({})
    inherited.pop("PYTHONDONTWRITEBYTECODE", None)  # costs seconds at every start
    for name in [n for n in inherited if n.startswith("AIRFLOW__") and not n.startswith(OPEN_SECTIONS)]:
        del inherited[name]  # meant for another Airflow
    return inherited


def _alive_since(health: Mapping[str, Any], part: str, key: str, began: datetime) -> bool:
    """A heartbeat from before our start is the last run's."""
    beat = (health.get(part) or {}).get(key)
    return beat is not None and datetime.fromisoformat(beat) >= began


def _for_sqlalchemy(dsn: str) -> str:
    return "postgresql+psycopg2://" + dsn.partition("://")[2]


def _without_proxy() -> str:
    known = inherited_environment({}).get("NO_PROXY", "")
    return ",".join(filter(None, (known, HOST, "localhost")))
