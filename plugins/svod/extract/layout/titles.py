"""Titles and headings: short lines that rule what follows, and the names of issuers that stand above a
title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from svod.extract.layout.furniture import LEAST_REPEATED, PROSE, Mark, is_menu
from svod.extract.layout.issuers import is_issuer, tells
from svod.extract.layout.lines import CLOCK, DATE, Line, is_byline
from svod.extract.layout.lists import inline_items

MAX_TITLE, MAX_HEADING, TOP = 250, 110, 14
_QUOTED = re.compile(r"«[^»]*»")
MAX_SAID = 150  # characters of a title in three sentences
MAX_RUN_IN, MIN_PROSE = 7, 100  # words of a heading, characters of the paragraph that it stands on
_NUMBER = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\.?\s+\S")
_OPENS_ITEM = re.compile(r"^(?:[•▪■●*]|[-–—]\s|\d{1,2}\))")
_CAPTION = re.compile(r"^(?:таблица|рисунок|диаграмма|приложение)\s+(?:№\s*)?\d", re.IGNORECASE)
_SUBJECT = re.compile(r"^(?:об?|по|за)\s")  # «о реализации проекта …»: what the report is about
_OF_YEAR = re.compile(r"\s(?:на|за|в)\s(?:19|20)\d\d(?:[/–-](?:19|20)?\d\d)?(?:\s(?:год[уа]?|годы|гг?\.))?$")
_REPORTS_ON = re.compile(  # «Отчёт РОО «X» по проекту «Y»»: a title, though it names who reports
    r"^(?:отч[её]т|итог|информаци|справк|доклад|сведени)[а-яё]*\s.{0,160}(?:проект|программ|грант)[а-яё]*\s+[«\"“„]",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"\s(?:руб|чел|тыс|млн|млрд)\.$")
_NEXT_SENTENCE = re.compile(r"[.!?…]\s+(?=[А-ЯЁ])(?![А-ЯЁ]\.)")
TitleKind = Literal["title", "signature"]
_PLACE = re.compile(r"^(?:г\.|пос\.|с\.|пгт|ст\.)\s?[А-ЯЁ][\w-]+$")
_TO_THE_MINUTE = re.compile(rf"{DATE},?\s+{CLOCK}$", re.IGNORECASE)
_FORWARDED = re.compile(r"^переслано из\b", re.IGNORECASE)


def find_titles(lines: Sequence[Line], marks: Sequence[Mark | None], body: int) -> dict[int, TitleKind]:
    """The lines of the title and, above it, of the issuer's or channel's name; all stand above line
    `body`."""
    found: dict[int, TitleKind] = {}
    for i in range(min(TOP, len(lines))):
        if _FORWARDED.match(lines[i].marks) and i > 0 and marks[i - 1] is None:
            found[i - 1] = "signature"
        elif _repeats_wall(lines, i):
            found[i] = "signature"
    heads = _head_lines(lines[:body], marks, found)
    for n, i in enumerate(heads):
        apart = len(heads) > 1 and (heads[1] > i + 1 or lines[heads[1]].gap)
        named = len(heads) > n + 1 and (
            _names_issuer(lines, marks, i) or (n == 0 and apart and _is_site(lines[i].text))
        )
        goes_on = (
            i - 1 in found
            and found[i - 1] == "signature"
            and lines[i].text[:1].islower()
            and not lines[i].gap
            and not _SUBJECT.match(lines[i].text)
        )
        if (named and not _REPORTS_ON.match(lines[i].text)) or goes_on or _PLACE.match(lines[i].text):
            found[i] = "signature"
        else:
            found[i] = "title"
    headline = _told_twice(lines, marks)
    if headline is None:
        headline = _below_date(lines, marks)
    if headline is not None and headline < body:
        found.setdefault(headline, "title")
    return found


def _below_date(lines: Sequence[Line], marks: Sequence[Mark | None]) -> int | None:
    """The headline of a page that has its date, with the hour, right above it, and only short lines above."""
    for i, line in enumerate(lines[: 2 * TOP]):
        if len(line.text) >= PROSE:
            return None
        dated = marks[i] == "signature" and (is_byline(line) or _TO_THE_MINUTE.search(line.marks) is not None)
        if dated and marks[i + 1 : i + 2] == [None]:
            below = lines[i + 1]
            told = len(below.text) >= LEAST_REPEATED and below.text[-1] not in ".!?:;,"
            return i + 1 if told and _is_title(below) and i > 0 and not _goes_on(lines, i + 1) else None
    return None


def _told_twice(lines: Sequence[Line], marks: Sequence[Mark | None]) -> int | None:
    """The headline of a page that gives it again: the first short line above all prose that stands once more
    further on, whatever the page says above it."""
    again = {line.text.rstrip(".") for line, mark in zip(lines, marks, strict=True) if mark == "furniture"}
    for i, line in enumerate(lines[: 10 * TOP]):
        if marks[i] is not None:
            continue
        if len(line.text) >= PROSE and line.text.endswith("."):
            return None
        if len(line.text) >= LEAST_REPEATED and line.text in again and _is_title(line):
            return i
    return None


def _repeats_wall(lines: Sequence[Line], i: int) -> bool:
    """A wall's name, in quotes in the first line and alone above the post."""
    return i > 0 and len(lines[i].text) < 160 and f'"{lines[i].text}"' in lines[0].marks


