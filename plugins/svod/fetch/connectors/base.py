"""The values and the contract of readers."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from urllib.parse import quote, quote_plus, unquote_plus, unquote_to_bytes, urljoin, urlsplit, urlunsplit

from svod.fetch.visit import Page
from svod.models import DateBasis, DatePrecision
from svod.sources import Source

Token = Callable[[], str]  # asked for only when a request needs it
_TRACKING = re.compile(r"(utm_\w+|yclid|gclid|fbclid|ysclid|_openstat|phpsessid|back_url\w*)", re.IGNORECASE)
_SESSION = 20  # characters from which a `sid` is a session's and no report's number
_RESERVED = re.compile(r"%(25|2f)", re.IGNORECASE)  # a percent sign or slash inside a name


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
    path = _escaped(parts.path) or "/"
    if "/." in path and not path.startswith("//"):
        path = urlsplit(urljoin("http://any/", path)).path  # /a/../b is /b
    return urlunsplit((parts.scheme, netloc, path, _query(parts.query), ""))


def _escaped(path: str) -> str:
    """One spelling of a path's escapes, byte by byte: older sites escape cp1251, which is no UTF-8."""
    shielded = _RESERVED.sub(lambda m: f"%25{m[1].upper()}", path)
    return quote(unquote_to_bytes(shielded), safe="/:@!$&'()*+,;=~%-._")


def _query(query: str) -> str:
    """The pairs that say which page is meant, in their order, each in one spelling of its bytes."""
    pairs = [pair.partition("=")[::2] for pair in query.split("&") if pair]
    return "&".join(
        "=".join(quote_plus(unquote_to_bytes(part.replace("+", " "))) for part in (name, value))
        for name, value in pairs
        if not _is_tracking(unquote_plus(name), value)
    )


def _is_tracking(name: str, value: str) -> bool:
    """Whether a parameter tells of the visit and not of the page: `from=main` does, `from=2` does not."""
    match name.lower():
        case "sid":
            return not 0 < len(value) < _SESSION
        case "from":
            return not value[:1].isdigit()
    return _TRACKING.fullmatch(name) is not None


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
