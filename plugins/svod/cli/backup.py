"""`backup` and `restore`: the warehouse, the decisions and the archive, put by and brought back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr

from svod.cli.words import counted
from svod.config import Settings
from svod.errors import ConfigError


def register(app: typer.Typer) -> None:
    app.command()(backup)
    app.command()(restore)


def backup(
    to: Annotated[
        Path | None, typer.Option(help="Folder of the backups; none: SVOD_BACKUP_DIR, else <home>/backups.")
    ] = None,
    with_archive: Annotated[
        bool, typer.Option("--with-archive", help="Copy the archive's files too, not only their list.")
    ] = False,
) -> None:
    """Write a backup: a dump, the decisions, the archive's list, checksums. Also while DAGs run."""
    from svod.archive import Archive
    from svod.runtime.stack import warehouse
    from svod.steps.backup import make_backup

    settings = Settings()
    with warehouse(settings):
        target = to.absolute() if to else settings.backups
        made = make_backup(
            settings.dsn("owner"), Archive(settings.archive), target, with_archive=with_archive
        )
    files = f"{counted(made.archive_files, 'file')} of the archive {'copied' if with_archive else 'listed'}"
    print(f"{made.folder}: {counted(len(made.tables), 'table')}, {counted(made.rows, 'row')}, {files}")


def restore(
    source: Annotated[Path, typer.Argument(metavar="FROM", help="The folder of one backup.")],
    into: Annotated[
        str | None, typer.Option(help="Owner's DSN of another database; none: this home's warehouse.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Delete what the warehouse holds; else it must be empty.")
    ] = False,
    without_archive: Annotated[
        bool, typer.Option("--without-archive", help="Go on although archived files are missing.")
    ] = False,
    from_archive: Annotated[
        bool,
        typer.Option("--from-archive", help="Leave the dump: read the archive anew, with the decisions."),
    ] = False,
) -> None:
    """Bring a backup back, after verifying it. Stop the stack's DAGs first: `./svod down`."""
    from svod.runtime.stack import warehouse
    from svod.steps import restore as steps
    from svod.steps.backup import read_backup

    found = read_backup(source.absolute())
    settings = Settings()
    if into is not None:
        try:
            settings = Settings(warehouse_dsn=SecretStr(into))
        except ConfigError as error:
            raise typer.BadParameter(str(error), param_hint="--into") from None
    with warehouse(settings, make=True):
        if from_archive:
            counts = steps.rebuild(found, settings, replace=replace)
            print(", ".join(f"{count} {name}" for name, count in counts.items() if count) or "nothing")
            print("the next run of the DAG warehouse builds the marts")
            return
        done = steps.restore(found, settings, replace=replace, without_archive=without_archive)
    restored = f"{counted(done.tables, 'table')}, {counted(done.rows, 'row')}"
    print(f"{restored}, equal to the backup; migration {done.schema_version}")
    if done.archive_files or done.missing:
        print(f"archive: {counted(done.archive_files, 'file')} brought back, {done.missing} missing")
