"""Time expressions read together with what stands beside them: an aside with the dates, a word that
compares, a span named before that an expression without dates repeats.

Knows nothing of figures and of what a report is on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from svod.extract.times.frames import DAYS_TOGETHER
from svod.extract.times.periods import TimeSpan
from svod.extract.times.time_words import time_lexicon
from svod.extract.words.screened import Screened
from svod.models import Period


def read_together(text: str, times: Sequence[TimeSpan]) -> list[TimeSpan]:
    """The expressions of a text, each as its neighbours let it be understood."""
    found: list[TimeSpan] = []
    aligned: dict[int, Period | None] = {}
    for span, after in pairwise([*times, None]):
        assert span is not None
        if span.start in aligned:
            span = replace(span, period=aligned[span.start])
        if span.kind != "compare" and _THAN.search(text[max(0, span.start - 30) : span.start].lower()):
            span = replace(span, kind="compare")  # keeps its days for an aside: «чем в мае (там было 70)»
        elif after is not None and _explained(text, span, after):
            period = aligned[after.start] = _of_the_same_year(span, after)
            span = replace(span, kind=after.kind, period=period, rule=after.rule, reporting=True)
        found.append(_anchored(text, span, found))
    return found


_THAN = Screened(  # «на 640 больше, чем за январь – июнь», «втрое больше по сравнению с маем»
    r"(?:(?<!более )(?<!менее )(?<!прежде )(?<!больше )(?<!меньше )чем|нежели|(?:по сравнению|в сравнении) с"
    r"|по отношению к)[ \u00a0](?:было[ \u00a0]|обычно[ \u00a0]|только[ \u00a0])?$"
)


def _explained(text: str, span: TimeSpan, after: TimeSpan) -> bool:
    """«За неделю (с 6 по 12 мая)», «три дня, с 20 по 22 сентября»: the dates stand right behind."""
    if after.kind not in ("span", "since", "day") or after.period is None:
        return False
    between = text[span.end : after.start]
    if span.kind == "vague":
        return _APPOSED.fullmatch(between) is not None
    if span.rule in ("season", "season_months") and after.rule in _MONTHS_APART:
        return _APPOSED.fullmatch(between) is not None
    return span.rule in ("season", "season_months", "month_over") and between.strip(" \u00a0") == "("


_MONTHS_APART = frozenset({"months", "month_to_month", "day_to_day"})


def _of_the_same_year(span: TimeSpan, after: TimeSpan) -> Period | None:
    """«за прошлую зиму, с ноября по март»: the months of that winter, not of the next."""
    named, told = span.period, after.period
    if named is None or told is None or not (named.start and named.end and told.start and told.end):
        return told
    if told.start <= named.end or told.start - named.end > _A_YEAR or after.rule not in _MONTHS_APART:
        return told
    start, end = (
        (d.year - 1, d.month, min(d.day, _SHORTEST) if d.month == 2 else d.day)
        for d in (told.start, told.end)
    )
    return Period(start=date(*start), end=date(*end))


_A_YEAR, _SHORTEST = timedelta(days=366), 28


_APPOSED = re.compile(r"[ \u00a0]?[(,:–—-][ \u00a0]?(?:то есть[ \u00a0]|а именно[ \u00a0]|это[ \u00a0])?")


def _anchored(text: str, span: TimeSpan, found: Sequence[TimeSpan]) -> TimeSpan:
    """«За семь месяцев», «за этот же период», «в том же году»: the dates of the last span they can mean."""
    if span.kind == "vague" and (means := _meaning(text[span.start : span.end].lower(), span.rule)):
        model = next((t for t in reversed(found) if t.period is not None and means(t)), None)
        if model is not None:
            return replace(span, kind=model.kind, period=model.period, reporting=True)
    return span


_COUNTED = re.compile(r"за (?:эти |первые |последние )?(?P<n>[а-яё]+|\d+) (?P<of>месяц|дн|дней|суток)\w*$")


def _meaning(words: str, rule: str) -> Callable[[TimeSpan], bool] | None:
    """Which earlier span an expression without dates can mean; None if it means none."""
    if rule == "that_same":
        return _is_one_year if "год" in words else _is_reporting
    counted = _COUNTED.match(words)
    if counted is None:
        return None
    count = int(counted["n"]) if counted["n"].isdigit() else time_lexicon()["counts"].get(counted["n"])
    length = _months_of if counted["of"] == "месяц" else _days_of
    return (lambda t: length(t) == count) if count else None


def _days_of(span: TimeSpan) -> int | None:
    """Days of «10–11 октября», «с 9 по 11 сентября»."""
    period = span.period
    if span.rule not in DAYS_TOGETHER or period is None or period.start is None or period.end is None:
        return None
    return (period.end - period.start).days + 1


def _is_one_year(span: TimeSpan) -> bool:
    return span.kind == "span" and _months_of(span) == MONTHS_OF_YEAR


def _is_reporting(span: TimeSpan) -> bool:
    return span.reporting and span.kind in ("span", "since")


MONTHS_OF_YEAR = 12


def _months_of(span: TimeSpan) -> int | None:
    """Months of a span, give or take a few days («с 1 ноября по 31 марта»)."""
    period = span.period
    if span.kind != "span" or period is None or period.start is None or period.end is None:
        return None
    days = (period.end - period.start).days + 1
    months = round(days / MONTH)
    return months if abs(days - MONTH * months) <= A_FEW else None


MONTH, A_FEW = 30.4, 5  # days
