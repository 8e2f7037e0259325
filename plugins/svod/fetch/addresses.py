"""Which addresses may be asked at all: public ones over http and https, checked when the connection is made.

A name is resolved once, every address it resolves to is judged, and the connection goes to one of those very
addresses: a name that changes its answer between check and use (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from svod.errors import FetchError
from svod.models import Outcome

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolved = tuple[int, tuple[str, int]]  # address family, (address, port)
Resolver = Callable[[str, int], list[Resolved]]

MAX_URL = 4000
_BAD = re.compile(r"[\x00-\x20\x7f\\]")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_CLOSED = tuple(
    ipaddress.ip_network(net)
    for net in (
        "100.64.0.0/10",  # carrier-grade NAT
        "192.0.0.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "198.18.0.0/15",  # benchmarks
        "64:ff9b:1::/48",  # NAT64 inside one's own net
        "2001::/23",  # protocol assignments, Teredo and ORCHID among them
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
        "fec0::/10",  # site-local, deprecated
    )
)


class ForbiddenAddress(FetchError):
    """The url, or an address that its host resolves to, is not one that may be asked."""

    def __init__(self, reason: str) -> None:
        super().__init__(Outcome.ERROR, f"forbidden_address: {reason}")


def is_public(address: Address) -> bool:
    """True if the address is one of the open internet, also when it wraps an IPv4 address."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.scope_id is not None:
            return False
    if address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback:
        return False
    if any(address.version == net.version and address in net for net in _CLOSED):
        return False
    return address.is_global


def check_url(url: str) -> None:
    """Refuse a url that is none of the web: other schemes, credentials, control characters, no host."""
    if len(url) > MAX_URL:
        raise ForbiddenAddress(f"a url of {len(url)} characters")
    if _BAD.search(url):
        raise ForbiddenAddress("white space, a control character or a backslash in the url")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ForbiddenAddress(f"not a url: {error}") from error
    if parts.scheme not in {"http", "https"}:
        raise ForbiddenAddress(f"scheme {parts.scheme or '(none)'!r}")
    if not parts.hostname or port == 0:
        raise ForbiddenAddress("no host in the url")
    if parts.username is not None or parts.password is not None:
        raise ForbiddenAddress("credentials in the url")


def resolve(host: str, port: int) -> list[Resolved]:
    """All addresses of a host, by the system's resolver. Raises socket.gaierror."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(int(family), (str(where[0]), int(where[1]))) for family, _, _, _, where in found]


def allowed_addresses(
    host: str,
    port: int,
    *,
    allow_private: bool,
    hosts: Mapping[str, str],
    resolver: Resolver = resolve,
) -> list[Resolved]:
    """The addresses of a host that a connection may use. ForbiddenAddress if any of them is not public.

    `hosts` (name → address:port) comes before any resolver, and what it names may be private: an operator
    wrote it down for this very host (the demo's sites on loopback).
    """
    if (given := hosts.get(host)) is not None:
        address, _, own_port = given.rpartition(":")
        return resolve(address, int(own_port))
    found = resolver(host.strip("[]"), port)
    for _, (address, _) in found:
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError as error:
            raise ForbiddenAddress(f"{host} resolves to {address!r}") from error
        if not allow_private and not is_public(parsed):
            raise ForbiddenAddress(f"{host} is {address}, which is not public")
    return found


def check_literal(host: str) -> None:
    """Refuse a host written as a non-public address in any spelling; names are left to who resolves them.

    Saves a look-up, and is all that can be done for requests through a proxy, which resolves names itself.
    """
    bare = host.strip("[]").rstrip(".").lower()
    if bare == "localhost" or bare.endswith((".localhost", ".local", ".internal")):
        raise ForbiddenAddress(f"{host} is not public")
    try:
        address: Address = ipaddress.ip_address(bare)
    except ValueError:
        try:
            address = ipaddress.IPv4Address(socket.inet_aton(bare))  # decimal, octal, hex, short forms
        except OSError:
            return
    if not is_public(address):
        raise ForbiddenAddress(f"{host} is {address}, which is not public")
