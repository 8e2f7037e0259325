"""Zip files within limits: number of members, unpacked size, ratio, no archive in an archive, no password.

What a member's header says about its size is not believed: it is counted while it is unpacked.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from svod.errors import UnreadableReport

MAX_MEMBERS = 500
MAX_MEMBER = 30_000_000  # bytes unpacked
MAX_TOTAL = 100_000_000
MAX_RATIO = 200  # unpacked to packed; honest text stays under 30
_CHUNK = 65_536
_SMALL = 1_000_000  # below this a high ratio is no danger (an empty sheet packs very well)


def _open(body: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableReport("damaged", f"not readable as zip: {error}") from error
    if len(archive.infolist()) > MAX_MEMBERS:
        raise UnreadableReport("zip_limits", f"more than {MAX_MEMBERS} files in the archive")
    return archive


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; Windows archivers write Russian names in cp866 without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("cp866")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, allowance: int) -> bytes:
    if info.flag_bits & 0x1:
        raise UnreadableReport("encrypted", f"{_name(info)} asks for a password")
    limit = min(MAX_MEMBER, allowance)
    size, chunks = 0, []
    try:
        with archive.open(info) as member:
            while chunk := member.read(_CHUNK):
                size += len(chunk)
                if size > limit or size > max(_SMALL, MAX_RATIO * max(1, info.compress_size)):
                    raise UnreadableReport("zip_limits", f"{_name(info)} unpacks to more than is allowed")
                chunks.append(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise UnreadableReport("damaged", f"{_name(info)}: {error}") from error
    return b"".join(chunks)


def members(body: bytes) -> Iterator[tuple[str, bytes | UnreadableReport]]:
    """Every file of the archive by name, unpacked, or why it cannot be; its neighbours still come.

    Raises UnreadableReport (zip_limits, damaged) where the archive as a whole is refused.
    """
    allowance = MAX_TOTAL
    with _open(body) as archive:
        for info in archive.infolist():
            name = _name(info)
            if info.is_dir() or name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1].startswith("."):
                continue
            if allowance <= 0:
                yield (
                    name,
                    UnreadableReport("zip_limits", f"the archive unpacks to more than {MAX_TOTAL} bytes"),
                )
                continue  # each is named: what is in an archive is not gone
            try:
                data = _unpack(archive, info, allowance)
            except UnreadableReport as error:
                allowance -= min(allowance, MAX_MEMBER) if error.code == "zip_limits" else 0
                yield name, error
                continue
            allowance -= len(data)
            if zipfile.is_zipfile(io.BytesIO(data)) and not name.lower().endswith((".docx", ".xlsx")):
                yield name, UnreadableReport("zip_limits", f"{name} is an archive in an archive")
            else:
                yield name, data


def check_zip(body: bytes) -> None:
    """Refuse an office file whose parts unpack to more than is allowed. Raises UnreadableReport."""
    allowance = MAX_TOTAL
    with _open(body) as archive:
        for info in archive.infolist():
            allowance -= len(_unpack(archive, info, max(1, allowance)))
