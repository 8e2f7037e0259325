"""Time expressions of a text as ISO periods, and the period of one figure.

A `TimeSpan` is found once in the text and resolved against the publication date and the year that the report
is about. Which span rules a figure is decided by `periods` rules in an ordered list, from the figure's own
clause up to the title. Dates without a year lie in the past unless the sentence speaks of the future.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from svod.extract.times.time_days import RULES as DAY_RULES
from svod.extract.times.time_near import RULES as NEAR_RULES
from svod.extract.times.time_school import RULES as SCHOOL_RULES
from svod.extract.times.time_seasons import RULES as SEASON_RULES
from svod.extract.times.time_told import RULES as TOLD_RULES
from svod.extract.times.time_words import BLANK, Calendar, SpanKind, pattern_names
from svod.extract.times.time_years import RULES as YEAR_RULES
from svod.extract.words.pattern_set import PatternSet
from svod.models import Period


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


_RULES = (*SCHOOL_RULES, *DAY_RULES, *TOLD_RULES, *NEAR_RULES, *SEASON_RULES, *YEAR_RULES)


@cache
def patterns() -> PatternSet:
    """The time expressions, in the order of their rules."""
    names = pattern_names()
    done = []
    for _, pattern, _ in _RULES:
        spaced = re.sub(r" \??", lambda m: BLANK if m[0] == " " else "[ \u00a0]{0,2}", pattern)
        full = re.sub(r"(?<!P)<(\w+)>", lambda m: names[m[1]], spaced)
        done.append(rf"(?:{full})(?![а-яё])")
    return PatternSet(r"(?<![а-яё\d])", done)


def find_times(text: str, cal: Calendar, future: Callable[[int], bool] = lambda _: False) -> list[TimeSpan]:
    """All time expressions in order, without overlaps; `future(offset)` says if the sentence there looks
    ahead.
    """
    low = text.lower().replace("−", "–")  # a minus for a dash: «2014−2015 годы»
    if len(low) != len(text):  # a few letters change length in lower case
        low = text
    taken: list[TimeSpan] = []
    for order, m in patterns().finditer(low):
        name, _, maker = _RULES[order]
        found = maker(m, cal, future(m.start()))
        if found is None:
            continue
        kind, period, reporting = found
        if _OF_A_PAPER.match(low, m.end()) and _CITED.search(low, max(0, m.start() - 40), m.start()):
            kind = "compare"
        taken.append(TimeSpan(m.start(), m.end(), kind, period, f"{order:03d}:{name}", reporting))
    taken.sort(key=lambda s: (s.rule[:3], s.start))
    kept: list[TimeSpan] = []
    starts: list[int] = []
    for span in taken:
        i = bisect_left(starts, span.start)
        before, after = kept[i - 1] if i else None, kept[i] if i < len(kept) else None
        if (before and before.end > span.start) or (after and after.start < span.end):
            continue
        kept.insert(i, replace(span, rule=span.rule[4:]))
        starts.insert(i, span.start)
    return kept


_CITED = re.compile(
    r"(?:закон|указ|приказ|постановлени|распоряжени|решени|соглашени)[а-яё]{0,3}[ \u00a0]"
    r"[^\n]{0,30}от[ \u00a0]$"
)
_OF_A_PAPER = re.compile(r"[ \u00a0]*(?:г\.?|года)?[ \u00a0]*(?:№|n[ \u00a0]?\d)")  # «от 18.12.2006 № 1760-р»


def times_in(times: Sequence[TimeSpan], start: int, end: int) -> Iterator[TimeSpan]:
    """The expressions that begin in [start, end)."""
    i = bisect_left(times, start, key=lambda t: t.start)
    while i < len(times) and times[i].start < end:
        yield times[i]
        i += 1
