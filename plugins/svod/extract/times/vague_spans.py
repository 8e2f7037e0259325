"""What a time expression without dates of its own means: «за полгода», «за это время», «за пять месяцев».

It is the report's span, the event's days, the project's run or a span named just before, if it is as long;
else it has no dates.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from svod.extract.figures.context import Spot
from svod.extract.times.beside import MONTH
from svod.extract.times.clause_of_time import founding_verb
from svod.extract.times.event_days import event_days
from svod.extract.times.frames import DAYS_TOGETHER
from svod.extract.times.periods import TimeSpan, times_in
from svod.extract.times.time_words import int_of, month_period, time_lexicon
from svod.extract.times.timeline import Timeline
from svod.extract.words.screened import Screened
from svod.models import Period

if TYPE_CHECKING:
    from svod.extract.projects.projects import ProjectSpan


_WHOLE = Screened(r"время|период|сезон|смену|весь год")


def resolved(
    spot: Spot, span: TimeSpan, timeline: Timeline, project: ProjectSpan | None, rule: str
) -> tuple[Period | None, str]:
    """The span's dates; a span without dates is the report's or the event's if it means the same stretch."""
    if span.rule == "same_period":
        return _shifted(spot, span, timeline), rule
    if span.rule in ("year_before", "last_season"):
        return _year_before(spot, span, timeline), rule
    if span.rule == "report_day":
        return _report_day(timeline), rule
    words = spot.scene.text[span.start : span.end].lower()
    if (span.kind == "vague" or span.rule == "report_year") and _THAT_TIME.search(words):
        just = _since_just_named(span, timeline)
        if just is not None:
            return just, "since"
    if span.rule == "report_year" and timeline.whole is not None:
        return timeline.whole.period, "report"
    if span.rule in ("period_begin", "period_end"):
        return _edge(span, timeline), "edge"
    if span.rule == "this_year" and (whole := anniversary(spot, span, timeline)):
        return whole, "anniversary"
    if span.kind != "vague":
        return span.period, rule
    if span.rule in ("next_year", "to_new_year"):
        return None, "vague"
    whole = _vague_as_report(spot, span, timeline) or _the_same(spot, span, timeline)
    if whole:
        return whole, "report"
    if project is not None and is_event(project):
        longer = words.endswith(("лет", "года", "годы"))  # «за десять лет собрано …»: no event lasts so
        return (None, "vague") if longer else (event_days(project, timeline), "event")
    if _THAT_TIME.search(words):
        ever = _EVER.search(words) is not None
        near = [
            s
            for s in times_in(timeline.times, max(0, span.start - 500), span.start)
            if s.kind == "since"
            or (s.kind in ("span", "day") and s.period and founding_verb(spot.scene, s) is not None)
            or (s.kind == "span" and not ever and (s.reporting or s.rule == "day_to_day"))
        ]
        if near:
            return _since_then(spot, near[-1], words), "since"
    if project is not None and is_event(project):
        return event_days(project, timeline), "event"
    same = _as_long(span, timeline)
    if same is not None:
        return same, "since"
    if span.rule == "since_opened":
        return _since_opened(spot, span, timeline) or run_of(project, timeline), "since"
    if _WHOLE.search(words):
        return run_of(project, timeline) or _only_years(timeline, span, 0), "project"
    if span.rule in ("season", "season_months") and (inside := _season_of_report(words, timeline)):
        return inside, "report"
    if _SHORT.search(words) and (around := _around(spot, span, timeline)):
        return around, "around"
    years = _YEARS.search(words)
    if years and (named := _only_years(timeline, span, _COUNT_OF_YEARS[years[1]])):
        return named, "years"
    return None, "vague"


def _report_day(timeline: Timeline) -> Period | None:
    """«На отчётную дату»: the day that the title names, or the last of the report's span."""
    whole = timeline.report.period if timeline.report is not None else None
    return Period(start=None, end=whole.end) if whole is not None and whole.start is None else None


def _since_just_named(span: TimeSpan, timeline: Timeline) -> Period | None:
    """«Конкурс проводится с 2013 года. За этот период …», «Пункт работал с 8 ноября по 21 марта. За это время
    …»: the span that the sentence before names.
    """
    near = [
        s for s in times_in(timeline.times, max(0, span.start - _JUST), span.start) if s.period is not None
    ]
    named = near[-1] if near else None
    return named.period if named and (named.kind == "since" or named.rule in DAYS_TOGETHER) else None


