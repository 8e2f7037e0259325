"""From an empty database, the archive and the journal: the same rows, ids and decisions as before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from tests.steps.conftest import MakeSettings
from tests.warehouse.conftest import PASSWORDS

from svod.archive import Archive
from svod.config import Settings
from svod.errors import BackupError, SourceError, WarehouseError
from svod.resolve import resolve
from svod.resolve.reviews import carry_reviews
from svod.steps import ingest, reextract
from svod.steps.backup import Backup, make_backup, read_lines
from svod.steps.restore import rebuild
from svod.warehouse import migrate
from svod.warehouse.fingerprint import TableHash, table_hashes
from svod.warehouse.journal import Entry, put_decisions_back
from svod.warehouse.reextraction import promote

# when a row was written, and in which order the writers came
pytestmark = pytest.mark.usefixtures("first_version")

TIMES = {"loaded_at", "started_at", "event_seq", "seen_at", "created_at", "updated_at", "matched_at"}


def ingested(settings: Settings, run_id: str, folder: Path, reports: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in reports.items():
        (folder / f"{name}.txt").write_text(text)
    dsn = settings.dsn("loader")
    batches = ingest.fetch_run("files", run_id=run_id, dsn=dsn, secret=str)
    reads = [ingest.read_batch("files", batch) for batch in batches]
    ingest.load_run("files", run_id=run_id, reads=reads, dsn=dsn)


def rows(settings: Settings, query: str, *values: object) -> list[tuple[object, ...]]:
    with psycopg.connect(settings.dsn("owner")) as conn:
        cursor = conn.execute(query, values or None)  # type: ignore[call-overload]
        return cursor.fetchall() if cursor.description else []


def hashes(settings: Settings) -> dict[str, TableHash]:
    with psycopg.connect(settings.dsn("owner")) as conn:
        return dict(table_hashes(conn, ["raw", "ops"], without=TIMES))


def back_up(settings: Settings) -> Backup:
    return make_backup(settings.dsn("owner"), Archive(settings.archive), settings.backups)


@contextmanager
def engine(version: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ingest, "EXTRACTOR_VERSION", version)
        yield


@pytest.fixture
def lived(make_settings: MakeSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A warehouse with a past: texts that changed, names that met one by one, people's decisions."""
    folder = tmp_path / "files"
    monkeypatch.setenv("SVOD_FILES_DIR", str(folder))
    settings = make_settings()
    migrate(settings.dsn("owner"), PASSWORDS)
    # the names of runs do not sort as the runs came
    first = {
        "one": "За 2023 год в Кировской области проект «Тёплый дом» помог 23 семьям, из них 9 многодетным.",
        "two": "В 2022 году фонд «Опора» провёл в Кировской области 40 занятий для 120 детей.",
    }
    ingested(settings, "scheduled__1", folder, first)
    resolve(settings.dsn("transformer"))
    second = {
        "one": "За 2023 год в Кировской области проект «Теплый дом» помог 25 семьям, из них 9 многодетным.",
        "three": "За 2023 год в Кировской области проект «Теплый дом» принял 310 детей.",
    }
    ingested(settings, "manual__2", folder, second)
    resolve(settings.dsn("transformer"))
    projects = rows(
        settings,
        "select count(*), count(distinct canonical_id) from ops.canonical_name where entity_kind = 'project'",
    )
    assert projects == [(2, 1)]  # one project, whose id was made for the name that came first
    fact = rows(settings, "select metric_mention_id from raw.metric_mention where value = 40")[0][0]
    rows(
        settings,
        "insert into ops.review (fact_id, verdict, note, reviewed_by, follows)"
        " values (%s, 'confirmed', 'seen', 'ann', 0), ('gone', 'open', null, 'bob', 0)",
        fact,
    )
    rows(
        settings,
        "insert into ops.gate_override (run_id, reason, decided_by, failed) values ('r', 'w', 'a', '[]')",
    )
    rows(
        settings,
        "insert into raw.quarantine values ('q', 'files', 'r', 'extract', 'damaged', 'w', 'k', '{}')",
    )
    rows(
        settings,
        "insert into raw.quarantine_decision (quarantine_id, action, decided_by, reason)"
        " values ('q', 'drop', 'ann', 'w')",
    )
    return settings


