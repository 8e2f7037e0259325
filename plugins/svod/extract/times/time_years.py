"""Rules for years, ends and what is relative or has no dates; rules for days and seasons come before them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from svod.extract.times.time_words import (
    Calendar,
    Found,
    Rules,
    asof,
    date_or_none,
    day_of,
    feast_of,
    int_of,
    into,
    month_of,
    month_period,
    numeric_date,
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


@_rule(
    "years_span",
    r"(?:(?:с|в|за|на|со) )?(?P<a><YEAR>)(?:(?:, ?<YEAR>){1,4} и | ?[-–—] ?| по | и | до )(?P<b><YEAR>)"
    r"(?:-?(?:й|го|м))?(?: ?(?:гг\.|г\.|год(?:ы|ах|ов|а|у|ам)?))",
)
def _years_span(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    a, b = int(m["a"]), int(m["b"])
    return ("span", year_period(a, b), True) if a < b else None


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
    r"(?P<this>(?:<THIS> )?года)|(?P<last><LAST> года)|(?P<part>месяца|квартала|полугодия)|"
    r"(?P<next><NEXT> года)|(?P<m><MON>)(?: (?P<my><Y>))?|(?P<season>лета|весны|осени|зимы))",
)
def _year_end(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if m["m"]:
        month = month_of(m["m"])
        year = year_of_text(m["my"]) or cal.year_of(month, future=future or _until(m))
        return asof(month_period(year, month).end) if year else None
    if m["season"]:
        last = {"лета": 8, "весны": 5, "осени": 11, "зимы": 2}[m["season"].lower()]
        year = cal.year_of(last, future=True)
        return asof(month_period(year, last).end) if year else None
    if m["report"]:
        return asof(date_or_none(cal.year or year_told(cal), 12, 31))
    if m["part"]:
        step = {"месяца": 1, "квартала": 3, "полугодия": 6}[m["part"].lower()]
        now = cal.published
        if now is not None and not future and not _until(m):
            now -= timedelta(days=_JUST_OVER)  # «на конец месяца», told in the first days of the next
        return asof(month_period(now.year, (now.month - 1) // step * step + step).end) if now else None
    if m["last"]:
        return asof(date_or_none(cal.now - 1, 12, 31)) if cal.now else None
    year = year_of_text(m["y"]) or (cal.now + bool(m["next"]) if cal.now else None)
    if year and m["this"] and not future and not _until(m) and m["this"].lower() == "года":
        year = year_told(cal) or year
    return asof(date_or_none(year, 12, 31))


_JUST_OVER = 15  # days


def _until(m: re.Match[str]) -> bool:
    """«до конца года»: still to come, unlike «на конец года»."""
    return m.group().lower().startswith("до")


@_rule("period_begin", r"на начало (?:отч[её]тного )?(?:периода|сезона|смены|проекта)")
def _period_begin(m: re.Match[str], cal: Calendar, future: bool) -> Found:
    return "asof", None, False


@_rule(
    "period_end", r"(?:на|к) (?:конец|концу) (?:отч[её]тного )?(?:периода|сезона|смены)|на конец(?= ?[–—-])"
)
def _period_end(m: re.Match[str], cal: Calendar, future: bool) -> Found:
    return "asof", None, False


@_rule("report_day", r"на отч[её]тную дату|на дату (?:составления|сдачи|подготовки) отч[её]та")
def _report_day(m: re.Match[str], cal: Calendar, future: bool) -> Found:
    """Which day that is, the title says."""
    return "asof", None, False


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
    r"(?<!ночь\s)(?:(?:по состоянию )?на|к|до|ко) (?:(?:утр|вечер)[оу]? )?(?P<d><DAY>) (?P<m><MON>)"
    r"(?: (?P<y><Y>)|(?P<this> <THIS> года)|(?P<last> <LAST> года))?",
)
def _by_day(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    month, day = month_of(m["m"]), day_of(m["d"])
    year = relative_year(m, cal) or cal.year_of(
        month, day, future=future or m.group().lower().startswith("до")
    )
    if (
        year
        and not (m["y"] or m["last"])
        and _is_latest(cal, year, month, day)
        and "на" in m.group()[:16].lower()
    ):
        year += 1
    return asof(date_or_none(year, month, day))


def _is_latest(cal: Calendar, year: int, month: int, day: int) -> bool:
    """«На 1 февраля трудоустроены 34» in a report on the year before, published in February: the last such
    day but New Year's, which may open the year that is told of.
    """
    next_one = date_or_none(year + 1, month, day)
    return bool(
        cal.published
        and next_one
        and (month, day) > (1, 1)
        and year + 1 == cal.published.year
        and next_one <= cal.published
    )


@_rule("by_numeric_day", r"(?:(?:по состоянию )?на|к|до|ко) (?P<d><DMY>)(?: г\.| года)?")
def _by_numeric_day(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return asof(numeric_date(m["d"]))


@_rule(
    "by_year",
    r"(?:к|ко) (?P<y><Y>)|до (?P<y2><Y>)|(?:к|до) (?P<m><MON>)(?: (?P<my><Y>))?|"
    r"(?:к|ко) (?P<next><NEXT> году)|к (?P<season>весне|лету|осени|зиме)|(?:к|ко) (?P<feast><FEAST>)",
)
def _by_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if m["m"]:
        year = year_of_text(m["my"]) or cal.year_of(month_of(m["m"]), future=True)
        return asof(month_period(year, month_of(m["m"])).end) if year else None
    if m["season"]:
        last = {"весне": 5, "лету": 8, "осени": 11, "зиме": 2}[m["season"].lower()]
        year = cal.year_of(last, future=True)
        return asof(month_period(year, last).end) if year else None
    if m["feast"]:
        month, day = feast_of(m["feast"])
        return asof(date_or_none(cal.year_of(month, day, future=True), month, day))
    if m["next"]:
        return asof(date_or_none(cal.now + 1 if cal.now else None, 12, 31))
    return asof(date_or_none(year_of_text(m["y"] or m["y2"]), 12, 31))


@_rule("until_month", r"по (?P<m><MON>)(?: (?P<y><Y>))?(?: включительно)?")
def _until_month(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«По май 2021 года приняли 640 звонков»."""
    month = month_of(m["m"])
    year = year_of_text(m["y"]) or cal.year_of(month, future=future)
    return asof(month_period(year, month).end) if year else None


