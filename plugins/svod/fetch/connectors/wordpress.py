"""A WordPress site by its REST interface (wp-json/wp/v2/posts): whole posts, newest first, with their ids."""

from __future__ import annotations

import html
import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from svod.errors import FetchError
from svod.fetch.visit import Page
from svod.models import Outcome
from svod.sources import Source

from .base import REPORT_SELECTOR, Entry, Listing, PageReader, normal_url, report_page

PER_PAGE = 20
_TAGS = re.compile(r"<[^<>]{0,2000}>")


class WordPressReader(PageReader):
    """Posts with their content. A url of the source is the site, or a posts endpoint with its own filters."""

    def start(self, source: Source, first: date | None = None, last: date | None = None) -> tuple[str, ...]:
        days: dict[str, str] = {}
        if first is not None and last is not None:  # a day more on either side: its zone may not be ours
            days = {
                "after": f"{first - timedelta(days=2)}T00:00:00",
                "before": f"{last + timedelta(days=2)}T00:00:00",
            }
        return tuple(_endpoint(url, days) for url in source.urls)

    def read(self, page: Page, source: Source) -> Listing:
        try:
            posts = json.loads(page.body)
        except (ValueError, RecursionError) as error:
            raise FetchError(Outcome.ERROR, f"not_json: {page.media_type}") from error
        if not isinstance(posts, list):
            raise FetchError(Outcome.ERROR, "not_json: no list of posts")
        zone = ZoneInfo(source.schedule.timezone)
        entries, refused = [], []
        for post in posts:
            entry = _entry(post, page.final_url, zone) if isinstance(post, dict) else None
            if entry is None:
                refused.append(("empty_entry", "a post without id, link or text", str(page.url)))
            else:
                entries.append(entry)
        return Listing(
            entries=tuple(entries),
            next_url=_next(page.url, len(posts)),
            ordered=True,
            refused=tuple(refused),
        )


def _endpoint(url: str, days: dict[str, str]) -> str:
    parts = urlsplit(url)
    path = parts.path if "/wp/v2/" in parts.path else parts.path.rstrip("/") + "/wp-json/wp/v2/posts"
    asked = {
        "per_page": str(PER_PAGE),
        "orderby": "date",
        "_fields": "id,date_gmt,modified_gmt,link,title,content",
        **dict(parse_qsl(parts.query)),
        **days,
    }
    return urlunsplit(parts._replace(path=path, query=urlencode(asked)))


def _rendered(post: dict[str, Any], field: str) -> str:
    value = post.get(field)
    return str(value.get("rendered") or "") if isinstance(value, dict) else str(value or "")


def _entry(post: dict[str, Any], base: str, zone: ZoneInfo) -> Entry | None:
    link, content = str(post.get("link") or ""), _rendered(post, "content")
    if post.get("id") is None or not link or not _TAGS.sub("", content).strip():
        return None
    title = " ".join(html.unescape(_TAGS.sub(" ", _rendered(post, "title"))).split()) or None
    published = _utc(post.get("date_gmt"))
    return Entry(
        key=f"wp:{post['id']}",
        url=normal_url(link, base),
        title=title,
        published=published.astimezone(zone) if published else None,
        precision="instant" if published else None,
        basis="feed" if published else "none",
        body=report_page(title, content),
        selector=REPORT_SELECTOR,
    )


def _utc(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value)).replace(tzinfo=UTC) if value else None
    except ValueError:
        return None


def _next(url: str, here: int) -> str | None:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    if here < int(query.get("per_page", PER_PAGE)):
        return None
    query["page"] = str(int(query.get("page", "1")) + 1)
    return urlunsplit(parts._replace(query=urlencode(query)))
