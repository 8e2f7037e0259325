"""Names of papers, sites and agencies as mastheads, datelines and imprints write them; what hangs on a name.

Sees single lines; whether the line may be a publisher's is decided by those who ask.
"""

from __future__ import annotations

import re

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
    r"^[А-ЯЁ][А-ЯЁ -]{2,40},\s\d{1,2}\s[а-я]{3,8}\.?(?:\s\d{4})?\s*(?:г\.)?\s*[–—-]\s*"
    r"(?P<name>(?:[А-ЯЁ]{2,4}\s)?[«\"][^»\"\n]{3,40}[»\"]|[А-ЯЁ][А-ЯЁа-яё]{4,20})\.\s"
)
_FORM = re.compile(
    r"^(?:организация|грантополучатель|наименование организации|организация-исполнитель)\s*:\s*"
    r"(?P<name>[^\n]{6,160})",
    re.IGNORECASE,
)
_PLACE_BEHIND = re.compile(r"(?<=[»\"”])\s*[,(]\s*(?:г|с|пос|пгт|дер)\.?\s.*$")
_HANGS_ON = re.compile(
    r"\s+(?:запись закреплена|закреплённая запись|закреплено|forwarded from:?.*)$|\s{2,}.*$"
    r"|\s+[/›]\s[А-ЯЁ][а-яё]+$|\s+\((?:русская|мобильная|полная)\s+версия\)$"
    r"|\.\s+(?:официальный сайт|интервью (?:недели|номера))$"
    r"|\s+[—–-]\s(?:новости|официальн|информационн)[^|]*$"
    r"|[,.]?\s+\d\d\.\d\d\.\d{4}$|(?<=[»\"”])\s+за\s+(?:\d{4}\s+год|[а-яё]+\s+(?:этап|квартал)).*$",
    re.IGNORECASE,
)
_CHANNEL = re.compile(r"^(?:телеграм|telegram)-?канал\s+[«\"](?P<name>.+)[»\"]$", re.IGNORECASE)


def bare_masthead(text: str) -> str:
    """A name without what hangs on it: a note that it is pinned, a rubric, a number of the issue."""
    channel = _CHANNEL.match(text)
    name = _HANGS_ON.sub("", channel["name"] if channel is not None else text).strip()
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


def wire(page: Page) -> str | None:
    """«МАХАЧКАЛА, 14 марта — НИА «Каспий-пресс». …»: the agency in its dateline."""
    for block in page.blocks[: page.body + 1]:
        match = _WIRE.match(page.text[block.start : block.start + LONG])
        if match is not None:
            return match["name"]
    return None


def reporting_form(page: Page) -> str | None:
    """«Организация: АНО «Своя дорога», г. Тверь»: the line of a report's form."""
    for block in page.blocks[:12]:
        match = _FORM.match(page.of(block))
        if match is not None:
            return _PLACE_BEHIND.sub("", match["name"]).strip(" .,")
    return None
