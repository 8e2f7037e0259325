"""The values and the contract of readers."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from svod.fetch.visit import Page
from svod.models import DateBasis, DatePrecision
from svod.sources import Source

Token = Callable[[], str]  # asked for only when a request needs it
_TRACKING = re.compile(
    r"^(utm_\w+|yclid|gclid|fbclid|from|ysclid|_openstat|phpsessid|sid|back_url\w*)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One report in a list. With a `body` the list itself held the report; else its page must be fetched."""

    key: str
    url: str
    title: str | None = None
    published: datetime | None = None  # in the source's own zone, so that its date() is the local day
    precision: DatePrecision | None = None
    basis: DateBasis = "none"
    body: bytes | None = None
    media_type: str = "text/html"
    charset: str | None = "utf-8"
    selector: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a page of a list holds. `ordered`: newest first and complete, so that a report that is missing
    between two others is gone."""

    entries: tuple[Entry, ...]
    next_url: str | None = None
    ordered: bool = False
    lists: tuple[str, ...] = ()  # further lists that this one names (an index of sitemaps), newest first
    refused: tuple[tuple[str, str, str], ...] = field(default=())  # (code, reason, key) of broken entries


class Reader(Protocol):
    """One kind of source. A custom connector is a subclass of PageReader with this one method."""

    def read(self, page: Page, source: Source) -> Listing:
        """The entries of one page of a list. Raises FetchError where the page is not what it should be."""
        ...

    def start(self, source: Source, first: date | None = None, last: date | None = None) -> tuple[str, ...]:
        """The first page of each list, narrowed to reports of some days if the source can do that itself."""
        ...

    def headers(self) -> Mapping[str, str]:
        """What is sent with requests for lists."""
        ...


class PageReader:
    """The usual ways: lists begin at the source's urls and are asked for without further headers."""

    def start(self, source: Source, first: date | None = None, last: date | None = None) -> tuple[str, ...]:
        return source.urls

    def headers(self) -> Mapping[str, str]:
        return {}


def normal_url(url: str, base: str = "") -> str:
    """One spelling for one address: absolute, no fragment, no tracking parameters, lower-case host.

    Raises ValueError for what is no address at all.
    """
    parts = urlsplit(urljoin(base, url.strip()))
    host, port = _ascii_host(parts.hostname or ""), parts.port
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    netloc = host if port in {None, usual} else f"{host}:{port}"
    query = urlencode(
        [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)]
    )
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~%-._") or "/"
    if "/." in path and not path.startswith("//"):
        path = urlsplit(urljoin("http://any/", path)).path  # /a/../b is /b
    return urlunsplit((parts.scheme, netloc, path, query, ""))


def _ascii_host(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host


def report_page(title: str | None, content: str) -> bytes:
    """A report that a list held, as a page of its own: what is archived for it and read later."""
    heading = f"<h1>{html.escape(title)}</h1>\n" if title else ""
    head = f'<meta charset="utf-8"><title>{html.escape(title or "")}</title>'
    page = (
        f'<!doctype html>\n<html lang="ru"><head>{head}</head>\n'
        f"<body><article>\n{heading}{content}\n</article></body></html>\n"
    )
    return page.encode("utf-8", "replace")


REPORT_SELECTOR = "article"  # of report_page
