"""Airflow connections `svod_<role>` → what psycopg wants."""

from __future__ import annotations

from airflow.sdk import Connection

from svod.config import Role


def dsn(role: Role) -> str:
    """The warehouse as this role; the connection comes from Airflow (environment or secrets backend)."""
    return database(f"svod_{role}", "postgresql")


def database(connection: str, scheme: str) -> str:
    """The address of a database that an Airflow connection names, as a URL of this scheme."""
    uri: str = Connection.get(connection).get_uri()
    return f"{scheme}://" + uri.partition("://")[2]


def secret(connection: str) -> str:
    """The password of an Airflow connection, such as the token of an interface that wants one."""
    return str(Connection.get(connection).password or "")
