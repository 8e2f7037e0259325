"""Fixtures that all tests share: one PostgreSQL cluster a session, a fresh database on demand."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from svod.runtime.postgres import Postgres
from svod.steps import ingest

# folders whose files share nothing that takes long to make; elsewhere a folder shares a build or a stack
APART = frozenset({"archive", "cli", "eval", "extract", "fetch", "house", "language", "resolve", "sources"})

OWNER = "svod_owner"
OWNER_PASSWORD = "test-owner"


class ByFolder(LoadScopeScheduling):
    """What shares a build or a stack runs in one worker, which makes it once."""

    def _split_scope(self, nodeid: str) -> str:
        path = PurePosixPath(nodeid.partition("::")[0])
        return str(path if path.parts[1] in APART else path.parent)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFolder:
    return ByFolder(config, log)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A cluster of this test session alone: not durable, in a temporary folder, deleted at the end."""
    folder = Path(tempfile.mkdtemp(prefix="svod-tests-"))
    folder.chmod(0o755)  # under root PostgreSQL runs as `nobody`, who must get in
    server = Postgres(folder / "postgres", durable=False)
    try:
        server.start()
        server.ensure_role(OWNER, OWNER_PASSWORD, create_roles=True)
        yield server
    finally:
        server.remove()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def make_database(postgres: Postgres) -> Iterator[Callable[[], str]]:
    """Each call makes an empty database and returns its owner's DSN; all are dropped at the end."""
    made: list[str] = []

    def make() -> str:
        name = f"test_{uuid4().hex[:12]}"
        postgres.ensure_database(name, OWNER)
        made.append(name)
        return postgres.dsn(name, user=OWNER, password=OWNER_PASSWORD)

    yield make
    with psycopg.connect(postgres.dsn("postgres"), autocommit=True) as connection:
        for name in made:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def first_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads as version "1", whatever the code's own is, for tests that go on to a version "2"."""
    monkeypatch.setattr(ingest, "EXTRACTOR_VERSION", "1")
