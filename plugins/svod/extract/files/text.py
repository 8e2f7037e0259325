"""A fetched body to the clean text of a report, whatever file it is.

For text/plain the text is the decoded file, unchanged but for its newlines, so that offsets lead back into
the file. For HTML it is the main text. Binary formats are read in a process that can be killed. It must not
know what a fact is, nor where the bytes came from.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath

from svod.errors import UnreadableReport
from svod.extract.files.anchored import Anchor, CleanText
from svod.extract.files.charset import declared_charset, decode
from svod.extract.files.page_furniture import is_furniture_line

__all__ = ["Anchor", "CleanText", "clean_text", "media_type_of", "substance_sha256"]

MAX_BYTES = 30_000_000
MAX_HTML = 12_000_000
_PLAIN = "text/plain"
_HTML = "text/html"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = {
    ".txt": _PLAIN,
    ".md": _PLAIN,
    ".html": _HTML,
    ".htm": _HTML,
    ".xhtml": _HTML,
    ".docx": _DOCX,
    ".xlsx": _XLSX,
    ".pdf": "application/pdf",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".zip": "application/zip",
}
_CONVERTED = {
    _DOCX: "docx",
    _XLSX: "xlsx",
    "application/pdf": "pdf",
    "application/zip": "zip",
    "application/x-zip-compressed": "zip",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def media_type_of(name: str) -> str:
    """The media type by a file's name; `application/octet-stream` when the ending is none that is read."""
    return _TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")


def clean_text(body: bytes, media_type: str, charset: str | None, selector: str | None = None) -> CleanText:
    """The clean text of a body. Raises UnreadableReport with a stable code.

    Codes: empty_file, too_large, not_text, unsupported_type, encrypted, damaged, no_text_layer, timeout,
    zip_limits, many_members. `selector` (CSS) names the report's own element of an HTML page.
    """
    if not body.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise UnreadableReport("empty_file", "the file is empty")
    if len(body) > MAX_BYTES:
        raise UnreadableReport("too_large", f"{len(body)} bytes, more than {MAX_BYTES}")
    kind = _sniff(body, media_type.partition(";")[0].strip().lower())
    if kind in _CONVERTED:
        from svod.extract.files.sandbox import (
            convert,  # starts a process: only those who need it pay for the import
        )

        return _checked(convert(body, _CONVERTED[kind]))
    text, _ = decode(body, charset or declared_charset(body))
    if kind in {"text/csv", "text/tab-separated-values"}:
        from svod.extract.files.spreadsheets import csv_text

        return _checked(csv_text(_printable(text)))
    if kind in {_HTML, "application/xhtml+xml"}:
        return _checked(_html(text, selector))
    if kind == _PLAIN:
        return _checked(CleanText(text=_plain(text)))
    raise UnreadableReport("unsupported_type", f"no reader for {kind}")


def substance_sha256(text: str) -> str:
    """The identity of a version: a hash of the text without counters, other page furniture and spacing.

    Two texts with the same hash say the same; a view counter or a re-flowed line is no new version.
    """
    lines = (" ".join(line.split()) for line in text.splitlines())
    kept = "\n".join(line for line in lines if line and not is_furniture_line(line))
    return hashlib.sha256(kept.encode("utf-8", "surrogatepass")).hexdigest()


def _sniff(body: bytes, declared: str) -> str:
    """The type by the first bytes, where they are certain; else what was declared."""
    if body.startswith(b"%PDF-"):
        return "application/pdf"
    if body.startswith(b"PK\x03\x04"):
        return declared if declared in {_DOCX, _XLSX} else _zip_type(body)
    if declared in {"application/octet-stream", "", "binary/octet-stream", _PLAIN}:
        head = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        if head.startswith((b"<!doctype html", b"<html")):
            return _HTML
        return _PLAIN if declared == _PLAIN or not _binary(body) else declared or _PLAIN
    if declared in _CONVERTED:  # said to be a PDF or the like, but does not begin like one
        raise UnreadableReport("damaged", f"does not begin like {declared}")
    return declared


def _zip_type(body: bytes) -> str:
    if b"word/document.xml" in body:
        return _DOCX
    if b"xl/workbook.xml" in body:
        return _XLSX
    return "application/zip"


def _binary(body: bytes) -> bool:
    return b"\x00" in body[:4096]


def _plain(text: str) -> str:
    text = _printable(text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _printable(text: str) -> str:
    """Text that a database can keep. Raises not_text where control characters show that it is none."""
    control = len(_CONTROL.findall(text[:200_000]))
    broken = text[:200_000].count("\ufffd")
    if control + broken > 0.02 * min(len(text), 200_000) + 2:
        raise UnreadableReport("not_text", f"{control} control and {broken} undecodable characters")
    text = text.removeprefix("\ufeff")
    return _CONTROL.sub("\ufffd", text) if control or "\x00" in text else text


def _html(text: str, selector: str | None) -> CleanText:
    from svod.extract.files.main_text import main_text  # lxml is loaded only where pages are read

    if len(text) > MAX_HTML:
        raise UnreadableReport("too_large", f"a page of {len(text)} characters")
    page = main_text(_printable(text), selector)
    return CleanText(
        text=page.text,
        title=page.title,
        published=page.published,
        published_precision=page.precision,
        published_basis="page" if page.published else "none",
    )


def _checked(clean: CleanText) -> CleanText:
    if not clean.text.strip():
        raise UnreadableReport("empty_file", "no text in the file")
    return clean
