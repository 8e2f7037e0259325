"""A page with a list of articles: by the source's selectors, or by finding the articles' links itself.

Found links: those of one shape (same place in the page, similar address) with the longest texts. Menus have
many links with short texts, a list of news has links that are sentences.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser, LexborNode

from svod.errors import FetchError
from svod.extract.files.charset import declared_charset, decode
from svod.extract.files.html_select import find_all, parse_for_css
from svod.extract.files.page_furniture import is_furniture_name
from svod.extract.layout.page_dates import parse_day
from svod.fetch.visit import Page
from svod.models import Outcome
from svod.sources import Source

from .base import Entry, Listing, PageReader, normal_url

SENTENCE = 20  # characters from which a link's text may be a headline
MAX_LINKS = 1_500
ITEM_LEVELS = 6  # how far around a link its date is looked for
MAX_ENTRIES = 500
_NEXT_WORDS = re.compile(
    r"^\W*(след(ующая|\.)?( страница)?|дал(ее|ьше)|впер[её]д|next|»|›|>|→)\W*$", re.IGNORECASE
)
_NOT_PAGES = re.compile(r"\.(jpe?g|png|gif|svg|webp|mp4|mp3|avi|zip|rar|7z|xml|rss|css|js)$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


class ListingReader(PageReader):
    """Articles' addresses, titles and dates of one page of a list, and the next page."""

    def read(self, page: Page, source: Source) -> Listing:
        text, _ = decode(page.body, source.charset or page.charset or declared_charset(page.body))
        if "<" not in text[:2000]:
            raise FetchError(Outcome.ERROR, f"wrong_type: no HTML but {page.media_type}")
        tree = parse_for_css(text)
        base = _base(tree, page.final_url)
        chosen = source.selectors
        links = _selected(tree, source) if chosen.item or chosen.link else _discovered(tree, base, source)
        entries = _entries(links, base, source)
        return Listing(entries=tuple(entries.values()), next_url=_next(tree, base, page, source))


def _base(tree: LexborHTMLParser, url: str) -> str:
    tag = tree.css_first("base[href]")
    return urljoin(url, (tag.attributes.get("href") or "") if tag is not None else "")


Link = tuple[LexborNode, LexborNode]  # the link, and the item of the list it stands in


def _selected(tree: LexborHTMLParser, source: Source) -> list[Link]:
    chosen = source.selectors
    if chosen.item is None:
        return [(a, a) for a in find_all(tree, chosen.link or "a")]
    links: list[Link] = []
    for item in find_all(tree, chosen.item):
        found = find_all(item, chosen.link or "a[href]")
        anchor = found[0] if found else (item if item.tag == "a" else None)
        if anchor is not None:
            links.append((anchor, item))
    return links


def _entries(links: Iterable[Link], base: str, source: Source) -> dict[str, Entry]:
    zone = ZoneInfo(source.schedule.timezone)
    pattern = re.compile(source.link_pattern) if source.link_pattern else None
    entries: dict[str, Entry] = {}
    for anchor, item in links:
        url = _article_url(anchor, base)
        if url is None or (pattern and not pattern.search(url)) or len(entries) >= MAX_ENTRIES:
            continue
        title = _title(anchor, item, source)
        known = entries.get(url)
        if known is not None and len(known.title or "") >= len(title or ""):
            continue
        day = _day(item, source, zone) or (known.published if known else None)
        entries[url] = Entry(
            key=url,
            url=url,
            title=title,
            published=day,
            precision="day" if day else None,
            basis="page" if day else "none",
        )
    return entries


def _article_url(anchor: LexborNode, base: str) -> str | None:
    href = anchor.attributes.get("href") or ""
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
        return None
    try:
        url = normal_url(href, base)
    except ValueError:
        return None
    parts = urlsplit(url)
    return url if parts.scheme in {"http", "https"} and not _NOT_PAGES.search(parts.path) else None


def _words(node: LexborNode) -> str:
    return " ".join(node.text(deep=True, separator=" ").split())


