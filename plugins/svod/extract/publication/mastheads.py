"""Names of papers, sites and agencies as mastheads, datelines and imprints write them; what hangs on a name.

Sees single lines; whether the line may be a publisher's is decided by those who ask.
"""

from __future__ import annotations

import re

from svod.extract.layout.furniture import menu_words
from svod.extract.layout.issuers import tells
from svod.extract.layout.lines import CLOCK, DATE
from svod.extract.layout.page import Page

_SITE = re.compile(
    r"^(?P<name>[\w«»\"–.-]{3,40}(?:\.(?:ru|рф|com|org)"
    r"|[.–-](?:пресс|инфо|info|медиа|media|репорт[её]р|сегодня|ньюс|news|новости|тв|онлайн|вести)\d{0,3}(?:\.ru)?)"
    r"|[\wё-]{2,20}(?:\s[а-яё-]{3,12})?\s(?:онлайн|сегодня))$",
    re.IGNORECASE,
)
_CELL = re.compile(r"\s*[|/»›]\s*|\s{2,}")
_IN_ISSUE = re.compile(r"(?:^|[:(]\s*)[«\"](?P<name>[А-ЯЁ][^«»\"\n]{3,50})[»\"],\s*(?:выпуск\s*)?№\s?\d")
_WIRE = re.compile(
    r"^[А-ЯЁ][А-ЯЁ -]{2,40},\s\d{1,2}\s[а-я]{3,8}\.?(?:\s\d{4})?\s*(?:г)?\.?\s*(?:[–—-]\s*|/)"
    r"(?P<name>(?:[А-ЯЁ]{2,4}\s)?[«\"][^»\"\n]{3,40}[»\"]|РИА Новости|ТАСС|[А-ЯЁ][А-ЯЁа-яё]{4,20})"
    r"(?:,[^/\n]{3,40})?/?\.\s"
)
_AGENCY = re.compile(
    rf"{DATE}[.,\s/–—-]*(?P<name>(?:РИА|ИА|ТАСС|ИТАР-ТАСС)(?:\s?[«\"][^»\"]{{2,60}}[»\"])?)", re.IGNORECASE
)
_FORM = re.compile(
    r"^(?:организация|грантополучатель|наименование организации|организация-исполнитель)\s*:\s*"
    r"(?P<name>[^\n]{6,160})",
    re.IGNORECASE,
)
_PLACE_BEHIND = re.compile(r"(?<=[»\"”])\s*[,(]\s*(?:г|с|пос|пгт|дер)\.?\s.*$")
_HANGS_ON = re.compile(
    r"\s+(?:запись закреплена|закреплённая запись|закреплено|forwarded from:?.*)$|\s{2,}.*$"
    r"|\s+\((?:г\.\s?|с\.\s?|пос\.\s?)?[А-ЯЁ][^()\d]*\)$|\s+•\s[А-ЯЁ][\w-]+$|\s*\|\s*$|:\s*[\w.-]+@.*$|\s+[/›]\s[А-ЯЁ][а-яё]+$|\s+\((?:русская|мобильная|полная)\s+версия\)$"
    r"|\s[•|·—–-]\sофициальн(?:ый сайт|ая страница)$|\.\s+(?:официальный сайт|интервью (?:недели|номера))$"
    r"|\s+[—–-]\s(?:новости|официальн|информационн)[^|]*$"
    r"|[,.]?\s+\d\d\.\d\d\.\d{4}$|(?<=[»\"”])\s+за\s+(?:\d{4}\s+год|[а-яё]+\s+(?:этап|квартал)).*$",
    re.IGNORECASE,
)
_CHANNEL = re.compile(
    r"^(?:(?:телеграм|telegram)-?канал|запис[ьи] на стене(?: сообщества| группы)?)\s+[«\"](?P<name>.+)[»\"]$",
    re.IGNORECASE,
)


_PICTURES = r"[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F]+"
_PICTURE = re.compile(rf"^{_PICTURES}\s+|\s+{_PICTURES}$")  # «🟥 Первые | Приамурье»


def bare_masthead(text: str) -> str:
    """A name without what hangs on it: a note that it is pinned, a rubric, a number of the issue."""
    channel = _CHANNEL.match(text)
    name = _HANGS_ON.sub("", channel["name"] if channel is not None else text).strip()
    name = _PICTURE.sub("", name)
    return text if len(name) < MIN or name.endswith(".") else name


MIN = 4  # characters of a name


def site_above(page: Page) -> str | None:
    """«Север-Пресс», «Омск-Инфо55    |    Погода +19»: a name that only a site or an agency has."""
    line = page.text.lstrip().partition("\n")[0].strip()
    match = _SITE.match(_CELL.split(line)[0]) if len(line) < LONG else None
    return match["name"] if match is not None else None


LONG = 160  # characters


def issue_named(page: Page) -> str | None:
    """«Поспелихинская новь», № 43 (9871), …» among the first or the last lines."""
    for block in [*page.blocks[:2], *page.blocks[-4:]]:
        text = page.text[block.start : block.end]
        if len(text) < LONG and (match := _IN_ISSUE.search(text)) is not None:
            return match["name"]
    return None


