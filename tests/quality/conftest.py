"""A migrated warehouse with a small candidate that has the tables the gate always looks at."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from svod.warehouse import ROLES, migrate

PASSWORDS = {role: f"test-{role}" for role in ("loader", "transformer")}

CANDIDATE = """
create table marts_next.dim_report (report_id text primary key, title text, publisher text);
create table marts_next.dim_project (project_id text primary key, name text);
create table marts_next.project_name (project_name_id text primary key, name text);
create table marts_next.dim_partner (partner_id text primary key, name text);
create table marts_next.partner_name (partner_name_id text primary key, name text);
create table marts_next.fct_outcome (outcome_id text primary key, value numeric not null, unit text);
insert into marts_next.dim_report values ('r1', 'Итоги года', 'Центр «Опора»');
insert into marts_next.dim_project values ('p1', 'Тёплый дом');
insert into marts_next.fct_outcome values ('o1', 5, 'семья'), ('o2', 7, 'ребёнок'), ('o3', -4, 'семья');
"""


@dataclass(frozen=True)
class Warehouse:
    owner: str
    loader: str
    transformer: str

    def rows(self, query: str, *arguments: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.owner) as conn:
            cursor = conn.execute(query, arguments or None)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    def candidate(self, statements: str) -> None:
        """Change the candidate, as the role that owns it."""
        with psycopg.connect(self.transformer) as conn:
            conn.execute(statements)  # type: ignore[call-overload]


@pytest.fixture(scope="session")
def migrated(make_database: Callable[[], str]) -> Warehouse:
    owner = make_database()
    migrate(owner, PASSWORDS)
    dsns = {role: make_conninfo(owner, user=ROLES[role], password=word) for role, word in PASSWORDS.items()}
    return Warehouse(owner=owner, **dsns)


@pytest.fixture
def warehouse(migrated: Warehouse) -> Warehouse:
    """Emptied, because migrating anew takes longer; with the candidate built and nothing published."""
    for schema, table in migrated.rows(TABLES, ["marts", "marts_next"]):
        migrated.rows(f"drop table {schema}.{table} cascade")
    kept = [f"{schema}.{table}" for schema, table in migrated.rows(TABLES, ["raw", "ops"])]
    migrated.rows(f"truncate {', '.join(kept)} restart identity")
    migrated.candidate(CANDIDATE)
    return migrated


TABLES = """
    select schemaname, tablename from pg_tables
    where schemaname = any(%s) and tablename <> 'schema_version'
"""

Suites = Callable[..., Path]


@pytest.fixture
def suites(tmp_path: Path) -> Suites:
    """Write a suite over fct_outcome with these rules into a folder of its own; returns the folder."""
    folder = tmp_path / "expectations"
    folder.mkdir()

    def write(*rules: dict[str, Any], table: str = "fct_outcome", key: str = "outcome_id") -> Path:
        suite = {
            "name": table,
            "meta": {"table": table, "key": [key], "about": "Проверка · Check"},
            "expectations": list(rules),
        }
        (folder / f"{table}.json").write_text(json.dumps(suite, ensure_ascii=False), encoding="utf-8")
        return folder

    return write


def positive(severity: str = "critical", **meta: str) -> dict[str, Any]:
    """Great Expectations' own rule: o3 breaks it."""
    return {
        "type": "expect_column_values_to_be_between",
        "kwargs": {"column": "value", "min_value": 0},
        "severity": severity,
        "meta": {"rule": "Не меньше нуля · Not below zero", **meta},
    }


def listing(where: str, severity: str = "critical", **meta: str) -> dict[str, Any]:
    """A rule in SQL that lists the rows that break it."""
    return {
        "type": "unexpected_rows_expectation",
        "kwargs": {"unexpected_rows_query": f"select outcome_id from marts_next.fct_outcome where {where}"},
        "severity": severity,
        "meta": {"rule": "Условие · Condition", **meta},
    }
