"""`sql`: questions to the published marts, and what to do when one is refused."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from svod.cli.rows import AsCsv, print_rows
from svod.config import Settings
from svod.errors import ConfigError, WarehouseError

if TYPE_CHECKING:
    from psycopg import Cursor, Error

# what `\d` and `\d TABLE` of psql tell, with the comments that say in Russian and English what a thing is
TABLES = """
select relname as table_name, obj_description(oid) as description from pg_class
where relnamespace = 'marts'::regnamespace and relkind in ('r', 'p', 'v', 'm') order by relname
"""
COLUMNS = """
select
    attname as column_name, format_type(atttypid, atttypmod) as type,
    col_description(attrelid, attnum) as description
from pg_attribute where attrelid = '{table}'::regclass and attnum > 0 and not attisdropped order by attnum
"""
DESCRIBE = re.compile(r"\\dt?\+?(?:\s+(?P<table>[\w.]+))?\s*;?")
HINTS = {
    "42501": "this command logs in as svod_reader, who reads the schema marts and nothing else;"
    " for raw and ops see the beginning of docs/runbook.md",  # insufficient_privilege
    "25006": "this command only reads",  # read_only_sql_transaction
    "42P01": "./svod sql '\\d' lists the tables",  # undefined_table
    "57014": "the reader's queries are ended after a while: show statement_timeout",  # query_canceled
    "42703": "./svod sql '\\d TABLE' lists a table's columns",  # undefined_column
}


def register(app: typer.Typer) -> None:
    # a statement may begin with a comment, which looks like an option
    app.command(context_settings={"ignore_unknown_options": True})(sql)


def sql(
    query: Annotated[
        str,
        typer.Argument(help=r"SQL; - reads it from standard input; \d lists tables, \d TABLE its columns."),
    ],
    as_csv: AsCsv = False,
) -> None:
    """Run a query as the reader role: marts and nothing else, read only."""
    import psycopg

    from svod.runtime.stack import warehouse
    from svod.warehouse.connection import connect

    asked = sys.stdin.read() if query == "-" else query
    statements = _statements(asked)
    settings = Settings()
    with warehouse(settings), connect(settings.dsn("reader")) as connection:
        try:
            results = [
                (_names(result), result.fetchall() if result.description else [], result.statusmessage)
                for result in connection.execute(statements).results()
            ]
        except psycopg.Error as error:
            connection.close()  # a refused COPY can be neither ended nor rolled back
            raise WarehouseError(_refusal(error, own=statements == asked)) from None
    if all(status is None for _columns, _rows, status in results):
        raise ConfigError("there is no statement in the query")
    if as_csv and sum(names is not None for names, _rows, _status in results) > 1:
        raise ConfigError("--csv: one statement with rows at a time")
    for names, rows, status in results:
        if names is not None:
            print_rows(names, rows, as_csv)
        elif not as_csv:
            print(status)


def _names(result: Cursor[Any]) -> list[str] | None:
    """The columns of a statement's rows; None where it has none, such as `set`."""
    return None if result.description is None else [column.name for column in result.description]


def _refusal(error: Error, *, own: bool) -> str:
    """The server's words with a hint; its pointer into the statement only where that is the user's `own`."""
    from psycopg import ProgrammingError

    if isinstance(error, ProgrammingError) and error.sqlstate is None:  # refused by the driver itself
        return "COPY does not work here: --csv prints comma-separated values"
    told = str(error).strip() if own else error.diag.message_primary or str(error)
    return "\n".join([told, *([HINTS[error.sqlstate]] if error.sqlstate in HINTS else [])])


def _statements(query: str) -> str:
    """The query itself, or what it stands for if it is a command of psql."""
    if not query.lstrip().startswith("\\"):
        return query
    command = DESCRIBE.fullmatch(query.strip())
    if command is None:
        raise ConfigError(
            r"of psql's commands only \d and \d TABLE work here; for the others connect psql to the address"
            " that `./svod status` prints"
        )
    return COLUMNS.format(table=command["table"]) if command["table"] else TABLES
