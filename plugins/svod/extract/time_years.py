"""Rules for years, ends, seasons and what is relative or has no dates; rules for days come before them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from svod.extract.time_words import (
    Calendar,
    Found,
    Rules,
    asof,
    date_or_none,
    day_of,
    into,
    month_of,
    month_period,
    numeric_date,
    relative_year,
    since,
    year_of_text,
    year_period,
)
from svod.models import Period

RULES: Rules = []
_rule = into(RULES)


@_rule(
    "years_span",
    r"(?:(?:с|в|за|на|со) )?(?P<a><YEAR>)(?: ?[-–—] ?| по | и | до )(?P<b><YEAR>)(?:-?(?:й|го|"
    r"м))?(?: ?(?:гг\.|г\.|год(?:ы|ах|ов|а|у|ам)?))",
)
def _years_span(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    a, b = int(m["a"]), int(m["b"])
    return ("span", year_period(a, b), True) if a < b else None


@_rule(
    "school_year",
    r"(?:(?:в|за|на) )?(?P<a><YEAR>)(?: ?[-–—/] ?)(?P<b>(?:20)?\d\d)(?:-?(?:й|го|м))? учебн\w+ год\w*",
)
def _school_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    a = int(m["a"])
    return "span", Period(start=date(a, 9, 1), end=date(a + 1, 8, 31)), True


@_rule("since_year", r"(?:начиная )?(?:с|со) (?P<y><Y>)|(?:с|со) (?P<last><LAST> года)")
def _since_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    year = year_of_text(m["y"]) or (cal.now - 1 if cal.now else None)
    if year and cal.published and year > cal.published.year:
        return "span", Period(start=date(year, 1, 1), end=None), False
    return since(date_or_none(year, 1, 1), cal)


@_rule(
    "year_end",
    r"(?:к|ко|до|на) (?:конец|конц[ауе]|завершени[яю]|исход[ауе]) (?:(?P<y><Y>)|"
    r"(?P<report>отч[её]тного года)|"
    r"(?P<this>(?:<THIS> )?года)|"
    r"(?P<next><NEXT> года)|(?P<m><MON>)(?: (?P<my><Y>))?|(?P<season>лета|весны|осени|зимы))",
)
def _year_end(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if m["m"]:
        month = month_of(m["m"])
        year = year_of_text(m["my"]) or cal.year_of(month, future=True)
        return asof(month_period(year, month).end) if year else None
    if m["season"]:
        last = {"лета": 8, "весны": 5, "осени": 11, "зимы": 2}[m["season"].lower()]
        year = cal.year_of(last, future=True)
        return asof(month_period(year, last).end) if year else None
    if m["report"]:
        return asof(date_or_none(cal.year, 12, 31))
    year = year_of_text(m["y"]) or (cal.now + bool(m["next"]) if cal.now else None)
    return asof(date_or_none(year, 12, 31))


@_rule(
    "year_begin",
    r"(?:на|к) начал[оу] (?:(?P<y><Y>)|(?P<this>(?:<THIS> )?года)|(?P<m><MON>)(?: (?P<my><Y>))?)",
)
def _year_begin(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«На начало 2022 года в ней состоит …»: a state on the first day."""
    if m["m"]:
        month = month_of(m["m"])
        return asof(date_or_none(year_of_text(m["my"]) or cal.year_of(month, future=future), month, 1))
    return asof(date_or_none(year_of_text(m["y"]) or cal.now, 1, 1))


