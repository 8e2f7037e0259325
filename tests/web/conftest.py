"""The pages over a real warehouse and archive, seen by a signed-in reviewer, by a reader, by nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from fastapi import FastAPI, HTTPException, Request
from fastapi.testclient import TestClient
from psycopg.conninfo import make_conninfo

from svod.archive import Archive
from svod.warehouse import ROLES, migrate
from svod.web import Links, Site, User, create_app

from . import samples

PASSWORDS = {"loader": "l", "transformer": "t", "app": "a", "reader": "r"}
FILLED = """
select format('%I.%I', schemaname, tablename) from pg_tables
where schemaname in ('raw', 'ops') and tablename <> 'schema_version'
"""
PEOPLE = {
    "anna": User(id="1", name="anna", may_review=True),
    "boris": User(id="2", name="boris", may_review=True),
    "guest": User(id="3", name="guest", may_review=False),
}


def current_user(request: Request) -> User:
    """Who asks says so in a header: the sign-in itself is not these pages' business."""
    user = PEOPLE.get(request.headers.get("x-user", ""))
    if user is None:
        raise HTTPException(401)
    return user


@dataclass(frozen=True)
class Place:
    """A warehouse of every role, an archive, and the pages over both."""

    owner: str
    loader: str
    transformer: str
    app: str
    archive: Archive
    pages: FastAPI

    def client(self, who: str = "anna", **options: object) -> TestClient:
        headers = {"x-user": who, "origin": "http://testserver"} if who else {}
        return TestClient(self.pages, headers=headers, **options)  # type: ignore[arg-type]

    def rows(self, query: str, *arguments: object) -> list[tuple[object, ...]]:
        with psycopg.connect(self.owner) as conn:
            cursor = conn.execute(query, arguments or None)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    def one(self, query: str, *arguments: object) -> str:
        """The first value of the first row."""
        return str(self.rows(query, *arguments)[0][0])


def open_place(dsn: str, folder: Path, sources_dir: Path | None = None) -> Place:
    migrate(dsn, PASSWORDS)
    role = {name: make_conninfo(dsn, user=ROLES[name], password=word) for name, word in PASSWORDS.items()}
    archive = Archive(f"file://{folder / 'archive'}")
    docs = folder / "docs"
    docs.mkdir()
    (docs / "index.html").write_text("<h1>Data Docs</h1>")
    site = Site(
        dsn=lambda: role["app"],
        secret=lambda: "for tests only",
        archive=lambda: archive,
        territory_seed=samples.SEED,
        sources_dir=sources_dir,
        links=Links(
            dag=lambda source: f"/dags/ingest__{source}",
            run=lambda source, run: f"/dags/ingest__{source}/runs/{run}",
        ),
        docs={"quality": docs},
        clock=lambda: samples.NOW,
    )
    return Place(
        owner=dsn,
        loader=role["loader"],
        transformer=role["transformer"],
        app=role["app"],
        archive=archive,
        pages=create_app(site, current_user),
    )


@pytest.fixture(scope="session")
def one_place(make_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Place:
    return open_place(make_database(), tmp_path_factory.mktemp("place"))


@pytest.fixture
def place(one_place: Place) -> Place:
    """An empty warehouse: migrated once, emptied for each test."""
    tables = [str(row[0]) for row in one_place.rows(FILLED)]
    one_place.rows(f"truncate {', '.join(tables)} restart identity cascade")
    return one_place


@pytest.fixture(scope="session")
def country(make_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Filled with the samples; shared, so tests look at it and leave it as it is."""
    made = open_place(make_database(), tmp_path_factory.mktemp("country"))
    samples.fill(made.loader, made.archive)
    return made