_JUST = 120  # characters
_SHORT = Screened(
    r"за[ \u00a0](?:[а-яё\d]+[ \u00a0]){0,2}(?:дн(?:я|ей)|день|сут(?:ки|ок)|недел[юиь]|часа?|часов)"
)
_SEASONS = {"лет": 6, "осен": 9, "весн": 3, "весен": 3}


def _season_of_report(words: str, timeline: Timeline) -> Period | None:
    """«За осень …» in a report without a date, on 2017: the season of that year."""
    whole = timeline.whole.period if timeline.whole is not None else None
    if whole is None or whole.start is None or whole.end is None or whole.start.year != whole.end.year:
        return None
    first = next((month for stem, month in _SEASONS.items() if stem in words), None)
    return month_period(whole.start.year, first, first + 2) if first else None


def _around(spot: Spot, span: TimeSpan, timeline: Timeline) -> Period | None:
    """«В январе приют за одну неделю накормил …»: so many days of the span named just before them."""
    named = [
        s
        for s in times_in(timeline.times, spot.block.start, span.start)
        if s.kind == "span" and s.rule in ("month", "months", "season", "week", "day_to_day")
    ]
    return named[-1].period if named else None


_SAME = Screened(r"^за т(?:е|от) же[ \u00a0]")


def _the_same(spot: Spot, span: TimeSpan, timeline: Timeline) -> Period | None:
    """«За те же пять месяцев», «за тот же год»: the span of the report, else the last one named."""
    if not _SAME.match(spot.scene.text[span.start : span.end].lower()):
        return None
    if (period := _as_long(span, timeline)) is not None:
        return period
    if timeline.whole is not None:
        return timeline.whole.period
    named = [s for s in times_in(timeline.times, 0, span.start) if s.reporting and s.kind == "span"]
    return named[-1].period if named else None


_YEARS = Screened(
    r"за[ \u00a0](?:эти[ \u00a0]|все[ \u00a0])?(два|три|четыре|пять|2|3|4|5)[ \u00a0](?:года|лет)"
)
_COUNT_OF_YEARS = {"два": 2, "2": 2, "три": 3, "3": 3, "четыре": 4, "4": 4, "пять": 5, "5": 5}


def _only_years(timeline: Timeline, span: TimeSpan, many: int) -> Period | None:
    """«за три года», «за время программы» after «результаты за 2016–2018 годы»: the years named before, as
    many as said; `many` 0 takes any number of years.
    """
    found = {
        s.period
        for s in times_in(timeline.times, 0, span.start)
        if s.rule == "years_span" and s.period is not None and s.period.start and s.period.end
    }
    if len(found) != 1:
        return None
    whole = found.pop()
    assert whole.start is not None and whole.end is not None
    return whole if many in (0, whole.end.year - whole.start.year + 1) else None


_MONTHS_LONG = Screened(r"(\d{1,2}|[а-яё]+)[ \u00a0]месяц(?:а|ев)?$")
_LENGTHS = {"полгода": 6, "квартал": 3}
_NEAR = 600  # characters
_SLACK, _SOME = 10, 50  # days
_HALF_YEAR = 6  # months: «полгода» is said roughly


def _as_long(span: TimeSpan, timeline: Timeline) -> Period | None:
    """«Пункт работал с 1 ноября по 31 марта. За пять месяцев …», «Запустили в марте, выключили в июне. За три
    месяца …», «С февраля читаем лекции. За два месяца …»: the span just named, if it is as long.
    """
    count = _months_told(timeline.scene.text[span.start : span.end].lower())
    if count is None:
        return None
    days = round(MONTH * count)
    named = [
        t
        for t in times_in(timeline.times, max(0, span.start - _NEAR), span.start)
        if t.period is not None and t.period.start and t.period.end
    ]
    for near in reversed(named):
        if near.kind == "span" and abs(_days_of(near) - days) <= _SLACK:
            return near.period
        if near.kind == "since" and 0 <= _days_of(near) - days <= _SOME:
            return near.period if count == _HALF_YEAR else _whole_months(near, count)
    return None


def _months_told(words: str) -> int | None:
    """6 for «за полгода», 5 for «за пять месяцев»."""
    found = _MONTHS_LONG.search(words)
    if found is None:
        return next(
            (n for word, n in _LENGTHS.items() if words.endswith(("за " + word, "за\u00a0" + word))), None
        )
    return int(found[1]) if found[1].isdigit() else time_lexicon()["counts"].get(found[1])


def _days_of(span: TimeSpan) -> int:
    period = span.period
    return (period.end - period.start).days + 1 if period and period.start and period.end else 0


