"""A local news site of as many pages as asked for, which counts every byte it sends and when it was asked."""

from __future__ import annotations

import hashlib
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bench._pages import pages

PER_PAGE = 25


@dataclass
class Log:
    """What the server saw: bytes sent (headers too) and the moments at which requests came."""

    bytes: int = 0
    requests: list[tuple[float, str]] = field(default_factory=list)


class Site:
    """`count` articles under /news/<n>/, listed newest first, 25 a page; answers conditional requests."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.log = Log()
        self._layouts = [page.html for page in pages() if page.layout == "bitrix"]
        self._edition: dict[int, int] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._server.server_port}"

    def change(self, numbers: range) -> None:
        """Give these articles another text."""
        for number in numbers:
            self._edition[number] = self._edition.get(number, 0) + 1

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def body(self, path: str) -> bytes | None:
        if path == "/robots.txt":
            return b"User-agent: *\nAllow: /\n"
        if path.startswith("/news/?page="):
            return self._list(int(path.partition("=")[2]))
        if path == "/news/":
            return self._list(1)
        number = path.removeprefix("/news/").strip("/")
        return self._article(int(number)) if number.isdigit() and int(number) < self.count else None

    def _list(self, page: int) -> bytes:
        numbers = range((page - 1) * PER_PAGE, min(page * PER_PAGE, self.count))
        link = "<div class='news-item'><a href='/news/{n}/'>Новость номер {n} о том, что сделано</a></div>"
        rows = "".join(link.format(n=n) for n in numbers)
        more = (
            f"<a rel='next' href='/news/?page={page + 1}'>Далее</a>" if page * PER_PAGE < self.count else ""
        )
        return f"<html><head><meta charset='utf-8'></head><body>{rows}{more}</body></html>".encode()

    def _article(self, number: int) -> bytes:
        page = self._layouts[number % len(self._layouts)]
        edition = self._edition.get(number, 0)
        extra = (
            f"<p>В отчёте номер {number} уточнено: проведено {100 + edition} занятий для жителей района.</p>"
        )
        scripts = "<script>" + "var menu = 1; " * 1_500 + "</script>"  # pages of real sites weigh 30-100 KB
        return page.replace("</h1>", f"</h1>{extra}", 1).replace("</head>", f"{scripts}</head>").encode()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.log.requests.append((time.monotonic(), self.path))
                body = site.body(self.path)
                etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"' if body is not None else ""
                if body is None:
                    self._answer(404, b"", etag)
                elif self.headers.get("If-None-Match") == etag:
                    self._answer(304, b"", etag)
                else:
                    self._answer(200, body, etag)

            def _answer(self, status: int, body: bytes, etag: str) -> None:
                head = [f"HTTP/1.1 {status} -", "Content-Type: text/html; charset=utf-8", f"ETag: {etag}"]
                head += [f"Content-Length: {len(body)}"] if status != 304 else []
                data = "\r\n".join([*head, "", ""]).encode() + body
                site.log.bytes += len(data)
                self.wfile.write(data)

            def log_message(self, *_: Any) -> None:
                return

        return Handler
