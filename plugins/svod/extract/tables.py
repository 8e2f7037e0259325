"""Tables in plain text: rows of cells parted by «|», tabs or wide gaps, and tables with one cell a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .furniture import Mark
from .lines import Line, cells

Row = tuple[int, int, bool]  # first line, last line, is it the head
_FIGURE = re.compile(
    r"^[<>≈~+\-−–]?\s*\d[\d\s.,  ]*\s*(?:%|‰|тыс\.?|млн\.?|руб\.?|чел\.?|ед\.?)*\.?$|^[-–—]$"
)
_YEAR = re.compile(r"^(?:(?:19|20)\d\d)(?:\s*(?:г\.?|год|гг\.?))?$", re.IGNORECASE)
_SENTENCE = re.compile(r"[!?;]$|[а-яё]{5,}\.$")
MAX_ROW, MAX_CELL = 300, 160


def find_tables(lines: Sequence[Line], marks: Sequence[Mark | None]) -> dict[int, list[Row]]:
    """Tables by their first line."""
    found = _tables_in_rows(lines, marks)
    taken = {k for rows in found.values() for first, last, _ in rows for k in range(first, last + 1)}
    for first, rows in _tables_in_cells(lines, marks).items():
        if not any(k in taken for a, b, _ in rows for k in range(a, b + 1)):
            found[first] = rows
    return found


def _is_figure(text: str) -> bool:
    return bool(_FIGURE.match(text)) and not _YEAR.match(text)


def _row_cells(line: Line) -> list[str]:
    if len(line.text) > MAX_ROW:
        return []
    return [line.text[a:b] for a, b in cells(line.text)]


def _tables_in_rows(lines: Sequence[Line], marks: Sequence[Mark | None]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    i = 0
    while i < len(lines):
        j = i
        while j < len(lines) and marks[j] is None and len(_row_cells(lines[j])) >= 2:
            j += 1
        data = [any(_is_figure(c) for c in _row_cells(lines[k])[1:]) for k in range(i, j)]
        if j - i >= 2 and any(data):
            found[i] = [(k, k, k == i and not data[0]) for k in range(i, j)]
        i = max(j, i + 1)
    return found


def _tables_in_cells(lines: Sequence[Line], marks: Sequence[Mark | None]) -> dict[int, list[Row]]:
    """A label, then its k figures, one a line; at least two such groups with the same k."""
    found: dict[int, list[Row]] = {}
    i = 0
    while i < len(lines):
        rows, stop = _groups(lines, marks, i)
        if len(rows) < 2:
            i += 1
            continue
        head = _head_before(lines, marks, rows[0][0], rows[0][1] - rows[0][0])
        first = head[0] if head else rows[0][0]
        found[first] = [(head[0], head[1], True), *rows] if head else rows
        i = stop
    return found


def _groups(lines: Sequence[Line], marks: Sequence[Mark | None], i: int) -> tuple[list[Row], int]:
    rows: list[Row] = []
    width: int | None = None
    while i < len(lines) and marks[i] is None and _is_label(lines[i].text):
        k = i + 1
        while k < len(lines) and marks[k] is None and _is_figure(lines[k].text):
            k += 1
        if k == i + 1 or (width is not None and k - i - 1 != width):
            break
        width = k - i - 1
        rows.append((i, k - 1, False))
        i = k
    return rows, i


def _is_label(text: str) -> bool:
    return len(text) <= MAX_CELL and not _is_figure(text) and not _SENTENCE.search(text)


def _head_before(
    lines: Sequence[Line], marks: Sequence[Mark | None], first: int, width: int
) -> tuple[int, int] | None:
    """The names of the columns: `width` cells, one above another, and perhaps the name of the first
    column."""
    start = first - width
    if start < 0 or any(marks[k] is not None or not _is_label(lines[k].text) for k in range(start, first)):
        return None
    if not all(len(lines[k].text) <= 40 for k in range(start, first)):
        return None
    name = start - 1
    if (
        name >= 0
        and marks[name] is None
        and not lines[start].gap
        and len(lines[name].text) <= 60
        and _is_label(lines[name].text)
    ):
        start = name
    return start, first - 1
