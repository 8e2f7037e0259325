"""The shape of a schema's tables as PostgreSQL's catalogue tells it: columns, keys, references, comments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import psycopg

RELEASE_COLUMNS: Mapping[str, tuple[str, str]] = {  # what publish adds to every table: type, comment
    "updated_at": ("timestamptz", "Когда строка изменилась · When the row last changed"),
    "release_id": ("bigint", "Выпуск, в котором строка изменилась · Release in which the row last changed"),
}


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: str
    comment: str | None


@dataclass(frozen=True, slots=True)
class Unique:
    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key to a table of the same schema, or (`target` None) to somewhere else."""

    name: str
    columns: tuple[str, ...]
    target: str | None
    target_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table without the release columns. `indexes` are definitions of plain indexes."""

    name: str
    comment: str | None
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    uniques: tuple[Unique, ...]
    references: tuple[Reference, ...]
    indexes: tuple[str, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns)


# dbt keeps tables called …__dbt_tmp and …__dbt_backup while it builds; they are nobody's product.
_TABLES = """
select c.relname, obj_description(c.oid, 'pg_class')
from pg_class as c
inner join pg_namespace as n on n.oid = c.relnamespace
where n.nspname = %(schema)s and c.relkind in ('r', 'p') and c.relname !~ '__dbt_'
order by c.relname
"""
_COLUMNS = """
select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), col_description(c.oid, a.attnum)
from pg_attribute as a
inner join pg_class as c on c.oid = a.attrelid
inner join pg_namespace as n on n.oid = c.relnamespace
where n.nspname = %(schema)s and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
order by c.relname, a.attnum
"""
_CONSTRAINTS = """
select
    c.relname, k.conname, k.contype::text,
    array(
        select a.attname::text from unnest(k.conkey) with ordinality as u (num, pos)
        inner join pg_attribute as a on a.attrelid = k.conrelid and a.attnum = u.num order by u.pos
    ),
    case when fn.nspname = %(schema)s then f.relname end,
    array(
        select a.attname::text from unnest(k.confkey) with ordinality as u (num, pos)
        inner join pg_attribute as a on a.attrelid = k.confrelid and a.attnum = u.num order by u.pos
    )
from pg_constraint as k
inner join pg_class as c on c.oid = k.conrelid
inner join pg_namespace as n on n.oid = c.relnamespace
left join pg_class as f on f.oid = k.confrelid
left join pg_namespace as fn on fn.oid = f.relnamespace
where n.nspname = %(schema)s and k.contype in ('p', 'u', 'f') and k.conparentid = 0
order by c.relname, k.contype, k.conname
"""
_INDEXES = """
select c.relname, pg_get_indexdef(i.indexrelid)
from pg_index as i
inner join pg_class as c on c.oid = i.indrelid
inner join pg_namespace as n on n.oid = c.relnamespace
where n.nspname = %(schema)s and not i.indisunique
order by c.relname, 2
"""


def tables(conn: psycopg.Connection, schema: str) -> dict[str, Table]:
    """The schema's tables by name."""
    about = {"schema": schema}
    columns: dict[str, list[Column]] = {}
    for table, name, kind, comment in conn.execute(_COLUMNS, about):
        if name not in RELEASE_COLUMNS:
            columns.setdefault(table, []).append(Column(name, kind, comment))
    keys: dict[str, tuple[str, ...]] = {}
    uniques: dict[str, list[Unique]] = {}
    references: dict[str, list[Reference]] = {}
    for table, name, kind, own, target, target_columns in conn.execute(_CONSTRAINTS, about):
        if kind == "p":
            keys[table] = tuple(own)
        elif kind == "u":
            uniques.setdefault(table, []).append(Unique(name, tuple(own)))
        else:
            references.setdefault(table, []).append(
                Reference(name, tuple(own), target, tuple(target_columns))
            )
    indexes: dict[str, list[str]] = {}
    for table, definition in conn.execute(_INDEXES, about):
        indexes.setdefault(table, []).append(definition)
    return {
        name: Table(
            name=name,
            comment=comment,
            columns=tuple(columns.get(name, ())),
            key=keys.get(name, ()),
            uniques=tuple(uniques.get(name, ())),
            references=tuple(references.get(name, ())),
            indexes=tuple(indexes.get(name, ())),
        )
        for name, comment in conn.execute(_TABLES, about).fetchall()
    }
