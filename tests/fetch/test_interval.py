"""A backfill: what was published in an interval of days, and what happens when it cannot be had whole."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from svod.fetch import Interval, failure
from svod.models import FetchResult, Outcome

from . import wordpress
from .conftest import HOST, NOW, Fetcher, make_source
from .pages import article, entry, feed
from .server import Server, response

JUNE = Interval(date(2025, 6, 10), date(2025, 6, 12))
NEWEST = date(2025, 6, 20)
PER_PAGE = 5


def day_of(number: int) -> date:
    """Reports 0, 1, 2 … are a day older each."""
    return NEWEST - timedelta(days=number)


def serve(server: Server, count: int = 30, *, dates: bool = True) -> None:
    """A list of five reports a page, newest first, and the reports themselves."""
    for page in range(0, count, PER_PAGE):
        rows = "".join(
            f"<div class='news-item'>{f'<time>{day_of(n):%d.%m.%Y}</time>' if dates else ''}"
            f"<a href='/news/{n}/'>Новость о проекте номер {n} и о том, что сделано</a></div>"
            for n in range(page, min(page + PER_PAGE, count))
        )
        more = f"<a rel='next' href='/news/?p={page + PER_PAGE}'>Далее</a>" if page + PER_PAGE < count else ""
        address = f"/news/?p={page}" if page else "/news/"
        server.page(address, f"<html><head><meta charset='utf-8'></head><body>{rows}{more}</body></html>")
    for n in range(count):
        server.page(f"/news/{n}/", article(f"Новость {n}"))


def numbers(result: FetchResult) -> list[int]:
    return sorted(int(item.url.rstrip("/").rsplit("/", 1)[-1]) for item in result.items)


def reports(server: Server) -> list[str]:
    return [path for path in server.paths() if "?" not in path and path != "/news/"]


def test_only_what_was_published_in_the_interval_is_asked_for(server: Server, fetch: Fetcher) -> None:
    serve(server)
    result = fetch(make_source(), interval=JUNE)
    assert failure(result) is None
    assert numbers(result) == [8, 9, 10]
    assert reports(server) == ["/news/8/", "/news/9/", "/news/10/"]
    assert "/news/?p=15" not in server.paths()  # the list is left once it is older
    assert result.cursor is None


def test_a_second_backfill_of_the_same_days_finds_nothing_new(server: Server, fetch: Fetcher) -> None:
    serve(server)
    fetch(make_source(), interval=JUNE)
    server.requests.clear()
    again = fetch(make_source(), interval=JUNE, now=NOW + timedelta(days=3))
    assert failure(again) is None
    assert not again.items
    assert reports(server) == []
    assert len(again.seen) == 3


def test_an_ordinary_run_goes_on_as_if_there_had_been_no_backfill(server: Server, fetch: Fetcher) -> None:
    serve(server)
    source = make_source(politeness={"delay": 0, "max_pages": 1, "max_items": 3})
    first = fetch(source)
    cursor = fetch.state.cursor()
    backfilled = fetch(source, interval=JUNE, absorb=False)
    assert fetch.state.cursor() == cursor
    second = fetch(source, now=NOW + timedelta(hours=1))
    assert numbers(first) == [0, 1, 2]
    assert numbers(backfilled) == [8, 9, 10]
    assert numbers(second) == [3, 4, 5]


def test_a_source_that_was_only_backfilled_still_reads_its_history(server: Server, fetch: Fetcher) -> None:
    serve(server, 20)
    source = make_source(politeness={"delay": 0, "max_pages": 1})
    newest = Interval(day_of(3), NEWEST)
    found = set(numbers(fetch(source, interval=newest)))
    for hours in range(1, 5):
        found |= set(numbers(fetch(source, now=NOW + timedelta(hours=hours))))
    assert found == set(range(20))


def test_more_reports_than_a_run_may_bring_are_brought_all_the_same(server: Server, fetch: Fetcher) -> None:
    serve(server)
    source = make_source(politeness={"delay": 0, "max_items": 2, "max_pages": 1})
    whole = Interval(day_of(29), NEWEST)
    assert numbers(fetch(source, interval=whole)) == list(range(30))


def test_feeds_are_bounded_too_and_undated_entries_stand_in_their_order(
    server: Server, fetch: Fetcher
) -> None:
    dated = [entry(n, date=f"{day_of(n):%a, %d %b %Y} 09:00:00 +0300") for n in range(12)]
    dated[9] = entry(9)
    server.page("/feed", feed(dated), media_type="application/rss+xml")
    result = fetch(make_source("rss", f"http://{HOST}/feed"), interval=JUNE)
    assert failure(result) is None
    assert [item.natural_key for item in result.items] == ["n8", "n9", "n10"]


def test_wordpress_is_asked_for_the_days_alone(server: Server, fetch: Fetcher) -> None:
    asked: list[dict[str, str]] = []

    def answer(query: dict[str, str]) -> list[wordpress.Post]:
        asked.append(query)
        posted = {n: f"{day_of(n)}T06:00:00" for n in range(30)}
        return [
            wordpress.post(n, f"<p>Помощь получили {n + 10} семей.</p>", at)
            for n, at in posted.items()
            if query["after"] < at < query["before"]
        ]

    wordpress.serve(server, answer)
    source = make_source("wordpress", f"http://{HOST}/")
    assert numbers(fetch(source, interval=JUNE)) == [8, 9, 10]
    assert len(asked) == 1
    quiet = fetch(source, interval=Interval(date(2019, 1, 1), date(2019, 1, 7)))
    assert failure(quiet) is None  # a week without reports is no failure
    assert not quiet.items


def undone(server: Server, fetch: Fetcher, **more: Any) -> tuple[FetchResult, str]:
    result = fetch(make_source(**more), interval=JUNE)
    failed = failure(result)
    assert failed is not None
    return result, failed[1]


def test_a_list_without_dates_is_a_failure_that_says_so(server: Server, fetch: Fetcher) -> None:
    serve(server, dates=False)
    result, reason = undone(server, fetch)
    assert "states no publication dates" in reason
    assert not result.items
    assert reports(server) == []


def test_an_interval_that_lies_too_deep_is_not_taken_for_an_empty_one(server: Server, fetch: Fetcher) -> None:
    serve(server)
    _, reason = undone(server, fetch, backfill={"pages": 1})
    assert "not reached after 2 pages" in reason


def test_a_report_that_could_not_be_fetched_fails_the_run_and_its_retry_asks_for_that_one_alone(
    server: Server, fetch: Fetcher
) -> None:
    serve(server)
    server.raw("/news/9/", response(b"", "500 Internal Server Error"))
    source = make_source()
    first = fetch(source, interval=JUNE, run_id="r", absorb=False)
    assert failure(first) is not None
    assert numbers(first) == [8, 10]
    server.page("/news/9/", article("Новость 9"))
    server.requests.clear()
    second = fetch(source, interval=JUNE, run_id="r", absorb=False)
    assert failure(second) is None
    assert numbers(second) == [8, 9, 10]
    assert reports(server) == ["/news/9/"]


def test_a_page_of_the_list_that_fails_fails_the_run(server: Server, fetch: Fetcher) -> None:
    serve(server)
    server.raw("/news/?p=10", response(b"", "403 Forbidden"))
    result, reason = undone(server, fetch)
    assert "/news/?p=10 could not be read" in reason
    assert failure(result) == (Outcome.BLOCKED, reason)
    assert numbers(result) == [8, 9]


def test_files_have_no_dates_to_be_told_by(fetch: Fetcher, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("Помощь получили 40 семей.", encoding="utf-8")
    result = fetch(make_source("files", str(tmp_path)), interval=JUNE)
    assert failure(result) == (Outcome.ERROR, "interval_undone: files state no publication dates")


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2025-06-10T03:00+00:00", "2025-06-11T03:00+00:00", ("2025-06-10", "2025-06-11")),
        ("2025-06-09T21:00+00:00", "2025-06-10T21:00+00:00", ("2025-06-10", "2025-06-10")),
        ("2025-06-10T03:00+00:00", "2025-06-10T03:00+00:00", ("2025-06-10", "2025-06-10")),
    ],
)
def test_an_interval_of_moments_becomes_the_sources_own_days(
    start: str, end: str, days: tuple[str, str]
) -> None:
    moments = (datetime.fromisoformat(m).astimezone(UTC) for m in (start, end))
    found = Interval.between(*moments, ZoneInfo("Europe/Moscow"))
    assert (found.first.isoformat(), found.last.isoformat()) == days


def test_an_interval_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="holds no day"):
        Interval(date(2025, 6, 2), date(2025, 6, 1))
