"""A migrated warehouse for each test that asks for one, with a DSN for every role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from svod.warehouse import ROLES, migrate

PASSWORDS = {"loader": "l", "transformer": "t", "app": "a", "reader": "r"}


@dataclass(frozen=True)
class Warehouse:
    owner: str
    loader: str
    transformer: str
    app: str
    reader: str

    def rows(self, query: str, *arguments: object, role: str = "owner") -> list[tuple[object, ...]]:
        with psycopg.connect(getattr(self, role)) as conn:
            cursor = conn.execute(query, arguments or None)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []


def _migrated(owner_dsn: str) -> Warehouse:
    migrate(owner_dsn, PASSWORDS)
    dsns = {
        role: make_conninfo(owner_dsn, user=ROLES[role], password=word) for role, word in PASSWORDS.items()
    }
    return Warehouse(owner=owner_dsn, **dsns)


@pytest.fixture
def warehouse(make_database: Callable[[], str]) -> Warehouse:
    """A warehouse of this test alone."""
    return _migrated(make_database())


@pytest.fixture(scope="module")
def shared_warehouse(make_database: Callable[[], str]) -> Warehouse:
    """A warehouse that the tests of a module share: they must not disturb each other."""
    return _migrated(make_database())
