"""A further source is one YAML: the real scheduler finds it, starts it by its clock, backfills it by dates.

Nothing is made by hand here: no pool, no connection, no run is triggered, no DAG is unpaused.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg
import pytest

from svod.config import Settings
from svod.runtime import control
from svod.runtime.rest import AirflowClient, Refused
from svod.runtime.stack import embedded_postgres
from svod.runtime.supervisor import State

pytestmark = pytest.mark.slow

DAG_ID = "ingest__sixth_site"
YAML = """
title: Шестой сайт
publisher: {name: Центр социальной помощи}
territory: {oktmo: "33000000", iso: RU-KIR}
kind: rss
urls: [http://sixth.example/feed]
full_text: entry
schedule: {cron: "* * * * *", timezone: Europe/Moscow}
politeness: {delay: 0.2}
backfill: {since: 2026-01-01}
owner: data
licence: CC0-1.0
"""
OLD = [
    datetime(2024, 5, day, 9, tzinfo=UTC) for day in range(1, 11)
]  # before what an ordinary run goes back to
NEW = [datetime(2026, 2, day, 9, tzinfo=UTC) for day in (1, 2, 3)]


def feed() -> bytes:
    items = "".join(
        f"<item><title>Итоги дня {at:%d.%m.%Y}</title><link>http://sixth.example/{at:%Y%m%d}</link>"
        f"<guid>{at:%Y%m%d}</guid><pubDate>{format_datetime(at)}</pubDate>"
        f"<description>Помощь получили {at.day + 20} семей, проведено {at.day + 5} занятий.</description>"
        "</item>"
        for at in sorted(OLD + NEW, reverse=True)
    )
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Лента</title>'
    return f"{head}{items}</channel></rss>".encode()


class Site(BaseHTTPRequestHandler):
    """The feed, and nothing else: there is no robots.txt."""

    def do_GET(self) -> None:
        found = self.path == "/feed"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
        self.end_headers()
        if found:
            self.wfile.write(feed())

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    folder = tmp_path_factory.mktemp("sixth")
    (folder / "sources").mkdir()
    (folder / "sources" / "sixth_site.yml").write_text(YAML, encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Settings(
        home=folder / "home",
        sources_dir=folder / "sources",
        hosts={"sixth.example": f"127.0.0.1:{server.server_port}"},
        allow_private_addresses=True,
    )
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def state(settings: Settings) -> Iterator[State]:
    yield control.up(settings)
    control.down(settings)
    embedded_postgres(settings).remove()


@pytest.fixture(scope="module")
def client(settings: Settings, state: State) -> AirflowClient:
    return control.client(settings, state)


def published(settings: Settings) -> list[datetime]:
    with psycopg.connect(settings.dsn("loader")) as conn:
        found = conn.execute("select published_at from raw.document_version order by 1").fetchall()
    return [at for (at,) in found]


def runs(client: AirflowClient, run_type: str) -> list[dict[str, str]]:
    answer = client._send("GET", f"/dags/{DAG_ID}/dagRuns", params={"run_type": run_type, "limit": 100})
    return list(answer["dag_runs"])


def wait_for_runs(client: AirflowClient, run_type: str, number: int) -> list[dict[str, str]]:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        done = [r for r in runs(client, run_type) if r["state"] in {"success", "failed"}]
        if len(done) >= number:
            return done
        time.sleep(0.5)
    raise AssertionError(f"not {number} {run_type} runs in time: {runs(client, run_type)}")


def test_it_is_scheduled_and_runs_by_itself(settings: Settings, client: AirflowClient) -> None:
    client.wait_for_dags({DAG_ID})
    done = wait_for_runs(client, "scheduled", 1)
    assert {run["state"] for run in done} == {"success"}
    assert published(settings) == NEW


def start_backfill(client: AirflowClient, reprocess: str) -> None:
    """Airflow's own: what its page and `airflow backfill create` send."""
    body = {
        "dag_id": DAG_ID,
        "from_date": "2024-05-04T00:00:00Z",
        "to_date": "2024-05-04T00:02:00Z",
        "reprocess_behavior": reprocess,
        "max_active_runs": 1,
        "run_backwards": False,
        "dag_run_conf": {},
    }
    deadline = time.monotonic() + 60
    while True:
        try:
            client._send("POST", "/backfills", json=body)
            return
        except Refused as error:  # the scheduler closes the one before a while after its last run
            if error.status != 409 or time.monotonic() > deadline:
                raise
            time.sleep(1)


def test_airflows_own_backfill_brings_the_days_of_its_runs(settings: Settings, client: AirflowClient) -> None:
    """The clock ticks every minute here: three runs, each of which stands for a minute of 4 May."""
    start_backfill(client, "none")
    done = wait_for_runs(client, "backfill", 3)
    assert {run["state"] for run in done} == {"success"}
    assert published(settings) == [OLD[3], *NEW]


def test_the_same_backfill_again_adds_nothing(settings: Settings, client: AirflowClient) -> None:
    before, first = published(settings), {run["start_date"] for run in runs(client, "backfill")}
    start_backfill(client, "completed")
    deadline = time.monotonic() + 240
    again: list[dict[str, str]] = []
    while len(again) < 3 and time.monotonic() < deadline:
        time.sleep(0.5)
        ended = [run for run in runs(client, "backfill") if run["state"] in {"success", "failed"}]
        again = [run for run in ended if run["start_date"] not in first]
    assert [run["state"] for run in again] == ["success"] * 3
    assert published(settings) == before


def test_the_file_switches_its_clock_off_and_on(settings: Settings, client: AirflowClient) -> None:
    """Also long after the DAG was first seen; and a run by hand works while it is off."""
    file = settings.sources_dir / "sixth_site.yml"
    file.write_text(f"{YAML}paused: true\n", encoding="utf-8")
    wait_until_scheduled(client, False)
    before = len(runs(client, "scheduled"))
    begun = client.trigger(DAG_ID)
    assert wait_for_runs(client, "manual", 1)[0]["dag_run_id"] == begun.run_id
    time.sleep(65)
    assert len(runs(client, "scheduled")) == before
    file.write_text(f"{YAML}paused: false\n", encoding="utf-8")
    wait_until_scheduled(client, True)
    done = wait_for_runs(client, "scheduled", before + 1)
    assert {run["state"] for run in done} == {"success"}


def wait_until_scheduled(client: AirflowClient, wanted: bool) -> None:
    deadline = time.monotonic() + 120
    while (client._send("GET", f"/dags/{DAG_ID}")["next_dagrun_run_after"] is not None) is not wanted:
        assert time.monotonic() < deadline
        time.sleep(0.5)
