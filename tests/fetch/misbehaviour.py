"""What servers do wrong, one function each, by the name that cases/http.yml uses."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from typing import Any

from .pages import article
from .server import Answer, Request, Server, Wire, response

GOOD = article("Новость 2").encode()
OK_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def then_good(first: bytes, times: int = 1) -> Answer:
    """The first answers are these bytes, the later ones the good page."""
    left = [times]

    def answer(wire: Wire, _: Request) -> None:
        left[0] -= 1
        wire.send(first if left[0] >= 0 else response(GOOD))

    return answer


def always(data: bytes) -> Answer:
    return lambda wire, _: wire.send(data)


def status(line: str, body: str = "nothing", **headers: str) -> Answer:
    return always(response(body.encode(), line, **headers))


def redirect_loop(server: Server) -> Answer:
    server.raw("/loop/", response(b"", "302 Found", Location="/news/2/"))
    return status("302 Found", Location="/loop/")


def redirect_chain(server: Server) -> Answer:
    for n in range(20):
        server.raw(f"/chain/{n}/", response(b"", "301 Moved", Location=f"/chain/{n + 1}/"))
    return status("301 Moved", Location="/chain/0/")


def redirect_relative(server: Server) -> Answer:
    server.page("/moved/новость/".encode().decode("latin-1"), GOOD)
    server.page("/moved/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C/", GOOD)
    return always(response(b"", "302 Found", Location="../../moved/новость/".encode().decode("latin-1")))


def login_redirect(server: Server) -> Answer:
    form = "<title>Вход</title><form><input name=login><input type=password name=p></form>"
    server.page("/auth/?back=2", form)
    return status("302 Found", Location="/auth/?back=2")


def retry_date_past(_: Server) -> Answer:
    past = format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)
    return then_good(response(b"", "429 Too Many Requests", Retry_After=past))


def drip_body(_: Server) -> Answer:
    def answer(wire: Wire, _: Request) -> None:
        wire.send(OK_HEAD + f"Content-Length: {len(GOOD)}\r\n\r\n".encode())
        wire.drip(GOOD, 0.2)

    return answer


def drip_head(_: Server) -> Answer:
    return lambda wire, _: wire.drip(response(GOOD), 0.2)


def silence(_: Server) -> Answer:
    return lambda wire, _: wire.drip(b"H", 60)


def reset_half_way(_: Server) -> Answer:
    def answer(wire: Wire, _: Request) -> None:
        wire.send(OK_HEAD + f"Content-Length: {len(GOOD)}\r\n\r\n".encode() + GOOD[: len(GOOD) // 2])
        wire.reset()

    return answer


def chunked_endless(_: Server) -> Answer:
    def answer(wire: Wire, _: Request) -> None:
        wire.send(OK_HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        for _ in range(2_000):
            wire.send(b"8000\r\n" + b"x" * 0x8000 + b"\r\n")

    return answer


def zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("отчёт.txt", data)
    return out.getvalue()


def packed(body: bytes, encoding: str) -> Answer:
    return always(response(body, Content_Encoding=encoding))


def raw(head: bytes, body: bytes = GOOD) -> Answer:
    return always(head + body)


@cache
def bomb(encoding: str) -> bytes:
    """200 MB of zeros, packed about a thousandfold."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if encoding == "gzip" else 15)
    return b"".join(packer.compress(b"0" * 1_000_000) for _ in range(200)) + packer.flush()


KINDS: dict[str, Callable[[Server], Answer]] = {
    "redirect_loop": redirect_loop,
    "redirect_chain": redirect_chain,
    "redirect_relative": redirect_relative,
    "redirect_without_location": lambda _: status("302 Found"),
    "not_modified_unasked": lambda _: always(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"),
    "rate_limit_seconds": lambda _: then_good(response(b"", "429 Too Many Requests", Retry_After="1")),
    "rate_limit_date": retry_date_past,
    "rate_limit_long": lambda _: status("429 Too Many Requests", Retry_After="86400"),
    "rate_limit_nonsense": lambda _: then_good(response(b"", "429 Too Many", Retry_After="soon")),
    "unavailable": lambda _: status("503 Service Unavailable"),
    "unavailable_once": lambda _: then_good(response(b"", "503 Service Unavailable")),
    "server_error": lambda _: status("500 Internal Server Error"),
    "not_found": lambda _: status("404 Not Found"),
    "gone": lambda _: status("410 Gone"),
    "forbidden": lambda _: status("403 Forbidden"),
    "unauthorised": lambda _: status("401 Unauthorized", WWW_Authenticate="Basic"),
    "legal": lambda _: status("451 Unavailable For Legal Reasons"),
    "drip_body": drip_body,
    "drip_head": drip_head,
    "silence": silence,
    "closed_at_once": lambda _: lambda wire, _: wire.sock.close(),
    "reset_at_once": lambda _: lambda wire, _: wire.reset(),
    "reset_half_way": reset_half_way,
    "length_too_long": lambda _: raw(OK_HEAD + b"Content-Length: 99999\r\nConnection: close\r\n\r\n"),
    "length_negative": lambda _: raw(OK_HEAD + b"Content-Length: -5\r\nConnection: close\r\n\r\n"),
    "length_twice": lambda _: raw(OK_HEAD + b"Content-Length: 10\r\nContent-Length: 20\r\n\r\n"),
    "gzip_bomb": lambda _: packed(bomb("gzip"), "gzip"),
    "deflate_bomb": lambda _: packed(bomb("deflate"), "deflate"),
    "gzip_broken": lambda _: packed(gzip.compress(GOOD)[:10] + b"\xff" * 60, "gzip"),
    "gzip_cut": lambda _: packed(gzip.compress(GOOD)[:-30], "gzip"),
    "gzip_good": lambda _: packed(gzip.compress(GOOD), "gzip"),
    "deflate_bare": lambda _: packed(zlib.compress(GOOD)[2:-4], "deflate"),
    "brotli_unasked": lambda _: packed(b"\x0b\x02\x80hello\x03", "br"),
    "zip_bomb": lambda _: always(response(zipped(b"0" * 90_000_000), media_type="application/zip")),
    "picture": lambda _: always(response(b"\x89PNG\r\n", media_type="image/png")),
    "film": lambda _: always(response(b"\x00" * 99, media_type="video/mp4")),
    "binary_as_html": lambda _: always(response(bytes(range(256)) * 400)),
    "large_announced": lambda _: raw(OK_HEAD + b"Content-Length: 50000000\r\n\r\n"),
    "large_unannounced": chunked_endless,
    "captcha": lambda _: status("200 OK", "<title>Вы не робот?</title><div id='captcha'></div>"),
    "browser_check": lambda _: status(
        "503 Service Unavailable",
        "<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/x'></script>",
    ),
    "login": login_redirect,
    "no_http": lambda _: always(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "header_flood": lambda _: raw(OK_HEAD + b"".join(b"X-%d: y\r\n" % n for n in range(500)) + b"\r\n"),
    "header_long": lambda _: raw(OK_HEAD + b"X-Long: " + b"y" * 200_000 + b"\r\n\r\n"),
    "chunks_broken": lambda _: raw(OK_HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n"),
    "empty_body": lambda _: always(response(b"")),
    "no_content": lambda _: always(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"),
    "captcha_in_comments": lambda _: always(
        response(GOOD.replace(b"</body>", b"<form><div class='g-recaptcha'></div></form></body>"))
    ),
}


def answer_for(kind: str, server: Server) -> Any:
    return KINDS[kind](server)
