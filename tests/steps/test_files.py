"""Log files: put away under their writers' hands, deleted with age."""

from __future__ import annotations

import gzip
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from svod.steps.files import delete_older, rotate

NOW = datetime.now(UTC)


def age(path: Path, days: int) -> None:
    then = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))


def test_a_long_log_is_put_away_while_its_writer_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "scheduler.log"
    with log.open("ab", buffering=0) as writer:
        for number in range(5):
            writer.write(f"part {number}\n".encode() * 100)
            assert rotate([log], larger_than=500, keep=3) == 1
            assert rotate([log], larger_than=500, keep=3) == 0
        writer.write(b"the end\n")
    assert log.read_bytes() == b"the end\n"
    parts = sorted(tmp_path.glob("*.gz"))
    assert [p.name for p in parts] == [f"scheduler.log.{n}.gz" for n in (1, 2, 3)]
    assert [gzip.decompress(p.read_bytes())[:7] for p in parts] == [b"part 4\n", b"part 3\n", b"part 2\n"]


def test_a_short_log_is_left_alone(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    log.write_text("short")
    assert rotate([log], larger_than=500) == 0
    assert [p.name for p in tmp_path.iterdir()] == ["a.log"]


def test_old_files_go_with_their_folders(tmp_path: Path) -> None:
    old, young, mixed = tmp_path / "old" / "run" / "1.log", tmp_path / "young" / "1.log", tmp_path / "mixed"
    for path in (old, young, mixed / "old.log", mixed / "young.log"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / "link").symlink_to(young)
    for path in (old, old.parent, old.parent.parent, mixed / "old.log", mixed):
        age(path, 40)
    assert delete_older(tmp_path, NOW - timedelta(days=30)) == 2
    assert not old.exists()
    assert sorted(p.name for p in tmp_path.rglob("*.log")) == ["1.log", "young.log"]
    assert (tmp_path / "link").is_symlink()
