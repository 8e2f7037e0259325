"""When the item itself was published and who issues it.

Looks at bylines, stamps, labels and signatures around the text. Dates of events and laws, calendar widgets
and
dates of change are no publication dates; «as the ministry told us» is no publisher.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from svod.extract.layout.furniture import has_widget
from svod.extract.layout.lines import CLOCK, DATE, MONTHS, SHORT_MONTHS, TO, WEEKDAYS
from svod.extract.layout.page import Page, first
from svod.extract.layout.segments import Block, Layout
from svod.extract.publication.letterheads import as_called
from svod.extract.publication.publishers import PUBLISHER_RULES
from svod.extract.publication.standing_date import standing_date
from svod.extract.words.screened import any_case
from svod.language.document import Document
from svod.models import ReportText


@dataclass(frozen=True, slots=True)
class Publication:
    """`rules` are the ids of the rules that read the date and the publisher, empty where nothing was read."""

    published: date | None
    publisher: str | None
    rules: tuple[str, str] = ("", "")


def read_publication(doc: Document, layout: Layout, report: ReportText) -> Publication:
    """The date and the publisher that the page states; what the fetcher knows only where the page is
    silent."""
    page = Page(doc, layout)
    published, by_date = first(DATE_RULES, page)
    publisher, by_name = first(PUBLISHER_RULES, page)
    return Publication(
        published if published is not None else report.published,
        as_called(publisher, doc.text) if publisher is not None else report.publisher,
        (by_date, by_name),
    )


_MONTH_NUMBERS = {
    m: n
    for n, m in enumerate(
        ["янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"], 1
    )
}
_PARTS = (
    re.compile(r"^(?P<y>\d{4})[-.](?P<m>\d{2})[-.](?P<d>\d{2})"),
    re.compile(r"^(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4})"),
    re.compile(
        rf"^[«\"“]?(?P<d>\d{{1,2}})[»\"”]?\.?\s*(?P<name>{MONTHS}|{SHORT_MONTHS})"
        rf"(?:\.?,?\s+(?:(?:{WEEKDAYS}),?\s+)?|\.)(?P<y>\d{{4}})",
        re.IGNORECASE,
    ),
    re.compile(rf"^(?P<name>{MONTHS})\s+(?P<d>\d{{1,2}}),\s+(?P<y>\d{{4}})", re.IGNORECASE),
)
_WALL = re.compile(rf"^эта запись была опубликована на стене .*?(?P<date>{DATE})", re.IGNORECASE)
_EXPORTED = re.compile(rf"\[(?P<date>{DATE})[^\]]{{0,20}}\]", re.IGNORECASE)
_LABEL = any_case(
    r"(?:(?:материал|текст|документ|отч[её]т|статья|новость|информация|страница|запись|файл)[,\s]+)?"
    r"(?:опубликован[оа]?|размещ[её]н[оа]?|дата\s+(?:публикации|размещения|выпуска|создания)"
    r"|добавлен[оа]?|создан[оа]?|дата(?=\s*[:—–-])|^\s*date(?=\s\d{4}-))"
    rf"\b[^\d\n]{{0,30}}(?:{CLOCK}[,\s]+)?(?P<date>{DATE})"
)
_BYLINE = re.compile(
    rf"^\W*(?:(?:{WEEKDAYS})\.?,?\s+)?(?:{CLOCK}[,\s]+)?(?P<date>{DATE})(?!{TO})", re.IGNORECASE
)
_STAMP_CELL = re.compile(rf"(?:\s{{2,}}|\|\s*)(?P<date>{DATE}),?\s+(?:в\s+)?{CLOCK}(?!\d)", re.IGNORECASE)
_DATELINE = re.compile(
    rf"^\(?(?:(?:г\.\s?)?[А-ЯЁ][\w-]*(?:[ -][\w-]+(?:\.RU)?){{0,3}}(?:[.,]\s+|\s{{2,}})){{1,3}}"
    rf"(?P<date>{DATE})"
)
_ENDING = re.compile(rf"(?:^|[\s,|(])(?P<date>{DATE})[)\s]*$", re.IGNORECASE)
_CHANGED = re.compile(
    r"измен[её]н|обновл|утвержд|редакци|приказ|постановлен|закон|зарегистрир", re.IGNORECASE
)
_OF_ELSE = re.compile(  # of an audit, an agreement, of what is to come
    r"заключени|аудит|протокол|заседани|договор|соглашен|лицензи|следующ|состоится|пройд[её]т|приглаша|подач|заявк",
    re.IGNORECASE,
)


_UNTIL = re.compile(
    rf"\b(?:по|до|к|с|со|на|после)\s+{DATE}[)\s.]*$", re.IGNORECASE
)  # a day of an event or a term


def _parse(text: str) -> date | None:
    for pattern in _PARTS:
        match = pattern.match(text)
        if match is None:
            continue
        groups = match.groupdict()
        name = (groups.get("name") or "").casefold()
        month = (
            int(groups["m"])
            if groups.get("m")
            else next(
                (
                    n
                    for stem, n in _MONTH_NUMBERS.items()
                    if name.startswith(stem) and (stem != "ма" or name[:3] in {"мая", "май"})
                ),
                0,
            )
        )
        try:
            return date(int(groups["y"]), month, int(groups["d"]))
        except ValueError:
            return None
    return None


def _not_own(text: str) -> bool:
    """The date beside these words is of a change, a deed or an event."""
    return _CHANGED.search(text) is not None or _OF_ELSE.search(text) is not None


def _dated(match: re.Match[str] | None) -> date | None:
    return None if match is None else _parse(match["date"])


def wall_stamp(page: Page) -> date | None:
    return next((d for _, text in page.signatures() if (d := _dated(_WALL.match(text)))), None)


def exported_stamp(page: Page) -> date | None:
    """«Канал, [12.03.2021 18:44]» in the first line."""
    first_line = page.of(page.blocks[0]) if page.blocks else ""
    return _dated(_EXPORTED.search(first_line))


def labelled_date(page: Page) -> date | None:
    for block in page.blocks:
        if block.end - block.start < 240 and block.kind != "list_item":
            text = page.of(block)
            found = _dated(_LABEL.search(text))
            if found is not None and (block.kind != "paragraph" or _LABEL.match(text.lstrip("("))):
                return found
    return None


_SPLIT_STAMP = re.compile(  # «4 мар в 21:07 · 2025», «28 августа, 14:20 (2025 год)»
    rf"(?:^|[\s,/|·(])(?P<day>\d{{1,2}}\s(?:{MONTHS}|(?:{SHORT_MONTHS})\.?))(?:,?\s(?:в\s)?{CLOCK})"
    r"[\s,;|·•/(—–-]{1,4}(?P<y>20\d\d)(?!\d)",
    re.IGNORECASE,
)
_YEARLESS = re.compile(
    rf"^\W*(?:(?:{WEEKDAYS})\.?,?\s+)?(?P<day>\d{{1,2}}\s(?:{MONTHS}|(?:{SHORT_MONTHS})\.?))"
    rf",?\s(?:в\s)?{CLOCK}\W*$",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|\(с\))[^\d\n]{0,60}(?P<y>20\d\d)(?!\s?[–—-]\s?\d|\d)", re.IGNORECASE)


def _edges(page: Page) -> list[Block]:
    """What stands above the text, its first block, and the last blocks of the page."""
    return [*page.blocks[: page.body + 1], *page.blocks[-_TAIL:]]


def split_stamp(page: Page) -> date | None:
    """A stamp with the hour between the day and the year, at an edge of the page."""
    found = (_SPLIT_STAMP.search(page.of(b)) for b in _edges(page) if b.end - b.start < _STAMP_LINE)
    return next((d for m in found if m and (d := _parse(f"{m['day']} {m['y']}")) is not None), None)


def stamp_and_copyright(page: Page) -> date | None:
    """«7 февраля, 12:30» in a line by itself and the year in the line of rights, a single one."""
    lines = [line for b in _edges(page) for line in page.of(b).splitlines()]
    days = {m["day"] for line in lines if (m := _YEARLESS.match(line))}
    years = {m["y"] for line in lines if (m := _COPYRIGHT.search(line))}
    return _parse(f"{days.pop()} {years.pop()}") if len(days) == len(years) == 1 else None


_TAIL, _STAMP_LINE = 6, 120  # blocks, characters


def byline_date(page: Page) -> date | None:
    return next((d for _, text in page.signatures() if (d := _dated(_BYLINE.match(text)))), None)


_GLUED = re.compile(  # «date 2021-03-04 В районе …», «04.03.2021 Волонтёры …», «…другуДата: 04.03.2021 …»
    rf"^\W*(?:(?:date|дата|опубликовано)\W{{1,3}})?(?P<date>\d{{4}}-\d\d-\d\d|\d\d\.\d\d\.\d{{4}})"
    rf"(?:[,\s]+{CLOCK})?\s+(?=[«\"“]?[А-ЯЁ]|[Бб]олее\b|\d{{1,3}}\s[а-яё])"
)
_GLUED_LABEL = re.compile(rf"(?<![А-ЯЁ])Дата(?:\sпубликации)?:\s*(?P<date>{DATE})")
_START = 200  # characters


def glued_date(page: Page) -> date | None:
    """A stamp in figures that ran together with the first sentence of the text."""
    blocks = page.blocks[: page.body + 1]
    found = [_dated(_GLUED.match(page.of(b, 60))) for b in blocks]
    found += [_dated(_GLUED_LABEL.search(page.of(b, _START))) for b in blocks]
    return next((d for d in found if d is not None), None)


def date_beside_rubric(page: Page) -> date | None:
    """«Общество        17 мая 2018, 09:00»: above the text, after a wide gap."""
    above = (_STAMP_CELL.search(page.of(block)) for _, block in page.top() if block.kind == "signature")
    return next((d for match in above if (d := _dated(match)) is not None), None)


def dateline(page: Page) -> date | None:
    for _, block in [*page.top(), *list(enumerate(page.blocks))[page.body : page.body + 2]]:
        if block.kind != "furniture" and (found := _dated(_DATELINE.match(page.of(block)))) is not None:
            return found
    return None


def ending_date(page: Page) -> date | None:
    """A signature that ends with a date: «Источник: собственная информация, 20.05.2022»."""
    ended = (_dated(_ENDING.search(text)) for _, text in page.signatures() if not _not_own(text))
    found = {d for d in ended if d is not None}
    return found.pop() if len(found) == 1 else None  # several sources of a digest: none is the item's own


_MASTHEAD = re.compile(
    rf"^(?:[а-яё-]+\s){{0,3}}(?:газета|журнал|еженедельник|вестник)\s+[«\"][^»\"\n]{{2,60}}[»\"][,.\s]+(?P<date>{DATE})",
    re.IGNORECASE,
)


def masthead_date(page: Page) -> date | None:
    """«Газета «Х», 26 августа 2020» above the text."""
    return next(
        (d for _, b in page.top() if (d := _dated(_MASTHEAD.match(page.of(b, 160)))) is not None), None
    )


def closing_date(page: Page) -> date | None:
    """A short last line that ends with a date: «Калужская неделя, 14 ноября 2019 года»."""
    tail = [b for b in page.blocks if b.kind != "furniture"][-1:]
    if not tail or tail[0].end - tail[0].start > 100 or tail[0].kind in {"title", "lead", "signature"}:
        return None
    text = page.of(tail[0])
    return None if _not_own(text) or _UNTIL.search(text) else _dated(_ENDING.search(text))


_RUBRIC = re.compile(  # «Люди — 19.11.2021, 10:32», «№ 46 (11 208), 12 ноября 2020 года»
    rf"^(?:[А-ЯЁ][а-яё]+(?:\s[а-яё]+){{0,3}}\s*[—–|·•/]|№\s?\d+\s?(?:\([\d\s]+\))?\s*[,—–|·•])"
    rf"\s*(?P<date>{DATE})(?:,?\s+(?:в\s+)?{CLOCK})?$"
)


def date_above_text(page: Page) -> date | None:
    """A short line above the text that is furniture otherwise («Новости | 12 марта 2021»), weather left
    aside; a rubric or a number of the issue and nothing but the date after it."""
    for i, block in page.top():
        if i in page.todays:
            continue
        text = page.of(block)
        if block.end - block.start < 90 and (found := _dated(_RUBRIC.match(text))) is not None:
            return found
        if block.kind == "furniture" and block.end - block.start < 120 and not has_widget(text):
            found = _dated(_ENDING.search(text))
            if found is not None and not _CHANGED.search(text):
                return found
    return None


_IMPRINT = re.compile(rf"подписан[оа]?\s+(?:в|к)\s+печат[иь]\s*:?\s*(?P<date>{DATE})", re.IGNORECASE)


def imprint(page: Page) -> date | None:
    """«Подписано в печать 06.05.2019» among the first or the last lines of a printed issue."""
    blocks = [*page.blocks[: page.body + 1], *page.blocks[-4:]]
    return next((d for b in blocks if (d := _dated(_IMPRINT.search(page.of(b, 300)))) is not None), None)


_SET_OUT = re.compile(  # «размещён на сайте 31 марта 2022 года», «на сайте с 5 марта 2024 г.»
    r"(?:размещ[её]н[оаы]?|опубликован[оаы]?|выложен[оаы]?|подготовлен[оаы]?|составлен[оаы]?)\s[^\d.!?\n]{0,90}?"
    rf"(?P<date>{DATE})|\bна (?:\S+ )?(?:сайте|портале) с (?P<since>{DATE})|©[^\n]{{4,90}}?\s(?P<own>{DATE})",
    re.IGNORECASE,
)


def date_set_out(page: Page) -> date | None:
    """A sentence at an edge of the page that says when the text was put out."""
    for block in _edges(page):
        text = page.text[block.start : block.end][:400]
        match = _SET_OUT.search(text)
        if match is not None and not _DEED.search(text[: match.start("date")] if match["date"] else ""):
            return _parse(match["date"] or match["since"] or match["own"])
    return None


_DEED = re.compile(
    r"(?:постановлени|приказ|закон|реестр|закупк|извещени|заседани|совещани|коллеги|сесси|слушани)[а-яё]*\s[^.]{0,40}$",
    re.IGNORECASE,
)


def date_by_itself(page: Page) -> date | None:
    """A date beside names and labels at the edge of the page, where no other rule found one."""
    text = standing_date(page)
    return None if text is None else _parse(text)


_SHORT_YEAR = re.compile(  # «12.05.23», «Пресс-служба, 12.05.23 г.», «Новости | 12.05.23, 10:15»
    r"^(?:(?:опубликован|размещ[её]н|добавлен|создан|дата)[а-яё ]*[:—–-]\s*)?[^\d.:;!?]{0,40}(?<![^\W])"
    r"(?P<d>[0-3]?\d)\.(?P<m>[01]\d)\.(?P<y>[12]\d)(?:\s?г(?:ода?|\.)?)?"
    rf"(?:,?\s(?:в\s)?{CLOCK})?(?:\W*|\.\s[А-ЯЁ][^\d]{{0,100}})$",
    re.IGNORECASE,
)


def short_year(page: Page) -> date | None:
    """A year of two figures in a line by itself at an edge of the page, the only such line."""
    lines = {line for b in _edges(page) if b.end - b.start < _STAMP_LINE for line in page.of(b).splitlines()}
    found = {m["d"] + f".{m['m']}.20{m['y']}" for x in lines if (m := _SHORT_YEAR.match(x))}
    return _parse(found.pop()) if len(found) == 1 and not any(_CHANGED.search(x) for x in lines) else None


DATE_RULES: tuple[Callable[[Page], date | None], ...] = (
    wall_stamp,
    exported_stamp,
    labelled_date,
    byline_date,
    glued_date,
    date_beside_rubric,
    dateline,
    ending_date,
    closing_date,
    split_stamp,
    stamp_and_copyright,
    masthead_date,
    date_above_text,
    imprint,
    date_set_out,
    date_by_itself,
    short_year,
)
