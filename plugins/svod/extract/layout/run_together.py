"""What ran together when a page was made plain text, set apart: sentences («…школы.Участники…»), figures and
their units («12,4 млн.руб.», «300тыс.»), a broken decimal («14, 5 млн»); the dots that lead to a figure
(«Хоспис ..... 1 002 480») as the dash that they stand for.

Knows characters only: says what of the text is to be replaced by what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_MONTH = "январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр"
_APART = re.compile(  # where a space is missing; every alternative is of no width
    r"(?<=[а-яё][а-яё][.!?…])(?=[А-ЯЁ][а-яё]|[«“][А-ЯЁ])"
    r"|(?<=[»”)][.!?…])(?=[А-ЯЁ][а-яё]|[«“][А-ЯЁ])"
    r"|(?<=(?:тыс|млн|руб|чел|экз)\.)(?=[а-яё]{2})|(?<=млрд\.)(?=[а-яё]{2})"
    r"|(?:(?<=\dт\.)|(?<=\d[ \u00a0]т\.))(?=р(?:уб|\.|(?![а-яё])))"  # «780 т.р.»
    r"|(?<=\d)(?=(?:тыс|млн|млрд|руб|чел)(?![а-яё]))"
    r"|(?<=\d)(?=[а-яё]{4})(?!лет(?:и|н)|процентн|кратн|дневн|часов|этажн|местн|классн|балльн)"
    rf"|(?<=[а-яё]{{4}})(?=\d{{1,2}}\s(?:{_MONTH}))"
)
_TOUCHING = re.compile(  # what every one of these, a broken decimal and leading dots have
    r"[.!?…][«“]?[А-Яа-яЁё]|\d[а-яё]|[а-яё]\d|\d,[ \u00a0]\d|(?:\.\.|…|_)[ \u00a0\t]*\d"
)
_LEADER = re.compile(
    r"(?:(?<=[а-яёА-ЯЁ»\")])(?P<near>\.{4,200}|_{3,200}|…{2,70})"
    r"|(?P<far>[ \u00a0\t](?:\.{2,200}|_{3,200}|…{1,70})))[ \u00a0\t]*(?=\d[^\n]{0,40}$)",
    re.MULTILINE,
)
_BRAND = re.compile(r"(?:^|[^А-Яа-яЁё-])[А-ЯЁ][А-Яа-яЁё-]*$")  # «Росмолодёжь.Гранты» is one name
_LONGEST = 40  # letters of such a name
_DECIMAL = re.compile(
    r"(?<![\d.,№/-])(?<!\d[ \u00a0])(?<!\d,[ \u00a0])(?<!№[ \u00a0])\d{1,3},(?P<gap>[ \u00a0])\d{1,2}"
    r"(?=[ \u00a0]?(?:%|процент)|[ \u00a0](?:тыс|млн|млрд|миллион|миллиард))"
)


COLUMN = "    "  # what parts the cells of a row
_TO_LINE_END = re.compile(
    r"\d[\d \u00a0]*(?:,\d+)?[ \u00a0]?(?:[а-яё₽%]{1,5}\.?(?:[ \u00a0][а-яё]{1,5}\.?)?)?[ \t]*(?=\n|$)"
)


def set_apart(text: str) -> Iterator[tuple[int, int, str]]:
    """`(start, end, put)` for every place: `text[start:end]` is to be replaced by `put`."""
    if _TOUCHING.search(text) is None:
        return
    for match in _APART.finditer(text):
        at = match.start()
        dot = text[at - 1] == "."
        if not (dot and _BRAND.search(text[max(0, at - 1 - _LONGEST) : at - 1])):
            yield at, at, " "
    for match in _LEADER.finditer(text):
        alone = _TO_LINE_END.match(text, match.end()) is not None
        yield match.start(), match.end(), COLUMN if alone else " – "
    for match in _DECIMAL.finditer(text):
        yield *match.span("gap"), ""
