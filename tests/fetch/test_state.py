"""A source's past in the warehouse answers as the one in memory; politeness holds between connections."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest

import svod
from svod import warehouse
from svod.errors import FetchError
from svod.extract.files.text import clean_text, substance_sha256
from svod.fetch import MemoryPoliteness, MemoryState, PostgresPoliteness, PostgresState
from svod.models import FetchResult, Item, Outcome, ReadReport, ReportFacts
from svod.quality import quarantine
from svod.warehouse import ROLES, ExtractorRun

from .conftest import HOST, NOW, Fetcher, make_source
from .pages import article, listing
from .server import Request, Server, Wire, response

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


@pytest.mark.parametrize("kind", ["memory", "postgres"])
def test_only_what_was_asked_counts_for_the_daily_cap(
    kind: str, server: Server, fetch: Fetcher, dsn: str, connection: psycopg.Connection
) -> None:
    """Else a source that meets its cap is refused for ever: each refusal would count as a request."""
    source = make_source(id=f"capped_{kind}", politeness={"delay": 0, "daily_cap": 4})
    server.page("/robots.txt", "User-agent: *\nDisallow: /news/0/\n", media_type="text/plain")
    server.page("/news/", listing([f"/news/{n}/" for n in range(3)]))
    for n in range(3):
        server.page(f"/news/{n}/", article(f"Новость {n}"))
    memory = MemoryState()

    def past() -> MemoryState | PostgresState:
        return memory if kind == "memory" else PostgresState(connection, source)

    reasons: set[str] = set()
    for hour in range(4):
        result = fetch(source, now=NOW + timedelta(hours=hour), run_id=f"{hour}", state=past())
        reasons |= {e.reason.partition(":")[0] for e in result.events}
        if kind == "memory":
            memory.absorb(result)
        else:
            load(dsn, fetch, result, source.id)
    assert reasons >= {"", "robots", "daily_cap"}
    assert past().requests_since(NOW - timedelta(days=1)) == len(server.requests)


def test_parallel_tasks_never_come_too_soon(server: Server, fetch: Fetcher, dsn: str) -> None:
    """By the server's own log: four tasks with connections of their own at one host, some answers slow."""
    delay, each = 0.15, 4

    def slow(wire: Wire, _: Request) -> None:
        time.sleep(0.1)  # an answer that takes long puts off who comes next
        wire.send(response(article("Новость").encode()))

    for task in range(4):
        server.page(f"/news/{task}/", listing([f"/news/{task}/{n}/" for n in range(each)]))
        for n in range(each):
            server.page(f"/news/{task}/{n}/", article(f"Новость {n}"))
        server.answers[f"/news/{task}/0/"] = slow

    def run(task: int) -> None:
        source = make_source(
            id=f"task{task}", urls=[f"http://{HOST}/news/{task}/"], politeness={"delay": delay}
        )
        with psycopg.connect(dsn, autocommit=True) as conn:
            polite = PostgresPoliteness(conn)
            result = fetch(source, run_id="r", state=MemoryState(), politeness=polite)
        assert len(result.items) == each

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    times = [r.at for r in server.requests]
    assert len(times) == 4 * (1 + 1 + each)  # robots.txt, list, reports
    assert min(b - a for a, b in pairwise(times)) >= delay


def test_a_host_that_wants_visitors_slower_is_obeyed_from_the_first_page_on(
    server: Server, fetch: Fetcher, connection: psycopg.Connection
) -> None:
    server.page("/robots.txt", "User-agent: *\nCrawl-delay: 0.4\n", media_type="text/plain")
    server.page("/news/", listing(["/news/1/"]))
    server.page("/news/1/", article("Новость"))
    polite = PostgresPoliteness(connection)
    fetch(make_source(politeness={"delay": 0.01}), state=MemoryState(), politeness=polite)
    times = [r.at for r in server.requests]
    assert len(times) == 3
    assert min(b - a for a, b in pairwise(times)) >= 0.4


TAKES_ITS_TURN = """
import sys, time, psycopg
from svod.fetch import PostgresPoliteness
with psycopg.connect(sys.argv[1], autocommit=True) as conn:
    with PostgresPoliteness(conn).turn("dying.example", 0.3, 60):
        print("mine", flush=True)
        time.sleep(60)
"""


def test_a_task_that_is_killed_in_its_turn_does_not_keep_the_others_away(
    dsn: str, connection: psycopg.Connection
) -> None:
    polite = PostgresPoliteness(connection)
    env = os.environ | {"PYTHONPATH": str(Path(svod.__file__).parents[1])}
    with subprocess.Popen(
        [sys.executable, "-c", TAKES_ITS_TURN, dsn], stdout=subprocess.PIPE, env=env
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"mine\n"
        with pytest.raises(FetchError, match="held"), polite.turn("dying.example", 0.3, patience=0.5):
            pass
        other.kill()
    with polite.turn("dying.example", 0.3, patience=30):
        pass


@pytest.mark.parametrize("kind", ["memory", "postgres"])
def test_a_host_that_is_held_is_not_waited_for(kind: str, connection: psycopg.Connection) -> None:
    politeness = MemoryPoliteness() if kind == "memory" else PostgresPoliteness(connection)
    host = f"{kind}.example"
    politeness.hold(host, 3_600)
    started = time.monotonic()
    for _ in range(2):  # and nothing was reserved by asking
        with pytest.raises(FetchError, match="held"), politeness.turn(host, 1, patience=5):
            pass
    assert time.monotonic() - started < 4
    politeness.hold(host, 10)  # a shorter hold does not shorten the longer one
    with pytest.raises(FetchError, match="held"), politeness.turn(host, 1, patience=3_000):
        pass
    with politeness.turn("other.example", 0, patience=5):
        pass


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


def test_a_mass_withdrawal_is_believed_when_somebody_releases_it(
    fetch: Fetcher, dsn: str, connection: psycopg.Connection, tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    source = make_source("files", str(folder), id="cleared")

    def put(*numbers: int) -> None:
        for n in numbers:
            (folder / f"{n}.txt").write_text(f"Отчёт {n}: помощь получили {n + 10} семей.")

    def run() -> FetchResult:
        result = fetch(source, state=PostgresState(connection, source))
        load(dsn, fetch, result, source.id)
        return result

    def held() -> list[str]:
        return [q.quarantine_id for q in quarantine.list_open(dsn, source_id=source.id)]

    put(*range(9))
    run()
    for n in range(6):
        (folder / f"{n}.txt").unlink()
    assert run().withdrawn == ()
    run()
    (record,) = held()  # the same reports are the same record
    quarantine.drop(dsn, record, reason="the share was being copied", by="duty")
    put(0)
    assert run().withdrawn == ()
    (record,) = held()  # another five: the decision about six does not hide them
    quarantine.release(dsn, record, reason="the region took them back", by="duty")
    assert sorted(run().withdrawn) == [f"{n}.txt" for n in range(1, 6)]
    assert run().withdrawn == ()
    put(*range(1, 6))
    assert not run().rejections
    for n in range(6):
        (folder / f"{n}.txt").unlink()
    assert run().withdrawn == (), "what was believed once is no word about later"