def _head_lines(
    lines: Sequence[Line], marks: Sequence[Mark | None], taken: dict[int, TitleKind]
) -> list[int]:
    """Short lines above the first paragraph of prose, whatever furniture stands between them."""
    heads: list[int] = []
    for i, line in enumerate(lines[: 10 * TOP]):
        if marks[i] is not None or i in taken:
            continue
        if (
            not _is_title(line)
            or _goes_on(lines, i)
            or (heads and (_NUMBER.match(line.text) or _CAPTION.match(line.text)))
        ):
            break
        if len(heads) >= 2 and not _continues(lines, heads[-1], i) and not is_issuer(lines[heads[0]].text):
            break
        heads.append(i)
        if len(heads) >= 6:
            break
    return _without_first_section(lines, _without_body(lines, heads))


def _without_first_section(lines: Sequence[Line], heads: list[int]) -> list[int]:
    """The heading of the first section is no title: it stands on its paragraph as those of others do."""
    if len(heads) < LEAST_ABOVE or heads[-1] + 1 >= len(lines) or not _is_run_in(lines, heads[-1]):
        return heads
    others = any(_is_run_in(lines, k) for k in range(heads[-1] + 2, len(lines) - 1))
    return heads[:-1] if others else heads


LEAST_ABOVE = 3  # lines: a site, a title, a heading


def _goes_on(lines: Sequence[Line], i: int) -> bool:
    """Prose broken at the edge of a page: the next line goes on in small letters and ends a sentence."""
    if i + 1 >= len(lines) or lines[i + 1].gap or not lines[i + 1].text[0].islower():
        return False
    return lines[i + 1].text.endswith(".") and tells(lines[i].text)


def _is_title(line: Line) -> bool:
    text = line.text
    if len(inline_items(line)) > 1:
        return False
    if len(text) > MAX_TITLE or _OPENS_ITEM.match(text) or text.endswith((";", ",", ":")):
        return False
    if len(text) > MAX_SAID and len(_NEXT_SENTENCE.findall(text)) > 1:
        return False
    if not text.endswith(".") or len(text) < PROSE // 2:
        return True
    return _ABBREVIATED.search(text) is not None and tells(text)


def _continues(lines: Sequence[Line], above: int, i: int) -> bool:
    return i == above + 1 and not lines[i].gap


def _without_body(lines: Sequence[Line], heads: list[int]) -> list[int]:
    """A short first sentence of the body is no title: one that ends like a sentence after a line that does
    not."""
    while len(heads) > 1 and lines[heads[-1]].text.endswith((".", "!")) and lines[heads[-1]].gap:
        if (
            len(heads) == LEAST_ABOVE - 1
            and is_issuer(lines[heads[0]].text)
            and lines[heads[-1]].text.isupper()
        ):
            break  # «ДРУЗЬЯ, МЫ ЭТО СДЕЛАЛИ!» under the name of the wall
        heads = heads[:-1]
    return heads


def _names_issuer(lines: Sequence[Line], marks: Sequence[Mark | None], i: int) -> bool:
    text = lines[i].text
    if is_issuer(text):
        return True
    below = (
        i + 1 < len(lines)
        and marks[i + 1] == "furniture"
        and is_menu(lines[i + 1].marks)
        and not lines[i + 1].gap
    )
    return below and len(text) < 80


_GENRE = re.compile(
    r"^(?:информаци|отч[её]т|доклад|итог|дайджест|пресс-релиз|интервью|справка|новост|анонс|обзор|бюллетень|выпуск|приложение|раздел|тема"
    r"|публичн|годов|ежемесячн|ежегодн|репортаж|колонка|мнение|история|коротко|главное|событи|проект|программ|акци|конкурс|форум|фестивал)",
    re.IGNORECASE,
)


def _is_site(text: str) -> bool:
    """A short name without a verb that stands apart above the title: a site, a channel, a newspaper."""
    if (
        len(text) > 70
        or len(text.split()) > 8
        or (text.endswith((".", "!", "?", "…", "»")) and len(text.split()) > 5)
    ):
        return False
    if re.search(r"[?!:…]", text) or text[:1] in '«"—–-#@(' or tells(text):
        return False
    return not _GENRE.match(text) and len(text.split()) >= 2


def is_heading(lines: Sequence[Line], marks: Sequence[Mark | None], i: int) -> bool:
    """A short line without a full stop that stands alone above prose, a list or a table."""
    text = lines[i].text
    if len(text) > MAX_HEADING or i + 1 >= len(lines):
        return False
    if text.endswith((":", ";", ",", ".", "…")) or _OPENS_ITEM.match(text) or text[0].islower():
        return False
    number = _NUMBER.match(text)
    if number is not None:
        named = _OF_YEAR.sub("", text[number.end(1) + 1 :])
        return (len(text) < 80 and not re.search(r"\d", named)) or _is_subheaded(lines, i, number[1])
    if (text.isupper() and len(text) > 3) or _CAPTION.match(text):
        return True
    return _is_run_in(lines, i) or (
        lines[i].gap
        and lines[i + 1].gap
        and len(lines[i + 1].text) > len(text)
        and not text.endswith(("!", "?", "»"))
    )


def _is_run_in(lines: Sequence[Line], i: int) -> bool:
    """«Прокат «Вдох»» right above its paragraph: a few words without a verb."""
    text, below = lines[i].text, lines[i + 1]
    if not lines[i].gap or below.gap or len(text.split()) > MAX_RUN_IN or text.endswith(("!", "?")):
        return False
    long = len(below.text) >= max(MIN_PROSE, 2 * len(text)) and below.text.endswith((".", "!", "…", "»"))
    return long and below.text[0].isupper() and text[0] not in '«"—–' and not tells(_QUOTED.sub("", text))


def _is_subheaded(lines: Sequence[Line], i: int, number: str) -> bool:
    """«3. Показатели» above «3.1. …»."""
    return lines[i + 1].text.startswith(number.rstrip(".") + ".1")
