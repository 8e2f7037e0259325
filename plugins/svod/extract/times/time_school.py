"""Rules for school years and their halves, which run from September to May."""

from __future__ import annotations

import re
from datetime import date

from svod.extract.times.time_words import Calendar, Found, Rules, into, ordinal_of, since
from svod.models import Period

RULES: Rules = []
_rule = into(RULES)

_SCHOOL = r"(?:учебн[а-яё]+|уч\.) год[а-яё]*"
_YEARS = r"(?P<a><YEAR>)(?: ?[-–—/] ?)(?P<b>(?:20)?\d\d)(?:-?(?:й|го|м|ом|ый))?"


def _year(start: int) -> Period:
    return Period(start=date(start, 9, 1), end=date(start + 1, 5, 31))


@_rule(
    "school_year",
    rf"(?:(?:(?:в|за|на|итоги|по итогам|во) )?(?P<h><ROM>) полугоди[еияюй]\w* )?(?:(?:в|за|на|по итогам) )?"
    rf"{_YEARS} {_SCHOOL}",
)
def _school_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«За 2024/2025 учебный год», «за 2 полугодие 2023/24 учебного года»."""
    start = int(m["a"])
    if not m["h"]:
        return "span", _year(start), True
    half = ordinal_of(m["h"])
    first = Period(start=date(start, 9, 1), end=date(start, 12, 31))
    return "span", first if half == 1 else Period(start=date(start + 1, 1, 1), end=_year(start).end), True


@_rule(
    "school_year",
    rf"(?:в|за|на|по итогам|в течение) (?P<w>прошл|минувш|прошедш|предыдущ|эт|нынешн|текущ|нов|следующ|будущ|"
    rf"наступивш|начавш)[а-яё]+ {_SCHOOL}",
)
def _this_school_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«в прошлом учебном году»; from June on the school year that is over is still called this one."""
    if cal.published is None:
        return "vague", None, False
    word, now = m["w"].lower(), cal.published
    running = now.year - (now.month < _NEW_YEAR)
    if word in ("следующ", "будущ"):
        return "span", _year(running + 1), False
    if word in ("нов", "наступивш", "начавш"):
        return "span", _year(now.year if now.month >= _EXPECTED else now.year - 1), False
    if word in ("прошл", "предыдущ") or (word in ("минувш", "прошедш") and _running(now)):
        return "span", _year(running - (1 if _running(now) or word == "предыдущ" else 0)), True
    if future or not _running(now):
        return "span", _year(running), True
    return since(date(running, 9, 1), cal)


@_rule("school_year", rf"(?:за|по итогам|итоги|в течение) {_SCHOOL}")
def _school_year_told(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«по итогам учебного года» in May and in summer: the one that is over or nearly so."""
    now = cal.published
    if now is None or not _ENDING <= now.month < _NEW_YEAR:
        return "vague", None, False
    return "span", _year(now.year - 1), True


_ENDING = 5  # May


def _running(now: date) -> bool:
    return not 6 <= now.month < _NEW_YEAR


_NEW_YEAR, _EXPECTED = 9, 4  # a school year begins in September; from April on a new one is looked forward to
