"""Backups that are whole, consistent and refuse to do harm; restores that give back every row."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from tests.steps.conftest import MakeSettings
from tests.warehouse.conftest import PASSWORDS
from tests.warehouse.reports import NOON, SOURCE, extractor, fetch, hide_anna, report

from svod.archive import Archive
from svod.config import CHECKOUT, Settings
from svod.errors import BackupError, WarehouseError
from svod.steps.backup import DAILY, Backup, make_backup, prune_backups, read_backup, verify
from svod.steps.restore import restore
from svod.warehouse import load, migrate
from svod.warehouse.dump import LASTING
from svod.warehouse.fingerprint import TableHash, table_hashes
from svod.warehouse.migrate import known_versions


def hashes(settings: Settings) -> dict[str, TableHash]:
    with psycopg.connect(settings.dsn("owner")) as conn:
        return dict(table_hashes(conn, LASTING))


def back_up(settings: Settings, *, with_archive: bool = False) -> Backup:
    archive = Archive(settings.archive)
    return make_backup(settings.dsn("owner"), archive, settings.backups, with_archive=with_archive)


def test_what_is_restored_equals_what_was_there(filled: Settings, make_settings: MakeSettings) -> None:
    before = hashes(filled)
    assert sum(table.rows for table in before.values()) > 2000
    made = back_up(filled)
    assert made.tables == before
    empty = make_settings()
    done = restore(made, empty)
    assert hashes(empty) == before
    assert (done.tables, done.rows) == (len(before), made.rows)
    assert done.schema_version == known_versions()[-1]
    with psycopg.connect(empty.dsn("reader")) as conn:  # rights and owners have come with it
        assert conn.execute("select count(*) from marts.fct_outcome").fetchone() == (71,)
    with psycopg.connect(empty.dsn("transformer")) as conn:
        conn.execute("update marts.fct_outcome set unit = unit")
        conn.execute(
            "insert into ops.promotion (extractor_version, reason, promoted_by) values ('1', 'x', 'y')"
        )


def test_a_warehouse_with_rows_is_not_overwritten(filled: Settings) -> None:
    made = back_up(filled)
    before = hashes(filled)
    with pytest.raises(BackupError, match=r"not empty \(marts\.\w+ holds rows\): --replace"):
        restore(made, filled)
    assert hashes(filled) == before
    with psycopg.connect(filled.dsn("owner")) as conn:
        conn.execute("delete from ops.review where verdict = 'rejected'")
    restore(made, filled, replace=True)
    assert hashes(filled) == before


def test_a_damaged_backup_is_named_before_anything_is_touched(
    filled: Settings, make_settings: MakeSettings
) -> None:
    made = back_up(filled)
    empty = make_settings()
    migrate(empty.dsn("owner"), {})
    before = hashes(empty)
    dump = made.folder / "warehouse.dump"
    body = bytearray(dump.read_bytes())
    body[len(body) // 2] ^= 1
    dump.write_bytes(body)
    with pytest.raises(BackupError, match=r"damaged: .*warehouse\.dump does not have the checksum"):
        restore(made, empty)
    dump.unlink()
    with pytest.raises(BackupError, match=r"not whole: .*warehouse\.dump is missing"):
        restore(made, empty)
    assert hashes(empty) == before


def test_a_backup_of_newer_code_is_refused(filled: Settings, make_settings: MakeSettings) -> None:
    made = back_up(filled)
    manifest = made.folder / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"schema_version": "9999"}))
    with pytest.raises(BackupError, match=r"migration 9999, this code knows up to \d{4}"):
        restore(read_backup(made.folder), make_settings())
    manifest.write_text("{}")
    with pytest.raises(BackupError, match=r"manifest of .* is damaged"):
        read_backup(made.folder)
    with pytest.raises(BackupError, match="is no backup"):
        read_backup(made.folder.parent)


def test_views_of_others_are_not_lost_in_silence(filled: Settings) -> None:
    made = back_up(filled)
    before = hashes(filled)
    with psycopg.connect(filled.dsn("owner")) as conn:
        conn.execute("create schema analysts")
        conn.execute("create view analysts.families as select * from marts.fct_outcome")
    with pytest.raises(WarehouseError, match=r"would be lost: analysts\.families"):
        restore(made, filled, replace=True)
    assert hashes(filled) == before


def test_a_table_in_use_ends_the_restore_and_changes_nothing(
    filled: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svod.warehouse.dump.LOCK_WAIT", "300ms")
    made = back_up(filled)
    before = hashes(filled)
    with psycopg.connect(filled.dsn("owner")) as conn:
        conn.execute("select count(*) from marts.fct_outcome")  # an open transaction
        with pytest.raises(WarehouseError, match="lock timeout"):
            restore(made, filled, replace=True)
    assert hashes(filled) == before


def test_the_archive_is_listed_or_copied_and_never_missed_in_silence(
    filled: Settings, make_settings: MakeSettings
) -> None:
    archive = Archive(filled.archive)
    bodies = [archive.put(f"body {number}".encode()) for number in range(3)]
    listed, copied = back_up(filled), back_up(filled, with_archive=True)
    assert listed.archive_files == copied.archive_files == 3
    folder = filled.home / "archive"
    shutil.rmtree(folder)
    with pytest.raises(BackupError, match=r"3 files of the archive are not in .* the first objects/"):
        restore(listed, make_settings())
    assert restore(listed, make_settings(), without_archive=True).missing == 3
    assert not folder.exists()
    assert restore(copied, make_settings()).archive_files == 3
    assert [archive.get(sha256) for sha256 in bodies] == [f"body {number}".encode() for number in range(3)]
    next((copied.folder / "archive").rglob("*.gz")).write_bytes(b"something else")
    with pytest.raises(BackupError, match="does not have the checksum"):
        verify(copied)


def test_a_backup_beside_running_loads_is_one_state(make_settings: MakeSettings) -> None:
    settings = make_settings()
    migrate(settings.dsn("owner"), PASSWORDS)
    stop = threading.Event()
    loaded: list[int] = []

    def ingest() -> None:
        number = 0
        while not stop.is_set():
            run, at = f"run-{number}", NOON + timedelta(minutes=number)
            loads = fetch(f"r{number}", run=run, at=at)
            load(
                settings.dsn("loader"), SOURCE, loads, [report(f"r{number}")], [], extractor(), mask=hide_anna
            )
            loaded.append(number)
            number += 1

    thread = threading.Thread(target=ingest)
    thread.start()
    try:
        while len(loaded) < 5:
            time.sleep(0.01)
        before = after = 0
        while after == before and thread.is_alive():  # on a busy machine a backup may end before a load does
            before = len(loaded)
            made = back_up(settings)
            after = len(loaded)
    finally:
        stop.set()
        thread.join()
    assert after > before  # it did run beside the backup
    rows = {table: found.rows for table, found in made.tables.items()}
    reports = rows["raw.document"]
    assert before <= reports <= after + 1
    assert rows["raw.version_extraction"] == rows["raw.document_event"] == reports
    assert rows["raw.metric_mention"] == 2 * reports
    empty = make_settings()
    restore(made, empty)
    assert hashes(empty) == dict(made.tables)


LIMITED = """
import resource, sys
from pathlib import Path
from svod.archive import Archive
from svod.config import Settings
from svod.errors import SvodError
from svod.steps.backup import make_backup
settings = Settings()
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
try:
    make_backup(settings.dsn("owner"), Archive(settings.archive), settings.backups)
