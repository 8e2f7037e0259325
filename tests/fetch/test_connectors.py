"""Each kind of source, against a server that answers as the real ones are documented to."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from svod.errors import FetchError
from svod.extract.files.text import clean_text
from svod.fetch.connectors.base import Entry, Listing, PageReader
from svod.fetch.visit import Page
from svod.models import FetchResult, Outcome
from svod.sources import Source

from . import wordpress
from .conftest import HOST, NOW, Fetcher, make_source
from .pages import PROSE, article, listing
from .server import Request, Server, Wire, response

API = f"http://{HOST}/method"


def texts(fetch: Fetcher, result: FetchResult) -> list[str]:
    return [
        clean_text(fetch.archive.get(i.body_sha256), i.media_type, i.charset, i.selector).text
        for i in result.items
    ]


# --- vk ---


def post(number: int, text: str, **more: Any) -> dict[str, Any]:
    """A post as wall.get returns it, counters and all."""
    return {
        "id": number,
        "owner_id": -5,
        "from_id": -5,
        "date": 1_713_926_566 + number * 3_600,
        "text": text,
        "likes": {"count": number * 7},
        "views": {"count": 1_000 + number},
        "marked_as_ads": 0,
        **more,
    }


def wall(server: Server, posts: list[dict[str, Any]]) -> None:
    """Answers wall.get by its documented parameters: count, offset, v, owner_id; the token in the header."""

    def answer(wire: Wire, request: Request) -> None:
        query = {k: v[0] for k, v in parse_qs(urlsplit(request.path).query).items()}
        if request.headers.get("authorization") != "Bearer secret-token":
            error = {"error_code": 5, "error_msg": "User authorization failed"}
            wire.send(response(json.dumps({"error": error}).encode(), media_type="application/json"))
            return
        assert query["v"]
        assert query["owner_id"] == "-5"
        count, offset = int(query["count"]), int(query["offset"])
        items = posts[offset : offset + count]
        body = {"response": {"count": len(posts), "items": items}}
        wire.send(response(json.dumps(body).encode(), media_type="application/json; charset=utf-8"))

    server.answers = _AnyPath(answer)


class _AnyPath(dict[str, Any]):
    def __init__(self, answer: Callable[[Wire, Request], None]) -> None:
        super().__init__()
        self._answer = answer

    def get(self, path: str, default: Any = None) -> Any:
        return self._answer if path.startswith("/method/") else default


VK = {
    "kind": "vk",
    "urls": [],
    "vk": {"access": "api", "owner_id": -5, "api_url": API},
    "politeness": {"delay": 0, "robots": "api"},
}


def test_a_wall_is_read_by_the_official_api(server: Server, fetch: Fetcher) -> None:
    repost = post(
        3, "Поддерживаем!", copy_history=[{"id": 9, "owner_id": -7, "text": "Исходная запись о 45 семьях."}]
    )
    wall(
        server,
        [
            repost,
            post(2, "Проведено 120 занятий \ud83d\ude0a"),
            post(1, "Реклама", marked_as_ads=1),
            post(0, ""),
        ],
    )
    result = fetch(make_source(**VK), token=lambda: "secret-token")
    assert [i.natural_key for i in result.items] == ["-5_3", "-5_2"]
    assert result.items[0].url == "https://vk.com/wall-5_3"
    assert texts(fetch, result) == [
        "Поддерживаем!\n\nИсходная запись о 45 семьях.",
        "Проведено 120 занятий 😊",
    ]
    assert result.items[1].published is not None
    assert result.items[1].published.isoformat() == "2024-04-24T07:42:46+03:00"  # the source's own zone
    assert [r.code for r in result.rejections] == ["empty_entry"]
    archive = Path(urlsplit(fetch.archive.uri).path)
    kept = [p for p in archive.rglob("*.json") if "secret-token" in p.read_text(errors="replace")]
    assert not kept  # the token is nowhere in what is recorded


def test_likes_make_no_new_version_and_edits_do(server: Server, fetch: Fetcher) -> None:
    wall(server, [post(2, "Второй"), post(1, "Первый")])
    fetch(make_source(**VK), token=lambda: "secret-token")
    wall(server, [post(2, "Второй", likes={"count": 99}), post(1, "Первый, исправленный")])
    result = fetch(make_source(**VK), token=lambda: "secret-token", now=NOW + timedelta(days=1))
    assert [i.natural_key for i in result.items] == ["-5_1"]
    assert result.seen == ("-5_2",)


def test_a_deleted_post_is_noticed_but_a_vanished_wall_is_not_believed(
    server: Server, fetch: Fetcher
) -> None:
    posts = [post(n, f"Запись номер {n}") for n in range(9, 0, -1)]
    wall(server, posts)
    fetch(make_source(**VK), token=lambda: "secret-token")
    wall(server, [p for p in posts if p["id"] != 5])
    gone = fetch(make_source(**VK), token=lambda: "secret-token", now=NOW + timedelta(days=1))
    assert gone.withdrawn == ("-5_5",)
    wall(server, [p for p in posts if p["id"] in {9, 1}])
    odd = fetch(make_source(**VK), token=lambda: "secret-token", now=NOW + timedelta(days=2))
    assert odd.withdrawn == ()
    assert [r.code for r in odd.rejections] == ["mass_withdrawal"]


def test_a_long_wall_is_read_page_by_page(server: Server, fetch: Fetcher) -> None:
    wall(server, [post(n, f"Запись {n}") for n in range(250, 0, -1)])
    result = fetch(make_source(**VK), token=lambda: "secret-token")
    assert len(result.items) == 250
    assert len(server.requests) == 3


def test_a_wrong_token_is_blocked_by_name(server: Server, fetch: Fetcher) -> None:
    wall(server, [post(1, "Первый")])
    event = fetch(make_source(**VK), token=lambda: "old-token").events[-1]
    assert event.outcome is Outcome.BLOCKED
    assert event.reason == "vk_5: User authorization failed"


@pytest.mark.parametrize(
    "body", [b"<html>nginx</html>", b'{"response": 5}', b"[]", b'"\\ud800"', b"{" * 5_000]
)
def test_an_answer_that_is_no_wall(server: Server, fetch: Fetcher, body: bytes) -> None:
    server.answers = _AnyPath(lambda wire, _: wire.send(response(body, media_type="application/json")))
    event = fetch(make_source(**VK), token=lambda: "t").events[-1]
    assert event.outcome is Outcome.ERROR
    assert event.reason.startswith("not_json")


# --- telegram ---


def channel(posts: list[tuple[int, str]], more: bool = False) -> str:
    """The public preview's markup, oldest first."""
    messages = "".join(
        f'<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="minsoc/{n}">'
        f'<div class="tgme_widget_message_text js-message_text">{text}</div>'
        f'<a class="tgme_widget_message_date"><time datetime="2024-04-{n:02}T09:00:00+00:00">09:00</time></a>'
        f'<span class="tgme_widget_message_views">{n}K</span></div></div>'
        for n, text in posts
    )
    link = '<link rel="prev" href="/s/minsoc?before=3">' if more else ""
    return f"<!doctype html><html><head>{link}</head><body><main>{messages}</main></body></html>"


