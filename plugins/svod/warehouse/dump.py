"""One file that holds the warehouse's lasting schemas, and the way back from it. Knows no archive.

What dbt builds on the way (staging, intermediate, marts_next) is not in it: the next build makes that again.
Roles and rights are not in it either: migrating brings them.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from svod.errors import WarehouseError

from .connection import connect
from .fingerprint import TableHash, table_hashes
from .programs import check_ended, find_program, run_program
from .roles import OWNER, ROLES, SCHEMAS, TRANSFORMER

LASTING = ("raw", "ops", "marts")
VERSION_TABLE = "ops.schema_version"
LOCK_WAIT = "10s"  # for others' transactions before a restore gives up

DROPS = "".join(f"DROP SCHEMA IF EXISTS {schema} CASCADE;\n" for schema in SCHEMAS)
# before the dump's tables, because a table can only be given to a role that may create in its schema
FRESH_SCHEMAS = DROPS + "".join(
    f"CREATE SCHEMA {schema} AUTHORIZATION {ROLES[OWNER]};\n"
    f"GRANT USAGE, CREATE ON SCHEMA {schema} TO {ROLES[TRANSFORMER]};\n"
    for schema in LASTING
)

_SCHEMA = re.compile(r"\d+; \d+ \d+ SCHEMA - ")  # in pg_restore's list of contents

_TABLES = """
select schemaname, tablename from pg_tables
where schemaname = any(%s) and schemaname || '.' || tablename <> %s order by 1, 2
"""
# views of other schemas that would be lost with ours
_DEPENDENTS = """
select distinct v.oid::regclass::text
from pg_depend as d
inner join pg_rewrite as r on r.oid = d.objid and d.classid = 'pg_rewrite'::regclass
inner join pg_class as v on v.oid = r.ev_class
inner join pg_class as t on t.oid = d.refobjid and d.refclassid = 'pg_class'::regclass
where t.relnamespace::regnamespace::text = any(%(ours)s)
    and v.relnamespace::regnamespace::text <> all(%(ours)s)
order by 1
"""


@contextmanager
def snapshot(dsn: str) -> Iterator[tuple[psycopg.Connection, str]]:
    """A transaction that sees one state, and the name by which a dump sees the same."""
    with connect(dsn, name="svod backup") as conn:
        conn.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        row = conn.execute("select pg_export_snapshot()").fetchone()
        assert row is not None
        yield conn, str(row[0])


def write_dump(dsn: str, target: Path, snapshot_name: str) -> None:
    """The state of the snapshot, while its transaction is open. Raises WarehouseError."""
    schemas = [f"--schema={name}" for name in LASTING]
    run_program(
        "pg_dump",
        dsn,
        ["--format=custom", "--no-privileges", f"--snapshot={snapshot_name}", f"--file={target}", *schemas],
    )


def occupied(dsn: str) -> str | None:
    """The first table of the lasting schemas that holds rows; None when the warehouse is empty."""
    with connect(dsn) as conn:
        for schema, table in conn.execute(_TABLES, (list(LASTING), VERSION_TABLE)).fetchall():
            held = conn.execute(
                sql.SQL("select exists (select from {})").format(sql.Identifier(schema, table))
            )
            if held.fetchone() == (True,):
                return f"{schema}.{table}"
    return None


def read_dump(dsn: str, source: Path) -> Mapping[str, TableHash]:
    """Put the dump in the place of all schemas of Svod, in one transaction; the hashes of what is there then.

    `dsn` is the owner's; the roles must be there. Raises WarehouseError, and then nothing has changed: when
    views of other schemas would be lost, when others use the tables, or when the dump cannot be read.
    """
    _refuse_to_lose_views(dsn)
    with tempfile.TemporaryFile() as script:
        script.write(FRESH_SCHEMAS.encode())
        script.flush()
        _append_script(source, script)
        script.seek(0)
        run_program(
            "psql",
            dsn,
            ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--file=-"],
            stdin=script,
            options=f"-c lock_timeout={LOCK_WAIT} -c client_min_messages=warning",
        )
    with connect(dsn) as conn:
        return table_hashes(conn, LASTING)


def remove_all(dsn: str) -> None:
    """Drop all schemas of Svod. Raises WarehouseError when views of other schemas would be lost."""
    _refuse_to_lose_views(dsn)
    with connect(dsn) as conn:
        conn.execute(DROPS)


def _refuse_to_lose_views(dsn: str) -> None:
    with connect(dsn) as conn:
        views = [name for (name,) in conn.execute(_DEPENDENTS, {"ours": list(SCHEMAS)}).fetchall()]
    if views:
        raise WarehouseError(f"views of others stand on the warehouse and would be lost: {', '.join(views)}")


def _append_script(source: Path, script: IO[bytes]) -> None:
    """pg_restore writes SQL when given no database: the whole runs in one transaction with the drops."""
    contents = _pg_restore(["--list", str(source)], subprocess.PIPE)
    with tempfile.NamedTemporaryFile("w", prefix="svod-restore-") as chosen:
        chosen.writelines(line for line in contents.splitlines(keepends=True) if not _SCHEMA.match(line))
        chosen.flush()
        _pg_restore(["--no-privileges", f"--use-list={chosen.name}", "--file=-", str(source)], script)


def _pg_restore(arguments: list[str], output: IO[bytes] | int) -> str:
    done = subprocess.run(
        [find_program("pg_restore"), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.PIPE,
        check=False,
    )
    check_ended("pg_restore", done.returncode, done.stderr)
    return (done.stdout or b"").decode()
