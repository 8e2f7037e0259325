"""The sample sites answer like real ones, the same in every run, and hold annotated reports."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from re import sub
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
import requests

from svod.config import CHECKOUT
from svod.runtime.sites import SAMPLES, SampleSites, read_reports
from svod.sources import load_sources

ANNOTATED = CHECKOUT / "tests" / "eval" / "reports"
# site → address of the page that carries the body of this annotated report
CARRIED = {
    "doc_03": "http://vk-wall.example/wall-100200300_1",
    "doc_11": "http://kolyma-sotsium.example/obshchestvo/sotsium/nabor-dlya-malysha.html",
    "doc_01": "http://dobro43.example/news/itogi-masterskoy/",
    "doc_34": "http://sotszashchita-vrn.example/press/novosti/2-dolgovremennyy-ukhod",
    "doc_36": "http://vestnik-dobra.example/ne-boysya-temnoty/",
}


@pytest.fixture(scope="module")
def sites() -> Iterator[SampleSites]:
    server = SampleSites()
    server.start()
    yield server
    server.stop()


def get(sites: SampleSites, url: str, **headers: str) -> requests.Response:
    host = urlsplit(url).netloc
    with requests.Session() as session:
        session.trust_env = False
        return session.get(
            url.replace(host, sites.hosts[host], 1), headers={"Host": host, **headers}, timeout=10
        )


def test_every_page_answers(sites: SampleSites) -> None:
    assert len(sites.hosts) == 5
    assert len(sites.addresses) > 35
    for url in sites.addresses:
        answer = get(sites, url)
        assert answer.status_code == 200, url
        assert answer.content, url
    assert get(sites, "http://dobro43.example/nothing").status_code == 404


def test_conditional_requests(sites: SampleSites) -> None:
    url = "http://dobro43.example/news/"
    first = get(sites, url)
    same = get(sites, url, **{"If-None-Match": first.headers["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    assert get(sites, url, **{"If-Modified-Since": first.headers["Last-Modified"]}).status_code == 304
    assert get(sites, url, **{"If-None-Match": '"other"'}).status_code == 200
    portal = get(sites, "http://kolyma-sotsium.example/obshchestvo/sotsium/")
    assert "ETag" not in portal.headers
    assert "charset=windows-1251" in portal.headers["Content-Type"]
    assert "Магадан" in portal.content.decode("cp1251")


def test_requests_are_kept(sites: SampleSites) -> None:
    get(sites, "http://vk-wall.example/nadezhda_ukhta/rss", **{"User-Agent": "a test"})
    deadline = time.monotonic() + 10  # the server's thread may write its line after the answer has arrived
    while not (ours := [r for r in sites.requests if r.user_agent == "a test"]):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert [(r.host, r.target, r.status) for r in ours] == [("vk-wall.example", "/nadezhda_ukhta/rss", 200)]


def test_pages_are_the_same_in_every_run(sites: SampleSites) -> None:
    again = SampleSites()
    again.start()
    try:
        for url in sites.addresses:
            assert get(sites, url).content == get(again, url).content, url
    finally:
        again.stop()


def test_feeds_and_interface_are_well_formed(sites: SampleSites) -> None:
    for url, count in (
        ("http://vk-wall.example/nadezhda_ukhta/rss", 5),
        ("http://vestnik-dobra.example/feed/", 4),
    ):
        feed = ElementTree.fromstring(get(sites, url).content)
        assert len(feed.findall("./channel/item")) == count
        assert all(item.findtext("pubDate") for item in feed.iter("item"))
    posts = get(sites, "http://vestnik-dobra.example/wp-json/wp/v2/posts?per_page=100&page=1")
    assert len(posts.json()) == 4
    assert posts.headers["X-WP-TotalPages"] == "1"


@pytest.mark.parametrize("name", sorted(CARRIED))
def test_annotated_quotes_stand_on_the_page(sites: SampleSites, name: str) -> None:
    answer = get(sites, CARRIED[name])
    text = unescape(sub(r"<[^>]+>", "", answer.content.decode(answer.encoding or "utf-8")))
    metrics = json.loads((ANNOTATED / f"{name}.json").read_text(encoding="utf-8"))["metrics"]
    assert metrics
    for metric in metrics:
        assert metric["quote"] in text


def test_every_site_is_a_source_and_asks_its_own_host(sites: SampleSites) -> None:
    sources, errors = load_sources(CHECKOUT / "dags" / "sources")
    assert not errors
    for folder in (path.parent for path in SAMPLES.glob("*/site.yml")):
        source = sources[folder.name]
        assert source.paused, "only the demo serves the site"
        for url in source.urls:
            assert urlsplit(url).netloc in sites.hosts
            assert get(sites, url).status_code == 200


def test_reports_are_numbered_from_the_oldest(tmp_path: Path) -> None:
    for day in ("2020-02-01", "2019-01-01"):
        (tmp_path / f"{day}_x{day[:4]}.txt").write_text(f"title: T\ndate: {day} 10:00\n---\nТекст.\n")
    assert [(r.slug, r.number) for r in read_reports(tmp_path)] == [("x2020", 2), ("x2019", 1)]
