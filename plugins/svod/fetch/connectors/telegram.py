"""A public Telegram channel by its web preview (t.me/s/<channel>): one page, the newest posts last."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from svod.extract.files.charset import decode
from svod.extract.files.html_select import find_all, parse_for_css
from svod.fetch.visit import Page
from svod.sources import Source

from .base import REPORT_SELECTOR, Entry, Listing, PageReader, normal_url, report_page

_POST = re.compile(r"^[\w-]+/\d+$")


class ChannelReader(PageReader):
    """Posts of a channel's preview; `?before=` leads to older ones."""

    def read(self, page: Page, source: Source) -> Listing:
        tree = parse_for_css(decode(page.body, page.charset or "utf-8")[0])
        zone = ZoneInfo(source.schedule.timezone)
        entries: list[Entry] = []
        for message in find_all(tree, ".tgme_widget_message[data-post]"):
            post = message.attributes.get("data-post") or ""
            texts = [t for t in message.css(".tgme_widget_message_text") if t.text(strip=True)]
            if not _POST.match(post) or not texts:
                continue
            published = _instant(message.css_first("time[datetime]"), zone)
            entries.append(
                Entry(
                    key=post,
                    url=f"https://t.me/{post}",
                    published=published,
                    precision="instant" if published else None,
                    basis="feed" if published else "none",
                    body=report_page(None, "\n".join(t.html or "" for t in texts[-1:])),
                    selector=REPORT_SELECTOR,
                )
            )
        entries.reverse()
        older = tree.css_first("link[rel=prev][href], a.tme_messages_more[data-before]")
        next_url = None
        if older is not None:
            href = older.attributes.get("href") or f"?before={older.attributes.get('data-before')}"
            next_url = normal_url(href, page.final_url)
        return Listing(entries=tuple(entries), next_url=next_url, ordered=True)


def _instant(node: object, zone: ZoneInfo) -> datetime | None:
    value = node.attributes.get("datetime") if node is not None else None  # type: ignore[attr-defined]
    try:
        return datetime.fromisoformat(value).astimezone(zone) if value else None
    except ValueError:
        return None
