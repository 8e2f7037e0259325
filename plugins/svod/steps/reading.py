"""Reading reports from files, with neither database nor network."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from svod.errors import UnreadableReport
from svod.extract.explain import explain_html, explain_text
from svod.extract.files.text import clean_text, media_type_of
from svod.extract.reader import read_many, to_json
from svod.models import ReportText

READABLE = {".txt", ".html", ".htm", ".docx", ".pdf", ".xlsx", ".csv"}
UNKNOWN = media_type_of("")
RICH_TEXT = b"{\\rtf"  # its codes would be read as the words of a report


def report_text(path: Path, published: date | None = None) -> ReportText:
    """The clean text of a file; one without an ending is known by its content. Raises UnreadableReport."""
    media_type = media_type_of(path.name)
    try:
        body = path.read_bytes()
    except OSError as error:
        raise UnreadableReport("unreadable", error.strerror or str(error)) from error
    if (path.suffix and media_type == UNKNOWN) or body.startswith(RICH_TEXT):
        kind = "rich text" if body.startswith(RICH_TEXT) else path.suffix
        raise UnreadableReport("unsupported_type", f"no reader for {kind}; save it as .docx or .txt")
    clean = clean_text(body, media_type, None)
    stated = clean.published.date() if clean.published else None
    return ReportText(text=clean.text, title=clean.title, published=stated or published)


def read_files(
    paths: Iterable[Path], *, published: date | None = None, batch: int = 16
) -> Iterator[tuple[Path, dict[str, Any] | None, UnreadableReport | None]]:
    """For each file, in order: its facts as a JSON-able object, or the error that makes it unreadable."""
    queue = iter(paths)
    while group := tuple(islice(queue, batch)):
        texts: dict[Path, ReportText] = {}
        errors: dict[Path, UnreadableReport] = {}
        for path in group:
            try:
                texts[path] = report_text(path, published)
            except UnreadableReport as error:
                errors[path] = error
        facts = dict(zip(texts, read_many(list(texts.values())), strict=True))
        for path in group:
            if path in errors:
                yield path, None, errors[path]
            else:
                # a name need not be UTF-8, what is printed does
                name = os.fsencode(path).decode(errors="replace")
                yield path, to_json(facts[path], file=name), None


def explain_file(path: Path, *, published: date | None = None, html: bool = False) -> str:
    """Why each fact of a file matched, and why each other number was rejected. Raises UnreadableReport."""
    report = report_text(path, published)
    (facts,) = read_many([report])
    return explain_html(report.text, facts, path.name) if html else explain_text(report.text, facts)
