"""The lines of a text with their offsets and cells, and the dates and marks that open a line.

Knows the shape of a line only: what a line means is decided by its neighbours, in furniture and segments.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_MARKS = 400  # marks of furniture, bylines and menus stand at the beginning of a line

MONTHS = (
    "январ[яь]|феврал[яь]|марта?|апрел[яь]|ма[яй]|июн[яь]"
    "|июл[яь]|августа?|сентябр[яь]|октябр[яь]|ноябр[яь]|декабр[яь]"
)
WEEKDAYS = "пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье"
SHORT_MONTHS = "янв|февр?|мар|апр|июн|июл|авг|сент?|окт|нояб?|дек"
DATE = (
    rf"(?:\d{{4}}[-.]\d{{2}}[-.]\d{{2}}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{4}}"
    rf"|(?:\d{{1,2}}|[«\"“]\d{{1,2}}[»\"”])\.?\s*(?:{MONTHS}|(?:{SHORT_MONTHS})\.?)"
    rf"(?:,?\s+(?:(?:{WEEKDAYS}),?\s+)?|\.)\d{{4}}"
    rf"(?:\s*(?:г\.|года|г\b))?|(?:{MONTHS})\s+\d{{1,2}},\s+\d{{4}})"
)
CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2})?"
TO = r"\s?(?:г\.\s?)?[–—-]\s?\d{1,2}(?:\.\d{1,2}\.|\s[а-яё])"  # «01.09.2023 – 30.06.2024»: a term

_GAP = re.compile(r"\s*[|\t]\s*|\s{2,}")
_SLASH, _SEMICOLON = re.compile(r"\s+/\s+"), re.compile(r"\s*;\s*")
MAX_DASHED = 180  # characters
FEWEST_MARKS = 2  # of a row parted by slashes
_DASH = re.compile(r"\s+[–—-]\s+")
_DASHES = re.compile(r"\s[–—-]\s\S[^–—]*\s[–—-]\s")
_DASHED_ROW = re.compile(  # «Проведено занятий – 1 080 – 1 152», below «Показатель – план – факт»
    r"[^–—:;\d][^–—:;]{2,120}?(?:\s[–—-]\s\d[\d\s,]{0,12}){2,6}"
    r"|[а-яё. ]{4,30}(?:\s[–—-]\s(?:план|факт)[а-яё]*)+",
    re.IGNORECASE,
)
_FIGURE_ENDS = re.compile(r"(?:[:–—-]|\s/)\s*\d[\d\s,.]*(?:%|[а-яё]{1,5}\.?)?$")
_ROW = re.compile(r"[^.!?;\d]{3,60}[:–—-] ?\d[^:–—]*$")
MAX_LABEL = 90
_BYLINE = re.compile(
    rf"^(?:(?:{WEEKDAYS})\.?,?\s+)?(?:в\s+)?(?:{CLOCK}[,\s]+)?(?P<date>{DATE})(?!{TO})(?P<rest>.*)$",
    re.IGNORECASE,
)
_NO_TALE = re.compile(rf"^(?:,\s)?(?:г\b|в\s+\d|(?:{WEEKDAYS})\b)", re.IGNORECASE)
_SHORT_REST = re.compile(r"^(?:\W*(?:в\s+)?" + CLOCK + r")?\W*(?:[^.!?]{0,80})?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it; `gap` is True when a blank line stands before it."""

    start: int
    end: int
    text: str
    gap: bool
    indent: int

    @property
    def marks(self) -> str:
        """What is enough to know the kind of a line: its beginning."""
        return self.text[:MAX_MARKS]


def split_lines(text: str) -> list[Line]:
    """The non-blank lines of a text, in order."""
    lines: list[Line] = []
    offset, gap = 0, False
    for raw in text.splitlines(keepends=True):
        body = raw.strip()
        if body:
            indent = len(raw) - len(raw.lstrip())
            start = offset + indent
            lines.append(Line(start, start + len(body), body, gap, indent))
            gap = False
        else:
            gap = True
        offset += len(raw)
    return lines


def cells(text: str) -> list[tuple[int, int]]:
    """Offsets of the cells of a row, inside it: parted by «|», a tab or two and more spaces, else by slashes
    («Обучено педагогов / 45 / 61») or, in a head, by semicolons («№ п/п; показатель; план»).
    """
    found: list[tuple[int, int]] = []
    at = 0
    for gap in _parting(text).finditer(text):
        if gap.start() > at:
            found.append((at, gap.start()))
        at = gap.end()
    if at < len(text):
        found.append((at, len(text)))
    return found


def _parting(text: str) -> re.Pattern[str]:
    if text.count(" / ") >= FEWEST_MARKS and _GAP.search(text) is None:
        return _SLASH
    if len(text) < MAX_DASHED and _DASHES.search(text) and _DASHED_ROW.fullmatch(text):
        return _DASH
    return _SEMICOLON if text[:1] == "№" and text.count(";") >= FEWEST_MARKS else _GAP


def ends_in_figure(line: Line) -> bool:
    """«медикаменты и перевязка – 97 400»: a label with its figure, whatever the next line begins with."""
    return _FIGURE_ENDS.search(line.text[-24:]) is not None


def are_rows(line: Line, after: Line) -> bool:
    """«бензин – 84,5 тыс. (и ремонт)⏎аренда склада – 60 тыс.»: two labels, each with its figure."""
    return len(after.text) <= MAX_LABEL and ends_in_figure(after) and _ROW.match(line.marks) is not None


def is_byline(line: Line) -> bool:
    """A date at the beginning and nothing like a sentence after it."""
    match = _BYLINE.match(line.marks) if len(line.text) <= 140 else None
    if match is None:
        return False
    rest = match["rest"].strip()
    return not rest or (bool(_SHORT_REST.match(rest)) and not _tells(rest))


def _tells(rest: str) -> bool:
    """«5 мая 2022 года прошёл форум»: the date opens a sentence, not a byline."""
    return bool(re.match(r"^(?:,\s)?[а-яё]", rest)) and not _NO_TALE.match(rest)
