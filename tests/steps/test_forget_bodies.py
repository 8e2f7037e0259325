"""Archived bodies go when the settings say so, and only those that nothing was read from, unless asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.steps.test_rebuild import back_up, hashes, ingested, lived, rows  # noqa: F401 - a fixture

from svod.archive import Archive
from svod.config import Settings
from svod.errors import ArchiveError
from svod.steps import ingest, maintenance
from svod.steps.backup import missing_files
from svod.steps.restore import rebuild

pytestmark = pytest.mark.usefixtures("first_version")

READ_FROM = "select distinct body_sha256 from raw.document_version"
SEEN = "select distinct sha256_raw from raw.snapshot"


@pytest.fixture
def aged(lived: Settings, tmp_path: Path) -> Settings:  # noqa: F811
    """One report's bytes have changed and its text has not; all of it was fetched a hundred days ago."""
    text = (tmp_path / "files" / "one.txt").read_text()
    ingested(lived, "same-text", tmp_path / "files", {"one": f"{text}\n\n"})
    rows(lived, "update raw.snapshot set fetched_at = %s", datetime.now(UTC) - timedelta(days=100))
    return lived


def retain(settings: Settings) -> int:
    done = maintenance.retain(owner=settings.dsn("owner"), transformer=settings.dsn("transformer"))
    return done["bodies"]


def column(settings: Settings, query: str) -> set[str]:
    return {str(row[0]) for row in rows(settings, query)}


def test_nothing_goes_unless_it_is_asked_for(aged: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert retain(aged) == 0
    monkeypatch.setenv("SVOD_KEEP_BODY_DAYS", "120")
    assert retain(aged) == 0
    archive = Archive(aged.archive)
    assert all(archive.has(sha256) for sha256 in column(aged, SEEN))


def test_what_a_report_was_read_from_stays(aged: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, backup = Archive(aged.archive), back_up(aged)
    idle = column(aged, SEEN) - column(aged, READ_FROM)
    assert len(idle) == 1
    monkeypatch.setenv("SVOD_KEEP_BODY_DAYS", "60")
    assert retain(aged) == 1
    assert retain(aged) == 0
    assert archive.forgotten() == idle
    assert not any(archive.has(sha256) for sha256 in idle)
    assert all(archive.get(sha256) for sha256 in column(aged, READ_FROM))
    assert missing_files(backup, archive) == []  # an older backup can still be restored
    before = hashes(aged)
    rebuild(back_up(aged), aged, replace=True)
    after = hashes(aged)
    for table in ("raw.document", "raw.document_version", "raw.metric_mention", "ops.review"):
        assert after[table] == before[table]


def test_originals_go_only_when_asked(aged: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVOD_KEEP_BODY_DAYS", "60")
    monkeypatch.setenv("SVOD_FORGET_ORIGINALS", "true")
    bodies = column(aged, SEEN)
    assert retain(aged) == len(bodies)
    with pytest.raises(ArchiveError, match="no body"):
        Archive(aged.archive).get(bodies.pop())
    assert sum(counts["readings"] for _, _, counts in ingest.replay(None, dsn=aged.dsn("loader"))) == 0
