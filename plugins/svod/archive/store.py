"""The archive: bodies by hash, manifests of fetches, the journal of unfinished ones, lines between steps."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any
from urllib.parse import quote, unquote

from svod.errors import ArchiveError, BodyLost
from svod.models import FetchResult

from .codec import dump_json, dump_result, load_result
from .files import FileStore

SHA256 = re.compile(r"[0-9a-f]{64}")
LASTING = ("objects", "manifests", "forgotten")  # folders of what is kept


@dataclass(frozen=True, slots=True)
class ArchivedFetch:
    """The name of one fetch whose manifest is in the archive. `earlier` numbers those set aside, from 1."""

    source_id: str
    run_id: str
    earlier: int = 0


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """A file of the archive by its name in it."""

    name: str
    size: int  # bytes


def _safe(part: str) -> str:
    """A run's id or another outside name as one path component, reversibly."""
    return quote(part, safe="+:=@,").replace(".", "%2E")


def _object(sha256: str) -> str:
    if not SHA256.fullmatch(sha256):
        raise ArchiveError(f"not the name of an archived body: {sha256!r}")
    return f"objects/{sha256[:2]}/{sha256[2:4]}/{sha256}.gz"


def _manifest(source_id: str, run_id: str, earlier: int = 0) -> str:
    return f"manifests/{_safe(source_id)}/{_safe(run_id)}{f'.{earlier}' if earlier else ''}.json"


def _reports(result: FetchResult) -> set[tuple[str, str]]:
    """What a replay would bring in from a manifest."""
    found = {(item.natural_key, item.body_sha256) for item in result.items}
    return (
        found
        | {(key, "withdrawn") for key in result.withdrawn}
        | {(r.key, r.code) for r in result.rejections}
    )


def _pack(data: bytes) -> bytes:
    return gzip.compress(data, compresslevel=6, mtime=0)  # no time in the header: same bytes, same file


