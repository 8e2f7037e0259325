"""The requests adapter whose connections go only to allowed addresses and can be cut off by the clock.

A socket's own timeout counts from byte to byte, so a server that drips one now and then is never timed out:
a watch shuts the socket down when the whole request has taken too long.
"""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from .addresses import ForbiddenAddress, Resolver, allowed_addresses, resolve

_current = threading.local()


class Watch:
    """Cuts the connection of the running request when its time is over."""

    def __init__(self) -> None:
        self.over = False
        self.connection: HTTPConnection | None = None

    def cut(self) -> None:
        self.over = True
        sock = self.connection.sock if self.connection is not None else None
        if sock is not None:
            # the plain socket's shutdown: an SSLSocket's own would change it under its reader's feet
            try:
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
            except OSError:
                return


@contextmanager
def watched(seconds: float) -> Iterator[Watch]:
    """A watch over the requests of this thread inside the block."""
    watch = Watch()
    timer = threading.Timer(seconds, watch.cut)
    timer.daemon = True
    _current.watch = watch
    timer.start()
    try:
        yield watch
    finally:
        timer.cancel()
        _current.watch = None


def _announce(connection: HTTPConnection) -> None:
    watch: Watch | None = getattr(_current, "watch", None)
    if watch is not None:
        watch.connection = connection


class _Guard:
    """Opens sockets to allowed addresses only; shared by the two kinds of connection."""

    allow_private = False
    hosts: Mapping[str, str] = MappingProxyType({})
    resolver: Resolver = staticmethod(resolve)

    def open(self, connection: HTTPConnection) -> socket.socket:
        host, port = connection._dns_host, connection.port or 80
        try:
            found = allowed_addresses(
                host, port, allow_private=self.allow_private, hosts=self.hosts, resolver=self.resolver
            )
        except (socket.gaierror, UnicodeError) as error:
            failure = error if isinstance(error, socket.gaierror) else socket.gaierror(str(error))
            raise NameResolutionError(host, connection, failure) from error
        problem: OSError | None = None
        for family, where in found[:4]:
            sock = socket.socket(family, socket.SOCK_STREAM)
            try:
                sock.settimeout(connection.timeout if isinstance(connection.timeout, int | float) else 10.0)
                for option in connection.socket_options or ():
                    sock.setsockopt(*option)
                sock.connect(where)
            except OSError as error:
                sock.close()
                problem = error
            else:
                sys.audit("http.client.connect", connection, host, port)
                return sock
        if isinstance(problem, TimeoutError):
            raise ConnectTimeoutError(connection, f"no connection to {host} in time") from problem
        raise NewConnectionError(connection, f"no connection to {host}: {problem}") from problem


class _GuardedHTTP(HTTPConnection):
    guard: _Guard

    def _new_conn(self) -> socket.socket:
        return self.guard.open(self)

    def request(self, *args: Any, **kwargs: Any) -> None:
        _announce(self)
        super().request(*args, **kwargs)

    def connect(self) -> None:
        _announce(self)
        super().connect()


class _GuardedHTTPS(HTTPSConnection):
    guard: _Guard

    def _new_conn(self) -> socket.socket:
        return self.guard.open(self)

    def request(self, *args: Any, **kwargs: Any) -> None:
        _announce(self)
        super().request(*args, **kwargs)

    def connect(self) -> None:
        _announce(self)
        super().connect()


class _WatchedHTTP(_GuardedHTTP):
    """Through a proxy: the proxy resolves names, the watch stays."""

    def _new_conn(self) -> socket.socket:
        return HTTPConnection._new_conn(self)


class _WatchedHTTPS(_GuardedHTTPS):
    def _new_conn(self) -> socket.socket:
        return HTTPConnection._new_conn(self)


def _pools(http: type[HTTPConnection], https: type[HTTPSConnection]) -> dict[str, type[HTTPConnectionPool]]:
    return {
        "http": type("Pool", (HTTPConnectionPool,), {"ConnectionCls": http}),
        "https": type("PoolTLS", (HTTPSConnectionPool,), {"ConnectionCls": https}),
    }


class GuardedAdapter(HTTPAdapter):
    """Requests' adapter over guarded connections; `resolver` can be replaced (tests of rebinding)."""

    def __init__(
        self, *, allow_private: bool, hosts: Mapping[str, str], resolver: Resolver = resolve
    ) -> None:
        guard = _Guard()
        guard.allow_private, guard.hosts = allow_private, hosts
        guard.resolver = resolver
        self._http = type("GuardedHTTP", (_GuardedHTTP,), {"guard": guard})
        self._https = type("GuardedHTTPS", (_GuardedHTTPS,), {"guard": guard})
        super().__init__(max_retries=0, pool_connections=8, pool_maxsize=4)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kwargs: Any) -> None:
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self._http, self._https)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = _pools(_WatchedHTTP, _WatchedHTTPS)
        return manager


def forbidden_cause(error: BaseException) -> ForbiddenAddress | None:
    """The guard's refusal, when it is what lies behind an error of requests or urllib3."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ForbiddenAddress):
            return seen
        seen = seen.__cause__ or seen.__context__
    return None
