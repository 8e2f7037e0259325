"""robots.txt: what a host asks of visitors. Missing means all is allowed; unreachable means nothing is.

Parsing only (RFC 9309, by protego). Who fetches it, and how long it is kept, is the visit's business.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from protego import Protego

MAX_BYTES = 512_000  # RFC 9309: at least 500 KiB are to be read


class Robots:
    """The rules of one host for our user agent."""

    def __init__(self, text: str, user_agent: str) -> None:
        self._rules = Protego.parse(text[:MAX_BYTES])
        self._agent = user_agent.split("/")[0] or "*"

    def allows(self, url: str) -> bool:
        return bool(self._rules.can_fetch(url, self._agent))

    def delay(self) -> float:
        """Seconds between requests that the host asks for (Crawl-delay, Request-rate), 0 if none."""
        crawl = self._rules.crawl_delay(self._agent)
        rate = self._rules.request_rate(self._agent)
        return max(float(crawl or 0), rate.seconds / rate.requests if rate and rate.requests else 0.0)


def robots_url(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def host_of(url: str) -> str:
    """The name under which politeness is kept: host, and port where it is not the usual one."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    return host if parts.port in {None, 80, 443} else f"{host}:{parts.port}"