@_rule(
    "day",
    r"(?:в ночь на |во? (?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье),? )?"
    r"(?P<d><DAY>) (?P<m><MON>)(?: (?P<y><Y>)|(?P<this> <THIS> года)|(?P<last> <LAST> года))?",
)
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
    r"(?:(?:только |уже )?(?P<prep>в|во|за|на|весь|по итогам|итоги|от|впереди(?: —| –)?|в т(?:ом|от) же|"
    r"в этом же|в самом|в этом|в начале|в середине|в конце|в перв(?:ых|ой) (?:числах|половине|декаде)|"
    r"в последн(?:их|ей) (?:числах|декаде)|во второй (?:половине|декаде)|(?P<before>в прошлом)) )?"
    r"(?P<m><MON>)(?:(?:-| )(?P<y><Y>)|(?P<this> <THIS> года)|(?P<last> <LAST> года))?",
)
def _one_month(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    month = month_of(m["m"])
    year = relative_year(m, cal)
    if not m["prep"] and not year and not _labels(m):
        return None
    if m["before"] and cal.published:  # «в прошлом апреле», said in May: not the one just over
        year = cal.published.year - (month >= cal.published.month - _NOT_LAST)
    year = year or cal.year_of(month, future=future or _to_come(m))
    return ("span", month_period(year, month), True) if year else None


_NOT_LAST = 1  # months that «прошлый» does not mean


def _to_come(m: re.Match[str]) -> bool:
    """«План на январь», «впереди – март»."""
    prep = (m["prep"] or "").lower()
    return prep.startswith("впереди") or (
        prep == "на" and search(r"(?:план|задач|цел)[а-яё]{0,3}[ \u00a0]$", m.string[: m.start()]) is not None
    )


def _labels(m: re.Match[str]) -> bool:
    """«Октябрь – 30 выездов», «Март. Собрали 143 кг»: the month stands for a label at the beginning of its
    line or sentence.
    """
    before = m.string[max(0, m.start() - 3) : m.start()].rstrip(" \u00a0")
    if before[-1:] in ("", "\n") and m.string[m.end() : m.end() + 1] == ".":
        return True
    return before[-1:] in ("", "\n", ".", "•", "–", "—", "-", "▪", "✔") and m.string[
        m.end() : m.end() + 2
    ].strip(" \u00a0")[:1] in ("–", "—", ":")


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
    r"(?:(?P<prep>только в|за весь|за|в|по итогам|итоги|на|под|по результатам|в течение|весь|"
    r"за календарный) )?(?P<y><YEAR>)(?P<tail> ?(?:г\.?|год[ауе]?м?)(?![а-яё])|-?(?:го|м|й|ом|"
    r"ого)(?: год[ауе]?м?)?)?",
)
def _one_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if not m["prep"] and not m["tail"]:
        return None
    if m["prep"] and not m["tail"] and m["prep"].lower() in ("на", "за", "в"):
        return None
    return "span", year_period(int(m["y"])), True


