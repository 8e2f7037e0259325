"""Lists, reports, what is new, changed or gone, and what waits for the next run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from svod.models import Outcome

from .conftest import HOST, NOW, Fetcher, make_source
from .pages import article, entry, feed, listing
from .server import Server, Wire, response


def serve_news(server: Server, numbers: range) -> None:
    server.page("/news/", listing([f"/news/{n}/" for n in numbers]), ETag='"list-1"')
    for n in numbers:
        server.page(f"/news/{n}/", article(f"Новость {n}"))


def conditional(body: bytes, etag: str, requests: list[str]) -> object:
    """An answer that keeps to the protocol, and writes down which requests got a 304."""

    def answer(wire: Wire, request: object) -> None:
        if request.headers.get("if-none-match") == etag:  # type: ignore[attr-defined]
            requests.append(request.path)  # type: ignore[attr-defined]
            wire.send(response(b"", "304 Not Modified", ETag=etag))
        else:
            wire.send(response(body, ETag=etag))

    return answer


def test_reports_of_a_list_become_items(server: Server, fetch: Fetcher) -> None:
    serve_news(server, range(1, 4))
    result = fetch(make_source())
    assert [i.url for i in result.items] == [f"http://{HOST}/news/{n}/" for n in range(1, 4)]
    assert [i.natural_key for i in result.items] == [i.url for i in result.items]
    assert all(fetch.archive.get(i.body_sha256) for i in result.items)
    assert {e.outcome for e in result.events} == {Outcome.OK}
    assert result.items[0].published is not None
    assert result.items[0].published.date().isoformat() == "2026-02-10"


def test_an_unchanged_list_costs_one_conditional_request(server: Server, fetch: Fetcher) -> None:
    serve_news(server, range(1, 4))
    spared: list[str] = []
    server.answers["/news/"] = conditional(  # type: ignore[assignment]
        listing([f"/news/{n}/" for n in range(1, 4)]).encode(), '"l1"', spared
    )
    fetch(make_source())
    before = len(server.requests)
    result = fetch(make_source(), now=NOW + timedelta(hours=1))
    assert [r.path for r in server.requests[before:]] == ["/news/"]
    assert spared == ["/news/"]
    assert [e.outcome for e in result.events] == [Outcome.NOT_MODIFIED]
    assert not result.items


def test_an_unchanged_list_is_read_again_with_new_selectors(server: Server, fetch: Fetcher) -> None:
    serve_news(server, range(1, 4))
    spared: list[str] = []
    server.answers["/news/"] = conditional(  # type: ignore[assignment]
        listing([f"/news/{n}/" for n in range(1, 4)]).encode(), '"l1"', spared
    )
    fetch(make_source())
    wrong = make_source(selectors={"item": ".no-such-element", "link": "a"})
    result = fetch(wrong, now=NOW + timedelta(hours=1))
    assert [e.outcome for e in result.events] == [Outcome.EMPTY_UNEXPECTED]
    assert not spared
    fetch(make_source(), now=NOW + timedelta(hours=2))
    assert spared == ["/news/"]


def test_only_what_is_new_is_fetched(server: Server, fetch: Fetcher) -> None:
    serve_news(server, range(1, 4))
    fetch(make_source())
    serve_news(server, range(1, 6))
    before = len(server.requests)
    result = fetch(make_source(), now=NOW + timedelta(hours=1))
    assert [r.path for r in server.requests[before:]] == ["/news/", "/news/4/", "/news/5/"]
    assert len(result.items) == 2
    assert len(result.seen) == 3


def test_a_young_report_is_looked_at_again_and_its_change_noticed(server: Server, fetch: Fetcher) -> None:
    serve_news(server, range(1, 4))
    fetch(make_source())
    server.page("/news/2/", article("Новость 2", "Уточнено: проведено 130 занятий для 45 семей района."))
    result = fetch(make_source(), now=NOW + timedelta(days=2))
    assert [i.natural_key for i in result.items] == [f"http://{HOST}/news/2/"]
    assert sorted(result.seen) == [f"http://{HOST}/news/1/", f"http://{HOST}/news/3/"]


def test_an_old_report_is_left_alone(server: Server, fetch: Fetcher) -> None:
    serve_news(server, range(1, 4))
    fetch(make_source())
    before = len(server.requests)
    fetch(make_source(), now=NOW + timedelta(days=90))
    assert [r.path for r in server.requests[before:]] == ["/robots.txt", "/news/"]


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_a_deleted_report_is_noticed(server: Server, fetch: Fetcher, status: str) -> None:
    serve_news(server, range(1, 4))
    fetch(make_source())
    server.raw("/news/2/", response(b"", status))
    result = fetch(make_source(), now=NOW + timedelta(days=2))
    assert result.withdrawn == (f"http://{HOST}/news/2/",)


def test_a_report_that_fails_waits_although_its_list_is_unchanged(server: Server, fetch: Fetcher) -> None:
    serve_news(server, range(1, 4))
    server.raw("/news/2/", response(b"", "503 Service Unavailable"))
    first = fetch(make_source())
    assert len(first.items) == 2
    server.page("/news/2/", article("Новость 2"))
    second = fetch(make_source(), now=NOW + timedelta(hours=1))
    assert [i.natural_key for i in second.items] == [f"http://{HOST}/news/2/"]


def test_a_report_that_never_comes_is_given_up_aloud(server: Server, fetch: Fetcher) -> None:
    serve_news(server, range(1, 4))
    server.raw("/news/2/", response(b"", "500 Internal Server Error"))
    rejections = []
    for day in range(7):
        rejections += fetch(make_source(), now=NOW + timedelta(hours=day)).rejections
    assert [(r.code, r.key) for r in rejections] == [("status_500", f"http://{HOST}/news/2/")]


def test_what_exceeds_one_run_waits_for_the_next(server: Server, fetch: Fetcher) -> None:
    serve_news(server, range(1, 8))
    source = make_source(politeness={"delay": 0, "max_items": 3})
    counts = [len(fetch(source, now=NOW + timedelta(minutes=n)).items) for n in range(4)]
    assert counts == [3, 3, 1, 0]


def serve_pages(server: Server, pages: int, per_page: int = 3) -> list[str]:
    """A list of several pages, newest first; the addresses of all its reports."""
    urls = []
    for page in range(1, pages + 1):
        links = [f"/news/{page}-{i}/" for i in range(per_page)]
        following = f"/news/?page={page + 1}" if page < pages else None
        server.page("/news/" if page == 1 else f"/news/?page={page}", listing(links, following))
        for link in links:
            server.page(link, article(f"Новость {link}"))
            urls.append(f"http://{HOST}{link}")
    return urls


def test_the_first_runs_go_back_page_by_page_to_the_beginning(server: Server, fetch: Fetcher) -> None:
    urls = serve_pages(server, pages=7)
    source = make_source(politeness={"delay": 0, "max_pages": 2, "recheck_days": 0})
    found: list[str] = []
    for hour in range(6):
        found += [i.url for i in fetch(source, now=NOW + timedelta(hours=hour)).items]
    assert sorted(found) == sorted(urls)
    assert len(found) == len(set(found))


def test_backfill_stops_at_its_limit_and_date(server: Server, fetch: Fetcher, tmp_path: Path) -> None:
    serve_pages(server, pages=7)
    source = make_source(backfill={"pages": 2}, politeness={"delay": 0, "max_pages": 9})
    assert len(fetch(source).items) == 9
    late = make_source(backfill={"since": "2026-02-12"})
    other = Fetcher(server, tmp_path / "other")
    days = {i.published.date().isoformat() for i in other(late).items if i.published}
    assert days == {"2026-02-12"}


def test_a_gap_left_by_a_failing_page_is_closed_later(server: Server, fetch: Fetcher) -> None:
    """More than a page of news since the last run, and the second page down: it is not forgotten."""
    serve_news(server, range(1, 3))
    source = make_source(politeness={"delay": 0, "recheck_days": 0})
    fetch(source)
    newest = [f"/news/{n}/" for n in range(10, 13)]
    second = [f"/news/{n}/" for n in (8, 9, 2)]
    for link in newest + second[:2]:
        server.page(link, article(link))
    server.page("/news/", listing(newest, "/news/?page=2"))
    server.raw("/news/?page=2", response(b"", "503 Service Unavailable"))
    assert len(fetch(source, now=NOW + timedelta(hours=1)).items) == 3
    server.page("/news/?page=2", listing(second))
    late = fetch(source, now=NOW + timedelta(hours=2))
    assert [i.url for i in late.items] == [f"http://{HOST}/news/{n}/" for n in (8, 9)]


def test_an_empty_list_is_a_failure_unless_declared(server: Server, fetch: Fetcher) -> None:
    server.page("/news/", listing([]))
    for _ in range(2):  # and the second time it is no success either
        assert fetch(make_source()).events[-1].outcome is Outcome.EMPTY_UNEXPECTED
    assert fetch(make_source(may_be_empty=True)).events[-1].outcome is Outcome.EMPTY_DECLARED


def test_feed_entries_with_their_text_cost_no_request_of_their_own(server: Server, fetch: Fetcher) -> None:
    server.page("/rss", feed([entry(n) for n in range(3)]), media_type="application/rss+xml")
    result = fetch(make_source("rss", f"http://{HOST}/rss"))
    assert server.paths() == ["/rss"]
    assert [i.natural_key for i in result.items] == ["n0", "n1", "n2"]
    changed = [entry(0, "Иной текст новости. " * 20), entry(1), entry(2)]
    server.page("/rss", feed(changed), media_type="application/rss+xml")
    again = fetch(make_source("rss", f"http://{HOST}/rss"))
    assert [i.natural_key for i in again.items] == ["n0"]
    assert set(again.seen) == {"n1", "n2"}


def test_robots_txt_is_obeyed_and_read_once_a_day(server: Server, fetch: Fetcher) -> None:
    serve_news(server, range(1, 4))
    server.page("/robots.txt", "User-agent: *\nDisallow: /news/2/\n", media_type="text/plain")
    first = fetch(make_source())
    assert len(first.items) == 2
    assert [r.code for r in first.rejections] == ["robots"]
    fetch(make_source(), now=NOW + timedelta(hours=20))
    assert [r.path for r in server.requests].count("/robots.txt") == 1
    fetch(make_source(), now=NOW + timedelta(hours=30))
    assert [r.path for r in server.requests].count("/robots.txt") == 2


def test_a_host_whose_robots_txt_fails_is_not_asked(server: Server, fetch: Fetcher) -> None:
    serve_news(server, range(1, 4))
    server.raw("/robots.txt", response(b"", "503 Service Unavailable"))
    result = fetch(make_source())
    assert not result.items
    assert {r.path for r in server.requests} == {"/robots.txt"}


def test_the_daily_cap_holds(server: Server, fetch: Fetcher) -> None:
    serve_news(server, range(1, 9))
    source = make_source(politeness={"delay": 0, "daily_cap": 4})
    assert len(fetch(source).items) == 3
    assert len(server.paths()) == 4


class Killed(BaseException):
    pass


class DeadlyPoliteness:
    """Ends the process, as it were, before the n-th request."""

    def __init__(self, requests: int) -> None:
        self._left = requests

    @contextmanager
    def turn(self, host: str, delay: float, patience: float) -> Iterator[None]:
        if self._left == 0:
            raise Killed
        self._left -= 1
        yield

    def hold(self, host: str, seconds: float) -> None: ...


@pytest.mark.parametrize("requests", range(1, 7))
def test_a_killed_run_goes_on_where_it_stopped(
    server: Server, fetch: Fetcher, tmp_path: Path, requests: int
) -> None:
    serve_news(server, range(1, 6))
    undisturbed = Fetcher(server, tmp_path / "other")(make_source(), run_id="r")
    server.requests.clear()
    with pytest.raises(Killed):
        fetch(make_source(), run_id="r", politeness=DeadlyPoliteness(requests))
    assert len(server.requests) == requests
    result = fetch(make_source(), run_id="r")
    assert len(server.paths()) == len(set(server.paths())) == 6  # nothing twice
    assert result.items == undisturbed.items
    assert {(s.url, s.sha256) for s in result.snapshots} == {(s.url, s.sha256) for s in undisturbed.snapshots}
    assert fetch.archive.read_result("region", "r") == result
    assert not fetch.archive.read_parts("region", "r")


def test_a_killed_run_remembers_where_redirects_led(server: Server, fetch: Fetcher) -> None:
    server.raw("/news/", response(b"", "301 Moved Permanently", Location="/press/2026/"))
    server.page("/press/2026/", listing([f"{n}.html" for n in range(3)]))
    for n in range(3):
        server.page(f"/press/2026/{n}.html", article(f"Новость {n}"))
    with pytest.raises(Killed):
        fetch(make_source(), run_id="r", politeness=DeadlyPoliteness(3))  # robots.txt, the list by two hops
    result = fetch(make_source(), run_id="r")
    assert server.paths().count("/news/") == 1
    assert [i.url for i in result.items] == [f"http://{HOST}/press/2026/{n}.html" for n in range(3)]
    assert not result.rejections


def test_a_journal_from_before_redirects_were_kept_is_read(server: Server, fetch: Fetcher) -> None:
    serve_news(server, range(1, 4))
    with pytest.raises(Killed):
        fetch(make_source(), run_id="r", politeness=DeadlyPoliteness(3))
    parts = list(Path(fetch.archive.uri.removeprefix("file://")).rglob("*.json"))
    assert parts
    for part in parts:
        part.write_text(part.read_text().replace(',"final_url":null', ""))
        assert "final_url" not in part.read_text()
    assert len(fetch(make_source(), run_id="r").items) == 3
    assert len(server.paths()) == len(set(server.paths())) == 4


def test_our_own_refusals_give_no_report_up(server: Server, fetch: Fetcher) -> None:
    """They are no tries: hourly runs would give up five reports on a day whose cap is reached."""
    serve_news(server, range(1, 9))
    source = make_source(politeness={"delay": 0, "daily_cap": 5})
    got = {i.url for i in fetch(source).items}
    for hour in range(1, 9):
        refused = fetch(source, now=NOW + timedelta(hours=hour))
        assert not refused.items
        assert not refused.rejections
    got |= {i.url for i in fetch(source, now=NOW + timedelta(days=2)).items}
    assert got == {f"http://{HOST}/news/{n}/" for n in range(1, 9)}
