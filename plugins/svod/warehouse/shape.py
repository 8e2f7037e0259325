"""What the candidate's shape means for the published tables: refused, or the statements that follow it.

Columns and tables are only added: whoever reads marts today must be able to read them tomorrow. The
statements come in two groups: adding a column needs a moment without readers of that table, so it is done
beforehand; everything else can be part of the release's own transaction, which waits for no reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from psycopg import sql

from svod.errors import PublishRefused

from .catalog import RELEASE_COLUMNS, Column, Reference, Table, Unique
from .roles import APP, READER, ROLES

NEXT, MARTS = "marts_next", "marts"
INCOMPARABLE = {"json", "xml", "point", "polygon"}  # types without equality: no delta can be computed

Tables = Mapping[str, Table]


def check(candidate: Tables, published: Tables) -> None:
    """Raises PublishRefused with every reason why this candidate may not take the published tables' place."""
    if not candidate:
        raise PublishRefused(f"{NEXT} holds no table: there is nothing to publish")
    problems = [
        f"table {name} is no longer built: published tables are kept, a breaking change is a new table"
        for name in sorted(set(published) - set(candidate))
    ]
    for name, table in candidate.items():
        problems += _own_problems(table)
        if name in published:
            problems += _changes_that_break(table, published[name])
    if problems:
        raise PublishRefused("; ".join(problems))


def _own_problems(table: Table) -> Iterator[str]:
    if not table.key:
        yield f"table {table.name} has no primary key"
    for column in table.columns:
        if column.type in INCOMPARABLE:
            yield f"column {table.name}.{column.name} is of type {column.type}, which cannot be compared"
    for reference in table.references:
        if reference.target is None:
            yield f"{table.name}.{', '.join(reference.columns)} refers to a table outside {NEXT}"


def _changes_that_break(new: Table, old: Table) -> Iterator[str]:
    types = {c.name: c.type for c in new.columns}
    for column in old.columns:
        if column.name not in types:
            yield f"column {old.name}.{column.name} was dropped"
        elif types[column.name] != column.type:
            yield f"column {old.name}.{column.name} was {column.type} and is now {types[column.name]}"
    if new.key and new.key != old.key:
        yield f"the key of {old.name} was ({', '.join(old.key)}) and is now ({', '.join(new.key)})"


def added_columns(candidate: Tables, published: Tables) -> list[sql.Composed]:
    """ALTER TABLE … ADD COLUMN for what is new in published tables; nullable, the release fills them."""
    return [
        sql.SQL("ALTER TABLE {} ADD COLUMN {} {}").format(
            sql.Identifier(MARTS, name), sql.Identifier(column.name), _type(column.type)
        )
        for name, table in candidate.items()
        if name in published
        for column in table.columns
        if column.name not in published[name].column_names
    ]


def new_tables(candidate: Tables, published: Tables) -> list[sql.Composed]:
    """CREATE TABLE, keys, indexes, comments and grants of tables that are not published yet."""
    statements: list[sql.Composed] = []
    targets = {
        (r.target, r.target_columns) for table in candidate.values() for r in table.references if r.target
    }
    for name, table in candidate.items():
        if name not in published:
            statements += _create(table)
            statements += [_unique(table, u, (name, u.columns) not in targets) for u in table.uniques]
            statements += [sql.Composed([_moved(index)]) for index in table.indexes]
    return statements


def new_indexes(candidate: Tables, published: Tables) -> list[sql.Composed]:
    """The candidate's indexes that published tables lack. Making one waits for no reader and blocks none."""
    return [
        sql.Composed([_moved(index)])
        for name, table in candidate.items()
        if name in published
        for index in table.indexes
        if _way(index) not in map(_way, published[name].indexes)
    ]


def new_references(candidate: Tables, published: Tables) -> list[sql.Composed]:
    """Foreign keys that the published tables lack, checked when the release commits, each with an index.

    Without the index, every row that goes from a dimension would be looked for in the whole fact table.
    """
    statements: list[sql.Composed] = []
    for name, table in candidate.items():
        for reference in table.references:
            if name in published and _known(reference, published[name]):
                continue
            if not _is_indexed(table, reference.columns):
                statements.append(_index(table, reference.columns))
            statements.append(_reference(table, reference))
    return statements


