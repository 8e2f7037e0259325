"""Tables that came with one cell a line: the columns' names, then each row's number, label, measure, figures
and note, one below another.

Knows the kinds of cells and their order only; what a figure counts is decided in tabular.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from svod.extract.layout.furniture import Mark
from svod.extract.layout.lines import Line, cells

Row = tuple[int, int, bool]  # first line, last line, is it the head
MAX_CELL, MAX_COLUMN, MAX_COLUMNS = 160, 70, 10
_FIGURE = re.compile(
    r"^[<>≈~+\-−–]?\s*\d[\d\s.,  ]*\s*(?:%|‰|тыс\.?|млн\.?|руб\.?|чел\.?|ед\.?)*\.?(?:\s\(\d[\d,]*\s?%\))?$"
    r"|^(?:[-–—хx]|н/д)$"
)
_YEAR = re.compile(r"^(?:(?:19|20)\d\d)(?:\s*(?:г\.?|год|гг\.?))?$", re.IGNORECASE)
_SENTENCE = re.compile(r"[!?;]$|[а-яё]{5,}\.$")
_INDEX = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,2})[.)]?$")  # the number of a row, in a cell of its own
_NUMBER_COLUMN = re.compile(r"^№(?:\s?п/п)?$", re.IGNORECASE)
_MEASURE = re.compile(
    r"^(?:(?:тыс|млн)\.? ?)?(?:чел(?:\.|овек)?|ед(?:\.|иниц[аы]?)?|шт(?:\.|ук)?|руб(?:\.|лей)?|"
    r"экз\.?|усл\.|конс\.|мер\.|компл\.|наб\.|мест|семей|семья|раз|услуг[аи]?|детей|организаци[йи]|мероприяти[йея]|заняти[йея]|час(?:ов|ы)?|₽)$|^%$|^процент(?:ов|ы)?$",
    re.IGNORECASE,
)
OF_WHICH = re.compile(r"(?:в том числе|из них|в т\. ?ч\.):?$", re.IGNORECASE)
_WORD = re.compile(r"^[а-яё][а-яё-]{2,19}$")
YEARLY = re.compile(r"^(?:19|20)\d\d(?:\s?(?:г\.?|год))?\s?[:–—]\s?(?=\d)")  # «2021: 38,4»


class _Stacked(NamedTuple):
    """One row: its lines, how many figures, its number, and which cells it has besides."""

    first: int
    last: int
    figures: int
    number: tuple[int, ...]
    measured: bool
    noted: bool
    apart: bool


def is_figure(text: str) -> bool:
    """A cell with nothing but a number and its measure, or a dash for none; a year is a name."""
    return bool(_FIGURE.match(YEARLY.sub("", text))) and not _YEAR.match(text)


def is_measure(text: str) -> bool:
    """A cell that says what the row's figures are measured in: «чел.», «тыс. руб.», «%»."""
    return len(text) <= 20 and _MEASURE.match(text) is not None


def may_measure(text: str) -> bool:
    """A cell of one word in small letters, as measures are: «выезд», «путёвка»."""
    return is_measure(text) or _WORD.match(text) is not None


def stacked_tables(lines: Sequence[Line], marks: Sequence[Mark | None]) -> dict[int, list[Row]]:
    """Tables with one cell a line, by their first line; at least two rows with as many figures each."""
    found: dict[int, list[Row]] = {}
    i = 0
    while i < len(lines):
        texts = _rows_of_texts(lines, marks, i)
        start = texts[0][1] + 1 if texts else i
        rows = _rows(lines, marks, start)
        if len(rows) < 2 or (texts and rows[-1].last < texts[-1][1]):
            if texts:
                found[i] = texts
            i = texts[-1][1] + 1 if texts else i + 1
            continue
        table: list[Row] = [(row.first, row.last, False) for row in rows]
        head = _head_above(lines, marks, rows[0])
        if head < rows[0].first:
            table.insert(0, (head, rows[0].first - 1, True))
        found[head] = table
        i = rows[-1].last + 1
    return found


def _rows(lines: Sequence[Line], marks: Sequence[Mark | None], i: int) -> list[_Stacked]:
    rows: list[_Stacked] = []
    number: tuple[int, ...] = ()
    while i < len(lines):
        row = _row(lines, marks, i, number, rows[0].figures if rows else None)
        if row is None or (rows and row.figures != rows[0].figures):
            break
        rows.append(row)
        number = row.number or number
        i = row.last + 1
    return rows


