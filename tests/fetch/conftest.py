"""A server, a source and a way to fetch it, as the tests of fetching need them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from svod.archive import Archive
from svod.fetch import ClientSettings, FetchState, MemoryPoliteness, MemoryState, fetch_source
from svod.models import FetchResult
from svod.sources import Source

from .server import Server

HOST = "region.example"
QUICK = ClientSettings(
    connect_timeout=2.0, read_timeout=0.6, deadline=10.0, retry_wait=0.01, max_retry_after=2.0, patience=5.0
)
NOW = datetime.now(UTC)  # what is asked in a test is asked now; later runs are told a later time


def make_source(kind: str = "listing", url: str = f"http://{HOST}/news/", **more: Any) -> Source:
    """A source with nothing but what its kind needs; `politeness` without a delay."""
    facts: dict[str, Any] = {
        "id": "region",
        "title": "Новости",
        "publisher": {"name": "Министерство"},
        "territory": {"oktmo": "47000000", "iso": "RU-MUR"},
        "kind": kind,
        "urls": [url],
        "politeness": {"delay": 0},
        "owner": "data",
        "licence": "unknown",
    }
    return Source.model_validate({**facts, **more})


@pytest.fixture
def server() -> Iterator[Server]:
    started = Server()
    yield started
    started.stop()


class Fetcher:
    """Fetches from the test's server under the name of HOST; the guard stays on for everything else."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.settings = replace(QUICK, hosts={HOST: server.address})
        self.archive = Archive(str(folder / "archive"))
        self.state = MemoryState()
        self.runs = 0

    def __call__(
        self,
        source: Source,
        *,
        now: datetime = NOW,
        state: FetchState | None = None,
        run_id: str | None = None,
        absorb: bool = True,
        **options: Any,
    ) -> FetchResult:
        self.runs += 1
        result = fetch_source(
            source,
            archive=self.archive,
            state=state or self.state,
            politeness=options.pop("politeness", None) or MemoryPoliteness(),
            client_settings=options.pop("client_settings", self.settings),
            run_id=run_id or f"run-{self.runs}",
            now=now,
            **options,
        )
        if absorb and state is None:
            self.state.absorb(result)
        return result


@pytest.fixture
def fetch(server: Server, tmp_path: Path) -> Fetcher:
    return Fetcher(server, tmp_path)


Fetch = Callable[..., FetchResult]
