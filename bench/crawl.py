"""Re-crawling 500 local pages, 95 % of them unchanged: bytes and parses beside plain requests, in one run.

And the delay between requests to one host, as its server saw them, under four parallel tasks.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin

import lxml.html
import psycopg
import requests
from bench._site import Log, Site

from svod.archive import Archive
from svod.extract.files.text import clean_text
from svod.fetch import ClientSettings, MemoryPoliteness, MemoryState, PostgresPoliteness, fetch_source
from svod.models import FetchResult
from svod.runtime.postgres import Postgres
from svod.sources import Source

PAGES, CHANGED = 500, 25
TASKS, DELAY, EACH = 4, 0.5, 6
HOST = "news.example"
OWNER, PASSWORD = "bench_owner", "bench"


def _source(name: str = "bench", **limits: float) -> Source:
    return Source.model_validate(
        {
            "id": name,
            "title": "Новости",
            "publisher": {"name": "Стенд"},
            "territory": {"oktmo": "47000000"},
            "kind": "listing",
            "urls": [f"http://{HOST}/news/"],
            "politeness": {"delay": 0, "max_items": PAGES, "max_pages": PAGES, "daily_cap": 10_000, **limits},
            "owner": "svod",
            "licence": "CC0-1.0",
        }
    )


def _crawl(site: Site, folder: Path) -> tuple[Log, int]:
    """A first run, a change of 5 %, and what the second run then cost: its log and its parses."""
    archive, state = Archive(str(folder)), MemoryState()
    settings = ClientSettings(hosts={HOST: site.address})

    def run(run_id: str, at: datetime) -> FetchResult:
        return fetch_source(
            _source(recheck_hours=1),
            archive=archive,
            state=state,
            politeness=MemoryPoliteness(),
            client_settings=settings,
            run_id=run_id,
            now=at,
        )

    now = datetime.now(UTC)
    first = run("first", now)
    if len(first.items) != PAGES:
        raise RuntimeError(f"the first run found {len(first.items)} of {PAGES} reports")
    state.absorb(first)
    site.change(range(0, PAGES, PAGES // CHANGED))
    site.log = Log()
    second = run("second", now + timedelta(days=2))
    if len(second.items) != CHANGED:
        raise RuntimeError(f"the second run found {len(second.items)} of {CHANGED} changed reports")
    parses = 0
    for item in second.items:
        clean_text(archive.get(item.body_sha256), item.media_type, item.charset)
        parses += 1
    lists = sum(e.items > 0 and not e.url.rstrip("/").rsplit("/", 1)[-1].isdigit() for e in second.events)
    return site.log, parses + lists


def _plain(site: Site) -> tuple[Log, int]:
    """The same pages by requests alone: every list, every article, every one parsed."""
    site.log = Log()
    parses = 0
    session = requests.Session()
    session.trust_env = False
    url: str | None = f"http://{site.address}/news/"
    while url:
        tree = lxml.html.fromstring(session.get(url, timeout=30).content)
        parses += 1
        for link in tree.xpath("//div[@class='news-item']/a/@href"):
            clean_text(session.get(urljoin(url, link), timeout=30).content, "text/html", "utf-8")
            parses += 1
        following = tree.xpath("//a[@rel='next']/@href")
        url = urljoin(url, following[0]) if following else None
    return site.log, parses


def _gaps(folder: Path) -> list[float]:
    """Seconds between requests to one host under four tasks with connections of their own, by its log."""
    server = Postgres(folder / "postgres", durable=False)
    site = Site(TASKS * EACH)
    try:
        server.start()
        server.ensure_role(OWNER, PASSWORD, create_roles=True)
        server.ensure_database("bench", OWNER)
        dsn = server.dsn("bench", user=OWNER, password=PASSWORD)
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute("create schema ops")
            connection.execute(
                "create table ops.host_politeness (host text primary key, next_allowed_at timestamptz)"
            )
        tasks = [threading.Thread(target=_task, args=(n, site, dsn, folder)) for n in range(TASKS)]
        for task in tasks:
            task.start()
        for task in tasks:
            task.join()
        times = sorted(at for at, _ in site.log.requests)
        return [later - earlier for earlier, later in pairwise(times)]
    finally:
        site.stop()
        server.remove()


def _task(number: int, site: Site, dsn: str, folder: Path) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        fetch_source(
            _source(f"bench{number}", delay=DELAY, max_items=EACH, max_pages=1),
            archive=Archive(str(folder / "archive")),
            state=MemoryState(),
            politeness=PostgresPoliteness(connection),
            client_settings=ClientSettings(hosts={HOST: site.address}),
            run_id="bench",
        )


def main(json_output: bool) -> int:
    """Print the figures; 0 if bytes and parses are at least 15 times fewer and no delay was cut short."""
    folder = Path(tempfile.mkdtemp(prefix="svod-bench-"))
    folder.chmod(0o755)  # under root PostgreSQL runs as `nobody`, who must get in
    site = Site(PAGES)
    try:
        ours, our_parses = _crawl(site, folder / "archive")
        theirs, their_parses = _plain(site)
        gaps = _gaps(folder)
    finally:
        site.stop()
        shutil.rmtree(folder)
    bytes_ratio, parses_ratio = theirs.bytes / ours.bytes, their_parses / our_parses
    if json_output:
        svod = {"bytes": ours.bytes, "requests": len(ours.requests), "parses": our_parses}
        plain = {"bytes": theirs.bytes, "requests": len(theirs.requests), "parses": their_parses}
        polite = {
            "tasks": TASKS,
            "delay": DELAY,
            "requests": len(gaps) + 1,
            "shortest_gap": round(min(gaps), 3),
        }
        ratios = {"bytes_ratio": round(bytes_ratio, 1), "parses_ratio": round(parses_ratio, 1)}
        print(json.dumps({"pages": PAGES, "svod": svod, "requests": plain, **ratios, "politeness": polite}))
    else:
        print(f"re-crawl of {PAGES} pages, {CHANGED} changed")
        for name, log, parses in (("svod", ours, our_parses), ("requests", theirs, their_parses)):
            print(f"  {name:9}{log.bytes:>12,} bytes {len(log.requests):>5} requests {parses:>5} parses")
        print(f"  {bytes_ratio:.1f} times fewer bytes, {parses_ratio:.1f} times fewer parses")
        print(
            f"{TASKS} tasks at one host, delay {DELAY} s, {len(gaps) + 1} requests: "
            f"shortest gap {min(gaps):.3f} s"
        )
    return 0 if bytes_ratio >= 15 and parses_ratio >= 15 and min(gaps) >= DELAY else 1


if __name__ == "__main__":
    sys.exit(main("--json" in sys.argv[1:]))