def _title(anchor: LexborNode, item: LexborNode, source: Source) -> str | None:
    if source.selectors.title:
        found = find_all(item, source.selectors.title)
        if found:
            return _words(found[0]) or None
    text = _words(anchor)
    return text if len(text) >= SENTENCE else None


def _day(item: LexborNode, source: Source, zone: ZoneInfo) -> datetime | None:
    if source.selectors.date:
        texts = [_words(n) for n in find_all(item, source.selectors.date)]
    else:
        texts = [n.attributes.get("datetime") or _words(n) for n in item.css("time")] or [_words(item)[:400]]
    for text in texts:
        day = parse_day(text)
        if day is not None:
            return day.replace(tzinfo=zone)
    return None


# --- finding the list by itself ---


def _discovered(tree: LexborHTMLParser, base: str, source: Source) -> list[Link]:
    host = urlsplit(base).hostname
    here = normal_url(base)
    groups: dict[tuple[str, ...], dict[str, Link]] = defaultdict(dict)
    for anchor in tree.css("a[href]")[:MAX_LINKS]:
        url = _article_url(anchor, base)
        if url is None or url == here or urlsplit(url).hostname != host:
            continue
        path = _place(anchor)
        if path is None:
            continue
        groups[(*path, _shape(url))].setdefault(url, (anchor, _item_of(anchor)))
    scored = [(_worth(group), -i, group) for i, group in enumerate(groups.values())]
    worth, _, best = max(scored, default=(0, 0, {}), key=lambda s: s[:2])
    if source.link_pattern:  # the pattern says which they are: all shapes count
        return [link for group in groups.values() for link in group.values()]
    return list(best.values()) if worth > 0 else []


def _shape(url: str) -> str:
    """The address without what differs from article to article: digits and the last part of the path."""
    parts = urlsplit(url)
    folders = [p for p in parts.path.split("/") if p]
    varying = [k.split("=")[0] for k in parts.query.split("&") if k]
    return "/".join(_DIGITS.sub("#", p) for p in folders[:-1]) + "?" + ",".join(varying)


def _place(anchor: LexborNode) -> tuple[str, ...] | None:
    """Tags and classes of the elements around a link; None inside a menu, a footer and the like."""
    path: list[str] = []
    node = anchor.parent
    while node is not None and node.tag not in {"body", "html"}:
        name = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        if node.tag in {"nav", "footer", "aside"} or (len(name) > 1 and is_furniture_name(name)):
            return None
        if len(path) < 4:
            path.append(f"{node.tag}.{_DIGITS.sub('#', node.attributes.get('class') or '')}")
        node = node.parent
    return tuple(path)


def _item_of(anchor: LexborNode) -> LexborNode:
    """The widest element around a link that holds no other article's link: where its date stands."""
    node, href = anchor, anchor.attributes.get("href")
    for _ in range(ITEM_LEVELS):
        if node.parent is None or node.parent.tag in {"body", "html"}:
            break
        others = {a.attributes.get("href") for a in node.parent.css("a[href]")} - {href}
        if others:
            break
        node = node.parent
    return node


def _worth(group: dict[str, Link]) -> int:
    sentences = [len(t) for anchor, _ in group.values() if len(t := _words(anchor)) >= SENTENCE]
    return sum(min(n, 100) for n in sentences) if len(sentences) >= 1 else 0


# --- the next page ---


def _next(tree: LexborHTMLParser, base: str, page: Page, source: Source) -> str | None:
    if source.selectors.next:
        found = find_all(tree, source.selectors.next)
    else:
        found = tree.css("link[rel=next], a[rel=next]")
        if not found:
            found = [a for a in tree.css("a[href]")[:MAX_LINKS] if _NEXT_WORDS.match(_words(a) or "-")]
    for node in found:
        url = _article_url(node, base)
        if url and urlsplit(url).hostname == urlsplit(base).hostname and url != normal_url(page.url):
            return url
    return None