def test_archive_and_journal_give_the_same_rows(lived: Settings, make_settings: MakeSettings) -> None:
    before = hashes(lived)
    assert before["raw.document_version"].rows == 4
    assert before["raw.metric_mention"].rows >= 6
    made = back_up(lived)
    other = make_settings()
    counts = rebuild(made, other)
    assert counts["decisions without text"] == 0
    resolve(other.dsn("transformer"))
    after = hashes(other)
    assert {name for name in before if after[name] != before[name]} == set()
    rows(
        other,
        "insert into ops.review (fact_id, verdict, reviewed_by, follows) values ('x', 'open', 'ann', 0)",
    )
    assert rows(other, "select max(review_id) from ops.review") == [(3,)]  # numbers go on


def test_a_decision_about_a_former_reading_is_carried_over_after_a_rebuild(
    lived: Settings, make_settings: MakeSettings
) -> None:
    with engine("2"):
        for part in reextract.plan(lived.dsn("loader")):
            reextract.read_part(part, run_id="again", dsn=lived.dsn("loader"))
        reextract.compare(run_id="again", dsn=lived.dsn("transformer"))
        promote(lived.dsn("transformer"), "2", reason="equal", by="ann")
        made = back_up(lived)
        other = make_settings()
        rebuild(made, other)
    for settings in (lived, other):
        with psycopg.connect(settings.dsn("transformer")) as conn:
            assert carry_reviews(conn).carried == 1
    carried = "select m.value, m.extractor_version from ops.review_in_force join raw.metric_mention m"
    carried += " on metric_mention_id = fact_id where carried"
    assert rows(other, carried) == rows(lived, carried) == [(40, "2")]


def test_a_rebuild_needs_the_code_that_reads_as_the_promoted_version(
    lived: Settings, make_settings: MakeSettings
) -> None:
    made = back_up(lived)
    other = make_settings()
    with engine("2"), pytest.raises(BackupError, match="the marts show extractor 1, this code reads as 2"):
        rebuild(made, other)
    with pytest.raises(BackupError, match="not empty"):
        rebuild(made, lived)


def test_a_journal_writes_decisions_and_nothing_else(lived: Settings) -> None:
    made = back_up(lived)
    journal = [Entry(line["table"], line["row"]) for line in read_lines(made.folder / "journal.jsonl.gz")]
    assert {entry.table for entry in journal} >= {"ops.review", "ops.promotion", "raw.quarantine_decision"}
    with psycopg.connect(lived.dsn("owner")) as conn:
        with pytest.raises(WarehouseError, match="holds decisions already"):
            put_decisions_back(conn, journal)
        conn.execute(
            "truncate ops.promotion, ops.review, ops.judgement, ops.canonical, ops.gate_override cascade"
        )
        conn.execute("truncate raw.quarantine cascade")
        with pytest.raises(WarehouseError, match=r"cannot write to pg_catalog\.pg_authid"):
            put_decisions_back(conn, [Entry("pg_catalog.pg_authid", {})])
        conn.rollback()


def test_a_source_without_its_file_stops_a_rebuild_before_and_a_replay_after_the_others(
    lived: Settings,
) -> None:
    """`aaa` comes first in the archive, and nothing says any more what it was."""
    archive = Archive(lived.archive)
    fetched = next(archive.fetches("files"))
    archive.write_result(
        replace(archive.read_result("files", fetched.run_id), source_id="aaa", items=(), run_id="gone")
    )
    made = back_up(lived)
    before = hashes(lived)
    with pytest.raises(BackupError, match=r"sources that are not there: there is no source 'aaa'"):
        rebuild(made, lived, replace=True)
    assert hashes(lived) == before
    replayed = []
    runs = (run for _, run, _ in ingest.replay(None, dsn=lived.dsn("loader")))
    with pytest.raises(SourceError, match="not replayed: there is no source 'aaa'"):
        replayed.extend(runs)
    assert sorted(replayed) == ["manual__2", "scheduled__1"]
