"""Which lines of a page are not the report: menus, calendars, counters, links to other items, forms, footers.

Rules look at one line and its neighbours, never at the sense of a sentence. The patterns are in the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Literal

from svod.extract.layout.lines import CLOCK, DATE, MONTHS, WEEKDAYS, Line, cells, is_byline
from svod.extract.lexicon import load
from svod.extract.words.screened import AnyOf

Mark = Literal["furniture", "signature"]

PROSE = 120  # a line this long is prose rather than a menu, a counter or a link
_WEEK = re.compile(rf"^(?:(?:{WEEKDAYS})\W+){{4,}}(?:{WEEKDAYS})\W*$", re.IGNORECASE)
_MONTH_HEAD = re.compile(rf"^[«\"]?(?:{MONTHS})\s+\d{{4}}[»\"]?$|^календарь\b", re.IGNORECASE)
_CALENDAR_LINE = re.compile(rf"^календарь\s+[«\"]?(?:{MONTHS})\b", re.IGNORECASE)
_DAYS = re.compile(r"^\d{1,2}(?:\s+\d{1,2})*$")
_ARROWS = re.compile(r"^[\W_]+$")
_SEPARATORS = re.compile(r"\s*[|/→»›>•·\t]\s*|\s{2,}")
_DATED = re.compile(DATE, re.IGNORECASE)
_RUBRIC = re.compile(  # «НовостиОбщество27 ноября 2019 2:58»
    rf"^(?:[А-ЯЁ][а-яё]{{2,20}}\s?){{1,3}}(?i:{DATE}),?\s+{CLOCK}$"
)
_PATH = re.compile(  # «Абаканский рабочий» — Общество — Социалка
    r"^[«\"][А-ЯЁ][^«»\"\n]{3,50}[»\"](?:\s[—–/|>›]\s[А-ЯЁ][а-яё]{3,20}(?:\s[а-яё]{1,12}){0,2}){2,4}$"
)
_RATE = re.compile(r"^[$€¥]\s?\d|^[+−–-]?\d{1,3}[.,]\d{1,2}$|^[+−–-]?\d{1,2}(?:[.,]\d)?\s?(?:°\s?)?[CСcс]$")
_DATE_CELL = re.compile(rf"{DATE}(?:,?\s+(?:в\s+)?{CLOCK}(?:\s*\([^)]{{1,12}}\))?)?$", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_COUNTER = re.compile(r"\d\s*(?:просмотр|комментари)|(?:просмотр|комментари)\w*\s*:?\s*\d", re.IGNORECASE)
_COPYRIGHT = re.compile(r"^(?:©|\([cс]\)\s?\d{4})", re.IGNORECASE)
_PRESS = re.compile(
    r"^(?:пресс-(?:служба|центр)|(?:отдел|управление)\s.{0,40}(?:информ|связ|коммуник))", re.IGNORECASE
)


@cache
def _patterns(group: str) -> AnyOf:
    return AnyOf(load("furniture")[group], re.IGNORECASE)


@cache
def menu_words() -> frozenset[str]:
    return frozenset(load("furniture")["menu"])


def mark_lines(lines: Sequence[Line]) -> list[Mark | None]:
    """For every line: furniture, signature (who issued the text, and when), or None (the report itself)."""
    marks: list[Mark | None] = [_mark_alone(line) for line in lines]
    _mark_counters(lines, marks)
    _mark_calendars(lines, marks)
    _mark_read_also(lines, marks)
    _mark_today(lines, marks)
    _mark_repeated(lines, marks)
    _mark_tail(lines, marks)
    return marks


def _mark_alone(line: Line) -> Mark | None:
    text = line.marks
    short = len(line.text) < 2 * PROSE
    if short and _patterns("signature").found(text):
        return "signature"
    if short and _patterns("line").found(text):
        return "furniture"
    if is_widget(line):
        return "signature" if _DATED.match(text) and _is_counted(text) else "furniture"
    if is_byline(line) or _ends_with_date(line) or _RUBRIC.match(text) or _PATH.match(text):
        return "signature"
    if is_menu(text) or _WEEK.match(text):
        return "furniture"
    return None


def _is_counted(text: str) -> bool:
    """A date with views and comments after it, in words or in pictures."""
    match = _DATED.match(text)
    return bool(_COUNTER.search(text)) or (match is not None and not _LETTER.search(text[match.end() :]))


def _ends_with_date(line: Line) -> bool:
    """«Общество      17 мая 2018, 09:00»: a rubric or a number of issue, a wide gap, a date."""
    if len(line.text) > PROSE:
        return False
    found = [line.text[a:b] for a, b in cells(line.text)]
    return len(found) == 2 and _DATE_CELL.match(found[1]) is not None and len(found[0].split()) <= 4


def is_signature_mark(text: str) -> bool:
    """A label that says who or when («Опубликовано …», «Исп. …»), rather than a name."""
    return _patterns("signature").found(text[:400])


def has_widget(text: str) -> bool:
    """Holds weather, a rate, a counter or stars."""
    return _patterns("widget").found(text[:400])


def is_widget(line: Line) -> bool:
    """Weather, exchange rates, view counters, stars: figures of the page, in no sentence."""
    if len(line.text) > 160 or not _patterns("widget").found(line.marks):
        return False
    if len(line.text) > A_SENTENCE and line.text.endswith(")."):
        return False  # «… — 24 урока (около 1000 просмотров).»
    return not re.search(r"[а-яё]{3,}[.!?…]\W*$", line.marks)


A_SENTENCE = 60  # characters: no counter is so long


def is_menu(text: str) -> bool:
    """Links in a row or one above another: every cell short, one at least a word of menus."""
    if len(text) > 200 or re.search(r"[.!?]$", text):
        return False
    found = [c.strip(" «»[]₽") for c in _SEPARATORS.split(text) if c.strip()]
    if len(found) == 1:
        return _all_menu(found[0].casefold().split())
    if any(len(c.split()) > 5 for c in found):
        return False
    if (
        len(found) >= 4
        and "  " in text
        and all(c[:1].isupper() and len(c.split()) <= 3 and c.replace(" ", "").isalpha() for c in found)
    ):
        return True
    known = sum(c.casefold() in menu_words() for c in found)
    return known >= 1 or (len(found) >= 3 and text.isupper() and not any(c.isdigit() for c in text))


def _all_menu(words: list[str]) -> bool:
    """«Национальные проекты Новости»: nothing but words of menus, one after another."""
    at = 0
    while at < len(words):
        taken = next((n for n in (4, 3, 2, 1) if " ".join(words[at : at + n]) in menu_words()), 0)
        if not taken:
            return False
        at += taken
    return bool(words)


def _mark_calendars(lines: Sequence[Line], marks: list[Mark | None]) -> None:
    """Days of a month one a line or in weeks, with the name of the month above."""
    i = 0
    while i < len(lines):
        j, days = i, list[int]()
        while j < len(lines) and len(lines[j].text) < 90 and _DAYS.match(lines[j].text):
            days.extend(int(n) for n in lines[j].text.split())
            j += 1
        if len(days) >= 7 and _are_days(days):
            _mark_calendar(lines, marks, i, j)
        elif j == i and _CALENDAR_LINE.match(lines[i].marks):
            marks[i] = "furniture"
        i = max(j, i + 1)


def _are_days(days: Sequence[int]) -> bool:
    steps = sum(b - a == 1 or b == 1 for a, b in pairwise(days))
    return max(days) <= 31 and steps >= len(days) - 2


def _mark_calendar(lines: Sequence[Line], marks: list[Mark | None], first: int, stop: int) -> None:
    for k in range(first, stop):
        marks[k] = "furniture"
    k = first - 1
    while k >= 0 and (_MONTH_HEAD.match(lines[k].marks) or _WEEK.match(lines[k].marks)):
        marks[k] = "furniture"
        k -= 1
    if stop < len(lines) and _ARROWS.match(lines[stop].marks):
        marks[stop] = "furniture"


def _mark_today(lines: Sequence[Line], marks: list[Mark | None]) -> None:
    """Rates and degrees alone on lines above the first prose, and the day that stands on them."""
    prose = next((i for i, line in enumerate(lines) if len(line.text) >= PROSE), len(lines))
    rates = [i for i in range(min(prose, 2 * ABOVE)) if _RATE.match(lines[i].text)]
    if len(rates) < LEAST_RATES and not any(lines[i].text[0] in "$€¥" for i in rates):
        return
    for i in rates:
        marks[i] = "furniture"
        if i and _DATED.search(lines[i - 1].marks) and not CLOCK_AFTER.search(lines[i - 1].marks):
            marks[i - 1] = "furniture"


LEAST_RATES = 3
CLOCK_AFTER = re.compile(CLOCK)


def _mark_counters(lines: Sequence[Line], marks: list[Mark | None]) -> None:
    """«57», «0 1289» beside the title: one line of figures alone above the first prose counts the page's
    readers; several are cells of a table that came apart.
    """
    above = next((i for i, line in enumerate(lines[:ABOVE]) if len(line.text) >= PROSE), 0)
    alone = [i for i in range(above) if _BARE_FIGURES.match(lines[i].text)]
    after = above + 1 < len(lines) and _BARE_FIGURES.match(lines[above + 1].text)
    if len(alone) == 1 and not after and marks[alone[0]] is None:
        marks[alone[0]] = "furniture"


ABOVE = 8  # lines
_BARE_FIGURES = re.compile(
    r"^(?!(?:19|20)\d\d$)\d[\d\s<>+]{0,12}$"
)  # a year alone says what the report is on


def _mark_read_also(lines: Sequence[Line], marks: list[Mark | None]) -> None:
    """The heading of links to other items, and the links: short lines up to the next paragraph of prose."""
    for i, line in enumerate(lines):
        if len(line.text) > 2 * PROSE or not _patterns("read_also").found(line.marks):
            continue
        marks[i] = "furniture"
        if len(line.text) > 60:
            continue  # the links stand in the line itself
        for k in range(i + 1, min(len(lines), i + 15)):
            if len(lines[k].text) > PROSE or marks[k] == "signature" or (lines[k].gap and k > i + 1):
                break
            marks[k] = "furniture"


TAIL = 20_000  # characters: what is longer than a page with its comments is the next report of a collection


def _mark_tail(lines: Sequence[Line], marks: list[Mark | None]) -> None:
    """After a back link, a counter or a comment form that follows the report nothing belongs to it."""
    total = sum(len(line.text) for line in lines)
    seen = passed = 0
    for i, line in enumerate(lines):
        passed += len(line.text)
        if marks[i] is None:
            seen += len(line.text)
        if seen <= PROSE or 2 * seen <= total - seen or total - passed > TAIL:
            continue
        if _patterns("tail").found(line.marks):
            for k in range(i, len(lines)):
                if not _signs(lines[k]):
                    marks[k] = "furniture"
            return


def _mark_repeated(lines: Sequence[Line], marks: list[Mark | None]) -> None:
    """A headline given as the page's title and above the text, a caption under every picture: told once."""
    seen = set[str]()
    for i, line in enumerate(lines):
        if (
            marks[i] is not None
            or len(line.text) < LEAST_REPEATED
            or line.text[-1] in ":;,"
            or "|" in line.text
        ):
            continue
        told = line.text.rstrip(".")
        if told in seen:
            marks[i] = "furniture"
        seen.add(told)


LEAST_REPEATED = 30  # characters: a shorter line may stand twice in a list or a table


def _signs(line: Line) -> bool:
    """The footer may still name the publisher."""
    return bool(_COPYRIGHT.match(line.marks) or _PRESS.match(line.marks))