@_rule("bare_year", r"(?:за|на|по итогам) (?P<y><YEAR>)(?= ?(?:[.,;:)»]|$|\n))")
def _bare_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return "span", year_period(int(m["y"])), True


@_rule("plan_year", r"план(?:а|у|ом|е)? (?:[а-яё]+ ){0,4}на год(?= \(| ?[,–—:]| выполнен| исполнен)")
def _plan_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«План по трудоустройству на год»: the whole year."""
    return ("span", year_period(cal.now), False) if cal.now else None


@_rule("budget_year", r"бюджет[а-яё]* (?:(?P<this><THIS> года)|(?P<last><LAST> года)|(?P<next><NEXT> года))")
def _budget_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«в областном бюджете текущего года заложено …»: the whole year."""
    year = cal.now + bool(m["next"]) - bool(m["last"]) if cal.now else None
    return ("span", year_period(year), False) if year else None


@_rule(
    "this_year",
    r"(?:за|в|на|только в|уже в|по итогам|итог(?:и|ам|ах|ов)) (?:(?:<THIS>|уходящ(?:ем|ий|его)) год[уа]?)|"
    r"в году текущем",
)
def _this_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if (
        search(_WHICH, m.string[max(0, m.start() - 20) : m.start()])
        and m.string[m.end() : m.end() + 2].strip(" \u00a0").isalpha()
    ):
        return "compare", None, False
    if not cal.published:
        return ("span", year_period(cal.year), True) if cal.year else ("vague", None, False)
    if future or m.group().lower().startswith("на"):
        return "span", year_period(cal.published.year), False
    if "уходящ" in m.group().lower() and cal.published.month <= _JUST_GONE:
        return "span", year_period(cal.published.year - 1), True
    return since(date(cal.published.year, 1, 1), cal)


# «второй в этом году конкурс»: which one it is, not when what is told was done
_WHICH = r"(?<![а-яё])(?:перв|втор|трет|четв[её]рт|пят|последн|единственн|очередн)[а-яё]{2,3}[ \u00a0]$"
_JUST_GONE = 2  # in January and February the outgoing year is the last one


@_rule(
    "last_year",
    r"(?:за|в|на|только за|по итогам|итоги|в конце|в начале|в середине|в течение) (?:весь )?<LAST> год[уа]?|"
    r"<LAST> год|в году (?:прошлом|минувшем|прошедшем|истекшем)",
)
def _last_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if cal.published:
        base: int | None = cal.published.year - 1
    else:  # «в истекшем году» in a report on a year is that year, «в прошлом году» the one before it
        just = search(r"ист[её]кш|минувш|прошедш", m.group().lower()) is not None
        base = cal.year - (not just) if cal.year else None
    return ("span", year_period(base), True) if base else ("vague", None, False)