def _row(
    lines: Sequence[Line],
    marks: Sequence[Mark | None],
    first: int,
    number: tuple[int, ...],
    width: int | None,
) -> _Stacked | None:
    """The row that begins in this line, if a label and figures stand there; `number` is the last row's."""
    index = _index_of(lines, marks, first)
    if index and not _follows(number, index):
        return None
    k = first + bool(index)
    if k + 2 < len(lines) and OF_WHICH.match(lines[k].text) and marks[k] is None:
        k += 1  # «в том числе» in a line of its own
    if k + 1 >= len(lines) or marks[k] is not None or not is_label(lines[k].text):
        return None
    apart = any(lines[j].gap for j in range(first + 1, k + 2))  # every cell has blank lines around it
    measured = k + 2 < len(lines) and may_measure(lines[k + 1].text) and is_figure(lines[k + 2].text)
    start = k = k + 1 + measured
    while k < len(lines) and marks[k] is None and is_figure(lines[k].text):
        if k > start and lines[k].gap and not apart:
            break
        following = _index_of(lines, marks, k) if k > start and k - start == (width or k - start) else ()
        if following and _follows(index or number, following):
            break
        k += 1
    if k == start:
        return None
    if width is not None and k - start == width + 1 and lines[k - 1].text in _NO_NOTE:
        return _Stacked(first, k - 1, width, index, measured, True, apart)
    noted = not apart and _is_note(lines, marks, k, bool(index))
    return _Stacked(first, k - 1 + noted, k - start, index, measured, noted, apart)


def _is_note(lines: Sequence[Line], marks: Sequence[Mark | None], k: int, numbered: bool) -> bool:
    """A last cell in words: a blank line or the number of the next row follows it."""
    if k >= len(lines) or marks[k] is not None or lines[k].gap or is_figure(lines[k].text):
        return False
    if len(lines[k].text) > MAX_CELL or k + 1 >= len(lines):
        return False
    return lines[k + 1].gap or (numbered and bool(_index_of(lines, marks, k + 1)))


def _rows_of_texts(lines: Sequence[Line], marks: Sequence[Mark | None], i: int) -> list[Row]:
    """«№», the names of the columns, and rows of as many cells, text or figures, that are numbered 1, 2, …"""
    if not _NUMBER_COLUMN.match(lines[i].marks):
        return []
    width = next(
        (k for k in range(2, MAX_COLUMNS + 1) if i + k < len(lines) and lines[i + k].text in _FIRST), 0
    )
    if not width or not all(is_label(lines[k].text) for k in range(i + 1, i + width)):
        return []
    rows: list[Row] = [(i, i + width - 1, True)]
    at = i + width
    while at + width <= len(lines) and lines[at].text.rstrip(".)") == str(len(rows)):
        if any(marks[k] is not None or (k > at and lines[k].gap) for k in range(at, at + width)):
            break
        rows.append((at, at + width - 1, False))
        at += width
    return rows if len(rows) > 2 else []


_NO_NOTE = frozenset("-–—")
_FIRST = frozenset({"1", "1.", "1)"})


def _index_of(lines: Sequence[Line], marks: Sequence[Mark | None], i: int) -> tuple[int, ...]:
    """The row number that stands in this line, with a label in the next one; empty if there is none."""
    found = _INDEX.match(lines[i].text) if len(lines[i].text) <= 10 else None
    if found is None or i + 1 >= len(lines) or marks[i + 1] is not None or not is_label(lines[i + 1].text):
        return ()
    return tuple(map(int, found[1].split(".")))


def _follows(before: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """«1» → «1.1» or «2», «1.2» → «1.3» or «2»; a table begins with 1."""
    if not before:
        return all(n == 1 for n in number)
    steps = {(*before, 1)} | {(*before[:n], before[n] + 1) for n in range(len(before))}
    return number in steps


def is_label(text: str) -> bool:
    """A cell in words that may name a row or a column: short and no sentence."""
    return len(text) <= MAX_CELL and not is_figure(text) and not _SENTENCE.search(text)


def _head_above(lines: Sequence[Line], marks: Sequence[Mark | None], row: _Stacked) -> int:
    """The first line of the names of the columns, one above another; the row's own line if there are none."""
    start = row.first
    if start > 0 and marks[start - 1] is None and len(cells(lines[start - 1].marks)) > row.figures:
        return start - 1  # all names in one line
    while (
        start > 0
        and row.first - start < MAX_COLUMNS
        and (start == row.first or row.apart or not lines[start].gap)
    ):
        above = lines[start - 1].text
        if marks[start - 1] is not None or len(above) > MAX_COLUMN or not is_label(above):
            break
        start -= 1
        if _NUMBER_COLUMN.match(above):
            return start
    named, least = row.first - start, row.figures
    most = least + 1 + row.measured + row.noted
    if named < least:
        return row.first
    return row.first - min(named, most)
