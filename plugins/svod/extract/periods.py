"""Time expressions of a text as ISO periods, and the period of one figure.

A `TimeSpan` is found once in the text and resolved against the publication date and the year that the report
is about. Which span rules a figure is decided by `periods` rules in an ordered list, from the figure's own
clause up to the title. Dates without a year lie in the past unless the sentence speaks of the future.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from svod.extract.lexicon import load
from svod.models import Period

SpanKind = Literal["span", "since", "asof", "day", "vague", "compare"]
_S = "[ \u00a0]+"


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """One time expression. `vague` has no dates («за три года») and hides wider spans; `compare` never
    dates a figure.
    """

    start: int
    end: int
    kind: SpanKind
    period: Period | None
    rule: str
    reporting: bool = False  # a reporting span («за девять месяцев 2023 года»), not a day in a tale


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
def _lex() -> dict[str, dict[str, int]]:
    lexicon: dict[str, dict[str, int]] = load("time")
    return lexicon


def _alternatives(name: str) -> str:
    return "|".join(sorted(map(re.escape, _lex()[name]), key=len, reverse=True))


@cache
def _names() -> dict[str, str]:
    return {
        "MON": rf"(?:{_alternatives('months')})",
        "DAY": r"(?:[12]\d|3[01]|0?[1-9])(?!\d)(?:-?(?:го|е|ого))?",
        "YEAR": r"(?:19[89]\d|20[0-4]\d)",
        "Y": rf"(?:19[89]\d|20[0-4]\d)(?:{_S}?(?:г\.|год[ауе]?м?|гг\.)|-?(?:го|м|й|му|ый|ом|ому|ого)(?:{_S}год[ауе]?м?)?|(?![\d%]))",
        "NUM": rf"(?:\d{{1,2}}(?:-?(?:ти|х|и|ый|й|ой|м|ом|го|е))?|{_alternatives('counts')})",
        "ROM": r"(?:IV|III|II|I|[1-4](?:-?(?:й|го|м|ый|ом|ем|м))?|" + _alternatives("ordinals") + ")",
        "THIS": r"(?:эт(?:ого|ом|от)|текущ(?:его|ем|ий)|нынешн(?:его|ем|ий))",
        "LAST": r"(?:прошл(?:ого|ом|ый)|прошедш(?:ем|ий|его)|минувш(?:его|ем|ий)|предыдущ(?:его|ем|ий)|истекш(?:ем|ий))",
        "NEXT": r"(?:следующ(?:его|ем|ий)|будущ(?:его|ем|ий)|наступающ(?:ем|ий|его)|нов(?:ом|ый|ого)|предстоящ(?:ем|ий))",
        "DMY": r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d",
        "UNIT": r"(?:год[ау]?|лет|месяц(?:а|ев|ы)?|недел[июья]|недель|дн(?:я|ей|и)|день|сут(?:ки|ок)|квартал(?:а|ов)?|час(?:а|ов)?|полугоди[еяй])",
    }


def _month(text: str) -> int:
    return _lex()["months"][text.lower()]


def _int(text: str) -> int:
    text = text.lower()
    return _lex()["counts"].get(text) or int(re.match(r"\d+", text).group())  # type: ignore[union-attr]


def _ordinal(text: str) -> int:
    roman = {"I": 1, "II": 2, "III": 3, "IV": 4}
    low = text.lower()
    return roman.get(text.upper()) or _lex()["ordinals"].get(low) or int(low[0])


def _day(text: str) -> int:
    return int(re.match(r"\d+", text).group())  # type: ignore[union-attr]


def _year(text: str | None) -> int | None:
    m = re.search(r"(?:19|20)\d\d", text or "")
    return int(m.group()) if m else None


def _date(year: int | None, month: int, day: int) -> date | None:
    if year is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _dmy(text: str) -> date | None:
    day, month, year = map(int, text.split("."))
    return _date(year, month, day)


def month_period(year: int, first: int, last: int | None = None) -> Period:
    last = last or first
    return Period(start=date(year, first, 1), end=date(year, last, calendar.monthrange(year, last)[1]))


def _year_period(first: int | None, last: int | None = None) -> Period | None:
    if first is None:
        return None
    return Period(start=date(first, 1, 1), end=date(last or first, 12, 31))


Found = tuple[SpanKind, Period | None, bool]
Maker = Callable[["re.Match[str]", Calendar, bool], Found | None]
_RULES: list[tuple[str, str, Maker]] = []


def _rule(name: str, pattern: str) -> Callable[[Maker], Maker]:
    def add(maker: Maker) -> Maker:
        _RULES.append((name, pattern, maker))
        return maker

    return add


@cache
def _compiled() -> list[tuple[str, re.Pattern[str], Maker]]:
    names = _names()
    done = []
    for name, pattern, maker in _RULES:
        spaced = re.sub(r" \??", lambda m: _S if m[0] == " " else "[ \u00a0]{0,2}", pattern)
        full = re.sub(r"(?<!P)<(\w+)>", lambda m: names[m[1]], spaced)
        done.append((name, re.compile(rf"(?<![а-яёА-ЯЁ\d])(?:{full})(?![а-яё])", re.IGNORECASE), maker))
    return done


def _since(start: date | None, cal: Calendar) -> Found | None:
    return ("since", Period(start=start, end=cal.published), True) if start else None


def _asof(end: date | None) -> Found | None:
    return ("asof", Period(start=None, end=end), False) if end else None


# --- rules: the first that matches at a place wins; longer forms stand first -----------------------------


@_rule("year_before", r"годом (?:ранее|раньше)(?= ?(?:[–—:,-]|было|их|такую|таких))")
def _year_before(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    base = cal.year or (cal.published.year if cal.published else None)
    return ("span", _year_period(base - 1), False) if base else None


@_rule(
    "compare",
    r"(?:по сравнению с|относительно|против|по отношению к|к уровню|к аналогичному|чем|нежели|"
    r"в сравнении с)(?: (?:аналогичн\w+|так\w+ же|т(?:ем|от|а|о|е|у|ом) же|показател\w+|уровн\w+|"
    r"данным\w+|период\w*|началом|концом|за|в|первую|вторую|половину|"
    r"соответствующ\w+)){0,5} (?:<LAST> год[ауо]м?|<Y>|годом ранее|год назад|<LAST> (?:год|период|"
    r"месяц|квартал)\w*|в <Y>)",
)
def _compare(m: re.Match[str], cal: Calendar, future: bool) -> Found:
    return "compare", None, False


@_rule(
    "compare_year_ago",
    r"(?:годом|месяцем|кварталом) (?:ранее|раньше)|(?:чем )?год (?:назад|тому назад)|прошлогодн\w+",
)
def _compare_ago(m: re.Match[str], cal: Calendar, future: bool) -> Found:
    return "compare", None, False


@_rule(
    "same_period",
    r"(?:за|в) (?:(?:аналогичн|соответствующ)\w+|т(?:от|ом) же|эт(?:от|ом) же) (?:период|срок)\w* "
    r"(?:(?P<y><Y>)|(?P<last><LAST> года))",
)
def _same_period(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return "span", _year_period(_relative_year(m, cal)), False


@_rule(
    "numeric_span",
    r"(?:с |за период с |в период с )?(?P<a><DMY>)(?: г\.| года)?(?: по | до |"
    r" ?[-–—] ?)(?P<b><DMY>)(?: г\.| года)?",
)
def _numeric_span(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    a, b = _dmy(m["a"]), _dmy(m["b"])
    return ("span", Period(start=a, end=b), True) if a and b else None


@_rule(
    "day_to_day",
    r"(?:с|со|от) (?P<d1><DAY>) (?P<m1><MON>)(?: (?P<y1><Y>))? (?:по|"
    r"до) (?P<d2><DAY>)(?: (?P<m2><MON>))?(?: (?P<y2><Y>))?",
)
def _day_to_day(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return _days(m, m["m1"], m["m2"] or m["m1"], cal, future)


@_rule(
    "day_to_day",
    r"(?P<d1><DAY>) (?P<m1><MON>)(?: (?P<y1><Y>))? ?[-–—] ?(?P<d2><DAY>) (?P<m2><MON>)(?: (?P<y2><Y>))?",
)
def _day_dash_day(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return _days(m, m["m1"], m["m2"], cal, future)


@_rule(
    "days_of_month",
    r"(?:с |со )?(?P<d1><DAY>)(?: по | до | ?[-–—] ?| и |, )(?P<d2><DAY>) (?P<m2><MON>)(?: (?P<y2><Y>))?",
)
def _days_of_month(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    found = _days(m, m["m2"], m["m2"], cal, future)
    return ("day", found[1], False) if found and not m.group().lower().startswith(("с ", "со ")) else found


def _days(m: re.Match[str], first: str, last: str, cal: Calendar, future: bool) -> Found | None:
    m1, m2 = _month(first), _month(last)
    groups = m.groupdict()
    y2 = _year(groups.get("y2")) or cal.year_of(m2, _day(m["d2"]), future=future)
    y1 = _year(groups.get("y1")) or (y2 - (m1 > m2) if y2 else None)
    a, b = _date(y1, m1, _day(m["d1"])), _date(y2, m2, _day(m["d2"]))
    return ("span", Period(start=a, end=b), False) if a and b and a <= b else None


@_rule(
    "first_days", r"(?:за|в) (?:первые )?(?P<n><NUM>) (?:дней|дня|день|суток) (?P<m><MON>)(?: (?P<y><Y>))?"
)
def _first_days(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    month = _month(m["m"])
    year = _year(m["y"]) or cal.year_of(month, _int(m["n"]), future=future)
    a, b = _date(year, month, 1), _date(year, month, _int(m["n"]))
    return ("span", Period(start=a, end=b), True) if a and b else None


@_rule("month_to_month", r"(?:с|со) (?P<m1><MON>)(?: (?P<y1><Y>))? (?:по|до) (?P<m2><MON>)(?: (?P<y2><Y>))?")
def _month_to_month(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    m1, m2 = _month(m["m1"]), _month(m["m2"])
    y2 = _year(m["y2"]) or cal.year_of(m2, future=future)
    y1 = _year(m["y1"]) or (y2 - (m1 > m2) if y2 else None)
    if not y1 or not y2:
        return None
    return "span", Period(start=date(y1, m1, 1), end=month_period(y2, m2).end), True


@_rule("months", r"(?:(?:в|за|на) )?(?P<m1><MON>)(?: и | ?[-–—] ?)(?P<m2><MON>)(?: (?P<y><Y>))?")
def _months(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    m1, m2 = _month(m["m1"]), _month(m["m2"])
    year = _year(m["y"]) or cal.year_of(m2, future=future)
    if not year or m1 >= m2:
        return None
    return "span", month_period(year, m1, m2), True


@_rule(
    "months_of_year",
    r"(?:за|по итогам|итог\w*|в течение|на протяжении) (?:первые |первых )?(?P<n><NUM>) месяц(?:а|"
    r"ев)(?:,? (?:(?P<y><Y>)|(?P<this><THIS> года)|(?P<last><LAST> года)))?|(?P<n2><NUM>) месяц(?:а|"
    r"ев) (?P<y2><Y>)",
)
def _months_of_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    count = _int(m["n"] or m["n2"])
    year = _year(m["y"] or m["y2"])
    if m["this"]:
        year = cal.now
    elif m["last"] and cal.now:
        year = cal.now - 1
    if not year and _year_to_date(count, cal):
        year = cal.published.year  # type: ignore[union-attr]
    if not year or not 1 <= count <= 12:
        return "vague", None, False
    return "span", month_period(year, 1, count), True


def _year_to_date(count: int, cal: Calendar) -> bool:
    """«За четыре месяца» in May: the months of this year that are over."""
    return (
        cal.published is not None
        and count >= 2
        and count in (cal.published.month - 1, cal.published.month - 2)
        and (count == cal.published.month - 1 or count in (6, 9))
    )


@_rule(
    "quarter",
    r"(?:(?:в|за|во|по итогам|итоги|"
    r"на) )?(?P<q><ROM>)(?:[-–](?P<q2><ROM>))? квартал\w*(?: (?:(?P<y><Y>)|(?P<this><THIS> года)|"
    r"(?P<last><LAST> года)))?",
)
def _quarter(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    q = _ordinal(m["q"])
    last = _ordinal(m["q2"]) if m["q2"] else q
    year = _relative_year(m, cal) or cal.year_of(3 * last, 28, future=future)
    if not year or not 1 <= q <= last <= 4:
        return None
    return "span", month_period(year, 3 * q - 2, 3 * last), True


@_rule(
    "half_year",
    r"(?:(?:в|за|во|по итогам|итоги|на) )?(?P<h><ROM>) (?:полугоди[еияюй]\w*|"
    r"половин[уеы] года)(?:,? (?:(?P<y><Y>)|(?P<this><THIS> года)|(?P<last><LAST> года)))?",
)
def _half_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    half = _ordinal(m["h"])
    year = _relative_year(m, cal) or cal.year_of(6 * half, 28, future=future)
    if not year or half > 2:
        return None
    return "span", month_period(year, 6 * half - 5, 6 * half), True


@_rule(
    "half_of_year",
    r"(?:в|за|во|по итогам|итоги) (?P<h><ROM>) половин[уеы] (?:(?P<y><Y>)|(?P<this><THIS> года)|"
    r"(?P<last><LAST> года))",
)
def _half_of_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return _half_year(m, cal, future)


def _relative_year(m: re.Match[str], cal: Calendar) -> int | None:
    groups = m.groupdict()
    if groups.get("this"):
        return cal.now
    if groups.get("last"):
        return cal.now - 1 if cal.now else None
    return _year(groups.get("y"))


@_rule(
    "since_beginning",
    r"с (?:самого )?начала (?:(?P<this><THIS> )?года|(?P<y><Y>)|(?P<m><MON>)(?: (?P<my><Y>))?|"
    r"(?:текущего |этого )?(?P<part>месяца|полугодия|квартала))",
)
def _since_beginning(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if m["m"]:
        month = _month(m["m"])
        return _since(_date(_year(m["my"]) or cal.year_of(month), month, 1), cal)
    if m["part"] and cal.published:
        step = {"месяца": 1, "квартала": 3, "полугодия": 6}[m["part"].lower()]
        month = (cal.published.month - 1) // step * step + 1
        return _since(date(cal.published.year, month, 1), cal)
    year = _year(m["y"]) or (cal.published.year if cal.published else cal.year)
    return _since(_date(year, 1, 1), cal)


@_rule(
    "since_day",
    r"(?:(?:начиная )?(?:с|со)) (?:(?P<num><DMY>)|(?P<d><DAY>) (?P<m><MON>)(?: (?P<y><Y>)|"
    r"(?P<this> <THIS> года)|(?P<last> <LAST> года))?)",
)
def _since_day(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if m["num"]:
        return _since(_dmy(m["num"]), cal)
    month = _month(m["m"])
    year = _relative_year(m, cal) or cal.year_of(month, _day(m["d"]), future=future)
    start = _date(year, month, _day(m["d"]))
    if start and cal.published and start > cal.published:
        return "span", Period(start=start, end=None), False
    return _since(start, cal)


@_rule(
    "since_month",
    r"(?:начиная )?(?:с|со) (?P<m><MON>)(?: (?P<y><Y>)|(?P<this> <THIS> года)|(?P<last> <LAST> года))?",
)
def _since_month(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    month = _month(m["m"])
    start = _date(_relative_year(m, cal) or cal.year_of(month, future=future), month, 1)
    if start and cal.published and start > cal.published:
        return "span", Period(start=start, end=None), False
    return _since(start, cal)


@_rule(
    "years_span",
    r"(?:(?:с|в|за|на|со) )?(?P<a><YEAR>)(?: ?[-–—] ?| по | и | до )(?P<b><YEAR>)(?:-?(?:й|го|"
    r"м))?(?: ?(?:гг\.|г\.|год(?:ы|ах|ов|а|у|ам)?))",
)
def _years_span(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    a, b = int(m["a"]), int(m["b"])
    return ("span", _year_period(a, b), True) if a < b else None


@_rule(
    "school_year",
    r"(?:(?:в|за|на) )?(?P<a><YEAR>)(?: ?[-–—/] ?)(?P<b>(?:20)?\d\d)(?:-?(?:й|го|м))? учебн\w+ год\w*",
)
def _school_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    a = int(m["a"])
    return "span", Period(start=date(a, 9, 1), end=date(a + 1, 8, 31)), True


@_rule("since_year", r"(?:начиная )?(?:с|со) (?P<y><Y>)|(?:с|со) (?P<last><LAST> года)")
def _since_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    year = _year(m["y"]) or (cal.now - 1 if cal.now else None)
    if year and cal.published and year > cal.published.year:
        return "span", Period(start=date(year, 1, 1), end=None), False
    return _since(_date(year, 1, 1), cal)


@_rule(
    "year_end",
    r"(?:к|ко|до|на) (?:конц[ауе]|завершени[яю]|исход[ауе]) (?:(?P<y><Y>)|(?P<this>(?:<THIS> )?года)|"
    r"(?P<next><NEXT> года)|(?P<m><MON>)(?: (?P<my><Y>))?|(?P<season>лета|весны|осени|зимы))",
)
def _year_end(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if m["m"]:
        month = _month(m["m"])
        year = _year(m["my"]) or cal.year_of(month, future=True)
        return _asof(month_period(year, month).end) if year else None
    if m["season"]:
        last = {"лета": 8, "весны": 5, "осени": 11, "зимы": 2}[m["season"].lower()]
        year = cal.year_of(last, future=True)
        return _asof(month_period(year, last).end) if year else None
    year = _year(m["y"]) or (cal.now + bool(m["next"]) if cal.now else None)
    return _asof(_date(year, 12, 31))


@_rule(
    "by_day",
    r"(?:(?:по состоянию )?на|к|до|ко) (?P<d><DAY>) (?P<m><MON>)(?: (?P<y><Y>)|(?P<this> <THIS> года)|"
    r"(?P<last> <LAST> года))?",
)
def _by_day(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    month = _month(m["m"])
    year = _relative_year(m, cal) or cal.year_of(
        month, _day(m["d"]), future=future or m.group().lower().startswith("до")
    )
    return _asof(_date(year, month, _day(m["d"])))


@_rule("by_numeric_day", r"(?:(?:по состоянию )?на|к|до|ко) (?P<d><DMY>)(?: г\.| года)?")
def _by_numeric_day(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return _asof(_dmy(m["d"]))


@_rule(
    "by_year",
    r"(?:к|ко) (?P<y><Y>)|до (?P<y2><Y>)|(?:к|до) (?P<m><MON>) (?P<my><Y>)|(?:к|ко) (?P<next><NEXT> году)",
)
def _by_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if m["m"]:
        return _asof(month_period(int(_year(m["my"]) or 1), _month(m["m"])).end)
    if m["next"]:
        return _asof(_date(cal.now + 1 if cal.now else None, 12, 31))
    return _asof(_date(_year(m["y"] or m["y2"]), 12, 31))


@_rule(
    "season",
    r"(?P<w>(?:за |в |этим |этой |прошлым |прошлой |нынешним |нынешней |минувшим |минувшей )?(?:летом|"
    r"осенью|весной|зимой)|за (?:эту |прошлую |это |прошлое |минувш\w+ )?(?:лето|осень|весну|"
    r"зиму))(?: (?P<y><Y>)|(?P<this> <THIS> года)|(?P<last> <LAST> года))?",
)
def _season(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    word = m["w"].lower()
    first = next(v for k, v in (("лет", 6), ("осен", 9), ("весн", 3), ("зим", 12)) if k in word)
    last = (first + 1) % 12 + 1
    year = _relative_year(m, cal) or cal.year_of(last if first != 12 else 2, 28, future=future)
    if not year:
        return "vague", None, False
    if first == 12:
        return "span", Period(start=date(year - 1, 12, 1), end=month_period(year, 2).end), True
    return "span", month_period(year, first, last), True


@_rule("day", r"(?P<d><DAY>) (?P<m><MON>)(?: (?P<y><Y>)|(?P<this> <THIS> года)|(?P<last> <LAST> года))?")
def _one_day(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    month = _month(m["m"])
    year = _relative_year(m, cal) or cal.year_of(month, _day(m["d"]), future=future)
    day = _date(year, month, _day(m["d"]))
    return ("day", Period(start=day, end=day), False) if day else None


@_rule("numeric_day", r"<DMY>")
def _numeric_day(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    day = _dmy(m.group())
    return ("day", Period(start=day, end=day), False) if day else None


@_rule(
    "month",
    r"(?:(?:только |уже )?(?P<prep>в|во|за|на|по итогам|итоги|от) )?(?P<m><MON>)(?: (?P<y><Y>)|"
    r"(?P<this> <THIS> года)|(?P<last> <LAST> года))?",
)
def _one_month(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    month = _month(m["m"])
    year = _relative_year(m, cal)
    if not m["prep"] and not year:
        return None
    year = year or cal.year_of(month, future=future)
    return ("span", month_period(year, month), True) if year else None


@_rule(
    "year",
    r"(?:(?P<prep>только в|за весь|за|в|по итогам|итоги|на|по результатам|в течение|весь|"
    r"за календарный) )?(?P<y><YEAR>)(?P<tail> ?(?:г\.|год[ауе]?м?)|-?(?:го|м|й|ом|"
    r"ого)(?: год[ауе]?м?)?)?",
)
def _one_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if not m["prep"] and not m["tail"]:
        return None
    if m["prep"] and not m["tail"] and m["prep"].lower() in ("на", "за", "в"):
        return None
    return "span", _year_period(int(m["y"])), True


@_rule("dashed_year", r"(?P<w>итоги|отч[её]т|сезон|год|лето|осень|зима|весна)-(?P<y><YEAR>)")
def _dashed_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    season = {"лето": 6, "осень": 9, "весна": 3}.get(m["w"].lower())
    if season:
        return "span", month_period(int(m["y"]), season, season + 2), True
    return "span", _year_period(int(m["y"])), True


@_rule("bare_year", r"за (?P<y><YEAR>)(?= ?(?:[.,;:)»]|$|\n))")
def _bare_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return "span", _year_period(int(m["y"])), True


@_rule("this_year", r"(?:за|в|на|только в|уже в|по итогам) (?:<THIS> год[уа]?)|в году текущем")
def _this_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if not cal.published:
        return ("span", _year_period(cal.year), True) if cal.year else ("vague", None, False)
    if future or m.group().lower().startswith("на"):
        return "span", _year_period(cal.published.year), False
    return _since(date(cal.published.year, 1, 1), cal)


@_rule("last_year", r"(?:за|в|на|только за|по итогам|итоги) (?:весь )?<LAST> год[уа]?|<LAST> год")
def _last_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    base = cal.published.year - 1 if cal.published else None
    return ("span", _year_period(base), True) if base else ("vague", None, False)


@_rule(
    "elided_year",
    r"(?:в|за) (?P<w>прошлом|позапрошлом|минувшем|этом|нынешнем|текущем)(?= ?(?:[—–,-]|уже |почти |"
    r"было |их ))",
)
def _elided_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if not cal.published:
        return "vague", None, False
    back = {"поз": 2, "про": 1, "мин": 1}.get(m["w"].lower()[:3], 0)
    if not back:
        return _since(date(cal.published.year, 1, 1), cal)
    return "span", _year_period(cal.published.year - back), True


@_rule("next_year", r"(?:за|в|на|с|в течение) <NEXT> год[уа]?")
def _next_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return ("span", _year_period(cal.published.year + 1), False) if cal.published else ("vague", None, False)


@_rule(
    "report_year",
    r"(?:за|в) отч[её]тн(?:ом|ый) (?:год[уа]?|период[еа]?)|в этот период|за этот период|"
    r"за (?:указанный|данный) период",
)
def _report_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return ("span", _year_period(cal.year), True) if cal.year else None


@_rule(
    "this_month",
    r"(?:в|за) (?P<w>этом|текущем|нынешнем|прошлом|минувшем|прошедшем|прошлый|минувший|прошедший|этот|"
    r"текущий) месяце?",
)
def _this_month(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if not cal.published:
        return "vague", None, False
    now = date(cal.published.year, cal.published.month, 1)
    if m["w"].lower().startswith(("эт", "тек", "нын")):
        return _since(now, cal)
    before = now - timedelta(days=1)
    return "span", month_period(before.year, before.month), True


@_rule("week", r"(?:на|за) (?P<w>этой|прошлой|минувшей|прошедшей|прошлую|минувшую|прошедшую|эту) неделе?ю?")
def _week(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if not cal.published:
        return "vague", None, False
    monday = cal.published - timedelta(days=cal.published.weekday())
    if m["w"].lower().startswith("эт"):
        return _since(monday, cal)
    return "span", Period(start=monday - timedelta(days=7), end=monday - timedelta(days=1)), True


@_rule("near_day", r"(?P<w>сегодня|вчера|позавчера|накануне|завтра)")
def _near_day(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if not cal.published:
        return None
    back = {"сегодня": 0, "вчера": 1, "позавчера": 2, "накануне": 1, "завтра": -1}[m["w"].lower()]
    day = cal.published - timedelta(days=back)
    return "day", Period(start=day, end=day), False


@_rule(
    "vague",
    r"(?:(?:в целом |всего |уже |только |почти )?(?:за|через|в течение|на протяжении)) (?:(?:эт[ио]|"
    r"последни[ей]|прошедши[ей]|минувши[ей]|первы[ей]|весь|всё|все|целый|почти|неполны[ей]|полный|один|"
    r"одну|одни|ближайши[ей]) ){0,2}(?:(?:<NUM>|полтора|несколько|"
    r"пару)(?:[-–]<NUM>)? )?(?:с половиной |последних |прошедших |минувших |первых |полных )?(?:<UNIT>|"
    r"пол(?:года|тора года|месяца)|время(?! ожидания)|период(?! с)|смену|сезон)|за полгода|за годы|"
    r"со? (?:момента|дня|времени) (?:открытия|запуска|создания|основания|начала|старта)(?: работы|"
    r" проекта| программы)?|с тех пор|за это время|за вс[её] это время|за день|за сутки",
)
def _vague(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return "vague", None, False


# --- the whole text ------------------------------------------------------------------------------------


def find_times(text: str, cal: Calendar, future: Callable[[int], bool] = lambda _: False) -> list[TimeSpan]:
    """All time expressions in order, without overlaps; `future(offset)` says if the sentence there looks
    ahead.
    """
    taken: list[TimeSpan] = []
    for order, (name, pattern, maker) in enumerate(_compiled()):
        for m in pattern.finditer(text):
            found = maker(m, cal, future(m.start()))
            if found is None:
                continue
            kind, period, reporting = found
            taken.append(TimeSpan(m.start(), m.end(), kind, period, f"{order:02d}:{name}", reporting))
    taken.sort(key=lambda s: (s.rule[:2], s.start))
    kept: list[TimeSpan] = []
    starts: list[int] = []
    for span in taken:
        i = bisect_left(starts, span.start)
        before, after = kept[i - 1] if i else None, kept[i] if i < len(kept) else None
        if (before and before.end > span.start) or (after and after.start < span.end):
            continue
        kept.insert(i, replace(span, rule=span.rule[3:]))
        starts.insert(i, span.start)
    return kept


def times_in(times: Sequence[TimeSpan], start: int, end: int) -> Iterator[TimeSpan]:
    """The expressions that begin in [start, end)."""
    i = bisect_left(times, start, key=lambda t: t.start)
    while i < len(times) and times[i].start < end:
        yield times[i]
        i += 1
