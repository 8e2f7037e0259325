"""A warehouse as the demo leaves one, for commands that ask it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from tests.cli.running import svod
from tests.warehouse.conftest import PASSWORDS
from tests.warehouse.kept import put_kept

from svod.warehouse import migrate

Ask = Callable[..., "CompletedProcess[str]"]


@pytest.fixture
def ask(make_database: Callable[[], str], tmp_path: Path) -> Ask:
    """Runs a command against a warehouse with reports, facts and a release."""
    dsn = make_database()
    put_kept(dsn)
    migrate(dsn, PASSWORDS)
    settings = {f"SVOD_PASSWORD_{role.upper()}": password for role, password in PASSWORDS.items()}

    def run(*arguments: str, given: str | None = None) -> CompletedProcess[str]:
        return svod(tmp_path, *arguments, settings={**settings, "SVOD_WAREHOUSE_DSN": dsn}, given=given)

    return run
