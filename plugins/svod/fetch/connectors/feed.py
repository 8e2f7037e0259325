"""RSS and Atom, also in cp1251 and with broken XML, and the RSS shape of a mirrored VK wall."""

from __future__ import annotations

import hashlib
import html
import re
from collections import Counter
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from svod.errors import FetchError
from svod.extract.files.charset import declared_charset, decode
from svod.extract.layout.page_dates import parse_day
from svod.fetch.visit import Page
from svod.models import DatePrecision, Outcome
from svod.sources import Source

from .base import REPORT_SELECTOR, Entry, Listing, PageReader, normal_url, report_page
from .feed_xml import RawEntry, RawFeed, parse_feed

MAX_BYTES = 6_000_000
FULL = 200  # characters from which an entry's content counts as the report itself
_WALL_POST = re.compile(r"wall(-?\d+_\d+)")
_TAGS = re.compile(r"<[^<>]{0,2000}>")


class FeedReader(PageReader):
    """Entries of a feed; those that carry their whole text need no page."""

    def read(self, page: Page, source: Source) -> Listing:
        feed = _parse(page, source)
        base = urljoin(page.final_url, feed.base)
        zone = ZoneInfo(source.schedule.timezone)
        twice = {g for g, n in Counter(e.guid for e in feed.entries).items() if n > 1}
        entries: dict[str, Entry] = {}
        refused: list[tuple[str, str, str]] = []
        for position, raw in enumerate(feed.entries):
            entry = _entry(raw, base, source, zone, twice)
            if entry is None:
                refused.append(("empty_entry", "neither text nor link", f"{page.url}#{position}"))
            else:
                entries.setdefault(entry.key, entry)
        return Listing(
            entries=tuple(entries.values()), next_url=_link(feed.next_link, base), refused=tuple(refused)
        )


def _parse(page: Page, source: Source) -> RawFeed:
    if len(page.body) > MAX_BYTES:
        raise FetchError(Outcome.ERROR, f"too_large: a feed of {len(page.body)} bytes")
    text, _ = decode(page.body, source.charset or page.charset or declared_charset(page.body))
    feed = parse_feed(text)
    if feed is None:
        raise FetchError(Outcome.ERROR, f"not_a_feed: {page.media_type}, begins {text.strip()[:40]!r}")
    return feed


def _entry(raw: RawEntry, base: str, source: Source, zone: ZoneInfo, twice: set[str]) -> Entry | None:
    title = _plain(html.unescape(raw.title)) or None
    is_whole = bool(raw.whole) and len(raw.whole) >= len(raw.summary)
    content = raw.whole if is_whole else raw.summary
    link = _link(raw.link, base) or _link(raw.guid, "")
    if link is None and not content:
        return None
    published, precision = _published(raw.date, zone)
    key = _key(raw.guid if raw.guid not in twice else "", link, title, content)
    inline = _is_inline(source, content, is_whole, link)
    return Entry(
        key=key,
        url=link or f"{base}#{key}",
        title=title,
        published=published,
        precision=precision,
        basis="feed" if published else "none",
        body=report_page(_own_title(title, content), content) if inline else None,
        selector=REPORT_SELECTOR if inline else None,
    )


def _plain(markup: str) -> str:
    return " ".join(_TAGS.sub(" ", markup).split())


def _link(value: str, base: str) -> str | None:
    try:
        url = normal_url(value, base) if value else ""
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) else None


def _key(guid: str, link: str | None, title: str | None, content: str) -> str:
    for value in (link, guid):
        post = _WALL_POST.search(value or "")
        if post:
            return post.group(1)
    if guid:
        return guid[:500]
    return link or "sha256:" + hashlib.sha256(f"{title}\n{content}".encode("utf-8", "replace")).hexdigest()


def _is_inline(source: Source, content: str, whole: bool, link: str | None) -> bool:
    if link is None or source.full_text == "entry" or (source.kind == "vk" and source.full_text == "auto"):
        return bool(content)
    if source.full_text == "page":
        return False
    return whole and len(_TAGS.sub("", content)) >= FULL


def _own_title(title: str | None, content: str) -> str | None:
    """The title, unless the text begins with it: walls have no titles, mirrors cut one from the text."""
    if title is None:
        return None
    return None if _plain(html.unescape(content)).startswith(title.rstrip(".… ")) else title[:500]


def _published(text: str, zone: ZoneInfo) -> tuple[datetime | None, DatePrecision | None]:
    """The date of an entry in the source's zone: RFC 822, ISO 8601, or a day in words."""
    stamp = _instant(text.strip())
    if stamp is not None:
        return (stamp.astimezone(zone), "instant") if 1990 <= stamp.year <= 2100 else (None, None)
    day = parse_day(text)
    return (day.replace(tzinfo=zone), "day") if day else (None, None)


def _instant(text: str) -> datetime | None:
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            stamp = parse(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if len(text) > 10:  # a bare date is a day, not midnight
            return stamp if stamp.tzinfo is not None else stamp.replace(tzinfo=UTC)
    return None
