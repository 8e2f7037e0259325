"""Free ports of the loopback interface: found, never assumed."""

from __future__ import annotations

import contextlib
import socket

from svod.errors import RuntimeStartError

HOST = "127.0.0.1"


def free_port(wanted: int = 0) -> int:
    """`wanted` if nobody listens there, else any free port. It may be taken before its user gets it."""
    for port in (wanted, 0) if wanted else (0,):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
            return int(probe.getsockname()[1])
    raise RuntimeStartError(f"no free port on {HOST}")
