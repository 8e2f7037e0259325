"""A stack's settings around a warehouse of its own, with neither Airflow nor dbt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.warehouse.conftest import PASSWORDS
from tests.warehouse.kept import put_kept

from svod.config import Settings
from svod.warehouse import migrate

MakeSettings = Callable[[], Settings]


@pytest.fixture
def make_settings(
    make_database: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> MakeSettings:
    """Each call makes an empty database, and settings that lead to it; they share one home."""

    def make() -> Settings:
        monkeypatch.setenv("SVOD_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("SVOD_WAREHOUSE_DSN", make_database())
        for role, password in PASSWORDS.items():
            monkeypatch.setenv(f"SVOD_PASSWORD_{role.upper()}", password)
        return Settings()

    return make


@pytest.fixture
def filled(make_settings: MakeSettings) -> Settings:
    """A warehouse with reports, facts, decisions and a release: the kept one, migrated forward."""
    settings = make_settings()
    put_kept(settings.dsn("owner"))
    migrate(settings.dsn("owner"), PASSWORDS)
    return settings
