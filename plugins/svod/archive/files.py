"""Whole files in a local folder or an object store: written at once or not at all.

On a local disk a file is written beside its place, flushed to the disk and renamed; an object store's put
is atomic by itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import fsspec

from svod.errors import ArchiveError

TEMPORARY = ".tmp-"


class FileStore:
    """Files by name (with `/`) under one uri: a local path, `file://…` or `s3://bucket/prefix`."""

    def __init__(self, uri: str) -> None:
        self._fs, root = fsspec.core.url_to_fs(uri)
        self._root = str(root).rstrip("/")
        self._local = urlsplit(uri).scheme in {"", "file", "local"}
        self.uri = Path(self._root).absolute().as_uri() if self._local else uri.rstrip("/")

    def path(self, name: str) -> str:
        return f"{self._root}/{name}"

    def location(self, name: str) -> str:
        """The full uri of a file, as recorded beside what was stored."""
        return f"{self.uri}/{name}"

    def exists(self, name: str) -> bool:
        return bool(self._fs.exists(self.path(name)))

    def read(self, name: str) -> bytes:
        """The file's bytes. Raises FileNotFoundError."""
        data: bytes = self._fs.cat_file(self.path(name))
        return data

    def write(self, name: str, data: bytes) -> None:
        """Put the file in its place, whole; one that stands there is replaced. Raises ArchiveError."""
        try:
            self._write(name, data)
        except OSError as error:  # a full disk, a quota, a missing right
            raise ArchiveError(f"cannot write {self.location(name)}: {error.strerror or error}") from error

    def _write(self, name: str, data: bytes) -> None:
        if not self._local:
            self._fs.pipe_file(self.path(name), data)
            return
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f"{TEMPORARY}{uuid4().hex}")
        try:
            with temporary.open("wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        """Take the file away; one that is not there is no error."""
        if self.exists(name):
            self._fs.rm_file(self.path(name))

    def remove_older(self, folder: str, before: datetime) -> int:
        """Take away the files under a folder that were last written before then, also halves of files."""
        if not self._fs.exists(self.path(folder)):
            return 0
        old = [path for path in self._fs.find(self.path(folder)) if self._fs.modified(path) < before]
        for path in old:
            self._fs.rm_file(path)
        return len(old)

    def names(self, folder: str) -> Iterator[str]:
        """The names of all whole files under a folder, sorted."""
        for name, _ in self.sizes(folder):
            yield name

    def sizes(self, folder: str) -> Iterator[tuple[str, int]]:
        """Name and size in bytes of all whole files under a folder, sorted by name."""
        if not self._fs.exists(self.path(folder)):
            return
        for found, about in sorted(self._fs.find(self.path(folder), detail=True).items()):
            name = str(found)[len(self._root) :].lstrip("/")
            if not name.rsplit("/", 1)[-1].startswith(TEMPORARY):
                yield name, int(about["size"])
