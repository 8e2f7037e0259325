"""Airflow connections `svod_<role>` → what psycopg wants."""

from __future__ import annotations

from airflow.sdk import Connection

from svod.config import Role


def dsn(role: Role) -> str:
    """The warehouse as this role; the connection comes from Airflow (environment or secrets backend)."""
    uri: str = Connection.get(f"svod_{role}").get_uri()
    return "postgresql://" + uri.partition("://")[2]


def secret(connection: str) -> str:
    """The password of an Airflow connection, such as the token of an interface that wants one."""
    return str(Connection.get(connection).password or "")
