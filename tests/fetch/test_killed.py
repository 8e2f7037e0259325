"""kill -9 of a fetch anywhere: the retry ends where an undisturbed run ends, and nothing is there twice."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from svod import warehouse
from svod.archive import Archive
from svod.extract.files.text import clean_text, substance_sha256
from svod.extract.reader import read_many
from svod.models import ReadReport, ReportText
from svod.warehouse import ROLES, ExtractorRun

from .conftest import HOST, make_source
from .pages import article, listing
from .server import Request, Server, Wire, response

CHILD = Path(__file__).with_name("child.py")
REPORTS = 8
# all that was seen and read, without times and the names of runs
CONTENTS = {
    "document": "document_id, natural_key, url",
    "document_version": "version_id, document_id, sha256_text, body_sha256, clean_text, title, published_on",
    "snapshot": "snapshot_id, url, sha256_raw, media_type, size_bytes",
    "project_mention": "project_mention_id, version_id, name, kind, start_char, end_char",
    "partner_mention": "partner_mention_id, version_id, name, type, start_char, end_char",
    "metric_mention": "metric_mention_id, version_id, value, unit, start_char, end_char, quote",
}
SOURCE = make_source(politeness={"delay": 0.01}).model_dump(mode="json")


class Killer:
    """Kills the child when the n-th request arrives: before, just after, or a little after its answer."""

    def __init__(self, point: int, moment: str) -> None:
        self._left, self._moment = point, moment
        self.child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def answer(self, data: bytes) -> Callable[[Wire, Request], None]:
        def send(wire: Wire, _: Request) -> None:
            with self._lock:
                self._left -= 1
                due = self._left == 0
            if due and self._moment == "before":
                self._kill()
            wire.send(data)
            if due and self._moment == "after":
                self._kill()
            if due and self._moment == "later":
                threading.Timer(0.004, self._kill).start()

        return send

    def _kill(self) -> None:
        if self.child is not None:
            self.child.kill()


def serve(server: Server, killer: Killer) -> None:
    pages = {
        "/robots.txt": response(b"User-agent: *\nAllow: /\n", media_type="text/plain"),
        "/news/": response(listing([f"/news/{n}/" for n in range(4)], "/news/?page=2").encode()),
        "/news/?page=2": response(listing([f"/news/{n}/" for n in range(4, REPORTS)]).encode()),
    }
    for n in range(REPORTS):
        text = f"Проведено {100 + n} занятий для {40 + n} семей. Проект «Тёплый дом {n}» завершён."
        pages[f"/news/{n}/"] = response(article(f"Новость {n}", text).encode(), ETag=f'"{n}"')
    server.answers = {path: killer.answer(data) for path, data in pages.items()}


def run_child(server: Server, archive: Path, dsn: str, killer: Killer) -> int:
    given = {"source": SOURCE, "hosts": {HOST: server.address}, "archive": str(archive), "dsn": dsn}
    child = subprocess.Popen([sys.executable, str(CHILD), json.dumps(given)], stdout=subprocess.DEVNULL)
    killer.child = child
    return child.wait(timeout=60)


def load(dsn: str, archive: Archive) -> None:
    result = archive.read_result("region", "run")
    cleans = [
        clean_text(archive.get(i.body_sha256), i.media_type, i.charset, i.selector) for i in result.items
    ]
    facts = read_many(
        [ReportText(text=c.text, title=i.title) for c, i in zip(cleans, result.items, strict=True)]
    )
    reads = [
        ReadReport(item=i, clean_text=c.text, sha256_text=substance_sha256(c.text), title=i.title, facts=f)
        for i, c, f in zip(result.items, cleans, facts, strict=True)
    ]
    extractor = ExtractorRun(version="test", config_hash="0", started_at=datetime.now(UTC))
    warehouse.load(dsn, make_source(), result, reads, (), extractor, mask=list)


def contents(dsn: str, archive: Archive) -> dict[str, Any]:
    """Everything, as sorted rows; and the names of the bodies in the archive."""
    found: dict[str, Any] = {}
    with psycopg.connect(dsn) as conn:
        for table, columns in CONTENTS.items():
            rows = conn.execute(f"select {columns} from raw.{table}").fetchall()  # type: ignore[arg-type]
            found[table] = sorted(map(repr, rows))
            assert len(set(found[table])) == len(rows), table  # nothing twice
    folder = Path(archive.uri.removeprefix("file://"))
    found["bodies"] = sorted(p.name for p in folder.glob("objects/*/*/*.gz"))
    return found


@pytest.fixture(scope="module")
def dsn(make_database: Callable[[], str]) -> str:
    owner = make_database()
    warehouse.migrate(owner, dict.fromkeys((r for r in ROLES if r != "owner"), "secret"))
    return owner


@pytest.fixture
def emptied(dsn: str) -> str:
    with psycopg.connect(dsn) as conn:
        tables = conn.execute(
            "select schemaname, tablename from pg_tables where schemaname in ('raw', 'ops')"
            " and tablename <> 'schema_version'"
        ).fetchall()
        names = sql.SQL(", ").join(sql.Identifier(*row) for row in tables)
        conn.execute(sql.SQL("truncate {} restart identity").format(names))
    return dsn


def fetch_and_load(server: Server, folder: Path, dsn: str, killer: Killer) -> dict[str, Any]:
    """Run until it ends well, as Airflow's retries do; then load."""
    codes = [run_child(server, folder, dsn, killer)]
    while codes[-1] != 0:
        assert len(codes) < 3
        codes.append(run_child(server, folder, dsn, killer))
    archive = Archive(str(folder))
    load(dsn, archive)
    return {"killed": len(codes) - 1, **contents(dsn, archive)}


