from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from svod.errors import WarehouseError
from svod.runtime.postgres import Postgres
from svod.warehouse import SCHEMAS, migrate, migrations, schema_version

from .conftest import PASSWORDS, Warehouse

VERSIONS = sorted((Path(migrations.__file__).parent / "versions").glob("v*.py"))
HEAD = VERSIONS[-1].name[1:5]

UNCOMMENTED = """
    select c.oid::regclass::text, a.attname
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_attribute a on a.attrelid = c.oid and a.attnum >= 0 and not a.attisdropped
    where n.nspname in ('raw', 'ops') and c.relkind in ('r', 'v') and c.relname <> 'schema_version'
      and coalesce(col_description(c.oid, a.attnum), '') not like '%_ · _%'
"""


def test_all_schemas_and_tables_are_there(warehouse: Warehouse) -> None:
    schemas = {row[0] for row in warehouse.rows("select nspname from pg_namespace")}
    assert set(SCHEMAS) <= schemas
    tables = warehouse.rows("select schemaname, count(*) from pg_tables group by 1")
    counts = {str(schema): count for schema, count in tables}
    assert counts["raw"] >= 14
    assert counts["ops"] >= 17  # with alembic's own
    assert schema_version(warehouse.owner) == HEAD


def test_every_table_and_column_is_commented_in_two_languages(warehouse: Warehouse) -> None:
    assert warehouse.rows(UNCOMMENTED) == []
    comments = warehouse.rows(
        "select description from pg_description d join pg_class c on c.oid = d.objoid"
        " join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('raw', 'ops')"
    )
    assert len(comments) > 200


def test_migrating_again_changes_nothing_and_keeps_rows(warehouse: Warehouse) -> None:
    warehouse.rows("insert into ops.host_politeness values ('a.example', now())")
    migrate(warehouse.owner, {})
    assert warehouse.rows("select host from ops.host_politeness") == [("a.example",)]


def test_databases_of_one_cluster_are_migrated_side_by_side(make_database: Callable[[], str]) -> None:
    dsns = [make_database() for _ in range(4)]
    failed: list[BaseException] = []

    def run(dsn: str) -> None:
        try:
            migrate(dsn, PASSWORDS)
        except BaseException as error:  # noqa: BLE001 - shown below
            failed.append(error)

    threads = [Thread(target=run, args=(dsn,)) for dsn in dsns for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert {schema_version(dsn) for dsn in dsns} == {HEAD}


def test_before_the_first_migration_there_is_no_version(make_database: Callable[[], str]) -> None:
    assert schema_version(make_database()) is None


def test_the_scripts_form_one_line_in_the_order_of_their_names() -> None:
    numbers = [path.name[1:5] for path in VERSIONS]
    assert numbers == [f"{n:04}" for n in range(1, len(VERSIONS) + 1)]
    for path, previous in zip(VERSIONS[1:], numbers, strict=False):
        assert f'down_revision = "{previous}"' in path.read_text()


def test_a_superuser_may_migrate_too(postgres: Postgres, make_database: Callable[[], str]) -> None:
    name = conninfo_to_dict(make_database())["dbname"]
    migrate(postgres.dsn(str(name)), PASSWORDS)
    with psycopg.connect(postgres.dsn(str(name))) as conn:
        owners = conn.execute(
            "select distinct tableowner from pg_tables where schemaname in ('raw', 'ops')"
        ).fetchall()
    assert owners == [("svod_owner",)]


def test_an_unknown_role_is_refused(make_database: Callable[[], str]) -> None:
    with pytest.raises(WarehouseError, match="no such role: writer"):
        migrate(make_database(), {"writer": "x"})


def test_a_server_that_is_not_there_is_said_plainly() -> None:
    with pytest.raises(WarehouseError, match="cannot be reached"):
        migrate("postgresql://svod_owner@127.0.0.1:1/x", {})
