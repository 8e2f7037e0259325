"""One HTTP exchange, bounded in time, bytes and redirects: a usable body, or a FetchError with its outcome.

Knows nothing of politeness, robots.txt, retries or sources: those decide whether and when to ask.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import urljoin, urlsplit

import requests
import urllib3.exceptions as u3

from svod.errors import FetchError
from svod.models import Outcome

from .addresses import Resolver, check_literal, check_url, resolve
from .challenge import is_challenge
from .transport import GuardedAdapter, Watch, forbidden_cause, watched

REDIRECTS = frozenset((301, 302, 303, 307, 308))
CONDITIONS = frozenset(("If-None-Match", "If-Modified-Since"))
REFUSALS = frozenset((401, 403, 407, 429, 451))
_CHUNK = 65_536
_NOT_TEXT = ("image/", "video/", "audio/", "font/")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSettings:
    """Limits of one exchange. Seconds and bytes; `deadline` counts from the first hop to the last byte."""

    user_agent: str = "Svod/0.1"
    connect_timeout: float = 10.0
    read_timeout: float = 30.0
    deadline: float = 90.0
    max_bytes: int = 10_000_000  # unpacked
    max_ratio: int = 100  # unpacked to packed, judged from the first megabyte on
    max_redirects: int = 5
    retries: int = 2  # further attempts after a failure that may pass
    retry_wait: float = 2.0  # before the second attempt; doubles
    max_retry_after: float = 120.0  # a server that asks for more is left for the next run
    patience: float = 300.0  # the longest a task waits for its turn at a host
    allow_private_addresses: bool = False
    proxy: str | None = None
    ca_bundle: str | None = None  # many regional sites are signed by the national certification centre
    hosts: Mapping[str, str] = field(default_factory=dict)  # name → address:port, may be private
    resolver: Resolver = resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What came back. `body` is unpacked; `wire_bytes` counts what crossed the network for it."""

    url: str  # after redirects
    status: int
    body: bytes
    wire_bytes: int
    media_type: str
    charset: str | None
    etag: str | None
    last_modified: str | None


class HttpFailure(FetchError):
    """A failed exchange, with what a retry needs to know."""

    def __init__(
        self,
        outcome: Outcome,
        reason: str,
        *,
        status: int | None = None,
        retry: bool = False,
        retry_after: str | None = None,
        wire_bytes: int = 0,
    ) -> None:
        super().__init__(outcome, reason, status)
        self.retry = retry
        self.retry_after = retry_after
        self.wire_bytes = wire_bytes


Turn = Callable[[str], AbstractContextManager[None]]


def _at_once(_url: str) -> AbstractContextManager[None]:
    return nullcontext()