def _whole_months(since: TimeSpan, count: int) -> Period | None:
    """So many months from the first day of «с февраля»; up to now from a day, and if no month is over."""
    period = since.period
    if since.rule != "since_month" or period is None or period.start is None or period.end is None:
        return period
    last = period.start.month + count - 1
    end = month_period(period.start.year + (last - 1) // 12, (last - 1) % 12 + 1).end
    return Period(start=period.start, end=min(end, period.end)) if end else period


_THAT_TIME = Screened(
    r"это время|вс[её] время|этот период|[ \u00a0]эти[ \u00a0]|с тех пор|с (?:этого|того) (?:времени|момента)"
)
_EVER = Screened(r"вс[её] время")  # since it began, not in the span told of
_BESIDE = 40  # characters


def _since_opened(spot: Spot, span: TimeSpan, timeline: Timeline) -> Period | None:
    """«С открытия гардероба в августе», «с начала проекта, то есть с 1 января», «Открыли 15 ноября. … С
    открытия переночевали …»: from the day of founding that stands beside or was told before, up to now.
    """
    beside = times_in(timeline.times, span.end, min(span.end + _BESIDE, spot.number.start))
    told = (
        s
        for s in reversed(list(times_in(timeline.times, 0, span.start)))
        if founding_verb(spot.scene, s) is not None
    )
    near = next((s for s in (*beside, *told) if s.period is not None and s.period.start), None)
    if near is None or near.period is None:
        return None
    whole = timeline.report.period if timeline.report is not None else None
    return Period(start=near.period.start, end=whole.end if whole and whole.end else spot.scene.published)


_SINCE_THEN = Screened(
    r"с тех пор|с (?:этого|того) (?:времени|момента)|эти[ \u00a0](?:годы|[а-яё\d]+[ \u00a0]лет)"
)


def _since_then(spot: Spot, near: TimeSpan, words: str) -> Period | None:
    """«Квартира открылась в 2020 году и с тех пор приютила 88 женщин», «возродили в 2012-м. За эти годы …»:
    from then on to the day of publication.
    """
    start = near.period.start if near.period is not None else None
    if start is None or near.kind == "since":
        return near.period
    if founding_verb(spot.scene, near) is not None or (
        _SINCE_THEN.search(words) and near.rule not in ("years_span", *DAYS_TOGETHER)
    ):
        return Period(start=start, end=spot.scene.published)
    return near.period


def _shifted(spot: Spot, span: TimeSpan, timeline: Timeline) -> Period | None:
    """«за аналогичный период 2017 года»: the days of the span before, in the other year."""
    if span.period is None or span.period.start is None:
        return None
    year = span.period.start.year
    earlier = times_in(timeline.times, spot.block.start, span.start)
    model = [
        s.period for s in earlier if s.period is not None and s.period.start and s.period.end and s.reporting
    ]
    if not model and timeline.whole is not None and timeline.whole.period is not None:
        model = [timeline.whole.period]
    if not model or model[-1].start is None or model[-1].start.year == year:
        return span.period
    start, end = model[-1].start, model[-1].end
    if start is None or end is None or (end.month, end.day) == (2, 29):
        return span.period
    return Period(start=start.replace(year=year), end=end.replace(year=year + end.year - start.year))


def _edge(span: TimeSpan, timeline: Timeline) -> Period | None:
    """«На начало периода состояли …, на конец – …»: the first or the last day of the report's span."""
    whole = timeline.whole.period if timeline.whole is not None else None
    if whole is None:
        return None
    return Period(start=None, end=whole.start if span.rule == "period_begin" else whole.end)


def _year_before(spot: Spot, span: TimeSpan, timeline: Timeline) -> Period | None:
    """«В 2023 году … 68 %, годом ранее – 61», «На 1 мая получают 978, год назад – 422», «В сезоне 2018/2019 …
    38 (в прошлом сезоне 29)»: the year before the one that the figure before is of.
    """
    season = span.rule == "last_season"
    named = [
        s
        for s in times_in(timeline.times, spot.block.start, span.start)
        if s.period is not None
        and (
            (s.rule in _SEASONS_OF_WORK)
            if season
            else (s.kind == "asof" or (s.kind == "span" and s.reporting))
        )
    ]
    if not named and timeline.report is not None and not season:
        named = [timeline.report]
    model = named[-1].period if named else None
    if model is None or model.end is None:
        return span.period
    if model.start is None:
        return Period(start=None, end=_year_earlier(model.end))
    ago = spot.scene.text[span.start : span.end].lower().startswith("год ")  # «год назад»
    if (ago and named[-1].rule not in _SEASONS_OF_WORK) or (model.start.month, model.start.day) == (1, 1):
        return Period(start=date(model.start.year - 1, 1, 1), end=date(model.start.year - 1, 12, 31))
    return Period(start=_year_earlier(model.start), end=_year_earlier(model.end))


_SEASONS_OF_WORK = frozenset({"season_of_work", "school_year"})


def _year_earlier(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def run_of(project: ProjectSpan | None, timeline: Timeline) -> Period | None:
    """The stated span of the figure's project, else of the project that the report is about."""
    if project is None:
        return None
    main = timeline.main if timeline.main is not None and not is_event(timeline.main) else None
    return event_days(project, timeline) or (event_days(main, timeline) if main else None)


_YEAR_AGO = Screened(r"(?:год|12 месяцев)[ \u00a0]назад[^.]{0,30}$")


def anniversary(spot: Spot, own: TimeSpan, timeline: Timeline) -> Period | None:
    """«Ровно год назад, 23 марта, начали … За этот год …»: the year since the day that the opening names."""
    scene = timeline.scene
    if scene.published is None or not scene.text[own.start : own.end].lower().endswith("год"):
        return None
    for span in times_in(timeline.times, 0, spot.number.start):
        before = scene.text[max(0, span.start - 45) : span.start].lower()
        start = span.period.start if span.period is not None and span.kind == "day" else None
        if (
            start is not None
            and _YEAR_AGO.search(before)
            and (scene.published - start).days in range(360, 372)
        ):
            return Period(start=start, end=scene.published)
    if _YEAR_OLD.search(scene.low[: min(spot.number.start, _TOLD_EARLY)]) is not None:
        return Period(start=_year_earlier(scene.published), end=scene.published)
    return None


_TOLD_EARLY = 1500  # characters in which a report tells that its project is a year old
_YEAR_OLD = Screened(  # «Проекту сегодня ровно год», «Центру исполнился год», «отметили первый день рождения»
    r"(?<![а-яё])(?:(?:сегодня|вчера|на[ \u00a0]днях)[ \u00a0](?:уже[ \u00a0]|ровно[ \u00a0])?год(?![а-яё])|"
    r"исполн[а-яё]+[ \u00a0](?:ровно[ \u00a0])?год(?![а-яё])|"
    r"перв(?:ый[ \u00a0]день|ого[ \u00a0]дня)[ \u00a0]рождения|перв(?:ую|ой)[ \u00a0]годовщин[уы])"
)


def _vague_as_report(spot: Spot, own: TimeSpan, timeline: Timeline) -> Period | None:
    """«За полгода», «за год», «за месяц» in a report on just such a span."""
    report = timeline.whole
    if report is None:
        return anniversary(spot, own, timeline)
    if report.period is None or report.period.start is None or report.period.end is None:
        return None
    days = (report.period.end - report.period.start).days + 1
    low = spot.scene.text[own.start : own.end].lower()
    for words, least, most in (
        ("полгода", 180, 185),
        ("полугодие", 180, 185),
        ("шесть месяцев", 180, 185),
        ("6 месяцев", 180, 185),
        ("девять месяцев", 272, 275),
        ("9 месяцев", 272, 275),
        ("три месяца", 89, 93),
        ("год", 364, 367),
        ("течение года", 364, 367),
        ("неделю", 5, 8),
        ("месяц", 27, 32),
        ("период", 1, 4000),
        ("сезон", 40, 300),
        ("зиму", 80, 200),
        ("квартал", 89, 93),
        ("четыре месяца", 119, 124),
        ("пять месяцев", 149, 154),
        ("два года", 720, 740),
        ("2 года", 720, 740),
        ("полтора года", 540, 560),
        ("три года", 1090, 1100),
        ("3 года", 1090, 1100),
        ("это время", 1, 4000),
    ):
        if low.endswith((" " + words, "\u00a0" + words)) and least <= days <= most:
            return report.period
    lasted = _LASTED.search(low)
    return report.period if lasted and int_of(lasted[1]) * _DAYS_OF[lasted[2][:3]] < days else None


# «в течение трёх месяцев получали горячие обеды» in a report on two years: how long, not when
_LASTED = Screened(r"в течение[ \u00a0]([а-яё\d]+)[ \u00a0](дней|недель|недели|месяц(?:а|ев))$")
_DAYS_OF = {"дне": 1, "нед": 7, "мес": 31}


def is_event(project: ProjectSpan | None) -> bool:
    return project is not None and project.mention.kind == "event"
