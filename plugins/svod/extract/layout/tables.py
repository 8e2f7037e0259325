"""Tables in plain text: rows of cells parted by «|», tabs or wide gaps, or one cell a line."""

from __future__ import annotations

from collections.abc import Sequence

from svod.extract.layout.furniture import Mark
from svod.extract.layout.lines import Line, cells
from svod.extract.layout.stacked_tables import YEARLY, Row, is_figure, is_label, stacked_tables

MAX_ROW, MAX_LABEL = 300, 70
MAX_WRAPPED = 3  # lines of a label before its figure
FAR = 12  # spaces before a figure that stands alone under its label


def find_tables(lines: Sequence[Line], marks: Sequence[Mark | None]) -> dict[int, list[Row]]:
    """Tables by their first line."""
    found = _tables_in_rows(lines, marks)
    taken = {k for rows in found.values() for first, last, _ in rows for k in range(first, last + 1)}
    for first, rows in stacked_tables(lines, marks).items():
        if not any(k in taken for a, b, _ in rows for k in range(a, b + 1)):
            found[first] = rows
    return found


def _is_row_of_years(found: Sequence[str]) -> bool:
    """«Показатель | 2020: 31,0 | 2021: 38,4»: a row that needs no head and no neighbours."""
    return len(found) >= 3 and all(YEARLY.match(cell) and is_figure(cell) for cell in found[1:])


def _row_cells(line: Line) -> list[str]:
    if len(line.text) > MAX_ROW:
        return []
    return [line.text[a:b] for a, b in cells(line.text)]


def _tables_in_rows(lines: Sequence[Line], marks: Sequence[Mark | None]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    i = 0
    while i < len(lines):
        spans: list[tuple[int, int]] = []
        j = i
        while (stop := _row_end(lines, marks, j, inside=bool(spans))) is not None:
            spans.append((j, stop))
            j = stop + 1
        data = [_has_figure(lines[b]) for _, b in spans]
        if (len(spans) >= 2 and any(data)) or (len(spans) == 1 and _is_row_of_years(_row_cells(lines[i]))):
            found[i] = [(a, b, k == 0 and not data[0]) for k, (a, b) in enumerate(spans)]
        i = max(j, i + 1)
    return found


def _row_end(lines: Sequence[Line], marks: Sequence[Mark | None], i: int, *, inside: bool) -> int | None:
    """The last line of the row that begins in line i; None if none does. Within a table of wide gaps a row
    may begin with lines of its label's words or with «в том числе:»; its figure may stand alone, far right.
    """
    if i >= len(lines) or marks[i] is not None:
        return None
    if len(_row_cells(lines[i])) >= 2:
        return i
    for k in range(i, min(i + MAX_WRAPPED, len(lines) - 1)):
        line, after = lines[k], lines[k + 1]
        if not inside or line.gap or after.gap or marks[k] is not None or marks[k + 1] is not None:
            return None
        if not is_label(line.text) or len(line.text) > MAX_LABEL:
            return None
        if _has_wide_figure(after) or (after.indent >= FAR and is_figure(after.text)):
            return k if line.text.endswith(":") else k + 1
    return None


def _has_figure(line: Line) -> bool:
    return any(is_figure(c) for c in _row_cells(line)[1:])


def _has_wide_figure(line: Line) -> bool:
    return "|" not in line.text and "\t" not in line.text and _has_figure(line)