class Client:
    """A session for one run. Cookies live as long as it does; the environment's proxies are not used."""

    def __init__(self, settings: ClientSettings) -> None:
        self.settings = settings
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers = requests.structures.CaseInsensitiveDict(
            {
                "User-Agent": settings.user_agent,
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "Accept-Language": "ru,en;q=0.5",
                "Accept-Encoding": "gzip, deflate",
            }
        )
        adapter = GuardedAdapter(
            allow_private=settings.allow_private_addresses,
            hosts=settings.hosts,
            resolver=settings.resolver,
        )
        self._session.adapters.clear()
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)

    def close(self) -> None:
        self._session.close()

    def get(self, url: str, headers: Mapping[str, str] | None = None, *, turn: Turn = _at_once) -> Response:
        """GET, following redirects, each request inside its `turn`. Raises HttpFailure or FetchError."""
        started = time.monotonic()
        sent = dict(headers or {})
        for _ in range(self.settings.max_redirects + 1):
            self._check(url)
            waited = time.monotonic()
            with turn(url):
                started += time.monotonic() - waited  # our own politeness is not the server's slowness
                with watched(max(0.05, self.settings.deadline - (time.monotonic() - started))) as watch:
                    answer = self._exchange(url, sent, watch)
            if isinstance(answer, Response):
                if answer.status == 304 and not sent.keys() & CONDITIONS:
                    raise HttpFailure(Outcome.ERROR, "not_modified_unasked: 304 to a plain GET", status=304)
                return answer
            if urlsplit(answer).netloc != urlsplit(url).netloc:
                sent.pop("Authorization", None)  # a token goes to the host it was meant for
            url = answer
        raise HttpFailure(Outcome.ERROR, f"redirects: more than {self.settings.max_redirects}")

    def _check(self, url: str) -> None:
        check_url(url)
        host = urlsplit(url).hostname or ""
        if not self.settings.allow_private_addresses and host not in self.settings.hosts:
            check_literal(host)

    def _exchange(self, url: str, headers: Mapping[str, str], watch: Watch) -> Response | str:
        """One hop: the response, or the url it redirects to."""
        proxy = self.settings.proxy
        try:
            response = self._session.get(
                url,
                headers=headers,
                stream=True,
                allow_redirects=False,
                timeout=(self.settings.connect_timeout, self.settings.read_timeout),
                verify=self.settings.ca_bundle or True,
                proxies={"http": proxy, "https": proxy} if proxy else {},
            )
            with response:
                answer = self._answer(url, response)
            if watch.over:  # a connection that was cut looks like the end of the headers or of the body
                raise _late()
            return answer
        except FetchError:
            if watch.over:
                raise _late() from None
            raise
        except (requests.RequestException, u3.HTTPError, OSError, ValueError) as error:
            if watch.over:
                raise _late() from error
            raise _failure(error) from error

    def _answer(self, url: str, response: requests.Response) -> Response | str:
        status = response.status_code
        if status in REDIRECTS and response.headers.get("Location"):
            return urljoin(url, _location(response.headers["Location"]))
        if status == 304:
            return self._response(url, response, b"", 0)
        if 200 <= status < 300:
            self._refuse_type(response)
        body, wire = self._body(response)
        found = self._response(url, response, body, wire)
        if is_challenge(url, status, found.media_type, body):
            raise HttpFailure(
                Outcome.BLOCKED, "challenge: a login, captcha or check page", status=status, wire_bytes=wire
            )
        if not 200 <= status < 300:
            raise _bad_status(response, wire)
        return found

    def _refuse_type(self, response: requests.Response) -> None:
        status = response.status_code
        media_type, _ = _content_type(response.headers.get("Content-Type"))
        if media_type.startswith(_NOT_TEXT):
            raise HttpFailure(Outcome.ERROR, f"wrong_type: {media_type}", status=status)
        declared = response.headers.get("Content-Length", "")
        if declared.isdigit() and int(declared) > self.settings.max_bytes:
            raise HttpFailure(Outcome.ERROR, f"too_large: {declared} bytes announced", status=status)

    def _body(self, response: requests.Response) -> tuple[bytes, int]:
        """The unpacked body and the bytes received for it, within the caps."""
        status, limit = response.status_code, self.settings.max_bytes
        unpacker = _Unpacker(response.headers.get("Content-Encoding", ""), status)
        parts: list[bytes] = []
        size = wire = 0
        while chunk := response.raw.read(_CHUNK, decode_content=False):
            wire += len(chunk)
            while chunk:
                piece, chunk = unpacker.unpack(chunk)
                size += len(piece)
                parts.append(piece)
                if size > limit:
                    raise _too_large(f"more than {limit} bytes", status, wire)
                if size > 1_000_000 and size > self.settings.max_ratio * wire:
                    raise _too_large(f"unpacks {size // max(1, wire)} to 1", status, wire)
        unpacker.finish()
        return b"".join(parts), wire

    @staticmethod
    def _response(url: str, response: requests.Response, body: bytes, wire: int) -> Response:
        media_type, charset = _content_type(response.headers.get("Content-Type"))
        return Response(
            url=url,
            status=response.status_code,
            body=body,
            wire_bytes=wire,
            media_type=media_type,
            charset=charset,
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
        )


def _header(response: requests.Response, name: str) -> str | None:
    value: str | None = response.headers.get(name)
    return value if value and len(value) <= 300 and value.isprintable() else None


def _location(value: str) -> str:
    """A redirect's target; servers send raw UTF-8, which http.client reads as Latin-1."""
    with suppress(UnicodeEncodeError, UnicodeDecodeError):
        value = value.encode("latin-1").decode("utf-8")
    return requests.utils.requote_uri(value.strip())


