"""Rules for seasons of the year and for seasons of work («сезон 2018/2019»), which run over a new year."""

from __future__ import annotations

import re
from datetime import date, timedelta

from svod.extract.times.time_words import (
    Calendar,
    Found,
    Rules,
    date_or_none,
    into,
    month_period,
    relative_year,
    since,
)
from svod.models import Period

RULES: Rules = []
_rule = into(RULES)


@_rule(
    "season",
    r"(?P<w>(?:(?:за|в|во) )?(?:(?P<when>эт(?:им|ой|у|от|о)|нынешн(?:им|ей|юю|ее)|прошл(?:ым|ой|ую|ое)|"
    r"минувш(?:им|ей|ую|ее)|прошедш(?:им|ей|ую|ее)|следующ(?:им|ей|ую|ее)|будущ(?:им|ей|ую|ее)|"
    r"предстоящ(?:им|ей|ую|ее)) )?(?:летом|осенью|весной|зимой)|"
    r"(?:за|в) (?:эту |(?P<off>прошлую |прошлое )|это |минувш\w+ |прошедш\w+ |нынешн\w+ |всю |вс[её] )?"
    r"(?:лето|осень|весну|зиму)|(?:вс[её]|всю) (?:лето|осень|весну|зиму)|"
    r"на (?P<to>следующ(?:ее|ую)|будущ(?:ее|ую)|предстоящ(?:ее|ую)) "
    r"(?:лето|осень|весну|зиму))(?: (?P<y><Y>)|(?P<this> <THIS> года)|(?P<last> <LAST> года))?",
)
def _season(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    when = (m["when"] or m["to"] or m["off"] or "").lower()
    coming = when.startswith(("след", "буд", "предст"))
    if (
        cal.published is None
        or (not coming and not when.startswith("прошл"))
        or cal.year not in (None, cal.published.year)
    ):
        return _in_season(m, cal, future or coming)
    return _season_off(m["w"].lower(), cal.published, coming=coming)


@_rule(
    "season_months",
    r"(?:за|в|во|в течение) (?:(?:вс[её]|все|эти|этот|<NUM>) ){0,2}"
    r"(?P<w>летн|весенн|осенн|зимн)(?:ий|ие|их|его|ем)"
    r" (?:месяц\w*|период\w*|сезон\w*)(?: (?P<y><Y>)|(?P<this> <THIS> года)|(?P<last> <LAST> года))?",
)
def _season_months(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«за три летних месяца», «в зимний период 2017 года»."""
    return _in_season(m, cal, future)


@_rule(
    "season",
    r"(?:(?:за|итоги|в|на протяжении) )?(?:зим[аыуе]|зимой|зимн\w+ сезон[а-яё]*) (?P<a><YEAR>) ?[-–—/] ?"
    r"(?P<b>(?:20)?\d\d)(?:-?(?:го|й|х))?(?: ?(?:гг\.|г\.|год[а-яё]*))?",
)
def _winter(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«Зима 2021–2022», «зимой 2021/22 года»."""
    first = int(m["a"])
    return ("span", _season_of(12, first), True) if int(m["b"]) % 100 == (first + 1) % 100 else None


@_rule(
    "season",
    r"(?:итог(?:и|ам|ах)|по итогам) (?:прошедш\w+ |минувш\w+ |уходящ\w+ |этой |этого )?"
    r"(?P<w>лета|осени|весны|зимы)(?: (?P<y><Y>))?|(?P<w2>лето|осень|весна|зима)(?= в <FIGURES>)",
)
def _season_summed(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«Итоги осени», «Лето в цифрах»: the last one that is over, or nearly so."""
    first = _first_month(m["w"] or m["w2"])
    year = relative_year(m, cal)
    if year is not None:
        return "span", _season_of(first, year - (first == 12)), True
    if cal.published is None:
        return "vague", None, False
    told = (_season_of(first, cal.published.year - back) for back in range(3))
    near = cal.published + timedelta(days=_NEARLY)
    return "span", next(s for s in told if s.end is not None and s.end <= near), True


_NEARLY = 14  # days before its end a season is summed up


@_rule("since_season", r"с (?:самого )?начала (?P<w>весны|лета|осени|зимы)")
def _since_its_beginning(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«с начала лета»: from the first day of the last such season."""
    first = _first_month(m["w"])
    year = cal.year_of(first)
    return since(date(year, first, 1), cal) if year and not future else None


def _first_month(words: str) -> int:
    """The month that the season named in the words begins with: 6 for «за лето»."""
    low = words.lower()
    return next(v for k, v in _SEASONS.items() if k in low)


_SEASONS = {"лет": 6, "осен": 9, "весн": 3, "весен": 3, "зим": 12}


def _in_season(m: re.Match[str], cal: Calendar, future: bool) -> Found:
    word = m["w"].lower()
    first = _first_month(word)
    last = (first + 1) % 12 + 1
    year = relative_year(m, cal)
    begun = _begun(first, cal)
    if not year and not future and begun:
        if word.lstrip("зав ").startswith(("прошл", "минувш", "прошедш")):
            year = begun.year - (first != 12)
        else:
            return since(begun, cal) or ("vague", None, False)
    year = year or cal.year_of(last if first != 12 else 2, 28, future=future)
    if not year:
        return "vague", None, False
    if first == 12:
        return "span", Period(start=date(year - 1, 12, 1), end=month_period(year, 2).end), True
    return "span", month_period(year, first, last), True


def _season_off(words: str, now: date, *, coming: bool) -> Found:
    """«прошлым летом» at the end of August is the summer before, «следующим летом» then the next one."""
    first = _first_month(words)
    if coming:
        year = now.year + (date(now.year, first, 1) <= now)
        return "span", _season_of(first, year), False
    ended = (s for s in (_season_of(first, now.year - back) for back in range(3)) if s.end is not None)
    return "span", next(s for s in ended if s.end and (now - s.end).days > _STILL_THIS), True


def _season_of(first: int, year: int) -> Period:
    """The season that begins with this month of the year."""
    last = month_period(year + first // 12, (first + 1) % 12 + 1)
    return Period(start=date(year, first, 1), end=last.end)


_STILL_THIS = 45  # days after its end a season is still called this one


def _begun(first: int, cal: Calendar) -> date | None:
    """The beginning of a season that goes on at publication and is not nearly over."""
    now = cal.published
    if now is None or cal.year is not None:
        return None
    start = date(now.year - (first == 12 and now.month < 3), first, 1)
    return start if 0 <= (now - start).days <= _MOST_OF_SEASON else None


_MOST_OF_SEASON = 58  # days: later on the whole season is meant


@_rule(
    "season_of_work",
    r"(?:(?:в|за|на|итоги|по итогам|весь) )?сезон[а-яё]{0,2}(?: |-)(?P<a><YEAR>) ?[-–—/] ?(?P<b>(?:20)?\d\d)"
    r"(?:-?(?:го|й|х))?(?: (?:гг\.|год[а-яё]*))?",
)
def _season_of_work(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«В сезоне 2018/2019 годов занималось …»: from September to May."""
    start = int(m["a"])
    if int(m["b"]) % 100 != (start + 1) % 100:
        return None
    return "span", Period(start=date(start, 9, 1), end=date(start + 1, 5, 31)), True


@_rule(
    "since_season",
    r"(?:начиная )?(?:с|со) (?P<w>весны|лета|осени|зимы)(?: (?P<y><Y>)|(?P<this> <THIS> года)|"
    r"(?P<last> <LAST> года))?",
)
def _since_season(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    month = {"весны": 3, "лета": 6, "осени": 9, "зимы": 12}[m["w"].lower()]
    start = date_or_none(relative_year(m, cal) or cal.year_of(month, future=future), month, 1)
    if start and cal.published and start > cal.published:
        return "span", Period(start=start, end=None), False
    return since(start, cal)
