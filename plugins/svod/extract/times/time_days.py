"""Rules for days, months, quarters and beginnings: one small function an expression, longer forms first."""

from __future__ import annotations

import re
from datetime import date

from svod.extract.times.time_words import (
    Calendar,
    Found,
    Rules,
    asof,
    date_or_none,
    day_of,
    feasts_on,
    int_of,
    into,
    month_of,
    month_period,
    numeric_date,
    ordinal_of,
    relative_year,
    since,
    year_of_text,
    year_period,
    year_told,
)
from svod.extract.words.screened import search
from svod.models import Period

RULES: Rules = []
_rule = into(RULES)


@_rule("so_far", r"за (?:ист[её]кший|прошедший|текущий|минувший) период (?:(?P<y><Y>)|(?P<this><THIS> года))")
def _so_far(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«за истекший период 2023 года»: from its first day up to now, or all of a year that is over."""
    year = year_of_text(m["y"]) or cal.now
    if year is None or cal.published is None or year < cal.published.year:
        return ("span", year_period(year), True) if year else None
    return since(date(year, 1, 1), cal)


@_rule(
    "part_end",
    r"(?:к|на) (?:конец|концу|завершени[яю]) (?P<q><ROM>) (?P<p>квартала|полугодия)"
    r"(?: (?P<y><Y>)|(?P<last> <LAST> года))?",
)
def _part_end(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«на конец третьего квартала»: a state on its last day."""
    last = ordinal_of(m["q"]) * (3 if m["p"].lower().startswith("кв") else 6)
    year = relative_year(m, cal) if last <= 12 else None
    year = year or (cal.year_of(last, 28, future=future) if last <= 12 else None)
    return asof(month_period(year, last).end) if year else None


@_rule(
    "same_period",
    r"(?:(?P<last>год назад|годом (?:ранее|раньше)|(?:в|за) <LAST> год[уа]?),?|(?:в|за) (?P<y><Y>),?) "
    r"за (?:(?:аналогичн|соответствующ)\w+|т(?:от|е) же|эт(?:от|и) же|столько же)"
    r"(?: (?:<NUM> )?(?:период|срок|квартал|полугодие|месяц(?:а|ев|ы)?|недел[июь]|дн(?:и|ей))(?![а-яё]))?",
)
def _last_year_for_as_long(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«Год назад за тот же период», «в прошлом году за те же шесть месяцев»."""
    year = relative_year(m, cal)
    return ("span", year_period(year), False) if year else None


@_rule(
    "year_before",
    r"(?:годом (?:ранее|раньше)|год назад|за год до (?:этого|того))"
    r"(?= ?(?:[–—:-]|было|их|такую|таких|тут|, (?!\d)|(?:[а-яё]+ ){1,4}(?:\d|[а-яё]*(?:сот|дцат|десят))))",
)
def _year_before(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«Год назад желающих нашлось 740»; «больше, чем год назад» only compares, «ещё год назад» tells."""
    if m.string[: m.start()].rstrip(" \u00a0").endswith(("чем", "ещё", "еще", "ровно")):
        return None
    base = cal.year or (cal.published.year if cal.published else None)
    return ("span", year_period(base - 1), False) if base else None


@_rule(
    "compare",
    r"(?:по сравнению с|относительно|против|по отношению к|к уровню|к аналогичному|чем|нежели|"
    r"превы(?:шает|сил[аои]?)|"
    r"(?:выше|ниже|больше|меньше)(?= (?:показател|уровн|значени|результат))|"
    r"в сравнении с)(?: (?:аналогичн\w+|так\w+ же|т(?:ем|от|а|о|е|у|ом) же|показател\w+|уров(?:ень|н\w+)|"
    r"данным\w+|период\w*|началом|концом|за|в|первую|вторую|половину|"
    r"перв(?:ым|ому|ого)|втор(?:ым|ому|ого)|полугоди\w+|квартал\w*|"
    r"соответствующ\w+)){0,5} (?:<LAST> год[ауо]м?|<Y>|годом ранее|год назад|<LAST> (?:год|период|"
    r"месяц|квартал)\w*|в <Y>)",
)
def _compare(m: re.Match[str], cal: Calendar, future: bool) -> Found:
    """The year stays known for an aside: «больше, чем в 2019-м (10 845)»."""
    year = year_of_text(m.group()) if "чем" in m.group().lower() else None
    return "compare", year_period(year), False


@_rule(
    "compare",
    r"(?:превы[а-яё]+|обогна[а-яё]+|перекры[а-яё]+|лучше|хуже|больше|меньше|выше|ниже) "
    r"(?:[а-яё]+ )?"
    r"(?:результат|показател|уровен|уровн|значени|итог|числ|объ[её]м)[а-яё]* (?:[а-яё-]+ ){0,2}<Y>",
)
def _beside_result(m: re.Match[str], cal: Calendar, future: bool) -> Found:
    """«вдвое превышает результат 2019-го»: the year only measures."""
    return "compare", None, False


@_rule(
    "compare_year_ago",
    r"(?:годом|месяцем|кварталом) (?:ранее|раньше)|(?:чем )?год (?:назад|тому назад)|прошлогодн\w+",
)
def _compare_ago(m: re.Match[str], cal: Calendar, future: bool) -> Found:
    return "compare", None, False


@_rule(
    "same_period",
    r"(?:за|в) (?:(?:(?:аналогичн|соответствующ)\w+|т(?:от|ом) же|эт(?:от|ом) же|так(?:ой|ом) же) "
    r"(?:период|срок|отрезок)\w*|столько же(?: времени)?) (?:(?:в|за) )?"
    r"(?:(?P<y><Y>)|(?P<last><LAST> (?:года?у?|лета|осени|весны|зимы))|(?P<this><THIS> году?а?))",
)
def _same_period(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«за тот же период 2017 года», «за столько же в этом году»: the days of the span before in that year."""
    return "span", year_period(relative_year(m, cal)), False


@_rule("same_period", r"аппг(?: (?P<y><Y>))?")
def _period_last_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«(АППГ – 31)»: the same period of the last year."""
    before = m.string[max(0, m.start() - 5) : m.start()].strip(" \u00a0").split(" ")[-1]
    if before in ("к", "с", "чем"):
        return "compare", None, False
    year = year_of_text(m["y"]) or (cal.now - 1 if cal.now else None)
    return ("span", year_period(year), False) if year else None


@_rule(
    "numeric_span",
    r"(?:с |за период с |в период с )?(?P<a><DMY>)(?: г\.| года)?(?: по | до |"
    r" ?[-–—] ?)(?P<b><DMY>)(?: г\.| года)?",
)
def _numeric_span(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    a, b = numeric_date(m["a"]), numeric_date(m["b"])
    return ("span", Period(start=a, end=b), True) if a and b else None


@_rule(
    "numeric_span", r"(?:с |со |за период с )?(?P<d><DAY>)(?: по | до | ?[-–—] ?)(?P<b><DMY>)(?: г\.| года)?"
)
def _days_to_numeric(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«12–14.06.2024»."""
    b = numeric_date(m["b"])
    a = date_or_none(b.year, b.month, day_of(m["d"])) if b else None
    return ("span", Period(start=a, end=b), True) if a and b and a <= b else None


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
    r"(?:с |со )?(?P<d1><DAY>)(?:(?:, ?<DAY>){1,3} и | по | до | ?[-–—] ?| и |, )(?P<d2><DAY>) (?P<m2><MON>)"
    r"(?: (?P<y2><Y>))?",
)
def _days_of_month(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    found = _days(m, m["m2"], m["m2"], cal, future)
    return ("day", found[1], False) if found and not m.group().lower().startswith(("с ", "со ")) else found


def _days(m: re.Match[str], first: str, last: str, cal: Calendar, future: bool) -> Found | None:
    m1, m2 = month_of(first), month_of(last)
    groups = m.groupdict()
    y2 = year_of_text(groups.get("y2")) or cal.year_of(m2, day_of(m["d2"]), future=future)
    y1 = year_of_text(groups.get("y1")) or (y2 - (m1 > m2) if y2 else None)
    a, b = date_or_none(y1, m1, day_of(m["d1"])), date_or_none(y2, m2, day_of(m["d2"]))
    return ("span", Period(start=a, end=b), False) if a and b and a <= b else None


@_rule("day", r"(?:в|на) (?P<feast><ON_FEAST>)(?: (?P<y><Y>))?")
def _feast(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«В День защиты детей в парке побывали …»."""
    month, number = divmod(feasts_on()[m["feast"].lower()], 100)
    day = date_or_none(year_of_text(m["y"]) or cal.year_of(month, number, future=future), month, number)
    return ("day", Period(start=day, end=day), False) if day else None


@_rule(
    "first_days", r"(?:за|в) (?:первые )?(?P<n><NUM>) (?:дней|дня|день|суток) (?P<m><MON>)(?: (?P<y><Y>))?"
)
def _first_days(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    month = month_of(m["m"])
    year = year_of_text(m["y"]) or cal.year_of(month, int_of(m["n"]), future=future)
    a, b = date_or_none(year, month, 1), date_or_none(year, month, int_of(m["n"]))
    return ("span", Period(start=a, end=b), True) if a and b else None


@_rule(
    "month_to_month",
    r"(?:с|со) (?:начала )?(?P<m1><MON>)(?: (?P<y1><Y>))? (?:по|до) (?:конец |конца )?(?P<m2><MON>)"
    r"(?: (?P<y2><Y>))?",
)
def _month_to_month(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    m1, m2 = month_of(m["m1"]), month_of(m["m2"])
    y2 = year_of_text(m["y2"]) or cal.year_of(m2, future=future)
    y1 = year_of_text(m["y1"]) or (y2 - (m1 > m2) if y2 else None)
    if not y1 or not y2:
        return None
    return "span", Period(start=date(y1, m1, 1), end=month_period(y2, m2).end), True


@_rule(
    "month_to_month",
    r"(?:с|со) (?P<m1><MON>) (?P<last><LAST>) (?:года )?(?:по|до) (?P<m2><MON>)(?: <THIS>(?: года)?)?",
)
def _over_new_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«с октября прошлого года по май нынешнего»."""
    if cal.now is None:
        return None
    first = Period(start=date(cal.now - 1, month_of(m["m1"]), 1), end=None)
    return "span", Period(start=first.start, end=month_period(cal.now, month_of(m["m2"])).end), True


@_rule("month_to_month", r"(?:с|со) (?P<m1><MON>)(?: (?P<y1><Y>))? (?:по|до) (?:нового|конца) года(?! в)")
def _month_to_year_end(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«с октября до Нового года»."""
    year = year_of_text(m["y1"]) or cal.year_of(month_of(m["m1"]), future=future)
    return (
        ("span", Period(start=date(year, month_of(m["m1"]), 1), end=date(year, 12, 31)), True)
        if year
        else None
    )


@_rule(
    "first_last",
    r"перв\w+ (?:[а-яё]+ ){0,3}(?P<d1><DAY>) (?P<m1><MON>)(?: (?P<y1><Y>))?,? (?:а )?последн\w+ (?:[–—-] )?"
    r"(?:[а-яё]+ ){0,2}(?P<d2><DAY>) (?P<m2><MON>)(?: (?P<y2><Y>))?",
)
def _first_last(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    found = _days(m, m["m1"], m["m2"], cal, future)
    return (found[0], found[1], True) if found else None


@_rule("month_to_month", r"(?P<m1><MON>) (?P<y1><Y>)? ?[-–—] ?(?P<m2><MON>) (?P<y2><Y>)")
def _month_dash_month(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«сентябрь 2022 – май 2023»."""
    return _month_to_month(m, cal, future)


@_rule(
    "months",
    r"(?:(?:в|за|на) )?(?P<m1><MON>)(?:(?:, <MON>){1,4} и | и | ?[-–—] ?)(?P<m2><MON>)(?: (?P<y><Y>))?",
)
def _months(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    m1, m2 = month_of(m["m1"]), month_of(m["m2"])
    year = year_of_text(m["y"]) or cal.year_of(m2, future=future)
    if not year or m1 == m2 or (m1 > m2 and not search(r"[-–—]", m.group())):
        return None
    if m1 > m2:  # «за декабрь – февраль»
        return "span", Period(start=date(year - 1, m1, 1), end=month_period(year, m2).end), True
    return "span", month_period(year, m1, m2), True


@_rule(
    "months_of_year",
    r"(?:за|по итогам|итог\w*|в течение|на протяжении) (?:первые |первых )?(?P<n><NUM>) мес(?:\.|яца|яцев)"
    r"(?:,? (?:(?:<YEAR> и )?(?P<y><Y>)|(?P<this><THIS> года)|(?P<last><LAST> года)))?|"
    r"(?P<n2><NUM>) мес(?:\.|яца|яцев) (?P<y2><Y>)",
)
def _months_of_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    count = int_of(m["n"] or m["n2"])
    year = year_of_text(m["y"] or m["y2"])
    if m["this"]:
        year = cal.now
    elif m["last"] and cal.now:
        year = cal.now - 1
    if not year and count == _WHOLE_YEAR:
        year = year_told(cal)
    if not year and _year_to_date(count, cal):
        year = cal.published.year  # type: ignore[union-attr]
    if not year and cal.published is None and count in _USUAL:
        year = cal.year
    if not year or not 1 <= count <= 12:
        return "vague", None, False
    return "span", month_period(year, 1, count), True


_WHOLE_YEAR = 12  # months
_USUAL = (6, 9)  # months of a report on a part of its year
_NEARLY_OVER = 25  # day of a month


def _year_to_date(count: int, cal: Calendar) -> bool:
    """«За четыре месяца» in May: the months of this year that are over."""
    return (
        cal.published is not None
        and count >= 2
        and (
            count == cal.published.month - 1
            or (count in (6, 9) and count == cal.published.month - 2)
            or (count == cal.published.month and cal.published.day >= _NEARLY_OVER)
        )
    )


@_rule(
    "quarter",
    r"(?:(?:в|за|во|по итогам|итоги|"
    r"на) )?(?P<q><ROM>)(?:[-–](?P<q2><ROM>))? (?:квартал\w*|кв\.)(?: (?:(?P<y><Y>)|(?P<this><THIS> года)|"
    r"(?P<last><LAST> года)))?",
)
def _quarter(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    q = ordinal_of(m["q"])
    last = ordinal_of(m["q2"]) if m["q2"] else q
    year = relative_year(m, cal) or cal.year_of(3 * last, 28, future=future)
    if not year or not 1 <= q <= last <= 4:
        return None
    return "span", month_period(year, 3 * q - 2, 3 * last), True


@_rule(
    "labelled_year",
    r"(?:(?:в|за) )?(?P<y><YEAR>)(?= ?(?:[–—:]|- ) ?\d)(?! ?[–—-] ?(?:19|20)\d\d(?:\D|$))",
)
def _labelled_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«(в 2022 – 37, 2021 – 32)»: the year before each figure of an aside."""
    before = m.string[max(0, m.start() - 2) : m.start()].rstrip(" \u00a0")
    return ("span", year_period(int(m["y"])), True) if before[-1:] in ("(", ",", ";") else None


@_rule(
    "quarters",
    r"(?:за|в|по итогам) (?:первые )?(?P<n>два|три|2|3) квартала(?: (?:(?P<y><Y>)|(?P<this><THIS> года)|"
    r"(?P<last><LAST> года)))?",
)
def _quarters(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«за три квартала 2020 года»: from January to September."""
    count = {"два": 2, "три": 3}.get(m["n"].lower()) or int(m["n"])
    year = relative_year(m, cal) or cal.year_of(3 * count, 28, future=future)
    return ("span", month_period(year, 1, 3 * count), True) if year else None


@_rule(
    "half_year",
    r"(?:(?:в|за|во|по итогам|итоги|на) )?(?P<h><ROM>) (?:полугоди[еияюй]\w*|"
    r"половин[уеы] года)(?:,? (?:(?P<y><Y>)|(?P<this><THIS> года)|(?P<last><LAST> года)))?",
)
def _half_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    half = ordinal_of(m["h"])
    year = relative_year(m, cal) or cal.year_of(6 * half, 28, future=future)
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


@_rule("half_year", r"во (?P<h>второй)(?= ?[–—-] ?\d)")
def _second_half(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«В первой половине года обучили 64, во второй – 71»."""
    before = m.string[max(0, m.start() - 120) : m.start()]
    found = search(
        r"перв[а-яё]+ (?:половин|полугоди)[а-яё]+(?! (?:дня|месяца))[^.!?\n]*$", before.replace("\u00a0", " ")
    )
    year = cal.year_of(12, 28, future=future) if found else None
    return ("span", month_period(year, 7, 12), True) if year else None


@_rule("year_to_month", r"с (?:самого )?начала (?:<THIS> )?года (?:по|до) (?P<m><MON>)(?: включительно)?")
def _year_to_month(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«с начала года по сентябрь включительно»."""
    month = month_of(m["m"])
    year = cal.year_of(month)
    return ("span", month_period(year, 1, month), True) if year else None


@_rule(
    "since_beginning",
    r"с(?: самого)? ?начала (?:(?P<this><THIS> )?года|(?:этого|текущего|нынешнего)(?= ?[—–,-])|"
    r"(?P<y><Y>)|(?P<m><MON>)(?: (?P<my><Y>))?|"
    r"(?:текущего |этого )?(?P<part>месяца|полугодия|квартала))",
)
def _since_beginning(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if m["m"]:
        month = month_of(m["m"])
        return since(date_or_none(year_of_text(m["my"]) or cal.year_of(month), month, 1), cal)
    if m["part"] and cal.published:
        step = {"месяца": 1, "квартала": 3, "полугодия": 6}[m["part"].lower()]
        month = (cal.published.month - 1) // step * step + 1
        return since(date(cal.published.year, month, 1), cal)
    year = year_of_text(m["y"]) or (cal.published.year if cal.published else cal.year)
    return since(date_or_none(year, 1, 1), cal)


@_rule("since_school", r"с начала (?:этого |нынешнего |текущего |нового )?учебного года")
def _since_school(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if cal.published is None:
        return None
    year = cal.published.year - (cal.published.month < 9)
    return since(date(year, 9, 1), cal)


@_rule(
    "since_day",
    r"(?:(?:начиная )?(?:с|со)) (?:(?P<num><DMY>)|(?P<d><DAY>) (?P<m><MON>)(?: (?P<y><Y>)|"
    r"(?P<this> <THIS> года)|(?P<last> <LAST> года))?)",
)
def _since_day(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if m["num"]:
        return since(numeric_date(m["num"]), cal)
    month = month_of(m["m"])
    year = relative_year(m, cal) or cal.year_of(month, day_of(m["d"]), future=future)
    start = date_or_none(year, month, day_of(m["d"]))
    if start and cal.published and start > cal.published:
        return "span", Period(start=start, end=None), False
    return since(start, cal)


@_rule(
    "since_month",
    r"(?:начиная )?(?:с|со) (?:(?:этого|нынешнего|прошлого) )?(?P<m><MON>)(?: (?P<y><Y>)|"
    r"(?P<this> <THIS> года)|(?P<last> <LAST> года))?",
)
def _since_month(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    month = month_of(m["m"])
    start = date_or_none(relative_year(m, cal) or cal.year_of(month, future=future), month, 1)
    if start and cal.published and start > cal.published:
        return "span", Period(start=start, end=None), False
    return since(start, cal)