@_rule(
    "by_day",
    r"(?:(?:по состоянию )?на|к|до|ко) (?P<d><DAY>) (?P<m><MON>)(?: (?P<y><Y>)|(?P<this> <THIS> года)|"
    r"(?P<last> <LAST> года))?",
)
def _by_day(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    month = month_of(m["m"])
    year = relative_year(m, cal) or cal.year_of(
        month, day_of(m["d"]), future=future or m.group().lower().startswith("до")
    )
    return asof(date_or_none(year, month, day_of(m["d"])))


@_rule("by_numeric_day", r"(?:(?:по состоянию )?на|к|до|ко) (?P<d><DMY>)(?: г\.| года)?")
def _by_numeric_day(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return asof(numeric_date(m["d"]))


@_rule(
    "by_year",
    r"(?:к|ко) (?P<y><Y>)|до (?P<y2><Y>)|(?:к|до) (?P<m><MON>) (?P<my><Y>)|(?:к|ко) (?P<next><NEXT> году)",
)
def _by_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if m["m"]:
        return asof(month_period(int(year_of_text(m["my"]) or 1), month_of(m["m"])).end)
    if m["next"]:
        return asof(date_or_none(cal.now + 1 if cal.now else None, 12, 31))
    return asof(date_or_none(year_of_text(m["y"] or m["y2"]), 12, 31))


@_rule(
    "season",
    r"(?P<w>(?:за |в |этим |этой |прошлым |прошлой |нынешним |нынешней |минувшим |минувшей )?(?:летом|"
    r"осенью|весной|зимой)|за (?:эту |прошлую |это |прошлое |минувш\w+ |всю |вс[её] )?(?:лето|осень|весну|"
    r"зиму))(?: (?P<y><Y>)|(?P<this> <THIS> года)|(?P<last> <LAST> года))?",
)
def _season(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return _in_season(m, cal, future)


@_rule(
    "season_months",
    r"(?:за|в|во|в течение) (?:(?:вс[её]|все|эти|этот|<NUM>) ){0,2}"
    r"(?P<w>летн|весенн|осенн|зимн)(?:ий|ие|их|его|ем)"
    r" (?:месяц\w*|период\w*|сезон\w*)(?: (?P<y><Y>)|(?P<this> <THIS> года)|(?P<last> <LAST> года))?",
)
def _season_months(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«за три летних месяца», «в зимний период 2017 года»."""
    return _in_season(m, cal, future)


def _in_season(m: re.Match[str], cal: Calendar, future: bool) -> Found:
    word = m["w"].lower()
    first = next(v for k, v in (("лет", 6), ("осен", 9), ("весн", 3), ("весен", 3), ("зим", 12)) if k in word)
    last = (first + 1) % 12 + 1
    year = relative_year(m, cal) or cal.year_of(last if first != 12 else 2, 28, future=future)
    if not year:
        return "vague", None, False
    if first == 12:
        return "span", Period(start=date(year - 1, 12, 1), end=month_period(year, 2).end), True
    return "span", month_period(year, first, last), True


@_rule("day", r"(?P<d><DAY>) (?P<m><MON>)(?: (?P<y><Y>)|(?P<this> <THIS> года)|(?P<last> <LAST> года))?")
def _one_day(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    month = month_of(m["m"])
    year = relative_year(m, cal) or cal.year_of(month, day_of(m["d"]), future=future)
    day = date_or_none(year, month, day_of(m["d"]))
    return ("day", Period(start=day, end=day), False) if day else None


@_rule("numeric_day", r"<DMY>")
def _numeric_day(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    day = numeric_date(m.group())
    return ("day", Period(start=day, end=day), False) if day else None


@_rule(
    "month",
    r"(?:(?:только |уже )?(?P<prep>в|во|за|на|по итогам|итоги|от|впереди(?: —| –)?|в т(?:ом|от) же|"
    r"в этом же|в самом) )?"
    r"(?P<m><MON>)(?:(?:-| )(?P<y><Y>)|(?P<this> <THIS> года)|(?P<last> <LAST> года))?",
)
def _one_month(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    month = month_of(m["m"])
    year = relative_year(m, cal)
    if not m["prep"] and not year:
        return None
    year = year or cal.year_of(month, future=future or (m["prep"] or "").startswith("впереди"))
    return ("span", month_period(year, month), True) if year else None


_STEMS = (
    "январ",
    "феврал",
    "март",
    "апрел",
    "май",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
)
_MONTHLY = (
    r"(?:январск|февральск|мартовск|апрельск|майск|июньск|июльск|августовск|сентябрьск|октябрьск|ноябрьск|"
    r"декабрьск)(?:ий|ая|ое|ого|ой|ую|ом|ему?|им|ие|их|ими)"
)


@_rule(
    "month_adjective",
    rf"(?P<a>{_MONTHLY})(?: и (?P<b>{_MONTHLY}))?"
    r"(?= (?:[а-яё-]+ )?(?:рейд|смен|заезд|встреч|заняти|акци|форум|выезд|сесси|отч[её]т|поток|набор|выпуск|"
    r"субботник|мероприяти|семинар|тренинг|консультаци|опрос|конкурс|при[её]м|дежурств|отбор"
    r"|тур[ауе]?(?![а-яё])|"
    r"слёт|ярмарк))",
)
def _month_adjective(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«в октябрьском рейде», «в июльской и августовской сменах»."""
    months = [
        next(k for k, stem in enumerate(_STEMS, 1) if w.lower().startswith(stem))
        for w in (m["a"], m["b"])
        if w
    ]
    year = cal.year_of(months[-1], future=future)
    if not year or months != sorted(months):
        return None
    return "span", month_period(year, months[0], months[-1]), True


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
    return "span", year_period(int(m["y"])), True


@_rule("dashed_year", r"(?P<w>итоги|отч[её]т|сезон|год|лето|осень|зима|весна)-(?P<y><YEAR>)")
def _dashed_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    season = {"лето": 6, "осень": 9, "весна": 3}.get(m["w"].lower())
    if season:
        return "span", month_period(int(m["y"]), season, season + 2), True
    return "span", year_period(int(m["y"])), True


@_rule("bare_year", r"за (?P<y><YEAR>)(?= ?(?:[.,;:)»]|$|\n))")
def _bare_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return "span", year_period(int(m["y"])), True


@_rule("plan_year", r"план(?:а|у|ом|е)? (?:[а-яё]+ ){0,4}на год(?= \(| ?[,–—:]| выполнен| исполнен)")
def _plan_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«План по трудоустройству на год»: the whole year."""
    return ("span", year_period(cal.now), False) if cal.now else None


@_rule("this_year", r"(?:за|в|на|только в|уже в|по итогам) (?:<THIS> год[уа]?)|в году текущем")
def _this_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if not cal.published:
        return ("span", year_period(cal.year), True) if cal.year else ("vague", None, False)
    if future or m.group().lower().startswith("на"):
        return "span", year_period(cal.published.year), False
    return since(date(cal.published.year, 1, 1), cal)


@_rule("last_year", r"(?:за|в|на|только за|по итогам|итоги) (?:весь )?<LAST> год[уа]?|<LAST> год")
def _last_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    base = cal.published.year - 1 if cal.published else None
    return ("span", year_period(base), True) if base else ("vague", None, False)


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
        return since(date(cal.published.year, 1, 1), cal)
    return "span", year_period(cal.published.year - back), True


@_rule("next_year", r"(?:за|в|на|с|в течение) <NEXT> год[уа]?")
def _next_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return ("span", year_period(cal.published.year + 1), False) if cal.published else ("vague", None, False)


@_rule(
    "report_year",
    r"(?:за|в) отч[её]тн(?:ом|ый) (?:год[уа]?|период[еа]?)|в этот период|за этот период|"
    r"за (?:указанный|данный) период",
)
def _report_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return ("span", year_period(cal.year), True) if cal.year else None


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


@_rule("near_day", r"(?P<w>сегодня|вчера|позавчера|накануне|завтра)")
def _near_day(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if not cal.published:
        return None
    back = {"сегодня": 0, "вчера": 1, "позавчера": 2, "накануне": 1, "завтра": -1}[m["w"].lower()]
    day = cal.published - timedelta(days=back)
    return "day", Period(start=day, end=day), False


@_rule("to_new_year", r"(?:до|к) нового года|(?:до|к) новому году")
def _to_new_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return asof(date_or_none(cal.now, 12, 31))


@_rule("half_gone", r"за (?:полгода|прошедшее полугодие)(?! (?:до|после|работы))")
def _half_gone(m: re.Match[str], cal: Calendar, future: bool) -> Found:
    """«За полгода» in July or January: the half of a year that has just ended."""
    if cal.published is None or cal.published.month not in (1, 7):
        return "vague", None, False
    year = cal.published.year - (cal.published.month == 1)
    return "span", month_period(year, 7, 12) if cal.published.month == 1 else month_period(year, 1, 6), True


@_rule("that_same", r"(?:за|в) (?:эт(?:от|ом)|т(?:от|ом)) же (?:год|период)[уае]?|за (?:это|то) же время")
def _that_same(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«За тот же год», «за этот же период»: what was named before, which is not known here."""
    return "vague", None, False


@_rule(
    "vague",
    r"(?:(?:в целом |всего |уже |только |почти )?(?:за|через|в течение|на протяжении)) "
    r"(?:(?:эт[ио]|те же|тот же|последни[ей]|прошедши[ей]|минувши[ей]|первы[ей]|весь|всё|"
    r"все|целый|почти|неполны[ей]|полный|один|одну|одни|ближайши[ей]) ){0,2}(?:(?:<NUM>|полтора|несколько|"
    r"пару)(?:[-–]<NUM>)? )?(?:с половиной |последних |прошедших |минувших |первых |полных )?(?:<UNIT>|"
    r"пол(?:года|тора года|месяца)|время(?! ожидания)|период(?! с)|смену|сезон)|за полгода|за годы|"
    r"со? (?:момента|дня|времени|начала) (?:е[её] |его |их |сво\w+ )?(?:открытия|запуска|создания|"
    r"основания|начала|старта|реализации|работы|действия|образования|существования)"
    r"(?: работы| проекта| программы)?|с (?:тех пор|(?:этого|того) (?:времени|момента))|"
    r"за это время|за вс[её] это время|за день|за сутки",
)
def _vague(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return "vague", None, False
