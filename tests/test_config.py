"""Settings come from the environment alone; generated secrets are stable, private, and lose to given ones."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from svod.config import ROLES, Settings
from svod.errors import ConfigError


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVOD_HOME", str(tmp_path / "home"))


def test_archive_lies_in_the_home_unless_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().archive == f"file://{tmp_path}/home/archive"
    monkeypatch.setenv("SVOD_ARCHIVE_URI", "s3://bucket/svod/")
    assert Settings().archive == "s3://bucket/svod"


@pytest.mark.parametrize(
    ("variable", "value"),
    [("SVOD_ARCHIVE_URI", "ftp://x"), ("SVOD_ALLOW_PRIVATE_ADDRESSES", "perhaps"), ("SVOD_HOSTS", "{")],
)
def test_bad_value_names_its_variable(variable: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigError, match=variable.removeprefix("SVOD_") + "|" + variable[5:].lower()):
        Settings()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://x'; drop", "svod.example.org", "https://a b"]
)
def test_pages_are_at_a_plain_address(url: str) -> None:
    with pytest.raises(ConfigError, match="PAGES_URL"):
        Settings(pages_url=url)
    assert Settings(pages_url="https://svod.example.org:8443/airflow/svod/").pages_url.endswith(
        "/airflow/svod"
    )


def test_nothing_is_made_by_reading(tmp_path: Path) -> None:
    Settings()
    assert not (tmp_path / "home").exists()


def test_secrets_are_private_and_stay(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        words = set(pool.map(lambda _: Settings().secret("one"), range(32)))
    assert len(words) == 1
    assert Settings().secret("two") not in words
    path = tmp_path / "home" / "secrets.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_every_role_has_its_own_password(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(set(Settings().passwords().values())) == len(ROLES) == 5
    monkeypatch.setenv("SVOD_PASSWORD_READER", "given")
    assert Settings().password("reader") == "given"


def test_existing_server_takes_the_place_of_the_embedded_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "SVOD_WAREHOUSE_DSN", "postgresql://boss:p%40ss@db.example:5433/reports?sslmode=require"
    )
    monkeypatch.setenv("SVOD_PASSWORD_LOADER", "a b/c")
    settings = Settings()
    assert settings.dsn("owner") == "postgresql://boss:p%40ss@db.example:5433/reports?sslmode=require"
    assert settings.dsn("loader") == (
        "postgresql://svod_loader:a%20b%2Fc@db.example:5433/reports?sslmode=require"
    )
    assert "p%40ss" not in repr(settings)


def test_without_any_server_the_error_says_what_to_do() -> None:
    with pytest.raises(ConfigError, match="svod up"):
        Settings().dsn("reader")


def test_a_child_gets_the_same_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = Settings(
        hosts={"a.example": "127.0.0.1:1"}, allow_private_addresses=True, files_dir=tmp_path, password_app="x"
    )
    for name, value in given.environment().items():
        monkeypatch.setenv(name, value)
    assert Settings() == given


@pytest.mark.parametrize(
    "dsn", ["nonsense", "host=db dbname=svod", "mysql://u:p@db/svod", "postgresql://u:p@db"]
)
def test_a_warehouse_is_named_by_a_url(dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVOD_WAREHOUSE_DSN", dsn)
    with pytest.raises(ConfigError, match=r"SVOD_WAREHOUSE_DSN: .*like postgresql://owner:password@server"):
        Settings()