except SvodError as error:
    print(type(error).__name__, error)
"""


@pytest.mark.parametrize("limit", [30_000, 0])
def test_a_full_disk_leaves_no_half_backup(filled: Settings, limit: int) -> None:
    """The limit on a file's size stands for the disk's end: the system refuses the same write."""
    first = back_up(filled)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(limit)],
        env=os.environ | {"PYTHONPATH": str(CHECKOUT / "plugins")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "pg_dump" in done.stdout
    assert "Error" in done.stdout.split()[0]
    assert [path.name for path in filled.backups.iterdir()] == [first.folder.name]
    verify(first)
    verify(back_up(filled))


def test_only_daily_backups_are_pruned(filled: Settings) -> None:
    archive, owner = Archive(filled.archive), filled.dsn("owner")
    kept = back_up(filled)
    daily = [make_backup(owner, archive, filled.backups, kind=DAILY) for _ in range(3)]
    broken_off = filled.backups / ".partial-daily-20200101T000000Z"
    broken_off.mkdir()
    os.utime(broken_off, (0, 0))
    assert prune_backups(filled.backups, keep=2) == [daily[0].folder, broken_off]
    left = {path.name for path in Path(filled.backups).iterdir()}
    assert left == {kept.folder.name, daily[1].folder.name, daily[2].folder.name}


def test_rights_by_membership_outlive_a_restore(filled: Settings) -> None:
    with psycopg.connect(filled.dsn("owner"), autocommit=True) as conn:
        conn.execute("create role analyst_of_tests")
        try:
            conn.execute("grant svod_reader to analyst_of_tests")
            conn.execute("grant analyst_of_tests to current_user with set true")
            restore(back_up(filled), filled, replace=True)
            tables = conn.execute(
                "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'marts'"
            ).fetchall()
            assert tables
            conn.execute("set role analyst_of_tests")
            for (table,) in tables:
                conn.execute(f"select from {table} limit 1")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                conn.execute("select from raw.document")
        finally:
            conn.execute("reset role")
            conn.execute("drop role analyst_of_tests")
