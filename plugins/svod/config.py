"""Settings: the only place that reads the environment (SVOD_…), and the generated secrets of one home folder.

Nothing is read or made at import. A value given from outside always wins over a generated one. Knows where
things are, not what they hold.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import quote, urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from svod.errors import ConfigError

Role = Literal["owner", "loader", "transformer", "app", "reader"]
ROLES: tuple[Role, ...] = get_args(Role)
CHECKOUT = Path(__file__).resolve().parents[2]
DBT_PROJECT = CHECKOUT / "dbt_project"
WAREHOUSE_DATABASE = "svod"
AIRFLOW_DATABASE = "airflow"


class Settings(BaseSettings):
    """All that can be set from outside. `Settings()` reads the environment; raises ConfigError."""

    model_config = SettingsConfigDict(env_prefix="SVOD_", frozen=True, extra="ignore", env_ignore_empty=True)

    home: Path = CHECKOUT / ".svod"  # what runs makes: environment, cluster, archive, logs, secrets
    dags_dir: Path = CHECKOUT / "dags"
    sources_dir: Path = CHECKOUT / "dags" / "sources"
    files_dir: Path | None = None  # where reports sent by hand lie; replaces the urls of kind `files`
    archive_uri: str = ""  # file:// or s3://; empty: <home>/archive
    warehouse_dsn: SecretStr | None = None  # owner's DSN of an existing server instead of the embedded one
    airflow_dsn: SecretStr | None = Field(
        default=None, validation_alias="AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"
    )
    hosts: dict[str, str] = {}  # like a hosts file with ports, host → address:port: the sample sites' way in
    allow_private_addresses: bool = False  # fetching from loopback and private nets: only the demo does
    pages_url: str = ""  # where people reach Svod's pages: https://airflow.example.org/svod; then
    # evidence_url in the marts opens the report there at the sentence, else it is the report's own address
    alert_channels: str = ""  # Airflow connections that tell people: mail_duty,telegram_duty
    keep_officials: bool = False  # names of persons who speak for a public office are not masked at load
    proxy: str | None = None  # for requests to sources; the proxies of the environment are not used
    ca_bundle: Path | None = None  # PEM; many regional sites are signed by the national certification centre
    contact: str | None = None  # url or address that a webmaster can write to; part of the user agent
    promote_within: float | None = Field(None, ge=0, le=1)  # share of promoted facts that a new extractor
    # version may change or lose and still be promoted by itself; beyond the next it is turned down by itself
    reject_beyond: float | None = Field(None, ge=0, le=1)
    backup_dir: Path | None = (
        None  # where `backup` and the daily maintenance put theirs; empty: <home>/backups
    )
    keep_backups: int = Field(7, ge=1)  # of the daily ones; others are never touched
    keep_releases: int = Field(30, ge=1)  # that can be rolled back to
    keep_event_days: int = Field(400, ge=30)  # fetch attempts; the last good one of an address always stays
    keep_run_days: int = Field(180, ge=7)  # results of dbt nodes and expectations, Airflow's own history
    keep_body_days: int | None = Field(None, ge=30)  # archived bytes that no report was read from: lists,
    # pages whose text had not changed; unset: for ever
    forget_originals: bool = False  # of that age also those that reports and published facts lead to
    keep_log_days: int = Field(30, ge=1)  # log files, files handed from step to step, unfinished fetches
    password_owner: SecretStr | None = None
    password_loader: SecretStr | None = None
    password_transformer: SecretStr | None = None
    password_app: SecretStr | None = None
    password_reader: SecretStr | None = None

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            problems = "; ".join(f"{_variable(e['loc'])}: {e['msg']}" for e in error.errors())
            raise ConfigError(problems) from None
        except ValueError as error:  # a variable that must hold JSON and does not
            raise ConfigError(str(error)) from None

    @field_validator("home", "dags_dir", "sources_dir", "files_dir", "ca_bundle", "backup_dir")
    @classmethod
    def _absolute(cls, path: Path | None) -> Path | None:
        return path.expanduser().absolute() if path is not None else None

    @field_validator("archive_uri")
    @classmethod
    def _known_scheme(cls, uri: str) -> str:
        if uri and not uri.startswith(("file://", "s3://")):
            raise ValueError("must begin with file:// or s3://")
        return uri.rstrip("/")

    @field_validator("warehouse_dsn")
    @classmethod
    def _database_url(cls, dsn: SecretStr | None) -> SecretStr | None:
        if dsn is not None and not re.fullmatch(
            r"postgres(ql)?://[^/]*/[^/?]+(\?.*)?", dsn.get_secret_value()
        ):
            raise ValueError("must be an address like postgresql://owner:password@server:5432/database")
        return dsn

    @field_validator("pages_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        if url and not re.fullmatch(r"https?://[\w.:\[\]-]+(/[\w.~%/-]*)?", url):
            raise ValueError("must be an address like https://airflow.example.org/svod")
        return url.rstrip("/")

    @property
    def archive(self) -> str:
        """Where fetched bodies are kept: `archive_uri`, or the home's own folder as a file:// uri."""
        return self.archive_uri or f"file://{self.home / 'archive'}"

    @property
    def backups(self) -> Path:
        """The folder of the backups: `backup_dir`, or the home's own."""
        return self.backup_dir or self.home / "backups"

    @property
    def user_agent(self) -> str:
        return f"Svod/0.1 (+{self.contact})" if self.contact else "Svod/0.1"

    def environment(self) -> dict[str, str]:
        """The variables that give a child process these same settings, the home always among them."""
        found = {"SVOD_HOME": str(self.home)}
        for name in self.model_fields_set - {"airflow_dsn"}:
            value = getattr(self, name)
            if isinstance(value, SecretStr):
                value = value.get_secret_value()
            if value is not None:
                found[_variable((name,))] = (
                    json.dumps(value) if isinstance(value, dict | bool) else str(value)
                )
        return found

    def password(self, role: Role) -> str:
        """The database role's password: SVOD_PASSWORD_<ROLE>, or generated once into the home."""
        given: SecretStr | None = getattr(self, f"password_{role}")
        return given.get_secret_value() if given is not None else self.secret(f"database.{role}")

    def passwords(self) -> dict[str, str]:
        return {role: self.password(role) for role in ROLES}

    def dsn(self, role: Role) -> str:
        """postgresql:// URL of the warehouse as this role. Raises ConfigError when no server is known.

        With SVOD_WAREHOUSE_DSN: that server (the owner as given there), else the embedded one if it runs.
        """
        if self.warehouse_dsn is None:
            return database_dsn(f"127.0.0.1:{self._embedded_port()}", role, self.password(role))
        given = self.warehouse_dsn.get_secret_value()
        if role == "owner":
            return given
        parts = urlsplit(given)
        server = parts.netloc.rpartition("@")[2]
        return database_dsn(server, role, self.password(role), parts.path.lstrip("/"), parts.query)

    def secret(self, name: str) -> str:
        """A random word kept under this name in <home>/secrets.json (0600), made when first asked for."""
        self.home.mkdir(parents=True, exist_ok=True)
        path = self.home / "secrets.json"
        with (self.home / "secrets.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
            if name not in known:
                known[name] = secrets.token_urlsafe(24)
                replace_privately(path, json.dumps(known, indent=1))
        return known[name]

    def _embedded_port(self) -> int:
        try:
            return int((self.home / "postgres" / "endpoint").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            raise ConfigError("the warehouse is not running: start it with `./svod up`") from None


def database_dsn(
    server: str, role: Role, password: str, database: str = WAREHOUSE_DATABASE, query: str = ""
) -> str:
    """postgresql:// URL of the login `svod_<role>`; `server` is host:port."""
    tail = f"?{query}" if query else ""
    return f"postgresql://{login(role)}:{quote(password, safe='')}@{server}/{database}{tail}"


def login(role: Role) -> str:
    """The database login of a role of Svod."""
    return f"svod_{role}"


def inherited_environment(additions: Mapping[str, str]) -> dict[str, str]:
    """This process's environment for a child, with additions."""
    return {**os.environ, **additions}


def _variable(location: tuple[int | str, ...]) -> str:
    name = str(location[0]) if location else "settings"
    return name if name.isupper() else f"SVOD_{name.upper()}"


def replace_privately(path: Path, text: str) -> None:
    """Write the file in one step, readable by its owner alone."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    fresh.rename(path)