def _content_type(value: str | None) -> tuple[str, str | None]:
    message = Message()
    message["Content-Type"] = value or "application/octet-stream"
    try:
        charset = message.get_content_charset()
    except (LookupError, ValueError, UnicodeError):
        charset = None
    return message.get_content_type(), charset


class _Unpacker:
    """Undoes a Content-Encoding piece by piece, never more than a megabyte at once."""

    def __init__(self, encoding: str, status: int) -> None:
        self._name, self._status = encoding.strip().lower(), status
        if self._name not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise HttpFailure(Outcome.ERROR, f"bad_encoding: {self._name[:40]}", status=status)
        self._plain = self._name in {"", "identity"}
        self._bits = 15 if self._name == "deflate" else 47
        self._z = zlib.decompressobj(self._bits)
        self._begun = False

    def unpack(self, chunk: bytes) -> tuple[bytes, bytes]:
        """(unpacked, what of the chunk is left to unpack)."""
        if self._plain:
            return chunk, b""
        try:
            piece = self._z.decompress(chunk, 1_000_000)
        except zlib.error as error:
            if self._bits != 15 or self._begun:
                raise HttpFailure(Outcome.ERROR, f"bad_encoding: {error}", status=self._status) from error
            self._bits = -15  # some send deflate bare, without the zlib header
            self._z = zlib.decompressobj(self._bits)
            return self.unpack(chunk)
        self._begun = True
        if not self._z.eof:
            return piece, self._z.unconsumed_tail
        rest = self._z.unused_data
        if rest[:2] == b"\x1f\x8b":  # gzip may consist of several members
            self._z = zlib.decompressobj(self._bits)
            return piece, rest
        return piece, b""

    def finish(self) -> None:
        """Raise where the packed data ended before its end."""
        if not self._plain and self._begun and not self._z.eof:
            raise HttpFailure(
                Outcome.ERROR, "incomplete: packed data cut off", status=self._status, retry=True
            )


def _too_large(reason: str, status: int, wire: int) -> HttpFailure:
    return HttpFailure(Outcome.ERROR, f"too_large: {reason}", status=status, wire_bytes=wire)


def _late() -> HttpFailure:
    return HttpFailure(Outcome.ERROR, "deadline: the answer took too long as a whole")


def _bad_status(response: requests.Response, wire: int) -> HttpFailure:
    status = response.status_code
    return HttpFailure(
        Outcome.BLOCKED if status in REFUSALS else Outcome.ERROR,
        f"status_{status}",
        status=status,
        retry=status in {429, 500, 502, 503, 504},
        retry_after=response.headers.get("Retry-After"),
        wire_bytes=wire,
    )


_KINDS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str, bool], ...] = (
    ((requests.exceptions.SSLError, u3.SSLError), "tls", False),
    (u3.NameResolutionError, "dns", True),
    (u3.NewConnectionError, "connection", True),
    ((requests.exceptions.ConnectTimeout, u3.ConnectTimeoutError), "connect_timeout", True),
    ((requests.exceptions.ReadTimeout, u3.ReadTimeoutError, TimeoutError), "read_timeout", True),
    (requests.exceptions.ProxyError, "proxy", True),
    (u3.IncompleteRead, "incomplete", True),
    (u3.ProtocolError, "broken_off", True),
    (requests.exceptions.ChunkedEncodingError, "broken_off", True),
    (requests.exceptions.ConnectionError, "connection", True),
    ((requests.exceptions.InvalidURL, UnicodeError), "bad_url", False),
)


def _failure(error: Exception) -> FetchError:
    """The named failure behind an error of requests, urllib3 or the socket."""
    refused = forbidden_cause(error)
    if refused is not None:
        return refused
    chain: list[BaseException] = [error]
    for part in chain:
        inner = [*(a for a in part.args if isinstance(a, BaseException)), part.__cause__]
        reason = getattr(part, "reason", None)
        chain.extend(e for e in [*inner, reason] if isinstance(e, BaseException) and e not in chain)
    cause = next((e for e in reversed(chain) if str(e)), error)  # what is wrapped around it only repeats it
    for kinds, code, retry in _KINDS:
        for part in chain:
            if isinstance(part, kinds):
                return HttpFailure(Outcome.ERROR, f"{code}: {_short(cause)}", retry=retry)
    return HttpFailure(Outcome.ERROR, f"protocol: {_short(cause)}")


def _short(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:200]
