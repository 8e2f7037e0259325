"""The sample sites: small imitations of regional sites, over real HTTP on loopback under own names.

A site is data (samples/<source_id>): reports as text files, templates for its pages, routes in site.yml. All
pages are made at the start and stay the same from run to run, so a second look must find nothing new. Knows
how to serve, not how anything here will be read.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from svod.config import CHECKOUT
from svod.runtime.ports import HOST

SAMPLES = CHECKOUT / "samples"
MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
BULLET = "• "
VK_LINK = re.compile(r"\[((?:club|id)\d+)\|([^\]]+)\]")


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a site as its text file states it. `number` counts from the oldest, beginning at 1."""

    slug: str
    number: int
    title: str
    published: datetime  # aware, Moscow time
    body: str

    @property
    def paragraphs(self) -> list[str]:
        return [part.strip() for part in self.body.split("\n\n")]

    @property
    def html(self) -> Markup:
        """Paragraphs and, where the lines begin with a bullet, lists; links of a wall become links."""
        return Markup("\n").join(_block(part) for part in self.paragraphs)

    @property
    def lead(self) -> str:
        """What a list shows of it: the first sentence or so."""
        return self.paragraphs[0].partition(". ")[0].rstrip(".") + "…"

    @property
    def utc(self) -> datetime:
        return self.published.astimezone(UTC)

    @property
    def day(self) -> str:
        return f"{self.published.day} {MONTHS[self.published.month - 1]} {self.published.year}"