class Archive:
    """An archive at a uri (local path, file://, s3://bucket/prefix). Opening it touches nothing."""

    def __init__(self, uri: str) -> None:
        self._files = FileStore(uri)

    @property
    def uri(self) -> str:
        return self._files.uri

    # --- bodies ---

    def put(self, body: bytes) -> str:
        """Keep a body; its sha256. The same body is stored once; a damaged copy is written anew."""
        sha256 = hashlib.sha256(body).hexdigest()
        name = _object(sha256)
        if not self._holds(name, body):
            self._files.write(name, _pack(body))
        return sha256

    def _holds(self, name: str, body: bytes) -> bool:
        if not self._files.exists(name):
            return False
        try:
            return gzip.decompress(self._files.read(name)) == body
        except (OSError, EOFError, zlib.error):
            return False

    def get(self, sha256: str) -> bytes:
        """The body of that hash. Raises ArchiveError if it is missing or does not hash to its name."""
        name = _object(sha256)
        try:
            body = gzip.decompress(self._files.read(name))
        except FileNotFoundError as error:
            raise BodyLost(f"no body {sha256} in {self.uri}") from error
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise BodyLost(f"body {sha256} in {self.uri} is damaged: {error}") from error
        except OSError as error:
            raise ArchiveError(f"body {sha256} in {self.uri} cannot be read: {error}") from error
        if hashlib.sha256(body).hexdigest() != sha256:
            raise BodyLost(f"body {sha256} in {self.uri} does not hash to its name")
        return body

    def has(self, sha256: str) -> bool:
        return self._files.exists(_object(sha256))

    def location(self, sha256: str) -> str:
        """The uri under which the (compressed) body stands; recorded with its snapshot."""
        return self._files.location(_object(sha256))

    # --- manifests ---

    def write_result(self, result: FetchResult) -> str:
        """Keep what a fetch saw, under its source and run; the uri of the manifest.

        A retry replaces it. When the same run is made again later and sees less (what it brought before is
        known by then), the former manifest is set aside: a replay needs both.
        """
        name = _manifest(result.source_id, result.run_id)
        self._set_aside(result)
        self._files.write(name, dump_result(result))
        return self._files.location(name)

    def _set_aside(self, result: FetchResult) -> None:
        name = _manifest(result.source_id, result.run_id)
        if not self._files.exists(name):
            return
        data = self._files.read(name)
        try:
            former = load_result(data)
        except (ValueError, KeyError, TypeError):
            return
        if not _reports(former) <= _reports(result):
            names = (_manifest(result.source_id, result.run_id, number) for number in count(1))
            self._files.write(next(n for n in names if not self._files.exists(n)), data)

    def read_result(self, source_id: str, run_id: str, earlier: int = 0) -> FetchResult:
        """The manifest of a fetch. Raises ArchiveError if there is none or it is damaged."""
        try:
            return load_result(self._files.read(_manifest(source_id, run_id, earlier)))
        except FileNotFoundError as error:
            raise ArchiveError(f"no manifest of {source_id}, run {run_id}, in {self.uri}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise ArchiveError(f"the manifest of {source_id}, run {run_id}, is damaged: {error}") from error

    def fetches(self, source_id: str | None = None) -> Iterator[ArchivedFetch]:
        """All fetches with a manifest, by source and run id: what a replay walks over."""
        folder = "manifests" if source_id is None else f"manifests/{_safe(source_id)}"
        for name in self._files.names(folder):
            _, source, run = name.removesuffix(".json").split("/")
            run, _, earlier = run.partition(".")
            yield ArchivedFetch(unquote(source), unquote(run), int(earlier or 0))

    # --- journal of an unfinished fetch ---

    def write_part(self, source_id: str, run_id: str, part: str, result: FetchResult) -> None:
        """Keep what one step of an unfinished fetch saw, so that its retry need not ask again."""
        self._files.write(f"{self._journal(source_id, run_id)}/{_safe(part)}.json", dump_result(result))

    def read_parts(self, source_id: str, run_id: str) -> dict[str, FetchResult]:
        """The steps that an interrupted fetch had finished, by name; a damaged one counts as not done."""
        parts: dict[str, FetchResult] = {}
        for name in self._files.names(self._journal(source_id, run_id)):
            try:
                part = load_result(self._files.read(name))
            except (ValueError, KeyError, TypeError):
                continue
            parts[unquote(name.rsplit("/", 1)[-1].removesuffix(".json"))] = part
        return parts

    def drop_parts(self, source_id: str, run_id: str) -> None:
        for name in list(self._files.names(self._journal(source_id, run_id))):
            self._files.remove(name)

    @staticmethod
    def _journal(source_id: str, run_id: str) -> str:
        return f"journal/{_safe(source_id)}/{_safe(run_id)}"

    # --- lines between steps ---

    def write_lines(self, name: str, rows: Iterable[Any]) -> str:
        """Keep JSON-able rows under a name the caller chooses; its uri. Same rows, same bytes."""
        path = self._lines(name)
        self._files.write(path, _pack(b"".join(dump_json(row) + b"\n" for row in rows)))
        return self._files.location(path)

    def read_lines(self, name: str) -> Iterator[Any]:
        """The rows under a name, in order. Raises ArchiveError if there are none or the file is damaged."""
        try:
            data = gzip.decompress(self._files.read(self._lines(name)))
        except FileNotFoundError as error:
            raise ArchiveError(f"no lines {name!r} in {self.uri}") from error
        except (OSError, EOFError, zlib.error) as error:
            raise ArchiveError(f"lines {name!r} in {self.uri} are damaged: {error}") from error
        for line in data.splitlines():
            yield json.loads(line)

    # --- the whole, for backups ---

    def lasting_files(self) -> Iterator[ArchivedFile]:
        """Every body and manifest, and the lists of forgotten bodies: all that a replay needs."""
        for folder in LASTING:
            yield from (ArchivedFile(name, size) for name, size in self._files.sizes(folder))

    def read_file(self, file: str) -> bytes:
        """A lasting file as it lies there. Raises ArchiveError."""
        try:
            return self._files.read(file)
        except FileNotFoundError as error:
            raise ArchiveError(f"no file {file} in {self.uri}") from error

    def add_file(self, file: str, data: bytes) -> bool:
        """Put back a lasting file that is missing; False if one of this name is there, which stays."""
        if not file.startswith(tuple(f"{folder}/" for folder in LASTING)) or ".." in file.split("/"):
            raise ArchiveError(f"not the name of an archived file: {file!r}")
        if self._files.exists(file):
            return False
        self._files.write(file, data)
        return True

    # --- what may go with age ---

    def forget_transient(self, before: datetime) -> int:
        """Delete old lines between steps and journals of fetches that were never finished; how many files.

        Both can be made again from bodies and manifests.
        """
        return self._files.remove_older("lines", before) + self._files.remove_older("journal", before)

    def forget_bodies(self, bodies: Iterable[str], at: datetime) -> int:
        """Delete these bodies, by sha256; how many were there. That they went on purpose is kept for ever."""
        gone = [sha256 for sha256 in bodies if self.has(sha256)]
        if gone:
            self._files.write(f"forgotten/{at:%Y%m%dT%H%M%S.%fZ}.txt", "\n".join(gone).encode())
        for sha256 in gone:
            self._files.remove(_object(sha256))
        return len(gone)

    def forgotten(self) -> set[str]:
        """sha256 of every body that was ever deleted on purpose; one of them may have come again since."""
        return {
            sha256
            for name in self._files.names("forgotten")
            for sha256 in self._files.read(name).decode().splitlines()
        }

    def file_of(self, sha256: str) -> str:
        """The lasting file that holds a body."""
        return _object(sha256)

    @staticmethod
    def _lines(name: str) -> str:
        parts = [_safe(part) for part in name.split("/") if part]
        return f"lines/{'/'.join(parts)}.jsonl.gz"
