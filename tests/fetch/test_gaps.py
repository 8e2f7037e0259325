"""More news than a page between two runs, where known reports stand among them or beyond a backfill."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

from svod.fetch import Interval
from svod.sources import Source

from .conftest import NOW, Fetcher, make_source
from .pages import article
from .server import Server

OLDEST = date(2025, 6, 1)
PER_PAGE = 5


def serve(server: Server, count: int, pinned: int | None = None) -> None:
    """Reports count-1 … 0, the newest first, a day apart; one of them once more on top of the first page."""
    for start in range(0, count, PER_PAGE):
        numbers = list(range(count - 1 - start, max(count - 1 - start - PER_PAGE, -1), -1))
        if pinned is not None and start == 0:
            numbers.insert(0, pinned)
        rows = "".join(
            f"<div class='news-item'><time>{OLDEST + timedelta(days=n):%d.%m.%Y}</time>"
            f"<a href='/news/{n}/'>Новость о проекте номер {n} и о том, что сделано</a></div>"
            for n in numbers
        )
        more = (
            f"<a rel='next' href='/news/?p={start + PER_PAGE}'>Далее</a>" if start + PER_PAGE < count else ""
        )
        address = f"/news/?p={start}" if start else "/news/"
        server.page(address, f"<html><head><meta charset='utf-8'></head><body>{rows}{more}</body></html>")
    for n in range(count):
        server.page(f"/news/{n}/", article(f"Новость {n}"))


def source(**politeness: int) -> Source:
    return make_source(politeness={"delay": 0, "recheck_days": 0, "max_pages": 20, **politeness})


def known(fetch: Fetcher) -> list[int]:
    return sorted(int(key.rstrip("/").rsplit("/", 1)[-1]) for key in fetch.state.known())


def test_behind_a_pinned_report_the_list_is_read_on(server: Server, fetch: Fetcher) -> None:
    serve(server, 10, pinned=2)
    fetch(source())
    serve(server, 30, pinned=2)
    fetch(source(), now=NOW + timedelta(hours=1))
    assert known(fetch) == list(range(30))


def test_a_few_news_on_top_of_what_is_known_cost_no_further_page(server: Server, fetch: Fetcher) -> None:
    serve(server, 10, pinned=2)
    fetch(source())
    serve(server, 12, pinned=2)
    server.requests.clear()
    fetch(source(), now=NOW + timedelta(hours=1))
    assert server.paths() == ["/news/", "/news/11/", "/news/10/"]


def day(number: int) -> date:
    return OLDEST + timedelta(days=number)


def test_what_a_backfill_brought_does_not_hide_what_lies_below_it(server: Server, fetch: Fetcher) -> None:
    serve(server, 10)
    fetch(source())
    cursor = fetch.state.cursor()
    serve(server, 40)
    backfilled = fetch(source(), interval=Interval(day(28), day(39)), absorb=False)
    fetch.state.absorb(replace(backfilled, cursor=cursor))
    fetch(source(), now=NOW + timedelta(hours=1))
    assert known(fetch) == list(range(40))


def test_a_backfill_below_an_open_gap_does_not_close_it(server: Server, fetch: Fetcher) -> None:
    serve(server, 10)
    fetch(source())
    serve(server, 40)
    fetch(source(max_pages=1), now=NOW + timedelta(hours=1))
    assert known(fetch) == [*range(10), *range(30, 40)]
    cursor = fetch.state.cursor()
    backfilled = fetch(source(), interval=Interval(day(22), day(27)), absorb=False)
    fetch.state.absorb(replace(backfilled, cursor=cursor))
    for hours in range(2, 9):
        fetch(source(max_pages=1), now=NOW + timedelta(hours=hours))
    assert known(fetch) == list(range(40))


def test_a_gap_is_not_closed_by_the_news_that_opened_it(server: Server, fetch: Fetcher) -> None:
    serve(server, 10)
    fetch(source())
    for hours, count in enumerate((40, 50, 50, 50, 50, 50, 50, 50, 50, 50), start=1):
        serve(server, count)
        fetch(source(max_pages=1), now=NOW + timedelta(hours=hours))
    assert known(fetch) == list(range(50))


def test_reports_that_wait_their_turn_are_no_gap(server: Server, fetch: Fetcher) -> None:
    serve(server, 30)
    few = source(max_items=1)
    fetch(few)
    serve(server, 31)
    server.requests.clear()
    fetch(few, now=NOW + timedelta(hours=1))
    assert [path for path in server.paths() if "?" in path] == []


def test_a_cursor_without_times_of_reading_goes_on(server: Server, fetch: Fetcher) -> None:
    serve(server, 10)
    result = fetch(source(), absorb=False)
    cursor = json.loads(result.cursor or "")
    for mark in cursor["lists"].values():
        del mark["read_at"]
    fetch.state.absorb(replace(result, cursor=json.dumps(cursor)))
    serve(server, 30)
    fetch(source(), now=NOW + timedelta(hours=1))
    assert known(fetch) == list(range(30))
