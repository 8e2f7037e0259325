"""Those who are told, on loopback: a mail server and a web server that keep what they are given."""

from __future__ import annotations

import json
import threading
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any


class MailServer(ThreadingTCPServer):
    """Speaks as much SMTP as a sender needs."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _MailTalk)
        self.letters: list[EmailMessage] = []


class _MailTalk(StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say(220, "ready")
        while line := self.rfile.readline():
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"DATA":
                self._say(354, "go on")
                body = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    body += part.removeprefix(b".") if part.startswith(b"..") else part
                self.server.letters.append(message_from_bytes(body, policy=default))  # type: ignore[arg-type]
            self._say(221 if verb == b"QUIT" else 250, "ok")
            if verb == b"QUIT":
                return

    def _say(self, code: int, text: str) -> None:
        self.wfile.write(f"{code} {text}\r\n".encode())


class WebServer(ThreadingHTTPServer):
    """Answers every POST with `status`, and keeps (path, body, authorization)."""

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _WebTalk)
        self.status = 200
        self.posts: list[tuple[str, dict[str, Any], str]] = []


class _WebTalk(BaseHTTPRequestHandler):
    server: WebServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.status == 200:
            self.server.posts.append((self.path, body, self.headers.get("Authorization", "")))
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(f"you asked {self.path}".encode())

    def log_message(self, *_: object) -> None:
        """Quiet."""


def serving(server: ThreadingTCPServer) -> None:
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
