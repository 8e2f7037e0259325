from __future__ import annotations

import psycopg
import pytest

from svod.errors import PublishRefused
from svod.warehouse import TableChange, changes, publish, releases

from .candidate import build, marts, passed, release
from .conftest import Warehouse


def test_the_first_release_makes_tables_with_keys_references_comments_and_grants(
    warehouse: Warehouse,
) -> None:
    build(warehouse)
    first = release(warehouse, "r1")
    assert first is not None
    assert (first.added, first.changed, first.gone) == (9, 0, 0)
    assert first.tables["fct_outcome"] == TableChange(rows=3, added=3, changed=0, gone=0)
    constraints = warehouse.rows(
        "select conrelid::regclass::text, contype::text, confrelid::regclass::text, condeferred"
        " from pg_constraint where connamespace = 'marts'::regnamespace and contype in ('p', 'f', 'u')"
        " order by 1, 2"
    )
    assert constraints == [
        ("marts.bridge", "f", "marts.dim_project", True),
        ("marts.bridge", "p", "-", False),
        ("marts.dim_project", "f", "marts.dim_project", True),
        ("marts.dim_project", "p", "-", False),
        ("marts.dim_project", "u", "-", False),
        ("marts.fct_outcome", "f", "marts.dim_project", True),
        ("marts.fct_outcome", "p", "-", False),
    ]
    indexes = warehouse.rows(
        "select tablename, substring(indexdef from '\\(.*') from pg_indexes where schemaname = 'marts'"
    )
    assert ("fct_outcome", "(unit)") in indexes  # the candidate's own
    assert {("fct_outcome", "(project_id)"), ("dim_project", "(parent_id)")} <= set(indexes)  # references
    assert ("bridge", "(project_id)") not in indexes  # its key begins with it
    comments = warehouse.rows(
        "select col_description('marts.dim_project'::regclass, n) from unnest(array[0, 2, 5, 6]) as n"
    )
    assert comments[:2] == [("Проекты · Projects",), ("Название · Name",)]
    assert all(" · " in str(text) for (text,) in comments)
    assert warehouse.rows("select count(*) from marts.fct_outcome", role="reader") == [(3,)]
    assert warehouse.rows("select count(*) from marts.fct_outcome", role="app") == [(3,)]


def test_an_equal_candidate_publishes_nothing(warehouse: Warehouse) -> None:
    build(warehouse)
    release(warehouse, "r1")
    before = marts(warehouse)
    build(warehouse)
    assert release(warehouse, "r2") is None
    assert marts(warehouse) == before
    assert [r.run_id for r in releases(warehouse.transformer)] == ["r1"]


def test_only_rows_that_differ_are_written(warehouse: Warehouse) -> None:
    build(warehouse)
    first = release(warehouse, "r1")
    build(
        warehouse,
        """
        update marts_next.fct_outcome set value = 99 where outcome_id = 'o1';
        delete from marts_next.fct_outcome where outcome_id = 'o3';
        insert into marts_next.fct_outcome values ('o9', 'p2', 7, null, 1);
        """,
    )
    tuples = "select outcome_id, xmin::text from marts.fct_outcome order by 1"
    before = dict(warehouse.rows(tuples))
    second = release(warehouse, "r2")
    assert first is not None
    assert second is not None
    assert (second.added, second.changed, second.gone) == (1, 1, 1)
    after = dict(warehouse.rows(tuples))
    assert after["o2"] == before["o2"]
    assert after["o1"] != before["o1"]
    stamps = warehouse.rows("select outcome_id, release_id, updated_at from marts.fct_outcome order by 1")
    assert [row[:2] for row in stamps] == [
        ("o1", second.release_id),
        ("o2", first.release_id),
        ("o9", second.release_id),
    ]
    assert stamps[0][2] > stamps[1][2]  # type: ignore[operator]
    feed = {(c.change, c.key["outcome_id"]): c.old_row for c in changes(warehouse.transformer, 2)}
    assert feed[("added", "o9")] is None
    assert feed[("changed", "o1")]["value"] == 10.5  # type: ignore[index]
    assert feed[("gone", "o3")]["unit"] == "семья"  # type: ignore[index]
    assert len(feed) == 3


