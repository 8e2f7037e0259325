"""Tables whose cells came one a line, each closed by a bar («Проведено рейдов |⏎ 48 |»): what makes a row.

Knows bars and kinds of cells only; yields places where a line break parts two cells of one row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from svod.extract.layout.lines import Line, split_lines
from svod.extract.layout.stacked_tables import is_figure

MIN_CELLS, MAX_COLUMNS = 6, 8
_INDEX = re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,2}\.?$")


def joints(text: str) -> Iterator[tuple[int, int, str]]:
    """`(start, end, put)` of every line break inside a row of such a table; linear in the text's length."""
    if text.count("|\n") < MIN_CELLS - 1:
        return
    run: list[Line] = []
    for line in split_lines(text):
        if line.gap or not _is_cell(line.text):
            yield from _rows(run)
            run = []
        if _is_cell(line.text):
            run.append(line)
    yield from _rows(run)


def _is_cell(text: str) -> bool:
    """One cell with its bar behind it, or nothing but bars."""
    return text.endswith("|") and "|" not in text.rstrip("| ")


def _rows(run: Sequence[Line]) -> Iterator[tuple[int, int, str]]:
    cells = [(i, line.text.rstrip("| ")) for i, line in enumerate(run) for _ in range(_bars(line.text))]
    width = _width([text for _, text in cells]) if len(cells) >= MIN_CELLS else None
    if width is None:
        return
    for at in range(len(cells) - 1):
        (here, _), (there, _) = cells[at], cells[at + 1]
        if (at + 1) % width and there > here:
            yield run[here].end, run[there].start, " "


def _bars(text: str) -> int:
    return text[len(text.rstrip("| ")) :].count("|")


def _width(cells: Sequence[str]) -> int | None:
    """How many cells make a row: the number by which figures follow their labels; None if none does."""
    faults = {k: _faults(cells, k) for k in range(2, MAX_COLUMNS + 1) if 2 * k <= len(cells)}
    best = min(faults, key=lambda k: (faults[k], k), default=None)
    if best is None or faults[best] * best * 4 > len(cells):
        return None
    return best


def _faults(cells: Sequence[str], width: int) -> int:
    """Rows that begin with a figure or have words behind one."""
    faults = int(len(cells) % width > 0)
    for at in range(0, len(cells), width):
        row = [c for c in cells[at : at + width] if c]
        figures = [is_figure(c) for c in row]
        if len(row) > 1 and not figures[1] and _INDEX.match(row[0]):
            figures[0] = False
        if row and (figures[0] or any(a and not b for a, b in pairwise(figures))):
            faults += 1
    return faults
