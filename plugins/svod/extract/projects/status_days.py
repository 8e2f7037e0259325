"""What the days, months and seasons of a sentence tell of a project's status: before or after the
publication."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from datetime import date

from svod.extract.words.screened import any_case

SOON = 200  # days; a day further ahead is rather one of another year
_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_STEMS = r"(?:январ|феврал|март|апрел|ма[яйе]|июн|июл|август|сентябр|октябр|ноябр|декабр)"
_DAY = re.compile(
    r"(?<![\d.])(\d{1,2})[ \u00a0](янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*"
    r"(?:[ \u00a0]((?:19|20)\d\d))?|(?<![\d.])(\d{1,2})\.(\d{2})(?:\.((?:19|20)\d\d))?(?![\d.])",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"(?<![а-яё\d.])(?:в|с|со|до|к|по)[ \u00a0](?:конце[ \u00a0]|начале[ \u00a0]|середине[ \u00a0])?"
    rf"({_STEMS})[а-яё]{{0,3}}(?![а-яё])(?:[ \u00a0]((?:19|20)\d\d))?",
    re.IGNORECASE,
)
_RANGE = re.compile(  # «с 1 июня по 31 августа», «с октября по февраль»
    r"(?<![а-яё])с[ \u00a0](?:\d{1,2}[ \u00a0])?[а-я]+(?:[ \u00a0]\d{4})?(?:-го|[ \u00a0]года)?[ \u00a0]по"
    rf"[ \u00a0](?:\d{{1,2}}[ \u00a0])?({_STEMS})[а-яё]*(?:[ \u00a0]((?:19|20)\d\d))?",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?<!\d)(20\d\d)[ \u00a0]?[–—-][ \u00a0]?(20\d\d)[ \u00a0]?г", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_SEASON = any_case(
    r"(?<![а-яё])(?:весной|летом|осенью|зимой|лето|зиму|сезон|осень|весну|каникул[а-яё]*|смен[ауы])(?![а-яё])"
)
_NOW = any_case(
    r"(?<![а-яё])(?:сейчас|сегодня|теперь|ныне|на[ \u00a0]сегодняшний[ \u00a0]день"
    r"|в[ \u00a0]настоящее[ \u00a0]время|на[ \u00a0]данный[ \u00a0]момент|по-прежнему|пока)(?![а-яё])"
)
_LATER = any_case(
    r"(?<![а-яё])(?:в[ \u00a0]следующем[ \u00a0]году|в[ \u00a0]будущем[ \u00a0]году|в[ \u00a0]ближайш"
    r"|до[ \u00a0]конца[ \u00a0]года|к[ \u00a0]концу[ \u00a0]года|со[ \u00a0]следующего"
    r"|с[ \u00a0]нового[ \u00a0]года)"
)
_SINCE = any_case(
    r"(?<![а-яё])(?:с[ \u00a0](?:[а-я]+[ \u00a0])?(?:20\d\d|прошлого|начала)"
    r"|(?:второй|третий|четв[её]ртый|пятый|шестой|седьмой|который|\d+-й)[ \u00a0]год"
    r"|лет[ \u00a0]подряд|ежегодн|каждый[ \u00a0]год|каждое[ \u00a0]лето)"
)
_PAST = frozenset({"past perf", "past impf", "participle"})
_FUTURE = frozenset({"futr perf", "futr impf"})


def days_in(text: str, published: date) -> list[date]:
    """The days that a text names, those without a year in the year of publication."""
    found: list[date] = []
    for m in _DAY.finditer(text):
        day, month, year = m[1] or m[4], m[2], m[3] or m[6]
        number = int(m[5]) if month is None else _month(month)
        try:
            found.append(date(int(year) if year else published.year, number, int(day)))
        except ValueError:
            continue
    return found


def _month(stem: str) -> int:
    low = stem.casefold()
    return next(n for n, s in enumerate(_MONTHS, 1) if low.startswith(s) and (s != "ма" or low[:3] != "мар"))


def day_signs(sentence: str, published: date | None, tenses: Set[str]) -> Iterator[str]:
    """Signs of a sentence whose verbs have these tenses."""
    if _NOW.search(sentence):
        yield "now"
    if _LATER.search(sentence):
        yield "later"
    if _SINCE.search(sentence):
        yield "since long"
    if _SEASON.search(sentence):
        yield f"season {'futr' if tenses & _FUTURE else 'past' if tenses & _PAST else 'pres'}"
    if published is None:
        return
    for day in days_in(sentence, published):
        ahead = (day - published).days
        if -SOON < ahead < SOON:
            yield "day ahead" if ahead > 0 else "day past"
    for year in _YEAR.finditer(sentence):
        ahead = int(year[1]) - published.year
        yield "year ahead" if ahead > 0 else "year past" if ahead < 0 else "same year"
    yield from _month_signs(sentence, published, tenses)


def _month_signs(sentence: str, published: date, tenses: Set[str]) -> Iterator[str]:
    for m in _MONTH.finditer(sentence):
        years = (int(m[2]) - published.year) * 12 if m[2] else 0
        ahead = years + _month(m[1]) - published.month
        if m[2] is None and ahead < 0 and tenses & _FUTURE and not tenses & _PAST:
            ahead += 12
        if m[2] is None and ahead > 0 and tenses & _PAST:
            ahead -= 12
        yield "month ahead" if ahead > 0 else "month past" if ahead < 0 else "same month"
    for m in _RANGE.finditer(sentence):
        month = _month(m[1])
        year = int(m[2]) if m[2] else published.year - (month > published.month and bool(tenses & _PAST))
        yield "span over" if (year, month) <= (published.year, published.month) else "span open"
    for m in _YEARS.finditer(sentence):
        yield "years over" if int(m[2]) < published.year else "years open"
