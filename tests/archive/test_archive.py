"""The archive keeps what it was given, whole or not at all, under names that never change."""

from __future__ import annotations

import gzip
import hashlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from svod.archive import Archive, ArchivedFetch
from svod.errors import ArchiveError
from svod.models import FetchEvent, FetchResult, Item, Outcome, Rejection, Snapshot

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=7)))


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(str(tmp_path / "archive"))


def stored(archive: Archive, sha256: str) -> Path:
    return Path(archive.location(sha256).removeprefix("file://"))


def result(source: str = "region", run: str = "scheduled__2026-03-01T06:00:00+00:00") -> FetchResult:
    """One of everything, with what JSON finds hard."""
    url = "https://регион.рф/новости/?a=1&b=«да»"
    return FetchResult(
        source_id=source,
        run_id=run,
        events=(
            FetchEvent(
                source_id=source,
                url=url,
                started_at=NOON,
                ended_at=NOON,
                outcome=Outcome.BLOCKED,
                http_status=200,
                items=2,
                bytes=10,
                etag='W/"x"',
                reason="challenge: captcha",
            ),
        ),
        snapshots=(
            Snapshot(
                source_id=source,
                url=url,
                sha256="a" * 64,
                fetched_at=NOON,
                storage_uri="file:///x",
                media_type="text/html",
                charset=None,
                size=3,
            ),
        ),
        items=(
            Item(
                source_id=source,
                natural_key="n\ud83d\n1",
                url=url,
                body_sha256="b" * 64,
                media_type="text/html",
                published=NOON,
                published_precision="instant",
                published_basis="feed",
            ),
        ),
        rejections=(
            Rejection(source_id=source, stage="fetch", code="gone", reason="410", key="k", payload={"n": 1}),
        ),
        seen=("a", "b"),
        withdrawn=("c",),
        cursor='{"pending":[]}',
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=3_000))
def test_a_body_comes_back_under_its_hash(archive: Archive, body: bytes) -> None:
    sha256 = archive.put(body)
    assert sha256 == hashlib.sha256(body).hexdigest()
    assert archive.get(sha256) == body
    assert archive.has(sha256)


def test_the_same_body_is_the_same_file(archive: Archive) -> None:
    first = archive.put(b"body")
    path = stored(archive, first)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    assert archive.put(b"body") == first
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before  # written once
    other = Archive(archive.uri + "-2")
    assert stored(other, other.put(b"body")).read_bytes() == before[0]  # and nothing of the time in it


@pytest.mark.parametrize("damage", [b"", b"junk", gzip.compress(b"another body", mtime=0)])
def test_a_damaged_body_is_not_given_out_and_is_mended_by_the_next_put(
    archive: Archive, damage: bytes
) -> None:
    sha256 = archive.put(b"body")
    stored(archive, sha256).write_bytes(damage)
    with pytest.raises(ArchiveError):
        archive.get(sha256)
    archive.put(b"body")
    assert archive.get(sha256) == b"body"


def test_what_is_not_there_is_said_so(archive: Archive) -> None:
    for name in ("0" * 64, "../../etc/passwd", "", "A" * 64):
        with pytest.raises(ArchiveError):
            archive.get(name)
    with pytest.raises(ArchiveError):
        archive.read_result("region", "never")
    with pytest.raises(ArchiveError):
        list(archive.read_lines("never"))


def test_a_manifest_comes_back_as_it_was(archive: Archive) -> None:
    given_result = result()
    archive.write_result(given_result)
    assert archive.read_result(given_result.source_id, given_result.run_id) == given_result


def test_fetches_are_listed_for_a_replay(archive: Archive) -> None:
    names = [("a", "manual__2026-03-01T06:00:00+00:00"), ("a", "run/../2"), ("b", ".hidden")]
    for source, run in names:
        archive.write_result(result(source, run))
    assert sorted(archive.fetches(), key=lambda f: (f.source_id, f.run_id)) == sorted(
        (ArchivedFetch(s, r) for s, r in names), key=lambda f: (f.source_id, f.run_id)
    )
    assert {f.run_id for f in archive.fetches("a")} == {names[0][1], names[1][1]}
    for fetch in archive.fetches():
        assert archive.read_result(fetch.source_id, fetch.run_id).run_id == fetch.run_id
    root = Path(archive.uri.removeprefix("file://"))
    assert all(root in p.parents for p in root.rglob("*.json"))  # a run's name cannot lead out of the archive


