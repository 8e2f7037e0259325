"""Comma-separated values as text: one row a line, cells parted by tabs, an anchor a row."""

from __future__ import annotations

import csv
import io

from svod.errors import UnreadableReport
from svod.extract.files.anchored import Anchor, CleanText

MAX_ROWS = 50_000
MAX_CELL = 100_000


def _dialect(text: str) -> str:
    """The delimiter: of tab, semicolon, comma and bar the one that most first lines agree on."""
    lines = [line for line in text.splitlines()[:30] if line.strip()]

    def agreement(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in lines]
        usual = max(set(counts), key=counts.count) if counts else 0
        return (counts.count(usual) if usual else 0, usual)

    return max("\t;,|", key=agreement)


def csv_text(text: str) -> CleanText:
    """The rows of a CSV file. Raises too_large beyond 50,000 rows, damaged if it is no CSV."""
    lines: list[str] = []
    anchors: list[Anchor] = []
    offset = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_dialect(text))
    previous = csv.field_size_limit(MAX_CELL)
    try:
        for number, row in enumerate(reader, start=1):
            if number > MAX_ROWS:
                raise UnreadableReport("too_large", f"more than {MAX_ROWS} rows")
            line = "\t".join(" ".join(cell.split()) for cell in row).rstrip("\t")
            if not line:
                continue
            anchors.append(Anchor(offset, f"row {number}"))
            lines.append(line)
            offset += len(line) + 1
    except csv.Error as error:
        raise UnreadableReport("damaged", f"not readable as CSV: {error}") from error
    finally:
        csv.field_size_limit(previous)
    return CleanText(text="\n".join(lines), anchors=tuple(anchors))
