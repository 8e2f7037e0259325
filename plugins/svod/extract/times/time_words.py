"""The words of time expressions: months, numbers, years; and the calendar behind relative ones."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from svod.extract.lexicon import load
from svod.models import Period

SpanKind = Literal["span", "since", "asof", "day", "vague", "compare"]


BLANK = "[ \u00a0]+"


@dataclass(frozen=True, slots=True)
class Calendar:
    """What relative expressions are relative to. `year` is the year that the report is about, if it names
    one.
    """

    published: date | None
    year: int | None = None

    @property
    def now(self) -> int | None:
        return self.published.year if self.published else self.year

    def year_of(self, month: int, day: int = 1, *, future: bool = False) -> int | None:
        """The year of a date without one: the last such day before publication, or the next if it is to
        come.
        """
        if (
            self.year is not None
            and self.published is not None
            and self.year < self.published.year
            and not future
        ):
            return self.year
        if self.published is None:
            return self.year
        try:
            same = date(self.published.year, month, min(day, 28))
        except ValueError:
            return self.published.year
        if future:
            return same.year if same >= self.published - timedelta(days=45) else same.year + 1
        return same.year if same <= self.published + timedelta(days=31) else same.year - 1


@cache
def time_lexicon() -> dict[str, dict[str, int]]:
    lexicon: dict[str, dict[str, int]] = load("time")
    return lexicon


def alternatives(name: str) -> str:
    return "|".join(sorted(map(re.escape, time_lexicon()[name]), key=len, reverse=True))


@cache
def pattern_names() -> dict[str, str]:
    return {
        "MON": rf"(?:{alternatives('months')})"
        r"(?:(?:(?<=янв|фев|мар|апр|июн|июл|авг|сен|окт|ноя|дек)|(?<=февр|сент|нояб))\.)?",
        "DAY": rf"(?:(?:[12]\d|3[01]|0?[1-9])(?!\d)(?:-?(?:го|е|ого|му))?|{alternatives('days')})",
        "YEAR": r"(?:19[89]\d|20[0-4]\d)",
        "Y": rf"(?:19[89]\d|20[0-4]\d)"
        rf"(?:{BLANK}?(?:г\.|год[ауе]?м?|гг\.)|-?(?:го|м|й|му|ый|ом|ому|ого)(?:{BLANK}год[ауе]?м?)?|(?![\d%]))",
        "NUM": rf"(?:\d{{1,2}}(?:-?(?:ти|х|и|ый|й|ой|м|ом|го|е))?|{alternatives('counts')})",
        "ROM": r"(?:iv|iii|ii|i|[1-4](?:-?(?:й|го|м|ый|ом|ем|м|е|ое|ой))?|" + alternatives("ordinals") + ")",
        "THIS": r"(?:эт(?:ого|ом|от)|текущ(?:его|ем|ий)|нынешн(?:его|ем|ий))",
        "LAST": r"(?:прошл(?:ого|ом|ый)|прошедш(?:ем|ий|его)"
        r"|минувш(?:его|ем|ий)|предыдущ(?:его|ем|ий)|истекш(?:ем|ий)|ушедш(?:его|ем|ий)|завершивш(?:емся|ийся))",
        "NEXT": r"(?:следующ(?:его|ем|ий)|будущ(?:его|ем|ий)"
        r"|наступающ(?:ем|ий|его)|нов(?:ом|ый|ого)|предстоящ(?:ем|ий))",
        "DMY": r"(?:(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d"
        r"|(?:0[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\.[12]\d(?![\d.]))",
        "FEAST": rf"(?:{alternatives('feasts')})",
        "ON_FEAST": "|".join(sorted(map(re.escape, feasts_on()), key=len, reverse=True)),
        "FIGURES": r"(?:цифрах|числах|фактах|делах|событиях|лицах)",
        "UNIT": r"(?:год[ауы]?|лет|месяц(?:а|ев|ы)?|недел[июья]|недель"
        r"|дн(?:я|ей|и)|день|сут(?:ки|ок)|квартал(?:а|ов)?|час(?:а|ов)?|полугоди[еяй])",
    }


def month_of(text: str) -> int:
    return time_lexicon()["months"][text.lower().rstrip(".")]


def feast_of(text: str) -> tuple[int, int]:
    """Month and day of a feast in the dative: «Дню Победы»."""
    return divmod(time_lexicon()["feasts"][text.lower()], 100)


@cache
def feasts_on() -> dict[str, int]:
    """The feasts in the accusative: «в День Победы»."""
    cases = (("дню ", "день "), ("международному ", "международный "), ("женскому дню", "женский день"))
    found = {}
    for name, day in time_lexicon()["feasts"].items():
        for dative, accusative in (*cases, ("рождеству", "рождество")):
            name = name.replace(dative, accusative)
        found[name] = day
    return found


def int_of(text: str) -> int:
    text = text.lower()
    return time_lexicon()["counts"].get(text) or int(re.match(r"\d+", text).group())  # type: ignore[union-attr]


def ordinal_of(text: str) -> int:
    roman = {"I": 1, "II": 2, "III": 3, "IV": 4}
    low = text.lower()
    return roman.get(text.upper()) or time_lexicon()["ordinals"].get(low) or int(low[0])


def day_of(text: str) -> int:
    """«19», «19-го», «девятнадцатого»."""
    in_words = time_lexicon()["days"].get(text.lower())
    return in_words or int(re.match(r"\d+", text).group())  # type: ignore[union-attr]


def year_of_text(text: str | None) -> int | None:
    m = re.search(r"(?:19|20)\d\d", text or "")
    return int(m.group()) if m else None


def date_or_none(year: int | None, month: int, day: int) -> date | None:
    if year is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def numeric_date(text: str) -> date | None:
    day, month, year = map(int, text.split("."))
    return date_or_none(year + 2000 * (year < 100), month, day)


def month_period(year: int, first: int, last: int | None = None) -> Period:
    last = last or first
    return Period(start=date(year, first, 1), end=date(year, last, calendar.monthrange(year, last)[1]))


def year_period(first: int | None, last: int | None = None) -> Period | None:
    if first is None:
        return None
    return Period(start=date(first, 1, 1), end=date(last or first, 12, 31))


def year_told(cal: Calendar) -> int | None:
    """The year that a report of the first months or of December looks back on, if it names none."""
    if cal.published is None:
        return cal.year
    if cal.year is not None:
        return cal.year
    if cal.published.month <= _LOOKING_BACK:
        return cal.published.year - 1
    return cal.published.year if cal.published.month == 12 else None


_LOOKING_BACK = 3  # January to March


Found = tuple[SpanKind, Period | None, bool]


Maker = Callable[["re.Match[str]", Calendar, bool], Found | None]


def since(start: date | None, cal: Calendar) -> Found | None:
    return ("since", Period(start=start, end=cal.published), True) if start else None


def asof(end: date | None) -> Found | None:
    return ("asof", Period(start=None, end=end), False) if end else None


def relative_year(m: re.Match[str], cal: Calendar) -> int | None:
    groups = m.groupdict()
    if groups.get("this"):
        return cal.now
    if groups.get("last"):
        return cal.now - 1 if cal.now else None
    return year_of_text(groups.get("y"))


Rules = list[tuple[str, str, Maker]]


def into(rules: Rules) -> Callable[[str, str], Callable[[Maker], Maker]]:
    """A decorator that adds a maker to the rules with its name and pattern; written first, tried first."""

    def rule(name: str, pattern: str) -> Callable[[Maker], Maker]:
        def add(maker: Maker) -> Maker:
            rules.append((name, pattern, maker))
            return maker

        return add

    return rule
