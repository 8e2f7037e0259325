"""A VK wall by the official API: `wall.get`, JSON, the token in the Authorization header.

Every post is kept as a text of its own. A repost's own words and the words it repeats both count as its text;
counters (likes, views, comments) are left out of what is kept, so that they make no new version.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from svod.errors import FetchError
from svod.fetch.visit import Page
from svod.models import Outcome
from svod.sources import Source

from .base import Entry, Listing, Token

API_VERSION = "5.199"
COUNT = 100  # the API's own maximum
_REFUSED = frozenset((5, 15, 18, 19, 27, 28, 29, 30, 200, 203))  # token, access and privacy errors
_LATER = frozenset((6, 9, 10, 14))  # too often, flood, server, captcha


class WallReader:
    """Posts of one wall, newest first."""

    def __init__(self, token: Token) -> None:
        self._token = token

    def start(self, source: Source, first: date | None = None, last: date | None = None) -> tuple[str, ...]:
        assert source.vk is not None  # the schema sees to it
        owner = (
            {"owner_id": source.vk.owner_id}
            if source.vk.owner_id is not None
            else {"domain": source.vk.domain}
        )
        query = urlencode({**owner, "count": COUNT, "offset": 0, "v": API_VERSION})
        return (f"{source.vk.api_url}/wall.get?{query}",)

    def headers(self) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {self._token()}"}

    def read(self, page: Page, source: Source) -> Listing:
        answer = _answer(page.body)
        zone = ZoneInfo(source.schedule.timezone)
        posts = [p for p in answer.get("items") or [] if isinstance(p, dict)]
        entries, refused = [], []
        for post in posts:
            if post.get("marked_as_ads"):
                continue
            entry = _entry(post, zone)
            if entry is None:
                refused.append(("empty_entry", "a post without words", _key(post)))
            else:
                entries.append(entry)
        pinned = [e.key for e, p in zip(entries, posts, strict=False) if p.get("is_pinned")]
        return Listing(
            entries=tuple(entries),
            next_url=_next(page.url, len(posts), answer.get("count")),
            ordered=not pinned,
            refused=tuple(r for r in refused if r[2]),
        )


def _answer(body: bytes) -> dict[str, Any]:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FetchError(Outcome.ERROR, f"not_json: {error}"[:200]) from error
    if not isinstance(data, dict):
        raise FetchError(Outcome.ERROR, "not_json: not an object")
    problem = data.get("error")
    if isinstance(problem, dict):
        code = problem.get("error_code")
        outcome = Outcome.BLOCKED if code in _REFUSED or code in _LATER else Outcome.ERROR
        raise FetchError(outcome, f"vk_{code}: {str(problem.get('error_msg'))[:150]}")
    response = data.get("response")
    if not isinstance(response, dict):
        raise FetchError(Outcome.ERROR, "not_json: no response in it")
    return response


def _key(post: dict[str, Any]) -> str:
    return f"{post.get('owner_id', post.get('to_id'))}_{post.get('id')}"


def _entry(post: dict[str, Any], zone: ZoneInfo) -> Entry | None:
    text = post_text(post)
    if not text:
        return None
    key = _key(post)
    published = None
    if isinstance(post.get("date"), int) and 0 < post["date"] < 4_102_444_800:
        published = datetime.fromtimestamp(post["date"], UTC).astimezone(zone)
    return Entry(
        key=key,
        url=f"https://vk.com/wall{key}",
        published=published,
        precision="instant" if published else None,
        basis="feed" if published else "none",
        body=text.encode("utf-8", "replace"),
        media_type="text/plain",
    )


def post_text(post: dict[str, Any]) -> str:
    """The words of a post, of what it reposts, and of the articles linked by it."""
    parts = [str(post.get("text") or "")]
    parts += [str(c.get("text") or "") for c in post.get("copy_history") or [] if isinstance(c, dict)]
    return "\n\n".join(part.strip() for part in parts if part.strip())


def _next(url: str, here: int, count: Any) -> str | None:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    offset = int(query.get("offset", "0")) + here
    if not here or not isinstance(count, int) or offset >= count:
        return None
    return urlunsplit(parts._replace(query=urlencode({**query, "offset": offset})))
