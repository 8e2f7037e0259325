"""Peak memory and time of a block, from the kernel: what the process really took."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Footprint:
    seconds: float = 0.0
    peak_mb: float = 0.0
    grown_mb: float = 0.0


def _status(field: str) -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) / 1024
    raise LookupError(field)


@contextmanager
def measured() -> Iterator[Footprint]:
    """Fills in what the block took: wall seconds, peak resident megabytes, and their growth."""
    found = Footprint()
    Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
    before, started = _status("VmRSS"), time.monotonic()
    try:
        yield found
    finally:
        found.seconds = time.monotonic() - started
        found.peak_mb = _status("VmHWM")
        found.grown_mb = found.peak_mb - before