def test_keys_move_between_tables_in_any_order_and_unique_values_swap(warehouse: Warehouse) -> None:
    build(warehouse)
    release(warehouse, "r1")
    build(
        warehouse,
        """
        update marts_next.dim_project set short_name = null;
        update marts_next.dim_project set short_name = 'П2' where project_id = 'p1';
        update marts_next.dim_project set short_name = 'П1' where project_id = 'p2';
        insert into marts_next.dim_project values ('a0', 'Новый корень');
        update marts_next.dim_project set parent_id = 'a0' where project_id = 'p1';
        update marts_next.fct_outcome set project_id = 'a0';
        delete from marts_next.bridge where project_id = 'p3';
        delete from marts_next.dim_project where project_id = 'p3';
        """,
    )
    assert release(warehouse, "r2") is not None
    rows = warehouse.rows("select project_id, short_name, parent_id from marts.dim_project order by 1")
    assert rows == [("a0", None, None), ("p1", "П2", "a0"), ("p2", "П1", "p1")]


def test_a_reference_that_does_not_hold_leaves_everything_as_it_was(warehouse: Warehouse) -> None:
    build(warehouse)
    release(warehouse, "r1")
    before = marts(warehouse)
    build(
        warehouse,
        """
        update marts_next.dim_project set name = 'Иначе';
        alter table marts_next.fct_outcome drop constraint fct_outcome_project_id_fkey;
        update marts_next.fct_outcome set project_id = 'nobody' where outcome_id = 'o1';
        """,
    )
    passed(warehouse, "r2")
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        publish(warehouse.transformer, "r2")
    assert marts(warehouse) == before
    assert len(releases(warehouse.transformer)) == 1
    assert warehouse.rows("select count(*) from ops.release_change where release_id > 1") == [(0,)]


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("alter table marts_next.fct_outcome drop column unit", "fct_outcome.unit was dropped"),
        ("alter table marts_next.fct_outcome alter value type float8", "value was numeric and is now double"),
        ("drop table marts_next.bridge", "bridge is no longer built"),
        ("alter table marts_next.bridge drop constraint bridge_pkey", "bridge has no primary key"),
        (
            "alter table marts_next.fct_outcome drop constraint fct_outcome_pkey,"
            " add primary key (outcome_id, build)",
            "the key of fct_outcome was (outcome_id) and is now (outcome_id, build)",
        ),
        ("alter table marts_next.bridge add column extra json", "bridge.extra is of type json"),
        (
            "create table staging.elsewhere (id text primary key);"
            " alter table marts_next.bridge add column e text references staging.elsewhere",
            "refers to a table outside",
        ),
        ("drop table marts_next.bridge, marts_next.fct_outcome, marts_next.dim_project", "holds no table"),
    ],
)
def test_a_shape_that_breaks_readers_is_refused(warehouse: Warehouse, statement: str, complaint: str) -> None:
    build(warehouse)
    release(warehouse, "r1")
    before = marts(warehouse)
    build(warehouse, statement)
    passed(warehouse, "r2")
    with pytest.raises(PublishRefused) as refused:
        publish(warehouse.transformer, "r2")
    assert complaint in str(refused.value)
    assert marts(warehouse) == before