def undisturbed(server: Server, folder: Path, dsn: str) -> dict[str, Any]:
    killer = Killer(0, "never")
    serve(server, killer)
    return fetch_and_load(server, folder, dsn, killer)


def test_a_fetch_in_a_process_of_its_own_loads_all(server: Server, tmp_path: Path, emptied: str) -> None:
    found = undisturbed(server, tmp_path / "archive", emptied)
    assert len(found["document"]) == REPORTS
    assert len(found["metric_mention"]) >= REPORTS
    assert len(found["bodies"]) == REPORTS + 3  # two lists and robots.txt


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["before", "after", "later"])
@pytest.mark.parametrize("point", [1, 2, 3, 4, 6, 8, 9, 11])
def test_a_killed_fetch_ends_as_an_undisturbed_one(
    point: int, moment: str, server: Server, tmp_path: Path, emptied: str
) -> None:
    killer = Killer(point, moment)
    serve(server, killer)
    found = fetch_and_load(server, tmp_path / "killed", emptied, killer)
    assert found.pop("killed") == 1 or (moment == "later" and point == 11)
    asked = [r.path for r in server.requests]
    # made again: the request under way and robots.txt; the whole run if it was killed when all was fetched
    again = REPORTS + 3 if (moment, point) == ("later", 11) else 2
    assert len(asked) <= REPORTS + 3 + again
    with psycopg.connect(emptied) as conn:
        conn.execute("truncate raw.document, raw.document_version, raw.document_event, raw.snapshot cascade")
        conn.execute("truncate raw.fetch_event, ops.fetch_cursor, ops.host_politeness cascade")
    expected = undisturbed(server, tmp_path / "undisturbed", emptied)
    expected.pop("killed")
    assert found == expected
    assert len(found["document"]) == REPORTS


HOSTILE = ["large_unannounced", "gzip_bomb", "deflate_bomb", "drip_body", "chunks_broken", "header_flood"]


@pytest.mark.slow
def test_a_fetch_stays_under_400_megabytes_whatever_is_sent(server: Server, tmp_path: Path) -> None:
    """Feeds as large as are taken, bombs, endless bodies and deep pages in one run."""
    from .misbehaviour import answer_for
    from .pages import entry, feed

    for kind in HOSTILE:
        server.answers[f"/{kind}"] = answer_for(kind, server)
    server.page(
        "/feed", feed([entry(n, "слово " * 200) for n in range(2_000)]), media_type="application/rss+xml"
    )
    server.page("/deep", "<div>" * 1_000_000)
    server.page(
        "/links", "".join(f"<a href='/news/{n}/'>Новость номер {n} о проекте</a>" for n in range(100_000))
    )
    urls = [f"http://{HOST}/{path}" for path in [*HOSTILE, "deep", "links"]]
    for kind, addresses in (("listing", urls), ("rss", [f"http://{HOST}/feed"])):
        source = make_source(kind, urls=addresses, politeness={"delay": 0, "max_items": 5})
        given = {
            "source": source.model_dump(mode="json"),
            "hosts": {HOST: server.address},
            "archive": str(tmp_path / kind),
        }
        done = subprocess.run(
            [sys.executable, str(CHILD), json.dumps(given)], capture_output=True, timeout=240, check=False
        )
        assert done.returncode == 0, done.stderr.decode()[-500:]
        assert float(done.stdout) < 400