def test_a_channel_is_read_by_its_preview(server: Server, fetch: Fetcher) -> None:
    server.page(
        "/s/minsoc", channel([(3, "Третий <b>пост</b><br>со второй строкой"), (4, "Четвёртый")], more=True)
    )
    server.page("/s/minsoc?before=3", channel([(1, "Первый"), (2, "")]))
    result = fetch(make_source("telegram", f"http://{HOST}/s/minsoc"))
    assert [i.natural_key for i in result.items] == ["minsoc/4", "minsoc/3", "minsoc/1"]
    assert texts(fetch, result)[1] == "Третий пост\n\nсо второй строкой"
    assert result.items[0].published is not None


# --- wordpress ---


def wp_posts(newest: int) -> list[wordpress.Post]:
    return [
        wordpress.post(n, f"<p>{PROSE} Номер {n}.</p>", "2024-04-24T06:30:00", f"Новость &#171;{n}&#187;")
        for n in range(newest, 0, -1)
    ]


def serve_wordpress(server: Server, posts: list[wordpress.Post]) -> None:
    def asked(query: dict[str, str]) -> list[wordpress.Post] | None:
        size, page = int(query["per_page"]), int(query.get("page", "1"))
        part = posts[(page - 1) * size : page * size]
        return part if part or page == 1 else None

    wordpress.serve(server, asked)


def test_a_wordpress_site_is_read_by_its_rest_interface(server: Server, fetch: Fetcher) -> None:
    serve_wordpress(server, wp_posts(45))
    result = fetch(make_source("wordpress", f"http://{HOST}/"))
    assert len(result.items) == 45
    assert result.items[0].natural_key == "wp:45"
    assert result.items[0].title == "Новость «45»"
    assert texts(fetch, result)[0] == f"Новость «45»\n\n{PROSE} Номер 45."
    assert len(server.requests) == 1 + 3  # robots.txt and three pages of twenty
    serve_wordpress(server, wp_posts(46))
    again = fetch(make_source("wordpress", f"http://{HOST}/"), now=NOW + timedelta(hours=1))
    assert [i.natural_key for i in again.items] == ["wp:46"]


# --- sitemap ---


def sitemap(addresses: list[tuple[str, str]], tag: str = "url") -> str:
    rows = "".join(f"<{tag}><loc>{a}</loc><lastmod>{d}</lastmod></{tag}>" for a, d in addresses)
    root = "urlset" if tag == "url" else "sitemapindex"
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{root}>'


