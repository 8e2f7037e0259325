"""`sql`, `migrate`, `publish`, `rollback`, `releases`, `quarantine`: the warehouse from the command line."""

from __future__ import annotations

import csv
import getpass
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from svod.config import Settings
from svod.errors import WarehouseError

if TYPE_CHECKING:
    from svod.warehouse import Release

quarantine = typer.Typer(help="Records that could not be used: look, release, drop.", no_args_is_help=True)

Record = Annotated[str, typer.Argument(metavar="ID", help="The record's id, or its first six characters.")]
Reason = Annotated[str, typer.Option(help="Why; it is recorded.")]
AsCsv = Annotated[
    bool, typer.Option("--csv", help="Comma-separated values with a header; formulas behind an apostrophe.")
]
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def register(app: typer.Typer) -> None:
    for command in (sql, migrate, replay, publish, rollback, releases):
        app.command()(command)


def sql(query: Annotated[str, typer.Argument(help="One statement.")], as_csv: AsCsv = False) -> None:
    """Run a query as the reader role: marts and nothing else, read only."""
    import psycopg

    with _warehouse() as settings, psycopg.connect(settings.dsn("reader")) as connection:
        try:
            cursor = connection.execute(query)
        except psycopg.Error as error:
            raise WarehouseError(str(error).strip()) from None
        if cursor.description is None:
            return
        names = [column.name for column in cursor.description]
        _print_rows(names, cursor, as_csv)


def migrate(
    create_database: Annotated[
        list[str] | None, typer.Option(help="Also make this database on the same server if missing.")
    ] = None,
) -> None:
    """Bring schemas, roles and grants up to date, of SVOD_WAREHOUSE_DSN or the embedded server."""
    from svod.steps.warehouse import prepare

    with _warehouse() as settings:
        prepare(settings, databases=create_database or [])


def replay(
    source_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="One source; none: all.")] = None,
) -> None:
    """Read and load again what the archive holds, without network; the warehouse DAG then builds on it."""
    from svod.steps.ingest import replay as replay_archive

    with _warehouse() as settings:
        for source, run, counts in replay_archive(source_id, dsn=settings.dsn("loader")):
            new = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
            print(f"{source} {run}: {new or 'nothing new'}")


def publish(
    override: Annotated[
        str | None, typer.Option(help="Publish although the gate failed; the reason is recorded.")
    ] = None,
) -> None:
    """Publish the candidate that was audited last; with --override, although its gate failed."""
    from svod.steps.warehouse import publish_last

    with _warehouse() as settings:
        release = publish_last(settings.dsn("transformer"), override=override, by=getpass.getuser())
        print(
            "nothing to publish: the candidate equals what is published"
            if release is None
            else _line(release)
        )


def rollback(release_id: Annotated[int, typer.Argument(help="The release to go back to.")]) -> None:
    """Bring marts back to an earlier release; going back is a release of its own."""
    from svod.warehouse import rollback as roll_back

    with _warehouse() as settings:
        run_id = f"rollback__{datetime.now(UTC).isoformat(timespec='seconds')}"
        print(_line(roll_back(settings.dsn("transformer"), release_id, run_id=run_id)))


def releases(as_csv: AsCsv = False) -> None:
    """List what was published when, and how many rows each release added, changed and removed."""
    from svod.warehouse import releases as list_releases

    with _warehouse() as settings:
        _print_records(list_releases(settings.dsn("transformer")), as_csv, without={"tables"})


@quarantine.command("list")
def quarantine_list(as_csv: AsCsv = False) -> None:
    """Show what is in quarantine, and why."""
    from svod.quality.quarantine import list_open

    with _warehouse() as settings:
        _print_records(list_open(settings.dsn("owner")), as_csv, without=set())


@quarantine.command("release")
def quarantine_release(record: Record, reason: Reason) -> None:
    """Let a held-back fact be used again, or believe a mass withdrawal; mark any other record as seen."""
    from svod.quality.quarantine import release

    with _warehouse() as settings:
        print("released", release(settings.dsn("owner"), record, reason=reason, by=getpass.getuser()))


@quarantine.command("drop")
def quarantine_drop(record: Record, reason: Reason) -> None:
    """Say that a record was looked at and stays out."""
    from svod.quality.quarantine import drop

    with _warehouse() as settings:
        print("dropped", drop(settings.dsn("owner"), record, reason=reason, by=getpass.getuser()))


def _line(release: Release) -> str:
    sizes = f"{release.added} rows added, {release.changed} changed, {release.gone} gone"
    return f"release {release.release_id} ({release.kind}): {sizes}"


@contextmanager
def _warehouse() -> Iterator[Settings]:
    """Settings whose `dsn` works: a running stack's server, or the embedded one just for this command."""
    from svod.runtime.stack import warehouse

    settings = Settings()
    with warehouse(settings):
        yield settings


def _print_records(records: Sequence[Any], as_csv: bool, *, without: set[str]) -> None:
    """Dataclass records as a table of their fields."""
    rows = [{k: v for k, v in asdict(record).items() if k not in without} for record in records]
    if rows:
        _print_rows(list(rows[0]), (tuple(row.values()) for row in rows), as_csv)


def _inert(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula, behind an apostrophe; all else as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _shown(value: Any) -> str:
    """A value as a person reads it: nothing for null, a number without the zeros of its scale."""
    if value is None:
        return ""
    if isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value():
        return f"{value:.0f}"
    return f"{value:f}".rstrip("0") if isinstance(value, Decimal) and value.is_finite() else str(value)


def _print_rows(names: list[str], rows: Any, as_csv: bool) -> None:
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_inert(value) for value in row] for row in rows)
        return
    # Text, because a bare string is markup: brackets in a report's words would be taken for it
    table = Table(*[Column(Text(name), overflow="fold") for name in names])
    for row in rows:
        table.add_row(*[Text(_shown(value)) for value in row])
    # a pipe has no width: then nothing is cut
    Console(width=None if sys.stdout.isatty() else 10_000, soft_wrap=not sys.stdout.isatty()).print(table)
