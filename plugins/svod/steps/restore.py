"""The way back from a backup: the whole dump, or everything read anew from the archive and the journal.

Both verify before they touch anything, and refuse a warehouse that holds rows unless told to replace it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from svod.archive import Archive
from svod.config import Settings
from svod.errors import BackupError
from svod.steps import backup as backups
from svod.steps.backup import Backup
from svod.steps.ingest import extractor_run, replay, unknown_sources
from svod.warehouse import connect, migrate, schema_version
from svod.warehouse.dump import occupied, read_dump, remove_all
from svod.warehouse.journal import Entry, put_decisions_back, put_reviewed_facts_back
from svod.warehouse.migrate import known_versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What is there afterwards. `missing`: archived files of then that are nowhere now."""

    tables: int
    rows: int
    schema_version: str | None
    archive_files: int  # that the backup brought back
    missing: int


def restore(
    backup: Backup, settings: Settings, *, replace: bool = False, without_archive: bool = False
) -> Restored:
    """Put the dump in the place of the warehouse, and migrate it forward.

    Raises BackupError (damaged, made by newer code, archive incomplete, warehouse not empty) or
    WarehouseError (cannot be replaced); either way the warehouse is as it was.
    """
    dsn, passwords = settings.dsn("owner"), _passwords(settings)
    _check(backup, dsn, replace=replace)
    brought, missing = _archive_back(backup, Archive(settings.archive), without_archive=without_archive)
    migrate(dsn, passwords)  # the roles that own what comes
    found = read_dump(dsn, backup.folder / backups.DUMP)
    if different := sorted(name for name in backup.tables if found.get(name) != backup.tables[name]):
        raise BackupError(f"restored, but not what was backed up: {', '.join(different)}")
    migrate(dsn, passwords)
    return Restored(
        tables=len(found),
        rows=sum(table.rows for table in found.values()),
        schema_version=schema_version(dsn),
        archive_files=brought,
        missing=missing,
    )


def rebuild(backup: Backup, settings: Settings, *, replace: bool = False) -> dict[str, int]:
    """Make the warehouse anew from the archive and the backup's journal alone; what was loaded, by kind, and
    decisions whose text the archive does not give any more.

    The dump is not used. The next run of the warehouse builds the marts; their rows then are those of before.
    BackupError when this code does not read as the promoted extractor does, or when a source of the archive
    has no YAML that can be read: their facts would be missing. The warehouse is then as it was.
    """
    dsn = settings.dsn("owner")
    _check(backup, dsn, replace=replace)
    own = extractor_run().version
    if backup.extractor_version not in (None, own):
        raise BackupError(
            f"the marts show extractor {backup.extractor_version}, this code reads as {own}: "
            "rebuild with the code of that version, or restore the dump"
        )
    _archive_back(backup, Archive(settings.archive), without_archive=False)
    if problems := unknown_sources(settings):
        raise BackupError(
            f"the archive holds reports of sources that are not there: {'; '.join(problems)}; bring their"
            " files back, or restore the dump"
        )
    remove_all(dsn)
    migrate(dsn, _passwords(settings))
    with connect(dsn, name="svod journal") as conn:
        put_decisions_back(conn, _journal(backup))
    total: dict[str, int] = {}
    for _, _, counts in replay(None, dsn=settings.dsn("loader")):
        for kind, count in counts.items():
            total[kind] = total.get(kind, 0) + count
    with connect(dsn, name="svod journal") as conn:
        total["decisions without text"] = put_reviewed_facts_back(conn, _journal(backup))
    return total


def _journal(backup: Backup) -> Iterator[Entry]:
    lines = backups.read_lines(backup.folder / backups.JOURNAL)
    return (Entry(line["table"], line["row"]) for line in lines)


def _passwords(settings: Settings) -> Mapping[str, str]:
    """The owner is whoever restores: its own password is not for it to set."""
    return {role: word for role, word in settings.passwords().items() if role != "owner"}


def _check(backup: Backup, dsn: str, *, replace: bool) -> None:
    backups.verify(backup)
    known = known_versions()
    if backup.schema_version not in known:
        raise BackupError(
            f"the backup stands at migration {backup.schema_version}, this code knows up to {known[-1]}: "
            "use the code that made it, or newer"
        )
    if not replace and (table := occupied(dsn)) is not None:
        raise BackupError(f"the warehouse is not empty ({table} holds rows): --replace deletes what is there")


def _archive_back(backup: Backup, archive: Archive, *, without_archive: bool) -> tuple[int, int]:
    """(files brought back, files that are nowhere)"""
    if backup.archive_included:
        return backups.put_files_back(backup, archive), 0
    missing = backups.missing_files(backup, archive)
    if missing and not without_archive:
        raise BackupError(
            f"{len(missing)} files of the archive are not in {archive.uri}, the first {missing[0]}: bring "
            "them back, or restore --without-archive (facts stay, their originals do not)"
        )
    return 0, len(missing)
