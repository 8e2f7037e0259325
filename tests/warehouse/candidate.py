"""A small candidate in marts_next: projects with parents, outcomes that refer to them, a territory bridge."""

from __future__ import annotations

import psycopg

from svod.warehouse import Release, publish
from svod.warehouse.candidate import record_audit, to_audit

from .conftest import Warehouse

TABLES = """
drop table if exists marts_next.bridge, marts_next.fct_outcome, marts_next.dim_project cascade;
create table marts_next.dim_project (
    project_id text primary key, name text not null, short_name text unique,
    parent_id text references marts_next.dim_project
);
create table marts_next.fct_outcome (
    outcome_id text primary key, project_id text references marts_next.dim_project not null,
    value numeric not null, unit text, build integer not null
);
create index on marts_next.fct_outcome (unit);
create table marts_next.bridge (
    project_id text references marts_next.dim_project, territory text, primary key (project_id, territory)
);
comment on table marts_next.dim_project is 'Проекты · Projects';
comment on column marts_next.dim_project.name is 'Название · Name';
comment on table marts_next.fct_outcome is 'Показатели · Outcomes';
"""


def build(warehouse: Warehouse, statements: str = "", *, projects: int = 3, build: int = 1) -> None:
    """Make marts_next anew as dbt does (drop and create), then run further statements on it."""
    with psycopg.connect(warehouse.transformer) as conn:
        conn.execute(TABLES)
        conn.execute(
            "insert into marts_next.dim_project select 'p' || n, 'Проект ' || n, 'П' || n,"
            " case when n > 1 then 'p1' end from generate_series(1, %s) as n",
            (projects,),
        )
        conn.execute(
            "insert into marts_next.fct_outcome"
            " select 'o' || n, 'p' || n, n * 10.5, 'семья', %s from generate_series(1, %s) as n",
            (build, projects),
        )
        conn.execute("insert into marts_next.bridge select project_id, 'RU-MUR' from marts_next.dim_project")
        if statements:
            conn.execute(statements)  # type: ignore[call-overload]


def passed(warehouse: Warehouse, run_id: str, *, success: bool = True) -> None:
    """What the gate leaves behind for a run."""
    warehouse.rows(
        "insert into ops.dq_result (dq_result_id, run_id, suite, table_name, expectation, rule, severity,"
        " success, unexpected_count, failing_keys)"
        " values (%s, %s, 's', 't', 'e', 'r', 'critical', %s, 0, '[]')",
        run_id,
        run_id,
        success,
    )
    audited(warehouse.transformer, run_id)


def audited(dsn: str, run_id: str) -> None:
    """The gate of this run has looked at what lies there."""
    with psycopg.connect(dsn) as conn:
        record_audit(conn, to_audit(conn), run_id)


def release(warehouse: Warehouse, run_id: str) -> Release | None:
    passed(warehouse, run_id)
    return publish(warehouse.transformer, run_id)


def marts(warehouse: Warehouse) -> dict[str, list[tuple[object, ...]]]:
    """Everything published, the release columns included."""
    names = [row[0] for row in warehouse.rows("select tablename from pg_tables where schemaname = 'marts'")]
    return {str(n): warehouse.rows(f"select t::text from marts.{n} as t order by 1") for n in names}
