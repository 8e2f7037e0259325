"""A source's past in the warehouse answers as the one in memory; politeness holds between connections."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest

from svod import warehouse
from svod.extract.text import clean_text, substance_sha256
from svod.fetch import MemoryPoliteness, PostgresPoliteness, PostgresState
from svod.models import FetchResult, Item, Outcome, ReadReport, ReportFacts
from svod.warehouse import ROLES, ExtractorRun

from .conftest import HOST, NOW, Fetcher, make_source
from .pages import article, listing
from .server import Server, response

PASSWORDS = dict.fromkeys((r for r in ROLES if r != "owner"), "secret")
NOTHING = ReportFacts(regions=(), published=None, publisher=None, projects=(), partners=(), metrics=())


@pytest.fixture(scope="module")
def dsn(make_database: Callable[[], str]) -> str:
    owner = make_database()
    warehouse.migrate(owner, PASSWORDS)
    return owner


@pytest.fixture
def connection(dsn: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(dsn, autocommit=True) as conn:
        yield conn


def load(dsn: str, fetch: Fetcher, result: FetchResult, source_id: str) -> None:
    """What the load step does, without reading facts: this is about what fetching finds again."""

    def read(item: Item) -> ReadReport:
        body = fetch.archive.get(item.body_sha256)
        text = clean_text(body, item.media_type, item.charset, item.selector).text
        return ReadReport(
            item=item, clean_text=text, sha256_text=substance_sha256(text), title=item.title, facts=NOTHING
        )

    run = ExtractorRun(version="test", config_hash="0", started_at=datetime.now(UTC))
    reads = [read(item) for item in result.items]
    warehouse.load(dsn, make_source(id=source_id), result, reads, (), run, mask=list)


@pytest.mark.parametrize("kind", ["memory", "postgres"])
def test_both_pasts_make_the_same_requests(
    kind: str, server: Server, fetch: Fetcher, dsn: str, connection: psycopg.Connection
) -> None:
    name = f"region_{kind}"
    source = make_source(id=name)
    links = [f"/news/{n}/" for n in range(4)]
    for link in links:
        server.page(link, article(link), ETag=f'"{link}"')
    server.raw("/news/3/", response(b"", "503 Service Unavailable"))
    server.page("/news/", listing(links), ETag='"l"')

    def run(hours: int) -> FetchResult:
        server.requests.clear()
        now = NOW + timedelta(hours=hours)
        if kind == "memory":
            return fetch(source, now=now, run_id=f"{hours}")
        state = PostgresState(connection, source)
        result = fetch(source, now=now, run_id=f"{hours}", state=state)
        load(dsn, fetch, result, name)
        return result

    assert len(run(0).items) == 3
    server.page("/news/3/", article("/news/3/"))
    assert [i.url for i in run(1).items] == [f"http://{HOST}/news/3/"]
    assert server.paths() == ["/news/", "/news/3/"]
    assert server.requests[0].headers["if-none-match"] == '"l"'
    server.page("/news/1/", article("Новость с другим текстом", "Теперь проведено 130 занятий для жителей."))
    server.raw("/news/2/", response(b"", "404 Not Found"))
    third = run(48)
    assert [i.url for i in third.items] == [f"http://{HOST}/news/1/"]
    assert third.withdrawn == (f"http://{HOST}/news/2/",)
    asked = {r.path: r.headers.get("if-none-match") for r in server.requests}
    assert asked["/news/0/"] == '"/news/0/"'  # conditionally
    fourth = run(96)
    assert "/news/2/" not in server.paths()  # what is gone is not asked for again
    assert fourth.events[-1].outcome is Outcome.NOT_MODIFIED


def test_tasks_of_several_connections_keep_their_distance(dsn: str) -> None:
    times: list[float] = []

    def task() -> None:
        with psycopg.connect(dsn, autocommit=True) as conn:
            politeness = PostgresPoliteness(conn)
            for _ in range(4):
                assert politeness.wait("polite.example", 0.1, 60)
                times.append(time.monotonic())

    threads = [threading.Thread(target=task) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    assert len(times) == 16
    assert times[-1] - times[0] >= 1.4  # fifteen delays, less what waking up late shifts
    assert sum(b - a < 0.05 for a, b in pairwise(times)) <= 2


@pytest.mark.parametrize("kind", ["memory", "postgres"])
def test_a_host_that_is_held_is_not_waited_for(kind: str, connection: psycopg.Connection) -> None:
    politeness = MemoryPoliteness() if kind == "memory" else PostgresPoliteness(connection)
    host = f"{kind}.example"
    politeness.hold(host, 3_600)
    started = time.monotonic()
    assert not politeness.wait(host, 1, patience=5)
    assert not politeness.wait(host, 1, patience=5)  # and nothing was reserved by asking
    assert time.monotonic() - started < 1
    politeness.hold(host, 10)  # a shorter hold does not shorten the longer one
    assert not politeness.wait(host, 1, patience=3_000)
    assert politeness.wait("other.example", 0, patience=5)


def test_a_report_seen_by_one_worker_is_known_to_another(
    server: Server, fetch: Fetcher, dsn: str, connection: psycopg.Connection, tmp_path: Path
) -> None:
    """State is in Postgres and bodies in the archive: a run may go on anywhere."""
    source = make_source(id="region_moved")
    server.page("/news/", listing([f"/news/{n}/" for n in range(3)]))
    for n in range(3):
        server.page(f"/news/{n}/", article(f"Новость {n}"))
    load(dsn, fetch, fetch(source, state=PostgresState(connection, source)), source.id)
    elsewhere = Fetcher(server, tmp_path / "elsewhere")
    with psycopg.connect(dsn, autocommit=True) as conn:
        result = elsewhere(source, state=PostgresState(conn, source), now=NOW + timedelta(hours=1))
    assert not result.items
    assert len(server.paths()) == 1 + 3 + 1
