"""Rules for what is named by its distance from publication: weeks, weekdays, «в следующем месяце»."""

from __future__ import annotations

import re
from datetime import date, timedelta

from svod.extract.times.time_words import Calendar, Found, Rules, into, month_period, since, year_period
from svod.extract.words.screened import any_case
from svod.models import Period

RULES: Rules = []
_rule = into(RULES)


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
        return since(now, cal)
    before = now - timedelta(days=1)
    return "span", month_period(before.year, before.month), True


@_rule("week", r"(?:на|за) (?P<w>этой|прошлой|минувшей|прошедшей|прошлую|минувшую|прошедшую|эту) неделе?ю?")
def _week(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if not cal.published:
        return "vague", None, False
    monday = cal.published - timedelta(days=cal.published.weekday())
    if m["w"].lower().startswith("эт"):
        return since(monday, cal)
    return "span", Period(start=monday - timedelta(days=7), end=monday - timedelta(days=1)), True


@_rule(
    "coming",
    r"(?:на|в) (?:следующей|будущей) неделе|(?:в|на) (?:следующем|будущем) месяце",
)
def _coming(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if not cal.published:
        return "vague", None, False
    if "нед" in m.group().lower():
        monday = cal.published + timedelta(days=7 - cal.published.weekday())
        return "span", Period(start=monday, end=monday + timedelta(days=6)), False
    then = date(cal.published.year, cal.published.month, 28) + timedelta(days=5)
    return "span", month_period(then.year, then.month), False


@_rule(
    "since_day",
    r"с (?:эт(?:ого|ой) |прошл(?:ого|ой) |минувш(?:его|ей) )?(?P<w>понедельника|вторника|среды|четверга|"
    r"пятницы|субботы|воскресенья)|с (?:прошлой|минувшей) (?P<last>недели)",
)
def _since_weekday(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«с понедельника», «с прошлой недели»."""
    if not cal.published or future:
        return None
    monday = cal.published - timedelta(days=cal.published.weekday())
    if m["last"]:
        return since(monday - timedelta(days=7), cal)
    number = next(k for k, stem in enumerate(_DAYS_OF_WEEK) if m["w"].lower().startswith(stem[:4]))
    return since(cal.published - timedelta(days=(cal.published.weekday() - number) % 7), cal)


@_rule(
    "last_quarter",
    r"(?:за|в) (?P<w>прошл|минувш|прошедш|предыдущ|истекш)[а-яё]{2} (?P<p>квартале?|полугоди[еи])(?! года)",
)
def _last_part(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«за прошлый квартал», «в минувшем полугодии»: the last one that is over."""
    if not cal.published:
        return "vague", None, False
    long = 3 if m["p"].lower().startswith("кв") else 6
    last = (cal.published.month - 1) // long * long  # the last month of the part before, 0 for December
    year = cal.published.year - (last == 0)
    last = last or 12
    return "span", month_period(year, last - long + 1, last), True


@_rule("half_gone", r"за (?:первую )?половину (?P<this><THIS> года)")
def _half_gone(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«За половину этого года»: of no known year where the page has no date."""
    year = cal.published.year if cal.published else None
    return ("span", month_period(year, 1, 6), True) if year else ("vague", None, False)


_DAYS_OF_WEEK = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресенье")


@_rule(
    "near_day",
    r"(?:в|во|на) (?:(?:минувш|прошл|прошедш|эт)[а-яё]{1,3} )?"
    r"(?P<w>понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)(?!,? <DAY> <MON>)|"
    r"(?:в|на|за) (?:минувш|прошл|прошедш|эт)[а-яё]{1,3} (?P<off>выходны[ех])|за (?P<off2>выходные)",
)
def _weekday(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«в минувшую субботу»: the last such day before publication."""
    if not cal.published or future:
        return None
    if m["off"] or m["off2"]:
        sunday = cal.published - timedelta(days=cal.published.weekday() + 1)
        return "day", Period(start=sunday - timedelta(days=1), end=sunday), False
    number = next(k for k, stem in enumerate(_DAYS_OF_WEEK) if m["w"].lower().startswith(stem))
    day = cal.published - timedelta(days=(cal.published.weekday() - number) % 7)
    return "day", Period(start=day, end=day), False


_WE = any_case(r"(?<![а-яё])(?:мы|нас|нам|наш[а-яё]{0,3})(?![а-яё])")


@_rule(
    "weekday_label",
    r"(?P<w>понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|(?P<off>выходные))(?=[.:]| [—–-] )",
)
def _weekday_label(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«ВТОРНИК. Ездили в дом-интернат»: a label of people's own diary, the last such day; of Monday the week
    before. In a digest of news it says when the news came.
    """
    before = m.string[max(0, m.start() - 3) : m.start()].rstrip(" \u00a0📌▪•—–-\ufe0f")
    if not cal.published or before[-1:] not in ("", "\n") or not _WE.search(m.string):
        return None
    if m["off"]:
        sunday = cal.published - timedelta(days=cal.published.weekday() + 1)
        return "span", Period(start=sunday - timedelta(days=1), end=sunday), False
    number = next(k for k, stem in enumerate(_DAYS_OF_WEEK) if m["w"].lower().startswith(stem))
    back = (cal.published.weekday() - number) % 7 or (0 if number else 7)
    day = cal.published - timedelta(days=back)
    return "span", Period(start=day, end=day), False


@_rule("near_day", r"(?<!на\s)(?P<w>сегодня|вчера|позавчера|накануне|завтра)")
def _near_day(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if not cal.published:
        return None
    back = {"сегодня": 0, "вчера": 1, "позавчера": 2, "накануне": 1, "завтра": -1}[m["w"].lower()]
    day = cal.published - timedelta(days=back)
    return "day", Period(start=day, end=day), False


@_rule(
    "worded_year",
    r"(?P<prep>в|за|с) (?:две тысячи )?(?:двадцать (?P<w>перв|втор|трет|четв[её]рт|пят|шест)"
    r"(?:ь?ем|ом|ый|ий|ой|ого|ьего)|(?P<r>восемнадцат|девятнадцат|двадцат)(?:ом|ый|ого))"
    r"(?: год[ау]?|(?= ?[.,;:)–—!?\n]|$| было))",
)
def _worded_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«в двадцать первом было 80»."""
    tens = {"вос": 2018, "дев": 2019, "два": 2020}
    year = 2021 + _UNITS.index(m["w"].lower()[:3]) if m["w"] else tens[m["r"].lower()[:3]]
    if m.string[: m.start()].endswith(("чем ", "чем\u00a0")):
        return "compare", None, False
    if m["prep"] == "с":
        return since(date(year, 1, 1), cal)
    return "span", year_period(year), True


_UNITS = ("пер", "вто", "тре", "чет", "пят", "шес")
