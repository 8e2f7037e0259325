"""A loopback HTTP server that does as it is told, down to the bytes: also what no honest server sends."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came in; `at` is the server's monotonic clock."""

    path: str
    headers: dict[str, str]
    at: float


Answer = Callable[["Wire", Request], None]


@dataclass
class Wire:
    """The connection of one request, for answers that need it raw."""

    sock: socket.socket
    stop: threading.Event

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def drip(self, data: bytes, seconds: float) -> None:
        """One byte now and then, until all is sent, the client leaves or the server stops."""
        for byte in data:
            if self.stop.wait(seconds):
                return
            self.sock.sendall(bytes((byte,)))

    def reset(self) -> None:
        """Close with RST instead of FIN."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()


def response(
    body: bytes = b"", status: str = "200 OK", media_type: str = "text/html; charset=utf-8", **headers: str
) -> bytes:
    """The bytes of an ordinary response; underscores in header names become hyphens."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join([*lines, "Connection: close", "", ""])).encode("latin-1") + body


@dataclass
class Server:
    """Answers by path; a path without an answer is a 404. Every request is kept in `requests`."""

    tls: ssl.SSLContext | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def page(self, path: str, body: bytes | str, **options: str) -> None:
        """Answer a path with an ordinary response."""
        data = body.encode() if isinstance(body, str) else body
        self.raw(path, response(data, **options))

    def raw(self, path: str, data: bytes) -> None:
        self.answers[path] = lambda wire, _: wire.send(data)

    def paths(self) -> list[str]:
        return [r.path for r in self.requests if r.path != "/robots.txt"]

    def stop(self) -> None:
        if not self._stop.is_set():
            self._stop.set()
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts
            self._listener.close()

    def _accept(self) -> None:
        while not self._stop.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(sock,), daemon=True).start()

    def _serve(self, sock: socket.socket) -> None:
        try:
            sock.settimeout(30)
            if self.tls is not None:
                sock = self.tls.wrap_socket(sock, server_side=True)
            request = self._read(sock)
            if request is None:
                return
            self.requests.append(request)
            answer = self.answers.get(request.path)
            wire = Wire(sock, self._stop)
            if answer is None:
                wire.send(response(b"nothing here", "404 Not Found"))
            else:
                answer(wire, request)
        except (OSError, ssl.SSLError):
            return  # the client left, which is what many of these answers are for
        finally:
            sock.close()

    @staticmethod
    def _read(sock: socket.socket) -> Request | None:
        data = b""
        while b"\r\n\r\n" not in data:
            chunk = sock.recv(65_536)
            if not chunk or len(data) > 1_000_000:
                return None
            data += chunk
            if data[:1] == b"\x16":  # a TLS greeting where plain HTTP is spoken
                sock.sendall(response(b"", "400 Bad Request"))
                return None
        head = data.split(b"\r\n\r\n", 1)[0].decode("latin-1").split("\r\n")
        headers = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
        return Request(head[0].split(" ")[1], {k.lower(): v for k, v in headers.items()}, time.monotonic())
