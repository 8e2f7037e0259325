"""What people decide on the pages is in the marts after the next run, and survives a new extractor version.

Nothing between is skipped: sample site → DAGs → page over HTTP → DAG → marts → new version over the archive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from fastapi.testclient import TestClient
from tests.warehouse.reports import put_in_force
from tests.web.samples import SEED

from svod.archive import Archive
from svod.config import Settings
from svod.steps import ingest
from svod.web import Site, User, create_app

pytestmark = pytest.mark.slow

WHO = User(id="7", name="anna", may_review=True)


def rows(settings: Settings, query: str, *arguments: object) -> list[tuple]:
    with psycopg.connect(settings.dsn("owner")) as conn:
        return conn.execute(query, arguments).fetchall()


@contextmanager
def pages(settings: Settings) -> Iterator[TestClient]:
    site = Site(
        dsn=lambda: settings.dsn("app"),
        secret=lambda: "for tests only",
        archive=lambda: Archive(settings.archive),
        territory_seed=SEED,
    )
    with TestClient(create_app(site, lambda: WHO), headers={"origin": "http://testserver"}) as client:
        yield client


def hidden(html: str) -> dict[str, str]:
    body = re.search(r'<form class="decide".*?</form>', html, flags=re.S)
    assert body, html
    fields = dict(
        re.findall(r'<input(?! type="(?:radio|check))[^>]*?name="(\w+)"[^>]*?value="([^"]*)"', body[0])
    )
    for name, options in re.findall(r'<select name="(\w+)">(.*?)</select>', body[0], flags=re.S):
        chosen = re.search(r'value="(\w*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def correct(settings: Settings, fact: str, value: str) -> None:
    with pages(settings) as client:
        fields = hidden(client.get(f"/review/{fact}", params={"verdict": "corrected"}).text)
        sent = fields | {"verdict": "corrected", "value": value, "note": "в таблице иначе"}
        answer = client.post(f"/review/{fact}", data=sent, follow_redirects=False)
        assert answer.status_code == 303, answer.text


def merge(settings: Settings, left: str, right: str) -> None:
    keys = sorted(
        rows(settings, "select min(name_key) from ops.canonical_name where canonical_id = %s", each)[0][0]
        for each in (left, right)
    )
    with pages(settings) as client:
        page = client.get("/partners/pair", params={"left": keys[0], "right": keys[1]}).text
        sent = hidden(page) | {"verdict": "positive", "note": "одно и то же"}
        answer = client.post("/partners/pair", data=sent, follow_redirects=False)
        assert answer.status_code == 303, answer.text


def test_decisions_reach_the_marts_and_outlive_a_new_extractor(bag, stack, monkeypatch) -> None:
    assert bag.dags["ingest__kirov_dobro43"].test().state == "success"
    warehouse = bag.dags["warehouse"]
    assert warehouse.test().state == "success"
    fact, quote, before = rows(
        stack,
        "select outcome_id, quote, value from marts.fct_outcome where kind = 'count'"
        " and quote in (select quote from marts.fct_outcome group by 1 having count(*) = 1)"
        " order by 1 limit 1",
    )[0]
    (left,), (right,) = rows(
        stack,
        "select partner_id from marts.dim_partner join ops.canonical on canonical_id = partner_id"
        " order by created_at, 1 limit 2",
    )
    partners = rows(stack, "select count(*) from marts.dim_partner")[0][0]

    correct(stack, fact, str(before + 1000))
    merge(stack, left, right)
    assert rows(stack, "select value from marts.fct_outcome where outcome_id = %s", fact) == [(before,)]
    assert warehouse.test().state == "success"
    seen = rows(stack, "select value, review_status from marts.fct_outcome where outcome_id = %s", fact)
    assert seen == [(before + 1000, "corrected")]
    assert rows(stack, "select count(*) from marts.dim_partner")[0][0] == partners - 1

    monkeypatch.setattr(ingest, "EXTRACTOR_VERSION", "next")
    assert sum(counts["metrics"] for _, _, counts in ingest.replay(None, dsn=stack.dsn("loader"))) > 0
    put_in_force(stack.dsn("loader"), "next")
    assert warehouse.test().state == "success"
    assert rows(stack, "select 1 from marts.fct_outcome where outcome_id = %s", fact) == [], "another reading"
    assert rows(stack, "select value, review_status from marts.fct_outcome where quote = %s", quote) == seen
    assert rows(stack, "select count(*) from marts.dim_partner")[0][0] == partners - 1