_CELLS = re.compile(r"\s*(?:\||·|•|::)\s*|\s{3,}")
_NUMBER = re.compile(r"^№\s?\d|^\d\d?:\d\d$|^(?:просмотр|рубрик|общество|власть)", re.IGNORECASE)
_DATED = re.compile(rf"^(?:[а-яё]+,\s+)?(?:{DATE})(?:\s*г(?:ода?|\.))?(?:,?\s+{CLOCK})?$", re.IGNORECASE)


def cell_beside_date(page: Page) -> str | None:
    """«Вести Прикаспия :: 14.07.2023 :: №27 (1804)», «03.11.2023 | 16:40 | Байкал-Регион.ру | …»."""
    for block in page.blocks[:3]:
        cells = [c for c in _CELLS.split(page.text[block.start : block.end].strip()) if c]
        others = [c for c in cells if not _DATED.match(c) and not _NUMBER.match(c)]
        if len(cells) - len(others) < 2 or not any(_DATED.match(c) for c in cells) or not others:
            continue
        if MIN <= len(others[0]) <= 50 and (others[0][:1] in '«"' or others[0][:1].isupper()):
            return others[0]
    return None


_SITE_BEHIND = re.compile(r"^(?P<title>[^\n]{12,200}?)\s+[|–—-]\s+(?P<name>[^\n|–—]{3,60})$")


def name_behind_title(page: Page) -> str | None:
    """«Заголовок - Logos44» above «Заголовок»: the browser's title, which ends with the site's name."""
    line, _, below = page.text.lstrip().partition("\n")
    match = _SITE_BEHIND.match(line.strip())
    if match is None:
        return None
    headings = [row.strip(" \t•*#") for row in below[:600].splitlines()]
    return match["name"].strip() if match["title"] in headings else None


_RUBRICS = re.compile(
    r"^[«\"](?P<name>[А-ЯЁ][^«»\"\n]{3,50})[»\"](?:\s[—–/|>›]\s[А-ЯЁ][а-яё]{3,20}(?:\s[а-яё]{1,12}){0,2}){1,4}$"
)


def name_before_rubrics(page: Page) -> str | None:
    """«Абаканский рабочий» — Общество — Социалка: the paper before the path to the item."""
    match = _RUBRICS.match(page.text.lstrip().partition("\n")[0].strip())
    return match["name"] if match is not None else None


_SUBTITLE = re.compile(
    r"^(?:(?:[а-яё-]+\s){0,3}(?:интернет-)?(?:журнал|газета|новости|портал|издание|дневник|блог|сообщество|канал|сайт)"
    r"(?:\s[а-яёА-ЯЁ-]+){0,4}|интервью (?:недели|номера)|пресс-служба"
    r"|[А-ЯЁ][а-яё-]+(?:\s[А-ЯЁ][а-яё]+)?(?:\s·\s[А-ЯЁ][а-яё-]+(?:\s[А-ЯЁ][а-яё]+)?)+"
    r"|[^\n]{0,40}[+−-]\d{1,2}\s?°[^\n]{0,40}|#[\w#\s]+|@\w{3,40})$",
    re.IGNORECASE,
)
_STAMP = re.compile(rf"^(?:(?:{DATE}),?\s(?:[·•]\s)?в\s{CLOCK}|(?:сегодня|вчера)\sв\s{CLOCK})", re.IGNORECASE)


def first_line(page: Page) -> str | None:
    """A name in the very first line, with what the site is or when the post was made right below it."""
    lines = [line.strip() for line in page.text[:600].splitlines() if line.strip()][:2]
    if (
        len(lines) < 2
        or not MIN <= len(lines[0]) <= 90
        or not (lines[0][:1].isupper() or lines[0][:3].islower())
    ):
        return None
    if lines[0].casefold() in menu_words():
        return None
    if lines[0].endswith((".", "?", ":")) or re.search(rf"{DATE}|№|^вы здесь", lines[0], re.IGNORECASE):
        return None
    stamped = _STAMP.match(lines[1]) is not None
    if not stamped and (_SUBTITLE.match(lines[1]) is None or tells(lines[0])):
        return None
    return bare_masthead(lines[0])


def wire(page: Page) -> str | None:
    """«МАХАЧКАЛА, 14 марта — НИА «Каспий-пресс». …»: the agency in its dateline."""
    for block in page.blocks[: page.body + 1]:
        match = _WIRE.match(page.text[block.start : block.start + LONG])
        if match is not None:
            return match["name"]
    return None


def agency(page: Page) -> str | None:
    """«Абакан. 18 мая 2016. ИА «X»»: the agency in a dateline."""
    for block in page.blocks[: page.body + 1]:
        match = _AGENCY.search(page.of(block, 200))
        if match is not None and block.kind != "furniture":
            return match["name"]
    return None


def reporting_form(page: Page) -> str | None:
    """«Организация: АНО «Своя дорога», г. Тверь»: the line of a report's form."""
    for block in page.blocks[:12]:
        match = _FORM.match(page.of(block))
        if match is not None:
            return _PLACE_BEHIND.sub("", match["name"]).strip(" .,")
    return None