def test_added_columns_and_tables_arrive_with_their_values(warehouse: Warehouse) -> None:
    build(warehouse)
    release(warehouse, "r1")
    build(
        warehouse,
        """
        alter table marts_next.dim_project add column kind text;
        comment on column marts_next.dim_project.kind is 'Вид · Kind';
        update marts_next.dim_project set kind = 'grant' where project_id = 'p1';
        create table marts_next.dim_unit (unit text primary key);
        insert into marts_next.dim_unit values ('семья');
        alter table marts_next.fct_outcome add foreign key (unit) references marts_next.dim_unit;
        """,
    )
    second = release(warehouse, "r2")
    assert second is not None
    assert second.tables["dim_project"] == TableChange(rows=3, added=0, changed=1, gone=0)
    assert warehouse.rows("select kind from marts.dim_project order by project_id", role="reader") == [
        ("grant",),
        (None,),
        (None,),
    ]
    assert warehouse.rows("select * from marts.dim_unit", role="reader")[0][0] == "семья"
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        warehouse.rows("update marts.fct_outcome set unit = 'x'")
    build(warehouse, "select 1")  # the column and table are gone again: refused
    passed(warehouse, "r3")
    with pytest.raises(PublishRefused, match=r"kind was dropped|dim_unit is no longer built"):
        publish(warehouse.transformer, "r3")


def test_what_dbt_leaves_while_building_is_not_published(warehouse: Warehouse) -> None:
    build(
        warehouse,
        "create table marts_next.dim_project__dbt_tmp (x int); create view marts_next.v as select 1",
    )
    assert release(warehouse, "r1") is not None
    assert set(marts(warehouse)) == {"bridge", "dim_project", "fct_outcome"}


def test_a_changed_comment_follows_without_a_release(warehouse: Warehouse) -> None:
    build(warehouse)
    release(warehouse, "r1")
    build(warehouse, "comment on table marts_next.bridge is 'Мост · Bridge'")
    assert release(warehouse, "r2") is None
    assert warehouse.rows("select obj_description('marts.bridge'::regclass)") == [("Мост · Bridge",)]


def test_an_index_that_the_candidate_gained_is_published_once(warehouse: Warehouse) -> None:
    indexes = (
        "select substring(indexdef from '\\(.*') from pg_indexes where schemaname = 'marts'"
        " and tablename = 'fct_outcome' order by 1"
    )
    build(warehouse)
    release(warehouse, "r1")
    assert warehouse.rows(indexes) == [("(outcome_id)",), ("(project_id)",), ("(unit)",)]
    gained = (
        "create index on marts_next.fct_outcome (value); create index on marts_next.fct_outcome (project_id)"
    )
    build(warehouse, gained)
    assert release(warehouse, "r2") is None
    build(warehouse, gained, projects=4)
    assert release(warehouse, "r3") is not None
    wanted = [("(outcome_id)",), ("(project_id)",), ("(unit)",), ("(value)",)]
    assert warehouse.rows(indexes) == wanted


def test_without_the_gate_nothing_is_published(warehouse: Warehouse) -> None:
    build(warehouse)
    with pytest.raises(PublishRefused, match="has not been through the gate"):
        publish(warehouse.transformer, "r1")
    passed(warehouse, "r1", success=False)
    with pytest.raises(PublishRefused, match="failed 1 critical"):
        publish(warehouse.transformer, "r1")
    assert marts(warehouse) == {}
    warehouse.rows(
        "insert into ops.gate_override (run_id, audit_id, reason, decided_by, failed)"
        " select 'r1', audit_id, 'известная опечатка', 'test', '[]' from ops.candidate"
    )
    published = publish(warehouse.transformer, "r1")
    assert published is not None
    assert published.override_reason == "известная опечатка"


def test_analysts_views_and_grants_survive(warehouse: Warehouse) -> None:
    build(warehouse)
    release(warehouse, "r1")
    warehouse.rows("create schema analysts")
    for n in range(20):
        warehouse.rows(
            f"create view analysts.v{n} as select name, sum(value) as total from marts.dim_project"
            " join marts.fct_outcome using (project_id) group by name"
        )
    warehouse.rows("grant usage on schema analysts to svod_reader")
    warehouse.rows("grant select on all tables in schema analysts to svod_reader")
    for number in range(2, 5):
        build(warehouse, projects=number, build=number)
        assert release(warehouse, f"r{number}") is not None
        for n in range(20):
            assert warehouse.rows(f"select count(*) from analysts.v{n}", role="reader") == [(number,)]
