"""Feeds as they should not be: nothing outside is read, nothing multiplies, what can be read is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from svod.extract.files.text import clean_text
from svod.models import Outcome

from .bad_feeds import FEEDS
from .conftest import HOST, Fetcher, make_source
from .footprint import measured
from .pages import entry, feed
from .server import Server

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "feeds.yml").read_text(encoding="utf-8"))


@pytest.fixture
def inside() -> Iterator[Server]:
    started = Server()
    yield started
    started.stop()


def test_every_feed_is_a_case() -> None:
    assert len(CASES) >= 18
    assert {c["id"] for c in CASES} == set(FEEDS)


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_a_bad_feed(case: dict[str, Any], server: Server, inside: Server, fetch: Fetcher) -> None:
    text = FEEDS[case["id"]]().replace("{inside}", inside.address)
    body = text.encode(case.get("charset", "utf-8"))
    server.page("/bad", body, media_type="application/rss+xml")
    server.page("/good", feed([entry(9000)]), media_type="application/rss+xml")
    kind = {"kind": "vk", "vk": {"access": "mirror"}} if case["id"] == "wall_mirror" else {"kind": "rss"}
    source = make_source(**kind, urls=[f"http://{HOST}/bad", f"http://{HOST}/good"])
    with measured() as footprint:
        result = fetch(source)
    assert footprint.seconds < 60
    assert footprint.grown_mb < 200
    assert inside.connections == 0
    keys = [i.natural_key for i in result.items]
    assert "n9000" in keys  # the neighbour loads
    event = next(e for e in result.events if e.url.endswith("/bad"))
    if "reason" in case:
        assert event.outcome == case["outcome"]
        assert event.reason.startswith(case["reason"])
        assert keys == ["n9000"]
        return
    assert event.outcome is Outcome.OK
    if "count" in case:
        assert len(keys) == case["count"] + 1
    else:
        assert [k for k in keys if k != "n9000"] == case["keys"]
    assert [r.code for r in result.rejections] == ([case["rejected"]] if "rejected" in case else [])
    _check_items(case, fetch, result.items)


def _check_items(case: dict[str, Any], fetch: Fetcher, items: Any) -> None:
    for item in items[:3]:
        text = clean_text(
            fetch.archive.get(item.body_sha256), item.media_type, item.charset, item.selector
        ).text
        assert "Проведено 120 занятий для 45 семей" in text
        assert "root:" not in text
        assert "aaaaaaaa" not in text
    if "published" in case:
        assert {i.published.date().isoformat() for i in items if i.natural_key != "n9000"} == {
            case["published"]
        }
