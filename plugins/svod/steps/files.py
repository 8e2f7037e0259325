"""Files that grow: rotated while their writers go on, deleted when they are old. Knows no file by name."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

ROTATE_FROM = 10_000_000  # bytes
KEPT = 3  # older parts of one log, compressed: <name>.1.gz is the newest


def rotate(logs: Iterable[Path], *, larger_than: int = ROTATE_FROM, keep: int = KEPT) -> int:
    """Put long logs away and empty them in place; returns how many.

    Their writers hold them open for appending and need not be told. What is written in the moment between
    copying and emptying is lost, as with any log that is copied and truncated.
    """
    rotated = 0
    for log in logs:
        if log.stat().st_size <= larger_than:
            continue
        part = [log.with_name(f"{log.name}.{number}.gz") for number in range(1, keep + 1)]
        for older, newer in zip(reversed(part), reversed(part[:-1]), strict=False):
            if newer.exists():
                newer.replace(older)
        fresh = part[0].with_name(f"{part[0].name}.new")
        with log.open("rb") as source, gzip.open(fresh, "wb") as target:
            shutil.copyfileobj(source, target)
        fresh.replace(part[0])
        os.truncate(log, 0)
        rotated += 1
    return rotated


def delete_older(folder: Path, before: datetime) -> int:
    """Delete files last written before then, and folders left empty; returns how many files."""
    deleted = 0
    for parent, folders, names in os.walk(folder, topdown=False):
        for path in (Path(parent, name) for name in names):
            if not path.is_symlink() and path.stat().st_mtime < before.timestamp():
                path.unlink(missing_ok=True)
                deleted += 1
        for path in (Path(parent, name) for name in folders):
            if (
                not path.is_symlink()
                and path.stat().st_mtime < before.timestamp()
                and not any(path.iterdir())
            ):
                path.rmdir()
    return deleted
