"""Reports put into a folder or an object store by hand: txt, html, docx, pdf, xlsx, csv, and zips of them.

No HTTP here. A file is known by its path below the folder; one that is no longer there is withdrawn, unless
it looks as if the folder were not: a share that is not mounted and a copy under way withdraw nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import PurePosixPath
from typing import Any

import fsspec

from svod.errors import UnreadableReport
from svod.extract.files.archives import members
from svod.extract.files.text import MAX_BYTES, media_type_of
from svod.fetch.visit import Visit
from svod.fetch.withdrawals import withdraw
from svod.models import Item, Outcome
from svod.sources.folders import is_left_behind

UNKNOWN = "application/octet-stream"


def collect_files(visit: Visit) -> None:
    """Take up every readable file of the source's folders; those that cannot be read are rejected by name."""
    here: set[str] = set()
    complete = True
    for url in visit.source.urls:
        try:
            found = _collect_folder(visit, url)
        except (OSError, ValueError, ImportError) as error:
            visit.note(url, Outcome.ERROR, reason=f"no_folder: {type(error).__name__}: {error}"[:200])
            complete = False
            continue
        here |= found
        complete = complete and (bool(found) or visit.source.may_be_empty)
        empty = Outcome.EMPTY_DECLARED if visit.source.may_be_empty else Outcome.EMPTY_UNEXPECTED
        visit.note(
            url,
            Outcome.OK if found else empty,
            items=len(found),
            reason="" if found or visit.source.may_be_empty else "empty: no files in the folder",
        )
    if complete:
        _withdraw(visit, here)


def _withdraw(visit: Visit, here: set[str]) -> None:
    """Take what is no longer here for gone; more than half at once only if it moved, or all may be empty."""
    known, moved = visit.state.known(), {item.body_sha256 for item in visit.items.values()}
    gone = [key for key in known if key not in here]
    lost = [key for key in gone if known[key].body_sha256 not in moved]
    if here:
        withdraw(visit, lost, len(known), "folder")
        gone = [key for key in gone if key not in lost]
    visit.withdrawn.update(dict.fromkeys(gone))


def _collect_folder(visit: Visit, url: str) -> set[str]:
    fs, root = fsspec.core.url_to_fs(url)
    root = str(root).rstrip("/")
    if not fs.isdir(root):
        raise FileNotFoundError(root)
    here: set[str] = set()
    for path in sorted(fs.find(root)):
        name = str(path)[len(root) :].lstrip("/")
        if _wanted(name, visit.source.files.pattern):
            here |= _take_file(visit, fs, str(path), name, f"{url.rstrip('/')}/{name}")
    return here


def _wanted(name: str, pattern: str) -> bool:
    parts = PurePosixPath(name)
    if is_left_behind(parts):
        return False
    return pattern in {"*", "**", "**/*"} or fnmatch(name, pattern) or fnmatch(parts.name, pattern)


def _take_file(visit: Visit, fs: Any, path: str, name: str, url: str) -> set[str]:
    """The natural keys of the reports in one file."""
    try:
        size = int(fs.size(path) or 0)
        if size > MAX_BYTES:
            visit.reject("too_large", f"{size} bytes", name, url=url)
            return _unread(visit, name)
        body: bytes = fs.cat_file(path)
    except OSError as error:
        visit.reject("unreadable", f"{type(error).__name__}: {error}"[:200], name, url=url)
        return _unread(visit, name)
    here = set()
    for key, data in _reports(name, body):
        here.add(key)
        if isinstance(data, UnreadableReport):
            here |= _unread(visit, key)
            visit.reject(data.code, data.reason, key, url=url)
        elif media_type_of(key) == UNKNOWN:
            visit.reject(
                "unsupported_type", f"no reader for {PurePosixPath(key).suffix or 'this file'}", key, url=url
            )
        elif not data.strip():
            visit.reject("empty_file", "the file is empty", key, url=url)
        else:
            _keep(visit, key, url, data)
    return here


def _unread(visit: Visit, name: str) -> set[str]:
    """What a file that cannot be read stands for: itself, and the reports known from it if it is a zip."""
    return {name, *(key for key in visit.state.known() if key.startswith(f"{name}!/"))}


def _reports(name: str, body: bytes) -> Iterator[tuple[str, bytes | UnreadableReport]]:
    if not name.lower().endswith(".zip"):
        yield name, body
        return
    try:
        for member, data in members(body):
            yield f"{name}!/{member}", data
    except UnreadableReport as error:
        yield name, error


def _keep(visit: Visit, key: str, url: str, body: bytes) -> None:
    known = visit.state.known().get(key)
    if known is not None and known.body_sha256 == hashlib.sha256(body).hexdigest():
        visit.seen[key] = None
        return
    media_type = media_type_of(key)
    member = key.partition("!/")[2]
    address = f"{url}#{member}" if member else url
    visit.items[key] = Item(
        source_id=visit.source.id,
        natural_key=key,
        url=address,
        body_sha256=visit.keep(address, body, media_type),
        media_type=media_type,
    )
