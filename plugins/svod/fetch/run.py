"""One fetch of one source, from its past to its manifest. Never raises for what the network does."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from svod.archive import Archive
from svod.models import FetchResult, Outcome
from svod.sources import Source

from .client import Client, ClientSettings
from .connectors.base import Reader, Token
from .connectors.feed import FeedReader
from .connectors.files import collect_files
from .connectors.listing import ListingReader
from .connectors.sitemap import SitemapReader
from .connectors.telegram import ChannelReader
from .connectors.vk import WallReader
from .connectors.wordpress import WordPressReader
from .crawl import Crawl
from .interval import UNDONE, Interval, IntervalCrawl
from .politeness import Politeness
from .state import FetchState
from .visit import Visit

FAILED = frozenset((Outcome.ERROR, Outcome.BLOCKED, Outcome.EMPTY_UNEXPECTED))


def _no_token() -> str:
    return ""


def reader_for(source: Source, token: Token = _no_token) -> Reader:
    """The reader of a source's kind. `files` has none: it is no matter of pages."""
    if source.kind == "vk" and source.vk is not None and source.vk.access == "api":
        return WallReader(token)
    readers: dict[str, Callable[[], Reader]] = {
        "rss": FeedReader,
        "vk": FeedReader,  # a mirror gives the wall as RSS
        "listing": ListingReader,
        "telegram": ChannelReader,
        "wordpress": WordPressReader,
        "sitemap": SitemapReader,
    }
    return readers[source.kind]()


def fetch_source(
    source: Source,
    *,
    archive: Archive,
    state: FetchState,
    politeness: Politeness,
    client_settings: ClientSettings,
    run_id: str,
    now: datetime | None = None,
    token: Token = _no_token,
    reader: Reader | None = None,
    sleep: Callable[[float], None] = time.sleep,
    interval: Interval | None = None,
) -> FetchResult:
    """Fetch what is new, changed or gone; the result is in the archive as the run's manifest too.

    A run that was killed goes on where it stopped when called again with the same `run_id`. `token` is called
    only by sources that need one. `reader` puts a custom connector in the place of the kind's own. With an
    `interval` it is a backfill: what was published then and is not known yet, and nothing else.
    """
    client = Client(client_settings)
    visit = Visit(
        source,
        archive=archive,
        state=state,
        politeness=politeness,
        client=client,
        run_id=run_id,
        now=now or datetime.now(UTC),
        sleep=sleep,
    )
    try:
        if source.kind == "files" and interval is None:
            collect_files(visit)
        elif source.kind == "files":
            visit.note(source.urls[0], Outcome.ERROR, reason=f"{UNDONE}: files state no publication dates")
        elif interval is not None:
            IntervalCrawl(visit, reader or reader_for(source, token), interval).run()
        else:
            Crawl(visit, reader or reader_for(source, token)).run()
    finally:
        client.close()
    result = visit.result()
    if interval is not None:
        result = replace(result, cursor=None)
    archive.write_result(result)
    if failure(result) is None:
        archive.drop_parts(source.id, run_id)
    return result


def failure(result: FetchResult) -> tuple[Outcome, str] | None:
    """Why a fetch as a whole failed: nothing good came of any address, or an interval is not whole."""
    undone = [e for e in result.events if e.reason.startswith(UNDONE)]
    if undone:
        return undone[-1].outcome, undone[-1].reason
    bad = [e for e in result.events if e.outcome in FAILED]
    good = [e for e in result.events if e.outcome not in FAILED and not e.url.endswith("/robots.txt")]
    if bad and not good:
        return bad[-1].outcome, bad[-1].reason
    return None
