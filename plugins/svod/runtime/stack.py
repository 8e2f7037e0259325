"""All parts of the embedded stack in their order: PostgreSQL, the warehouse's tables, sample sites, Airflow.

One process holds a stack; a lock in the home keeps a second one out. Knows nothing of who asked for it.
"""

from __future__ import annotations

import contextlib
import fcntl
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import psycopg

from svod.config import AIRFLOW_DATABASE, WAREHOUSE_DATABASE, Settings, login
from svod.errors import RuntimeStartError, WarehouseError
from svod.runtime.airflow import Airflow
from svod.runtime.broker import Broker
from svod.runtime.keeper import Keeper
from svod.runtime.postgres import Postgres, endpoint
from svod.runtime.sites import SampleSites

Progress = Callable[[str], None]


class Stack:
    """`start` makes and starts whatever is missing; `stop` ends all of it, in the opposite order.

    Without `workers` the scheduler runs the tasks itself, with them that many Celery workers do.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        sample_sites: bool = False,
        workers: int = 0,
        say: Progress = lambda _text: None,
    ) -> None:
        self.settings = settings
        self.postgres: Postgres | None = None
        self.airflow: Airflow | None = None
        self.sites: SampleSites | None = None
        self.broker: Broker | None = None
        self._with_sites = sample_sites
        self._workers = workers
        self._say = say
        self._keeper = Keeper()
        self._lock: IO[str] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Raises RuntimeStartError (or the part's own named error); whatever had started is stopped again."""
        self._lock = hold_stack(self.settings.home)
        try:
            self._start_parts()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        if self.airflow is not None:
            self.airflow.stop()
            self.airflow = None
        if self.broker is not None:
            self.broker.stop()
            self.broker = None
        if self.sites is not None:
            self.sites.stop()
            self.sites = None
        if self.postgres is not None:
            self.postgres.stop()
            self.postgres = None
        self._keeper.dismiss()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _start_parts(self) -> None:
        if self.settings.warehouse_dsn is None or self.settings.airflow_dsn is None:
            self._say("starting PostgreSQL")
            self.postgres = embedded_postgres(self.settings, self._keeper)
            self.postgres.start()
            prepare_databases(self.postgres, self.settings)
        if self._with_sites:
            self.sites = SampleSites()
            self.sites.start()
            self.settings = self.settings.model_copy(
                update={"hosts": self.sites.hosts, "allow_private_addresses": True}
            )
        if self._workers:
            self._say("starting Redis")
            self.broker = Broker(self.settings, self._keeper)
            self.broker.start()
        broker = self.broker.url if self.broker is not None else None
        airflow = Airflow(
            self.settings, self._airflow_dsn(), self._keeper, workers=self._workers, broker=broker
        )
        self._say("preparing the databases")
        with ThreadPoolExecutor(1) as pool:
            airflow_tables = pool.submit(airflow.migrate)
            migrate_warehouse(self.settings)
            airflow_tables.result()
        self._say("starting Airflow")
        self.airflow = airflow
        airflow.start()

    def _airflow_dsn(self) -> str:
        if self.settings.airflow_dsn is not None:
            given = self.settings.airflow_dsn.get_secret_value()
            return "postgresql://" + given.partition("://")[2]  # Airflow's own form names a driver too
        assert self.postgres is not None
        return self.postgres.dsn(
            AIRFLOW_DATABASE, user=AIRFLOW_DATABASE, password=self.settings.secret("database.airflow")
        )


def embedded_postgres(settings: Settings, keeper: Keeper | None = None) -> Postgres:
    """The home's own cluster, not started."""
    return Postgres(
        settings.home / "postgres", admin_password=settings.secret("database.postgres"), keeper=keeper
    )


def prepare_databases(postgres: Postgres, settings: Settings) -> None:
    """The two databases and their owners; the other roles belong to the warehouse's migrations."""
    if settings.warehouse_dsn is None:
        postgres.ensure_role(login("owner"), settings.password("owner"), create_roles=True)
        postgres.ensure_database(WAREHOUSE_DATABASE, login("owner"))
    if settings.airflow_dsn is None:
        postgres.ensure_role(AIRFLOW_DATABASE, settings.secret("database.airflow"))
        postgres.ensure_database(AIRFLOW_DATABASE, AIRFLOW_DATABASE)


def migrate_warehouse(settings: Settings) -> None:
    from svod.warehouse import migrate

    # the owner's own password is not for the owner to set: it belongs to the server's administrator
    passwords = {role: word for role, word in settings.passwords().items() if role != "owner"}
    migrate(settings.dsn("owner"), passwords)


@contextlib.contextmanager
def warehouse(settings: Settings, *, make: bool = False) -> Iterator[None]:
    """Within it `settings.dsn` works: a running stack's server, an existing one, or one just for now.

    `make`: a home that has no warehouse yet gets one. Else that is a RuntimeStartError.
    """
    folder = settings.home / "postgres"
    if settings.warehouse_dsn is not None or endpoint(folder) is not None:
        try:
            yield
        except (WarehouseError, psycopg.Error) as error:
            if make or not _holds_none(settings):
                raise
            raise RuntimeStartError(
                "the database holds no warehouse yet: `./svod migrate` makes one"
            ) from error
        return
    if not make and not folder.is_dir():
        raise RuntimeStartError("there is no warehouse yet: make one with `./svod demo` or `./svod up`")
    with embedded_postgres(settings) as postgres:
        prepare_databases(postgres, settings)
        migrate_warehouse(settings)
        yield


def _holds_none(settings: Settings) -> bool:
    """Whether the server can be reached and its database was never migrated."""
    from svod.warehouse import schema_version

    with contextlib.suppress(WarehouseError, psycopg.Error):
        return schema_version(settings.dsn("owner")) is None
    return False


def hold_stack(home: Path) -> IO[str]:
    """The lock of the one stack a home may run; closing it lets go. RuntimeStartError if it is held."""
    home.mkdir(parents=True, exist_ok=True)
    lock = (home / "stack.lock").open("a")
    for _attempt in range(20):  # `status` holds it for a moment
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return lock
        time.sleep(0.05)
    lock.close()
    raise RuntimeStartError(f"a stack is running from {home} already: `./svod status`, `./svod down`")


def is_held(home: Path) -> bool:
    """Whether some process runs a stack from this home."""
    try:
        with (home / "stack.lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