@dataclass(frozen=True, slots=True)
class Page:
    body: bytes
    content_type: str
    last_modified: datetime
    conditional: bool  # whether the site answers "not modified"
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it was answered."""

    host: str
    target: str  # path and query
    status: int
    user_agent: str


class SampleSites:
    """One server on one free port for all sites, told apart by the Host header."""

    def __init__(self, folder: Path = SAMPLES) -> None:
        self._pages = dict(map(_render_site, sorted(folder.glob("*/site.yml"))))
        self.requests: list[Request] = []
        self._server: ThreadingHTTPServer | None = None

    @property
    def hosts(self) -> dict[str, str]:
        """Host name → address:port, as `Settings.hosts` wants it."""
        assert self._server is not None
        return dict.fromkeys(self._pages, f"{HOST}:{self._server.server_port}")

    @property
    def addresses(self) -> list[str]:
        """Every address there is, as a reader would write it."""
        return [f"http://{host}{target}" for host, pages in self._pages.items() for target in pages]

    def start(self) -> None:
        self._server = ThreadingHTTPServer((HOST, 0), _handler(self._pages, self.requests))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, name="sample sites", daemon=True).start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


def read_reports(folder: Path) -> list[Report]:
    """The reports of one site, newest first. A file: `title:` and `date:` lines, `---`, the text."""
    found = []
    for path in folder.glob("*.txt"):
        head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
        facts = yaml.safe_load(head)
        moment = datetime.fromisoformat(f"{facts['date']}+03:00")
        found.append((moment, path.stem.partition("_")[2], facts["title"], body.strip()))
    return [
        Report(slug, number, title, moment, body)
        for number, (moment, slug, title, body) in reversed(list(enumerate(sorted(found), start=1)))
    ]


def _block(text: str) -> Markup:
    lines = text.split("\n")
    if all(line.startswith(BULLET) for line in lines):
        items = Markup("").join(
            Markup("<li>{}</li>").format(_inline(line.removeprefix(BULLET))) for line in lines
        )
        return Markup("<ul>{}</ul>").format(items)
    return Markup("<p>{}</p>").format(Markup("<br>").join(_inline(line) for line in lines))


def _inline(text: str) -> Markup:
    return Markup(VK_LINK.sub(r'<a href="/\1">\2</a>', str(escape(text))))  # noqa: S704 - escaped before


def _render_site(config: Path) -> tuple[str, dict[str, Page]]:
    site: dict[str, Any] = yaml.safe_load(config.read_text(encoding="utf-8"))
    reports = read_reports(config.parent / "reports")
    templates = Environment(
        loader=FileSystemLoader(config.parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters["rfc822"] = format_datetime
    charset = site.get("charset", "utf-8")
    conditional = site.get("conditional", True)
    newest = reports[0].utc
    base = f"http://{site['host']}"
    robots = f"User-agent: *\nDisallow: /search\nSitemap: {base}/sitemap.xml\n"
    pages = {"/robots.txt": Page(robots.encode(), "text/plain; charset=utf-8", newest, conditional)}
    for route in site["routes"]:
        template = templates.get_template(route["template"])
        media_type = route.get("media_type", "text/html")
        for target, values, changed in _instances(route, reports, site.get("per_page", 10)):
            text = template.render(site=site, base=base, reports=reports, target=target, **values)
            body = text.encode(charset, "xmlcharrefreplace")
            headers = {
                name: templates.from_string(value).render(reports=reports)
                for name, value in route.get("headers", {}).items()
            }
            page = Page(body, f"{media_type}; charset={charset}", changed or newest, conditional, headers)
            pages[target] = page
    return str(site["host"]), pages


def _instances(
    route: dict[str, Any], reports: list[Report], per_page: int
) -> Iterator[tuple[str, dict[str, Any], datetime | None]]:
    """The addresses of a route with what its template gets, and when that changed (None: with the newest)."""
    if route.get("each") == "report":
        for index, report in enumerate(reports):
            newer = reports[index - 1] if index else None
            older = reports[index + 1] if index + 1 < len(reports) else None
            values = {"report": report, "newer": newer, "older": older}
            target = route["path"].format(slug=report.slug, number=report.number)
            yield target, values, report.utc
    elif route.get("each") == "page":
        pages = [reports[start : start + per_page] for start in range(0, len(reports), per_page)]
        for number, shown in enumerate(pages, start=1):
            target = route["path"] if number == 1 else route["further"].format(page=number)
            further = route["further"].format(page=number + 1) if number < len(pages) else None
            yield target, {"shown": shown, "page": number, "pages": len(pages), "further": further}, None
    else:
        yield route["path"], {}, None


def _handler(pages: dict[str, dict[str, Page]], log: list[Request]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "nginx"
        sys_version = ""
        timeout = 30

        def do_GET(self) -> None:
            self._answer(with_body=True)

        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def _answer(self, *, with_body: bool) -> None:
            host = self.headers.get("Host", "").partition(":")[0]
            known = pages.get(host, {})
            # an interface is asked with queries of all kinds; `path?` answers whatever is asked
            page = known.get(self.path) or known.get(self.path.partition("?")[0] + "?")
            if page is None:
                body = "<h1>404</h1><p>Страница не найдена</p>".encode()
                self._send(HTTPStatus.NOT_FOUND, body if with_body else b"", "text/html; charset=utf-8")
            elif page.conditional and _is_known(self, page):
                self._send(HTTPStatus.NOT_MODIFIED, b"", None, page)
            else:
                self._send(HTTPStatus.OK, page.body if with_body else b"", page.content_type, page)

        def _send(
            self, status: HTTPStatus, body: bytes, content_type: str | None, page: Page | None = None
        ) -> None:
            self.send_response(status)
            if content_type is not None:
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
            if page is not None and page.conditional:
                self.send_header("ETag", page.etag)
                self.send_header("Last-Modified", format_datetime(page.last_modified, usegmt=True))
            for name, value in (page.headers if page is not None else {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
            host = self.headers.get("Host", "")
            log.append(Request(host, self.path, int(status), self.headers.get("User-Agent", "")))

        def log_message(self, *_arguments: object) -> None:
            """Requests are kept in the log above, not printed."""

    return Handler


def _is_known(request: BaseHTTPRequestHandler, page: Page) -> bool:
    """Whether the asker has this very page already. An ETag outweighs a date."""
    known = request.headers.get("If-None-Match")
    if known is not None:
        return page.etag in {word.strip().removeprefix("W/") for word in known.split(",")}
    since = request.headers.get("If-Modified-Since")
    if since is None:
        return False
    try:
        return page.last_modified <= parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return False