def changed_comments(candidate: Tables, published: Tables) -> list[sql.Composed]:
    """COMMENT ON whatever is described otherwise than before."""
    statements = []
    for name, table in candidate.items():
        old = published.get(name)
        described = {c.name: c.comment for c in old.columns} if old else {}
        if table.comment and table.comment != (old.comment if old else None):
            statements.append(_comment(sql.SQL("TABLE"), sql.Identifier(MARTS, name), table.comment))
        statements += [
            _column_comment(name, column.name, column.comment)
            for column in table.columns
            if column.comment and column.comment != described.get(column.name)
        ]
        if old is None:
            statements += [_column_comment(name, own, text) for own, (_, text) in RELEASE_COLUMNS.items()]
    return statements


def _create(table: Table) -> Iterator[sql.Composed]:
    target = sql.Identifier(MARTS, table.name)
    release = sql.SQL(", ").join(
        sql.SQL("{} {} NOT NULL").format(sql.Identifier(name), _type(kind))
        for name, (kind, _) in RELEASE_COLUMNS.items()
    )
    columns = sql.SQL(", ").join(_definition(c) for c in table.columns)
    yield sql.SQL("CREATE TABLE {} ({}, {})").format(target, columns, release)
    yield sql.SQL("ALTER TABLE {} ADD PRIMARY KEY ({})").format(target, _names(table.key))
    readers = sql.SQL(", ").join(sql.Identifier(ROLES[role]) for role in (READER, APP))
    yield sql.SQL("GRANT SELECT ON {} TO {}").format(target, readers)


def _definition(column: Column) -> sql.Composed:
    return sql.SQL("{} {}").format(sql.Identifier(column.name), _type(column.type))


def _unique(table: Table, unique: Unique, deferrable: bool) -> sql.Composed:
    """Deferrable, so that two rows may swap values inside a release; a reference's target cannot be."""
    return sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} UNIQUE ({}){}").format(
        sql.Identifier(MARTS, table.name),
        sql.Identifier(unique.name),
        _names(unique.columns),
        sql.SQL(" DEFERRABLE INITIALLY IMMEDIATE" if deferrable else ""),
    )


def _reference(table: Table, reference: Reference) -> sql.Composed:
    assert reference.target is not None
    return sql.SQL(
        "ALTER TABLE {} ADD FOREIGN KEY ({}) REFERENCES {} ({}) DEFERRABLE INITIALLY DEFERRED"
    ).format(
        sql.Identifier(MARTS, table.name),
        _names(reference.columns),
        sql.Identifier(MARTS, reference.target),
        _names(reference.target_columns),
    )


def _index(table: Table, columns: tuple[str, ...]) -> sql.Composed:
    return sql.SQL("CREATE INDEX ON {} ({})").format(sql.Identifier(MARTS, table.name), _names(columns))


def _is_indexed(table: Table, columns: tuple[str, ...]) -> bool:
    """By the table's key, or by an index of its own, which is published with it."""
    begins = f"btree ({', '.join(columns)}"
    return table.key[: len(columns)] == columns or any(
        _way(index).startswith((f"{begins})", f"{begins},")) for index in table.indexes
    )


def _way(index: str) -> str:
    """How an index finds rows: its definition without its name and its table's."""
    return index.partition(" USING ")[2]


def _known(reference: Reference, published: Table) -> bool:
    return any(
        (r.columns, r.target, r.target_columns)
        == (reference.columns, reference.target, reference.target_columns)
        for r in published.references
    )


def _moved(definition: str) -> sql.SQL:
    """An index's definition for the published table; the name is left to PostgreSQL."""
    moved = re.sub(rf"^CREATE INDEX \S+ ON (ONLY )?{NEXT}\.", f"CREATE INDEX ON {MARTS}.", definition)
    return sql.SQL(moved)


def _column_comment(table: str, column: str, text: str) -> sql.Composed:
    return _comment(sql.SQL("COLUMN"), sql.Identifier(MARTS, table, column), text)


def _comment(kind: sql.SQL, target: sql.Identifier, text: str) -> sql.Composed:
    return sql.SQL("COMMENT ON {} {} IS {}").format(kind, target, sql.Literal(text))


def _names(columns: tuple[str, ...]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _type(name: str) -> sql.SQL:
    """A type as the catalogue writes it; it comes from PostgreSQL itself, never from a person."""
    return sql.SQL(name)
