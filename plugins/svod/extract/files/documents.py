"""PDF, docx, xlsx and zip to text with anchors: runs in the process that sandbox.py starts, nowhere else.

Sets its own limits on memory and processor time before it touches the file.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from collections.abc import Callable
from typing import Any

from svod.errors import UnreadableReport

MEMORY = 1_000_000_000  # bytes of address space
CPU_SECONDS = 50
MAX_PAGES = 2_000
MAX_CELLS = 500_000
MAX_TEXT = 5_000_000
Parts = list[tuple[str, str | None]]  # a line, and the anchor that begins with it


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(kind: str) -> None:
    """Read the body from stdin, write the answer as JSON to stdout."""
    _limit()
    body = sys.stdin.buffer.read()
    sys.stdout.buffer.write(json.dumps(_answer(kind, body)).encode())


def _answer(kind: str, body: bytes) -> dict[str, Any]:
    try:
        title, parts = _READERS[kind](body)
        return _joined(title, parts)
    except UnreadableReport as error:
        return {"code": error.code, "reason": error.reason}
    except MemoryError:
        return {"code": "too_large", "reason": f"reading the {kind} takes too much memory"}
    except Exception as error:  # noqa: BLE001 - a broken file raises whatever its library likes
        return {"code": "damaged", "reason": f"not readable as {kind}: {type(error).__name__}: {error}"[:300]}


def _joined(title: str | None, parts: Parts) -> dict[str, Any]:
    lines: list[str] = []
    anchors: list[tuple[int, str]] = []
    offset = 0
    for line, anchor in parts:
        if anchor is not None:
            anchors.append((offset, anchor))
        lines.append(line)
        offset += len(line) + 1
        if offset > MAX_TEXT:
            raise UnreadableReport("too_large", f"more than {MAX_TEXT} characters of text")
    return {"text": "\n".join(lines).replace("\x00", "\ufffd"), "title": title, "anchors": anchors}


def _pdf(body: bytes) -> tuple[str | None, Parts]:
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(body))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableReport("encrypted", "the PDF asks for a password")
    if len(reader.pages) > MAX_PAGES:
        raise UnreadableReport("too_large", f"more than {MAX_PAGES} pages")
    parts: Parts = []
    for number, page in enumerate(reader.pages, start=1):
        anchor: str | None = f"page {number}"
        for line in (page.extract_text() or "").splitlines():
            parts.append((line.rstrip(), anchor))
            anchor = None
    if not any(line.strip() for line, _ in parts):
        raise UnreadableReport("no_text_layer", "the PDF holds pictures of pages and no text")
    title = (reader.metadata.title if reader.metadata else None) or None
    return title, parts


def _docx(body: bytes) -> tuple[str | None, Parts]:
    import docx
    from docx.table import Table

    from svod.extract.files.archives import check_zip

    check_zip(body)
    document = docx.Document(io.BytesIO(body))
    parts: Parts = []
    for number, block in enumerate(document.iter_inner_content(), start=1):
        if isinstance(block, Table):
            for row in block.rows:
                cells = [" ".join(cell.text.split()) for cell in row.cells]
                parts.append(("\t".join(cells), f"table row, block {number}"))
        elif block.text.strip():
            text = f"• {block.text.strip()}" if _is_listed(block) else block.text.strip()
            parts.append((text, f"paragraph {number}"))
    return document.core_properties.title or None, parts


def _is_listed(paragraph: Any) -> bool:
    """A list item by its own numbering or by a list style."""
    properties = paragraph._p.pPr
    numbered = properties is not None and properties.numPr is not None
    return numbered or (paragraph.style is not None and str(paragraph.style.name).startswith("List"))


def _xlsx(body: bytes) -> tuple[str | None, Parts]:
    import openpyxl
    from openpyxl.utils import get_column_letter

    from svod.extract.files.archives import check_zip

    check_zip(body)
    book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True, keep_links=False)
    parts: Parts = []
    seen = 0
    for sheet in book.worksheets:
        parts.append((sheet.title, f"{sheet.title}!A1"))
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            seen += len(row)
            if seen > MAX_CELLS:
                raise UnreadableReport("too_large", f"more than {MAX_CELLS} cells")
            cells = [_cell(value) for value in row]
            first = next((i for i, cell in enumerate(cells) if cell), None)
            if first is not None:
                line = "\t".join(cells[first:]).rstrip("\t")
                parts.append((line, f"{sheet.title}!{get_column_letter(first + 1)}{number}"))
    return book.properties.title or None, parts


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")  # as it would stand in a Russian text
    if hasattr(value, "strftime"):
        return str(value.strftime("%d.%m.%Y"))
    return " ".join(str(value).split())


def _zip(body: bytes) -> tuple[str | None, Parts]:
    from svod.extract.files.archives import members
    from svod.extract.files.text import clean_text, media_type_of

    readable: list[tuple[str, bytes]] = []
    for name, data in members(body):
        if isinstance(data, UnreadableReport):
            raise data
        if media_type_of(name) in _IN_ZIP:
            readable.append((name, data))
    if len(readable) != 1:
        raise UnreadableReport("many_members", f"{len(readable)} readable files in the archive, not one")
    name, data = readable[0]
    if media_type_of(name).startswith("text/"):
        clean = clean_text(data, media_type_of(name), None)
        return clean.title or name, [(line, None) for line in clean.text.split("\n")]
    return _READERS[name.rsplit(".", 1)[-1].lower()](data)


_IN_ZIP = frozenset(
    (
        "text/plain",
        "text/html",
        "text/csv",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
)
_READERS: dict[str, Callable[[bytes], tuple[str | None, Parts]]] = {
    "pdf": _pdf,
    "docx": _docx,
    "xlsx": _xlsx,
    "zip": _zip,
}