def test_a_run_made_again_later_does_not_forget_what_it_brought_before(archive: Archive) -> None:
    """By then its reports are known: the second manifest holds none of them, and a replay needs them."""
    first = result()
    again = replace(first, items=(), withdrawn=("gone",))
    third = replace(again, withdrawn=())
    for made in (first, first, again, third, third):
        archive.write_result(made)
    fetches = list(archive.fetches())
    assert sorted(f.earlier for f in fetches) == [0, 1, 2]
    kept = {f.earlier: archive.read_result(f.source_id, f.run_id, f.earlier) for f in fetches}
    assert kept == {0: third, 1: first, 2: again}


def test_lines_come_back_in_order_with_the_same_bytes(archive: Archive) -> None:
    rows = [{"n": i, "text": "строка\nвторая", "at": NOON.astimezone(UTC)} for i in range(100)]
    uri = archive.write_lines("region/run 1/0", rows)
    first = Path(uri.removeprefix("file://")).read_bytes()
    assert [r["n"] for r in archive.read_lines("region/run 1/0")] == list(range(100))
    archive.write_lines("region/run 1/0", rows)
    assert Path(uri.removeprefix("file://")).read_bytes() == first


def test_the_journal_is_there_until_it_is_dropped(archive: Archive) -> None:
    archive.write_part("region", "run", "0001", result())
    archive.write_part("region", "run", "0002", result())
    damaged = Path(archive.uri.removeprefix("file://")) / "journal/region/run/0002.json"
    damaged.write_bytes(b'{"half')
    assert set(archive.read_parts("region", "run")) == {"0001"}  # a half-written part is work not done
    archive.drop_parts("region", "run")
    assert not archive.read_parts("region", "run")


WRITER = """
import sys
sys.path.insert(0, sys.argv[1])
from svod.archive import Archive
archive = Archive(sys.argv[2])
print("ready", flush=True)
for n in range(100_000):
    archive.put(b"%d " % n * 20_000)
"""


def test_a_killed_writer_leaves_nothing_half_written(tmp_path: Path) -> None:
    plugins = str(Path(__file__).resolve().parents[2] / "plugins")
    for moment in (0.05, 0.15, 0.3):
        folder = tmp_path / f"archive{moment}"
        child = subprocess.Popen(
            [sys.executable, "-c", WRITER, plugins, str(folder)], stdout=subprocess.PIPE, env=os.environ
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(moment)
        child.send_signal(signal.SIGKILL)
        child.wait()
        archive = Archive(str(folder))
        found = list(folder.rglob("*.gz"))
        for path in found:
            archive.get(path.name.removesuffix(".gz"))
        assert archive.get(archive.put(b"after")) == b"after"


def test_an_archive_that_is_only_opened_makes_no_folder(tmp_path: Path) -> None:
    Archive(str(tmp_path / "never"))
    assert not (tmp_path / "never").exists()
    assert list(Archive(str(tmp_path / "never")).fetches()) == []


def test_an_object_store_works_like_a_folder() -> None:
    """fsspec's memory store stands for a bucket: same code path, puts without rename."""
    archive = Archive("memory://bucket/archive")
    sha256 = archive.put("тело".encode())
    assert archive.get(sha256).decode() == "тело"
    archive.write_result(result())
    assert [f.source_id for f in archive.fetches()] == ["region"]
    assert archive.read_result("region", result().run_id) == result()
    assert archive.location(sha256).startswith("memory://bucket/archive/objects/")


WITHOUT_ROOM = """
import resource, sys
from svod.archive import Archive
from svod.errors import ArchiveError
archive = Archive(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
rows = [list(range(900))]
for write in (lambda: archive.put(bytes(range(256)) * 9), lambda: archive.write_lines("a/b", rows)):
    try:
        write()
    except ArchiveError as error:
        print(error)
"""


def test_a_full_disk_is_said_plainly_and_leaves_nothing_half_written(
    archive: Archive, tmp_path: Path
) -> None:
    kept = archive.put(b"before")
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_ROOM, str(tmp_path / "archive")],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "plugins")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert [line.split(" ", 2)[:2] for line in done.stdout.splitlines()] == [["cannot", "write"]] * 2
    files = [path for path in (tmp_path / "archive").rglob("*") if path.is_file()]
    assert files == [stored(archive, kept)]
    body = bytes(range(256)) * 9
    assert archive.get(archive.put(body)) == body
