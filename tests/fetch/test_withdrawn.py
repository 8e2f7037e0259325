"""Reports that vanish from their list, and sources whose reports stand in several lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from svod.models import FetchResult
from svod.sources import Source

from . import wordpress
from .conftest import HOST, NOW, Fetcher, make_source
from .server import Server, response

OLDEST = date(2026, 1, 1)
SITE = f"http://{HOST}{wordpress.POSTS}"
FIELDS = "per_page=20&orderby=date&_fields=id%2Cdate_gmt%2Cmodified_gmt%2Clink%2Ctitle%2Ccontent"


def serve(server: Server, category: int, numbers: Iterable[int]) -> None:
    """A category with posts, a day apart each; the highest number is the newest."""
    posts = [
        wordpress.post(n, f"<p>Помощь получили {n + 10} семей.</p>", f"{OLDEST + timedelta(days=n)}T10:00:00")
        for n in sorted(numbers, reverse=True)
    ]
    for page in range(1, len(posts) // 20 + 2):
        path = f"{wordpress.POSTS}?{FIELDS}&categories={category}" + (f"&page={page}" if page > 1 else "")
        server.raw(path, wordpress.as_json(posts[20 * page - 20 : 20 * page]))


def two_lists(**more: object) -> Source:
    urls = [f"{SITE}?categories={category}" for category in (1, 2)]
    return make_source("wordpress", urls=urls, **more)


def gone(result: FetchResult) -> list[str]:
    return sorted(result.withdrawn)


def test_a_report_that_left_its_list_is_withdrawn(server: Server, fetch: Fetcher) -> None:
    serve(server, 1, range(10))
    source = make_source("wordpress", f"{SITE}?categories=1")
    fetch(source)
    serve(server, 1, set(range(11)) - {5})
    assert gone(fetch(source, now=NOW + timedelta(hours=1))) == ["wp:5"]


def test_a_report_of_an_unchanged_list_is_not_missed_in_another(server: Server, fetch: Fetcher) -> None:
    serve(server, 1, range(0, 30, 2))
    serve(server, 2, range(5, 30, 6))
    fetch(two_lists())
    for day in (1, 2, 3):
        serve(server, 1, range(0, 30 + 2 * day, 2))
        assert not fetch(two_lists(), now=NOW + timedelta(hours=day)).withdrawn
    assert len(fetch.state.known()) == 23


def test_a_report_on_a_later_page_of_another_list_is_not_missed(server: Server, fetch: Fetcher) -> None:
    serve(server, 1, range(0, 70, 5))
    busy = [n for n in range(70) if n % 5]
    serve(server, 2, busy)
    fetch(two_lists())
    serve(server, 1, range(0, 75, 5))
    serve(server, 2, [*busy, 71])
    assert not fetch(two_lists(), now=NOW + timedelta(hours=1)).withdrawn


def test_of_several_lists_a_report_is_withdrawn_once_it_stands_in_none(
    server: Server, fetch: Fetcher
) -> None:
    serve(server, 1, range(0, 30, 2))
    serve(server, 2, [*range(5, 30, 6), 14])
    fetch(two_lists())
    serve(server, 1, set(range(0, 32, 2)) - {14})
    assert not fetch(two_lists(), now=NOW + timedelta(hours=1)).withdrawn  # moved, not gone
    serve(server, 2, range(5, 30, 6))
    serve(server, 1, set(range(0, 34, 2)) - {14})
    assert gone(fetch(two_lists(), now=NOW + timedelta(hours=2))) == ["wp:14"]


@pytest.mark.parametrize("body", [b"[]", b"<html>", None])
def test_nothing_is_withdrawn_while_one_of_the_lists_is_no_good(
    server: Server, fetch: Fetcher, body: bytes | None
) -> None:
    serve(server, 1, range(0, 30, 2))
    serve(server, 2, range(5, 30, 6))
    fetch(two_lists())
    serve(server, 1, range(0, 32, 2))
    status = "200 OK" if body is not None else "403 Forbidden"
    path = f"/wp-json/wp/v2/posts?{FIELDS}&categories=2"
    server.raw(path, response(body or b"", status, media_type="application/json"))
    assert not fetch(two_lists(), now=NOW + timedelta(hours=1)).withdrawn
