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
_INDEX = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,2})[.)]?$")  # the number of a row, in a cell of its own
_YEARLY = re.compile(r"^(?:19|20)\d\d(?:\s?(?:г\.?|год))?\s?[:–—]\s?(?=\d)")  # «2021: 38,4»
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
    return bool(_FIGURE.match(_YEARLY.sub("", text))) and not _YEAR.match(text)


def _is_row_of_years(found: Sequence[str]) -> bool:
    """«Показатель | 2020: 31,0 | 2021: 38,4»: a row that needs no head and no neighbours."""
    return len(found) >= 3 and all(_YEARLY.match(cell) and _is_figure(cell) for cell in found[1:])


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
        if (j - i >= 2 and any(data)) or (j - i == 1 and _is_row_of_years(_row_cells(lines[i]))):
            found[i] = [(k, k, k == i and not data[0]) for k in range(i, j)]
        i = max(j, i + 1)
    return found


def _tables_in_cells(lines: Sequence[Line], marks: Sequence[Mark | None]) -> dict[int, list[Row]]:
    """A label, then its k figures, one a line; at least two such groups with the same k. The rows may have
    numbers, in lines of their own.
    """
    found: dict[int, list[Row]] = {}
    i = 0
    while i < len(lines):
        rows, stop = _headed_rows(lines, marks, i)
        if rows:
            found[i], i = rows, stop
            continue
        rows, stop = _numbered_groups(lines, marks, i)
        numbered = len(rows) >= 2
        if not numbered:
            rows, stop = _groups(lines, marks, i)
        if len(rows) < 2:
            i += 1
            continue
        head = _head_before(lines, marks, rows[0][0], rows[0][1] - rows[0][0] - numbered)
        if head and numbered and head[0] > 0 and _NUMBER_COLUMN.match(lines[head[0] - 1].text):
            head = (head[0] - 1, head[1])
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


_NUMBER_COLUMN = re.compile(r"^№(?:\s?п/п)?$", re.IGNORECASE)


def _numbered_groups(lines: Sequence[Line], marks: Sequence[Mark | None], i: int) -> tuple[list[Row], int]:
    """The number of a row, its label, its k figures; the numbers count on («1», «1.1», «2»)."""
    rows: list[Row] = []
    width: int | None = None
    number: tuple[int, ...] = ()
    while i + 2 < len(lines) and (index := _index_of(lines, marks, i)) and _follows(number, index):
        k = i + 2
        while k < len(lines) and marks[k] is None and _is_figure(lines[k].text):
            following = _index_of(lines, marks, k)
            if k > i + 2 and following and _follows(index, following) and k - i - 2 == (width or k - i - 2):
                break
            k += 1
        if k == i + 2 or (width is not None and k - i - 2 != width):
            break
        width, number = k - i - 2, index
        rows.append((i, k - 1, False))
        i = k
    return rows, i


MAX_COLUMNS = 8


def _headed_rows(lines: Sequence[Line], marks: Sequence[Mark | None], i: int) -> tuple[list[Row], int]:
    """«№», the names of the columns, and rows of as many cells, text or figures, that are numbered 1, 2, …"""
    if not _NUMBER_COLUMN.match(lines[i].marks):
        return [], i
    width = next(
        (k for k in range(2, MAX_COLUMNS + 1) if i + k < len(lines) and lines[i + k].text in _FIRST), 0
    )
    if not width or not all(_is_label(lines[k].text) for k in range(i + 1, i + width)):
        return [], i
    rows: list[Row] = [(i, i + width - 1, True)]
    at = i + width
    while at + width <= len(lines) and lines[at].text.rstrip(".)") == str(len(rows)):
        if any(marks[k] is not None for k in range(at, at + width)):
            break
        rows.append((at, at + width - 1, False))
        at += width
    return (rows, at) if len(rows) > 2 else ([], i)


_FIRST = frozenset({"1", "1.", "1)"})


def _index_of(lines: Sequence[Line], marks: Sequence[Mark | None], i: int) -> tuple[int, ...]:
    """The row number that stands in this line, with a label in the next one; empty if there is none."""
    found = _INDEX.match(lines[i].text) if marks[i] is None and len(lines[i].text) <= 10 else None
    if found is None or i + 1 >= len(lines) or marks[i + 1] is not None or not _is_label(lines[i + 1].text):
        return ()
    return tuple(map(int, found[1].split(".")))


def _follows(before: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """«1» → «1.1» or «2», «1.2» → «1.3» or «2»; a table begins with 1."""
    if not before:
        return all(n == 1 for n in number)
    steps = {(*before, 1)} | {(*before[:n], before[n] + 1) for n in range(len(before))}
    return number in steps


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