@_rule("last_season", r"(?:за|в) (?:весь )?(?P<w><LAST>) сезоне?")
def _last_season(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«(в прошлом сезоне было 29)»: the season before the one named, which is not known here."""
    return "vague", None, False


@_rule("last_year", r"(?:за|в) позапрошл(?:ом|ый) год[уа]?")
def _year_before_last(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return ("span", year_period(cal.now - 2), True) if cal.now else None


@_rule(
    "elided_year",
    r"(?:в|за) (?P<w>прошлом|позапрошлом|минувшем|этом|нынешнем|текущем)(?= ?(?:[—–,-]|уже |почти |"
    r"было |их |\d|[а-яё]+(?:л[аио]?|л[аио]сь|лся|ют|ут|ят|ат)(?:ся)? ))",
)
def _elided_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    if not cal.published:
        return "vague", None, False
    back = {"поз": 2, "про": 1, "мин": 1}.get(m["w"].lower()[:3], 0)
    if not back:
        this_year = date(cal.published.year, 1, 1)
        return ("span", year_period(this_year.year), False) if future else since(this_year, cal)
    return "span", year_period(cal.published.year - back), True


@_rule("years_ago", r"(?P<n><NUM>) (?:года|лет) назад")
def _years_ago(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«Два года назад было 380»."""
    year = cal.published.year - int_of(m["n"]) if cal.published else None
    return ("span", year_period(year), False) if year else None


@_rule("next_year", r"(?:за|в|на|с|в течение) <NEXT> год[уа]?")
def _next_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return ("span", year_period(cal.published.year + 1), False) if cal.published else ("vague", None, False)


@_rule(
    "report_year",
    r"(?:за|в) отч[её]тн(?:ом|ый|ое) (?:год[уа]?|период[еа]?|квартале?|месяце?|полугоди[еи]|сезоне?)|"
    r"в этот период|за этот период|"
    r"за (?:указанный|данный) период",
)
def _report_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return ("span", year_period(cal.year), True) if cal.year else ("vague", None, False)


@_rule("to_new_year", r"(?:до|к) нового года|(?:до|к) новому году")
def _to_new_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return asof(date_or_none(cal.now, 12, 31))


@_rule("half_gone", r"за (?:полгода|прошедшее полугодие)(?! (?:до|после|работы))|полгода(?= в <FIGURES>)")
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
    "since_opened",
    r"со? (?:(?:момента|дня|времени|самого) )?(?:е[её] |его |их |сво\w+ )?(?:открытия|запуска|создания|"
    r"основания|старта|образования|начала (?:действия|существования|работы|проекта|программы|реализации|"
    r"пилота))"
    r"(?: работы| проекта| программы)?|со? (?:дня|времени|начала|момента) (?:е[её] |его )?"
    r"(?:начала|реализации|работы|действия|существования)(?: работы| проекта| программы)?",
)
def _since_opened(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«с открытия», «с момента запуска проекта»: when that was stands elsewhere."""
    return "vague", None, False


@_rule(
    "vague",
    r"(?:(?:в целом |всего |уже |только |почти )?(?:за|через|в течение|на протяжении)) "
    r"(?:(?:эт[ио]|те же|тот же|последни[ей]|прошедши[ей]|минувши[ей]|первы[ей]|весь|всё|"
    r"все|целый|почти|неполны[ей]|полный|один|одну|одни|ближайши[ей]) ){0,2}"
    r"(?:(?:\d,\d|<NUM>|полтора|несколько|пару)(?:[-–]<NUM>)? )?"
    r"(?:с половиной |последних |прошедших |минувших |первых |(?:не)?полных )?"
    r"(?:<UNIT>|пол(?:года|тора года|месяца)|время(?! ожидания)|период(?! с)|смену|сезон)|за полгода|за годы|"
    r"с (?:тех пор|(?:этого|того) (?:времени|момента))|"
    r"за это время|за вс[её] это время|за день|за сутки",
)
def _vague(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    return "vague", None, False
