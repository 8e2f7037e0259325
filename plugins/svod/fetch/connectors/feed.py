"""RSS and Atom, also in cp1251 and with broken XML, and the RSS shape of a mirrored VK wall.

The feed is decoded by us and handed to feedparser as UTF-8 bytes without its document type: nothing outside
it can be named, nothing inside it can multiply.
"""

from __future__ import annotations

import calendar
import hashlib
import re
from collections import Counter
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import feedparser

from svod.errors import FetchError
from svod.extract.charset import declared_charset, decode
from svod.extract.page_dates import parse_day
from svod.fetch.visit import Page
from svod.models import DatePrecision, Outcome
from svod.sources import Source

from .base import REPORT_SELECTOR, Entry, Listing, PageReader, normal_url, report_page

MAX_ENTRIES = 2_000
MAX_BYTES = 6_000_000  # a feed of more makes the parser take hundreds of megabytes
FULL = 200  # characters from which an entry's content counts as the report itself
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_WALL_POST = re.compile(r"wall(-?\d+_\d+)")
_TAGS = re.compile(r"<[^<>]{0,2000}>")


class FeedReader(PageReader):
    """Entries of a feed; those that carry their whole text need no page."""

    def read(self, page: Page, source: Source) -> Listing:
        parsed = _parse(page, source)
        zone = ZoneInfo(source.schedule.timezone)
        raw = list(parsed.entries)[:MAX_ENTRIES]
        twice = {g for g, n in Counter(str(e.get("id") or "") for e in raw).items() if n > 1}
        entries: dict[str, Entry] = {}
        refused: list[tuple[str, str, str]] = []
        for position, item in enumerate(raw):
            entry = _entry(item, page.final_url, source, zone, twice)
            if entry is None:
                refused.append(("empty_entry", "neither text nor link", f"{page.url}#{position}"))
            else:
                entries.setdefault(entry.key, entry)
        following = [link.get("href") for link in parsed.feed.get("links", []) if link.get("rel") == "next"]
        next_url = normal_url(following[0], page.final_url) if following and following[0] else None
        return Listing(entries=tuple(entries.values()), next_url=next_url, refused=tuple(refused))


def _parse(page: Page, source: Source) -> Any:
    if len(page.body) > MAX_BYTES:
        raise FetchError(Outcome.ERROR, f"too_large: a feed of {len(page.body)} bytes")
    declared = source.charset or page.charset or declared_charset(page.body)
    text, _ = decode(page.body, declared)
    text = _without_doctype(_DECLARATION.sub("", text))
    head = text[:2000].lower()
    if not any(mark in head for mark in ("<rss", "<feed", "<rdf", "<channel", "<item", "<entry", ":rdf")):
        raise FetchError(Outcome.ERROR, f"not_a_feed: {page.media_type}, begins {text.strip()[:40]!r}")
    body = text.encode("utf-8", "replace")
    parsed = feedparser.parse(body, response_headers={"content-type": "application/xml; charset=utf-8"})
    if not parsed.version and not parsed.entries:
        raise FetchError(Outcome.ERROR, "not_a_feed: no feed could be read from it")
    return parsed


def _without_doctype(text: str) -> str:
    """The document without its type declaration and the entities declared in it; linear."""
    start = text[:4000].upper().find("<!DOCTYPE")
    if start < 0:
        return text
    close, subset = text.find(">", start), text.find("[", start)
    if 0 <= subset < close:
        end = text.find("]>", subset)
        close = end + 1 if end >= 0 else len(text) - 1
    return text[:start] + text[close + 1 :] if close >= 0 else text[:start]


def _entry(item: Any, base: str, source: Source, zone: ZoneInfo, twice: set[str]) -> Entry | None:
    title = " ".join(_TAGS.sub(" ", item.get("title") or "").split()) or None
    content, whole = _content(item)
    link = _link(item.get("link"), base)
    if link is None and not content:
        return None
    published, precision = _published(item, zone)
    guid = str(item.get("id") or "")
    key = _key(guid if guid not in twice else "", link, title, content)
    inline = _is_inline(source, content, whole, link)
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


def _link(value: str | None, base: str) -> str | None:
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


def _content(item: Any) -> tuple[str, bool]:
    """The longest text of an entry, and whether the feed calls it the whole report."""
    whole = [c.get("value") or "" for c in item.get("content", [])]
    whole.append(item.get("yandex_full-text") or "")
    best = max(whole, key=len)
    summary = item.get("summary") or item.get("description") or ""
    return (best, True) if len(best) >= len(summary) and best else (summary, False)


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
    plain = " ".join(_TAGS.sub(" ", content).split())
    bare = title.rstrip(".… ")
    return None if plain.startswith(bare) else title


def _published(item: Any, zone: ZoneInfo) -> tuple[datetime | None, DatePrecision | None]:
    stamp = item.get("published_parsed") or item.get("updated_parsed")
    if stamp:
        try:
            at = datetime.fromtimestamp(calendar.timegm(stamp), UTC)
        except (ValueError, OverflowError, OSError):
            return None, None
        return (at.astimezone(zone), "instant") if 1990 <= at.year <= 2100 else (None, None)
    day = parse_day(item.get("published") or item.get("updated") or "")
    return (day.replace(tzinfo=zone), "day") if day else (None, None)
