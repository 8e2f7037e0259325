"""Backups: a folder that is whole or not there, with the warehouse, the decisions and the archive's list.

    svod-<instant>/         (or daily-…)
        manifest.json       versions, checksums of the files below, row hashes of every table
        warehouse.dump      schemas raw, ops and marts (pg_restore's custom format)
        journal.jsonl.gz    people's decisions and lasting ids, one row a line
        archive.jsonl.gz    every body and manifest of the archive: name, size; sha256 if it is here too
        archive/            those files themselves, if that was asked for

The dump, the journal and the hashes see one state of the database, whatever is loaded meanwhile; the archive
is listed afterwards, and because bodies are archived before they are loaded, holds all that state needs.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from svod import __version__
from svod.archive import Archive
from svod.errors import ArchiveError, BackupError
from svod.warehouse import promoted_extractor, schema_version
from svod.warehouse.dump import LASTING, snapshot, write_dump
from svod.warehouse.fingerprint import TableHash, table_hashes
from svod.warehouse.journal import entries

FORMAT = 1
BY_HAND, DAILY = "svod", "daily"  # what a backup's folder begins with; only the daily ones are pruned
PARTIAL = ".partial-"
STALE = 86400  # seconds after which a half-written backup is nobody's any more
DUMP, JOURNAL, LISTING, MANIFEST = "warehouse.dump", "journal.jsonl.gz", "archive.jsonl.gz", "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A finished backup by its manifest."""

    folder: Path
    made_at: datetime
    schema_version: str
    extractor_version: str | None
    files: Mapping[str, str]  # name → sha256
    tables: Mapping[str, TableHash]
    archive_uri: str
    archive_files: int
    archive_included: bool

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


def make_backup(
    dsn: str, archive: Archive, to: Path, *, with_archive: bool = False, kind: str = BY_HAND
) -> Backup:
    """Write a backup into a new folder under `to`. `dsn` is the owner's. Raises BackupError.

    What goes wrong on the way leaves nothing behind, and earlier backups as they are.
    """
    now = datetime.now(UTC)
    name = f"{kind}-{now:%Y%m%dT%H%M%S.%fZ}"
    partial = to / f"{PARTIAL}{name}"
    try:
        partial.mkdir(parents=True)
        _write(dsn, archive, partial, now, with_archive=with_archive)
        partial.rename(to / name)
    except OSError as error:
        raise BackupError(f"the backup cannot be written to {to}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return read_backup(to / name)


def _write(dsn: str, archive: Archive, folder: Path, now: datetime, *, with_archive: bool) -> None:
    standing = schema_version(dsn)
    if standing is None:
        raise BackupError("there is no warehouse to back up: `./svod migrate` makes one")
    with snapshot(dsn) as (conn, name):
        write_dump(dsn, folder / DUMP, name)
        _write_lines(folder / JOURNAL, ({"table": e.table, "row": e.row} for e in entries(conn)))
        tables = table_hashes(conn, LASTING)
        server = conn.info.server_version
    files = _list_archive(archive, folder, copy=with_archive)
    manifest = {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "svod": __version__,
        "postgres": server,
        "schema_version": standing,
        "extractor_version": promoted_extractor(dsn),
        "files": {file: sha256_of(folder / file) for file in (DUMP, JOURNAL, LISTING)},
        "tables": {table: asdict(found) for table, found in tables.items()},
        "archive": {"uri": archive.uri, "files": files, "included": with_archive},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def _list_archive(archive: Archive, folder: Path, *, copy: bool) -> int:
    """Write the list of the archive's files, and the files with it; returns how many there are."""
    count = 0

    def lines() -> Iterator[dict[str, Any]]:
        nonlocal count
        for file in archive.lasting_files():
            count += 1
            line: dict[str, Any] = {"name": file.name, "size": file.size}
            if copy:
                data = archive.read_file(file.name)
                target = folder / "archive" / file.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
                line |= {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            yield line

    _write_lines(folder / LISTING, lines())
    return count


def read_backup(folder: Path) -> Backup:
    """The backup in a folder, by its manifest alone. Raises BackupError when there is none or not of ours."""
    try:
        raw = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if raw["format"] != FORMAT:
            raise BackupError(f"{folder} is a backup of format {raw['format']}; this code reads {FORMAT}")
        return Backup(
            folder=folder,
            made_at=datetime.fromisoformat(raw["made_at"]),
            schema_version=raw["schema_version"],
            extractor_version=raw["extractor_version"],
            files=raw["files"],
            tables={name: TableHash(**found) for name, found in raw["tables"].items()},
            archive_uri=raw["archive"]["uri"],
            archive_files=raw["archive"]["files"],
            archive_included=raw["archive"]["included"],
        )
    except FileNotFoundError as error:
        raise BackupError(f"{folder} is no backup: it has no {MANIFEST}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError(f"the manifest of {folder} is damaged: {error}") from error


def verify(backup: Backup) -> None:
    """Raises BackupError that names the first file that is missing or is not what was written."""
    for name, sha256 in backup.files.items():
        _check_file(backup.folder / name, sha256)
    if backup.archive_included:
        for line in archive_listing(backup):
            _check_file(backup.folder / "archive" / line["name"], line["sha256"])


def _check_file(path: Path, sha256: str) -> None:
    if not path.is_file():
        raise BackupError(f"the backup is not whole: {path} is missing")
    if sha256_of(path) != sha256:
        raise BackupError(
            f"the backup is damaged: {path} does not have the checksum that it was written with"
        )


def archive_listing(backup: Backup) -> Iterator[dict[str, Any]]:
    """The archive's files at the time: name, size, and sha256 if they are in the backup."""
    return read_lines(backup.folder / LISTING)


def missing_files(backup: Backup, archive: Archive) -> list[str]:
    """The archive's files of then that it does not hold now, but for bodies that were deleted on purpose."""
    there = {file.name for file in archive.lasting_files()}
    there |= {archive.file_of(sha256) for sha256 in archive.forgotten()}
    return [line["name"] for line in archive_listing(backup) if line["name"] not in there]


def put_files_back(backup: Backup, archive: Archive) -> int:
    """Bring the files that the backup holds into the archive where they are missing; returns how many."""
    added = 0
    for line in archive_listing(backup):
        data = (backup.folder / "archive" / line["name"]).read_bytes()
        if hashlib.sha256(data).hexdigest() != line["sha256"]:
            raise ArchiveError(f"{line['name']} has changed in {backup.folder}")
        added += archive.add_file(line["name"], data)
    return added


def prune_backups(folder: Path, *, keep: int) -> list[Path]:
    """Delete all but the last `keep` daily backups, and halves of those that broke off; says which."""
    whole = sorted(path for path in folder.glob(f"{DAILY}-*") if (path / MANIFEST).is_file())
    stale = time.time() - STALE
    halves = [path for path in folder.glob(f"{PARTIAL}*") if path.stat().st_mtime < stale]
    for path in (gone := [*whole[:-keep], *halves]):
        shutil.rmtree(path)
    return gone


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        for row in rows:
            lines.write(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")
