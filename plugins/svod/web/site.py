"""What the app is given from outside, and what every page needs of it. Opens nothing until a page asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import psycopg

from svod.warehouse import connect

from .connections import Connections
from .territories import Territory, load_territories


class Bodies(Protocol):
    """The part of the archive that the pages use (`svod.archive.Archive` is one)."""

    def get(self, sha256: str) -> bytes: ...


def no_link(*_: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses outside these pages: of the scheduler's own interface. None where there is none."""

    dag: Callable[[str], str | None] = no_link  # source id → page of its DAG
    run: Callable[[str, str], str | None] = no_link  # source id, run id → page of that run and its log
    warehouse_run: Callable[[str], str | None] = no_link  # run id → page of that run of the warehouse DAG
    sign_in: str | None = None  # takes the address to come back to as `next`


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The app's surroundings. `dsn` (role app) and `secret` (signs forms) are asked for when first needed."""

    dsn: Callable[[], str]
    secret: Callable[[], str]
    archive: Callable[[], Bodies]
    territory_seed: Path  # dbt's territory.csv
    sources_dir: Path | None = None  # the sources' files; without it they are shown as they were loaded
    links: Links = field(default_factory=Links)
    docs: Mapping[str, Path] = field(
        default_factory=dict
    )  # name in the address → folder or file of static pages
    origins: frozenset[str] = (
        frozenset()
    )  # hosts (with port) under which the site is known, beside the request's
    clock: Callable[[], datetime] = utc_now
    connections: Connections = field(default_factory=Connections)

    @property
    def territories(self) -> Mapping[str, Territory]:
        return load_territories(self.territory_seed)

    @contextmanager
    def reading(self) -> Iterator[psycopg.Connection]:
        """A read-only look at the warehouse: all queries of a page see the same moment."""
        with self.connections.reading(self.dsn()) as conn:
            yield conn

    @contextmanager
    def writing(self) -> Iterator[psycopg.Connection]:
        with connect(self.dsn(), name="svod review") as conn:
            yield conn
