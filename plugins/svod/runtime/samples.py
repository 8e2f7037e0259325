"""Serves the sample sites just for one command, when the source asked for is one of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from svod.config import Settings
from svod.runtime.sites import SAMPLES, SampleSites


@contextmanager
def served(settings: Settings, source_id: str) -> Iterator[Settings]:
    """Settings by which the source's site can be reached; those given, unless it is a bundled sample."""
    if not (SAMPLES / source_id / "site.yml").is_file():
        yield settings
        return
    sites = SampleSites()
    sites.start()
    try:
        yield settings.model_copy(update={"hosts": dict(sites.hosts), "allow_private_addresses": True})
    finally:
        sites.stop()
