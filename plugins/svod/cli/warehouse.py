"""`migrate`, `publish`, `rollback`, `releases`, `quarantine`: the warehouse from the command line."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from svod.cli.rows import AsCsv, print_rows
from svod.cli.words import counted
from svod.config import Settings

if TYPE_CHECKING:
    from svod.warehouse import Release

quarantine = typer.Typer(help="Records that could not be used: look, release, drop.", no_args_is_help=True)

Record = Annotated[str, typer.Argument(metavar="ID", help="The record's id, or its first six characters.")]
Reason = Annotated[str, typer.Option(help="Why; it is recorded.")]
Limit = Annotated[int, typer.Option(min=1, help="Rows at most, the newest.")]
DECISION = {"state", "decided_by", "decision_reason"}


def register(app: typer.Typer) -> None:
    for command in (migrate, replay, publish, rollback, releases):
        app.command()(command)


def migrate(
    create_database: Annotated[
        list[str] | None, typer.Option(help="Also make this database on the same server if missing.")
    ] = None,
) -> None:
    """Bring schemas, roles and grants up to date, of SVOD_WAREHOUSE_DSN or the embedded server."""
    from svod.steps.warehouse import prepare

    with _warehouse(make=True) as settings:
        version = prepare(settings, databases=create_database or [])
    print(f"up to date: migration {version}")


def replay(
    source_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="One source; none: all.")] = None,
) -> None:
    """Read and load again what the archive holds, without network; the warehouse DAG then builds on it."""
    from svod.steps.ingest import replay as replay_archive

    with _warehouse() as settings:
        run = None
        for source, run, counts in replay_archive(source_id, dsn=settings.dsn("loader")):
            new = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
            print(f"{source} {run}: {new or 'nothing new'}")
        if run is None:
            print("nothing is archived" + (f" of {source_id}" if source_id else ""))


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


def releases(limit: Limit = 20, as_csv: AsCsv = False) -> None:
    """List what was published when, and how many rows each release added, changed and removed."""
    from svod.warehouse import Release
    from svod.warehouse import releases as list_releases

    with _warehouse() as settings:
        found = list_releases(settings.dsn("transformer"), limit=limit)
    _print_records(
        Release, found, as_csv, without={"tables"}, nothing="nothing was published yet", limit=limit
    )


@quarantine.command("list")
def quarantine_list(
    source: Annotated[str | None, typer.Option(help="One source.")] = None,
    stage: Annotated[str | None, typer.Option(help="One stage, such as fetch or gate.")] = None,
    decided: Annotated[
        bool, typer.Option("--decided", help="Also what was released or dropped, and by whom.")
    ] = False,
    limit: Limit = 200,
    as_csv: AsCsv = False,
) -> None:
    """Show what is in quarantine, and why; with --csv also the records themselves."""
    from svod.quality.quarantine import Quarantined, list_open

    with _warehouse() as settings:
        dsn = settings.dsn("owner")
        found = list_open(dsn, stage=stage, source_id=source, decided=decided, limit=limit)
    without = set() if as_csv else {"payload"} if decided else {"payload", *DECISION}
    nothing = "nothing is in quarantine" + (" that was asked for" if source or stage else "")
    _print_records(Quarantined, found, as_csv, without=without, nothing=nothing, limit=limit)


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
    sizes = f"{counted(release.added, 'row')} added, {release.changed} changed, {release.gone} gone"
    return f"release {release.release_id} ({release.kind}): {sizes}"


@contextmanager
def _warehouse(*, make: bool = False) -> Iterator[Settings]:
    """Settings whose `dsn` works: a running stack's server, or the embedded one just for this command."""
    from svod.runtime.stack import warehouse

    settings = Settings()
    with warehouse(settings, make=make):
        yield settings


def _print_records(
    kind: type, records: Sequence[Any], as_csv: bool, *, without: set[str], nothing: str, limit: int
) -> None:
    """Dataclass records as a table of their fields, `nothing` if there are none."""
    names = [field.name for field in fields(kind) if field.name not in without]
    if records or as_csv:
        print_rows(names, ([getattr(record, name) for name in names] for record in records), as_csv)
    else:
        print(nothing)
    if len(records) == limit:
        print(f"svod: the newest {limit}, there may be more: --limit", file=sys.stderr)
