"""Tables of the build schemas that no model makes any more: dropped models, halves of interrupted builds.

What stands in marts is never a leftover, nor what publishing would compare with it. Must not know dbt: the
names of the models are handed in.
"""

from __future__ import annotations

from collections.abc import Collection

import psycopg
from psycopg import sql

from .connection import connect
from .publish import act_as_transformer

BUILD_SCHEMAS = ("staging", "intermediate", "marts_next")
MEMORY = "built_key"  # what incremental models remember; no model of its own
LOCK_WAIT = "2s"

_FOUND = """
select n.nspname, c.relname, c.relkind = 'v'
from pg_class as c inner join pg_namespace as n on n.oid = c.relnamespace
where n.nspname = any(%s) and c.relkind in ('r', 'v') and c.relname <> all(%s)
    and not exists (
        select from pg_tables as published
        where n.nspname = 'marts_next' and published.schemaname = 'marts' and published.tablename = c.relname
    )
order by 1, 2
"""
_BUILDING = """
select exists (
    select from pg_stat_activity
    where datname = current_database() and application_name = 'dbt' and pid <> pg_backend_pid()
)
"""


def drop_leftovers(dsn: str, models: Collection[str]) -> list[str]:
    """Drop them and say their names; none while a build is under way, or when another object needs them.

    `dsn` is the transformer's; `models`: the names of all models and seeds.
    """
    dropped = []
    with connect(dsn, autocommit=True, name="svod leftovers") as conn:
        act_as_transformer(conn)
        conn.execute(sql.SQL("SET lock_timeout = {}").format(LOCK_WAIT))
        if conn.execute(_BUILDING).fetchone() == (True,):
            return []
        for schema, name, is_view in conn.execute(
            _FOUND, (list(BUILD_SCHEMAS), [*models, MEMORY])
        ).fetchall():
            kind = sql.SQL("VIEW" if is_view else "TABLE")
            try:
                conn.execute(sql.SQL("DROP {} {}").format(kind, sql.Identifier(schema, name)))
            except (psycopg.errors.DependentObjectsStillExist, psycopg.errors.LockNotAvailable):
                continue
            dropped.append(f"{schema}.{name}")
    return dropped