def test_a_sitemap_names_the_articles(server: Server, fetch: Fetcher) -> None:
    pages = [(f"http://{HOST}/news/{n}/", f"2024-04-{n:02}") for n in range(1, 4)]
    server.page(
        "/sitemap.xml",
        sitemap([*pages, (f"http://{HOST}/contacts/", "2024-05-01")]),
        media_type="application/xml",
    )
    for n in range(1, 4):
        server.page(f"/news/{n}/", article(f"Новость {n}"))
    result = fetch(make_source("sitemap", f"http://{HOST}/sitemap.xml", link_pattern="/news/"))
    assert [i.url for i in result.items] == [f"http://{HOST}/news/{n}/" for n in (3, 2, 1)]


def test_a_sitemap_index_leads_to_its_maps(server: Server, fetch: Fetcher) -> None:
    maps = [(f"http://{HOST}/map-{n}.xml", f"2024-0{n}-01") for n in (1, 2)]
    server.page("/sitemap.xml", sitemap(maps, "sitemap"), media_type="application/xml")
    server.page(
        "/map-2.xml", sitemap([(f"http://{HOST}/news/1/", "2024-04-01")]), media_type="application/xml"
    )
    server.page(
        "/map-1.xml", sitemap([(f"http://{HOST}/news/2/", "2024-01-01")]), media_type="application/xml"
    )
    for n in (1, 2):
        server.page(f"/news/{n}/", article(f"Новость {n}"))
    result = fetch(
        make_source(
            "sitemap",
            f"http://{HOST}/sitemap.xml",
        )
    )
    assert [i.url for i in result.items] == [f"http://{HOST}/news/1/", f"http://{HOST}/news/2/"]
    assert {e.outcome for e in result.events} == {Outcome.OK}


@pytest.mark.parametrize(
    "body",
    [
        "<html><body>404</body></html>",
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>',
        "no xml at all",
        "<urlset>" + "<url>" * 100_000,
    ],
)
def test_what_is_no_sitemap_is_said_so(server: Server, fetch: Fetcher, body: str) -> None:
    server.page("/sitemap.xml", body, media_type="application/xml")
    event = fetch(make_source("sitemap", f"http://{HOST}/sitemap.xml")).events[-1]
    assert event.outcome in {Outcome.ERROR, Outcome.EMPTY_UNEXPECTED}


# --- listing ---


def test_a_listing_finds_its_articles_among_menus_and_adverts(server: Server, fetch: Fetcher) -> None:
    menu = "".join(f"<li><a href='/menu/{n}/'>Раздел сайта министерства {n}</a></li>" for n in range(30))
    advert = "<a href='https://other.example/advert'>Реклама банка с очень длинным зазывным текстом</a>"
    page = listing([f"/press/news/{n}-novost/" for n in range(5)])
    page = page.replace("<h2>", f"<ul class='main-menu'>{menu}</ul>{advert}<h2>")
    server.page("/news/", page)
    for n in range(5):
        server.page(f"/press/news/{n}-novost/", article(f"Новость {n}"))
    result = fetch(make_source())
    assert [i.url for i in result.items] == [f"http://{HOST}/press/news/{n}-novost/" for n in range(5)]


def test_the_same_article_under_several_spellings_is_one(server: Server, fetch: Fetcher) -> None:
    links = ["/news/1/", "/news/1/#comments", "/news/1/?utm_source=vk", "HTTP://REGION.example:80/news/1/"]
    server.page("/news/", listing(links))
    server.page("/news/1/", article())
    assert len(fetch(make_source(selectors={"link": ".news-item a"})).items) == 1


# --- one's own ---


class Digest(PageReader):
    """A custom connector is one class with one method: here, reports parted by lines of dashes."""

    def read(self, page: Page, source: Source) -> Listing:
        parts = page.body.decode().split("\n---\n")
        if len(parts) < 2:
            raise FetchError(Outcome.ERROR, "not_a_digest: no line of dashes")
        return Listing(
            entries=tuple(
                Entry(key=str(n), url=f"{page.url}#{n}", body=part.encode(), media_type="text/plain")
                for n, part in enumerate(parts)
            )
        )


def test_a_custom_connector_is_one_method(server: Server, fetch: Fetcher) -> None:
    server.page("/digest.txt", f"{PROSE}\n---\nВторой отчёт", media_type="text/plain")
    result = fetch(make_source("rss", f"http://{HOST}/digest.txt"), reader=Digest())
    assert texts(fetch, result) == [PROSE, "Второй отчёт"]


class Broken(PageReader):
    def read(self, page: Page, source: Source) -> Listing:
        raise KeyError("a defect of this reader")


def test_a_defect_of_a_reader_fails_its_page_alone(server: Server, fetch: Fetcher) -> None:
    server.page("/a", "x")
    event = fetch(make_source("rss", f"http://{HOST}/a"), reader=Broken()).events[-1]
    assert event.reason.startswith("unreadable_list: KeyError")
