"""Rules for a year or month that a report looks back on without a date: «Итоги года», «Январь закончился»."""

from __future__ import annotations

import re
from datetime import date, timedelta

from svod.extract.times.time_words import (
    Calendar,
    Found,
    Rules,
    into,
    month_of,
    month_period,
    relative_year,
    since,
    year_period,
    year_told,
)
from svod.models import Period

RULES: Rules = []
_rule = into(RULES)


@_rule(
    "year_over",
    r"(?:(?:наш|этот|прошедший|минувший|уходящий|ушедший) )?год(?=,? котор|"
    r",? (?:был|выдался|оказался|получился|стал|заканчивается|завершается|завершился|закончился|"
    r"подходит к концу|подош[её]л к концу|прош[её]л|позади))",
)
def _year_over(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«Год выдался непростым» in a report of December or of the first months."""
    before = m.string[: m.start()].rstrip(" \u00a0«—–-")[-1:]
    year = year_told(cal) if before in ("", "\n", ".", "!", "?") else None
    return ("span", year_period(year), True) if year else None


@_rule(
    "year_summed",
    r"(?:итог(?:и|ам|ах|ов)|результат(?:ы|ам|ах|ов)|отч[её]т[а-яё]{0,2} (?:о работе )?за|"
    r"по окончании|год[оу]м?) (?:вс[её]го |весь )?(?:(?:уходящего|прошедшего|минувшего|ушедшего|"
    r"уходящий|прошедший|минувший|ушедший|календарного) )?года?"
    r"(?= ?[\n.,!:;»—–-]|$| в | с | для | у нас| и )|"
    r"годов(?:ой|ого|ым|ом) отч[её]т[а-яё]{0,2}",
)
def _year_summed(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«Итоги года», «Годовой отчёт» without a year of their own."""
    year = year_told(cal)
    return ("span", year_period(year), True) if year else None


@_rule(
    "since_beginning",
    r"год(?= в <FIGURES>)|(?:подбива|подводи|подвед|закрыва|провожа|заканчива|заверша|подытожи)[а-яё]* "
    r"(?:этот |наш |уходящий )?год(?= ?[?!.,:;)]| [^а-яё]|$|\n)",
)
def _year_closed(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«Ну что, подбиваем год?», «Год в цифрах» in December, or in the first months of the next year."""
    if cal.published is None or 3 < cal.published.month < 12:
        return None
    if cal.published.month == 12:
        return since(date(cal.published.year, 1, 1), cal)
    return "span", year_period(cal.published.year - 1), True


@_rule(
    "dashed_year",
    r"(?P<w>итоги|отч[её]т|сезон|год|план[аы]?|планы|бюджете?|лет[оа]|осен[ьи]|весн[аы]|зим[аыу])"
    r"(?:-(?P<y><YEAR>)| [–—-] (?P<apart><YEAR>)(?= ?(?:[.,;:!?»)\"]|$|\n)))",
)
def _dashed_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«Итоги-2023», «в бюджете-2024», «Трудовое лето – 2023»."""
    year = int(m["y"] or m["apart"])
    season = {"лет": 6, "осе": 9, "вес": 3, "зим": 12}.get(m["w"].lower()[:3])
    if season == 12:
        return "span", Period(start=date(year - 1, 12, 1), end=month_period(year, 2).end), True
    return "span", month_period(year, season, season + 2) if season else year_period(year), True


_PART_OF_YEAR = (
    r"январ|феврал|март|апрел|ма[йяе](?![а-яё])|июн|июл|август|сентябр|октябр|ноябр|декабр|"
    r"квартал|полугоди|месяц|лет[оа](?![а-яё])|осен|весн|зим"
)


@_rule(
    "dashed_year",
    r"(?:отч[её]т|итоги|доклад|результаты|год в цифрах)"
    rf"(?: (?!{_PART_OF_YEAR})[а-яё]+){{0,4}} ?[—–:.·•|/-]? ?"
    r"(?P<y><YEAR>)(?= ?(?:$|\n|[.,)»!]))",
)
def _titled_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«ГОДОВОЙ ОТЧЁТ — 2023»."""
    return "span", year_period(int(m["y"])), True


@_rule(
    "told_year",
    r"в (?!учебн|финансов|следующ|будущ|прошл|эт|текущ|нынешн|наступ|минувш|прошедш|нов|кажд|предыдущ|"
    r"позапрош|уходящ|перв|втор|трет|отч[её]тн)[а-яё]+[ое]м (?:[а-яё]+[ое]м )?году",
)
def _told_year(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«как отработали в непростом ковидном году»."""
    year = None if future else year_told(cal)
    return ("span", year_period(year), True) if year else None


@_rule(
    "month_summed",
    r"(?:итог(?:и|ам|ах)|результат(?:ы|ам|ах)|отч[её]т[а-яё]{0,2} за) (?:прошедшего |минувшего |прошедший |"
    r"минувший )?месяца?(?= ?[\n.,!:;»—–-]|$| в | с | для )",
)
def _month_summed(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«Отчёт за месяц» in the first days of the next."""
    if cal.published is None:
        return None
    back = cal.published - timedelta(days=_MONTH_TOLD)
    return "span", month_period(back.year, back.month), True


_MONTH_TOLD = 15  # days: until the middle of a month the month before is told of


@_rule("month_over", r"(?<!\d\s)(?P<m><MON>)(?: (?P<y><Y>))?(?= в <FIGURES>)")
@_rule(
    "month_over",
    r"(?:итого|итог[и]?|отч[её]т|сводка|цифры) по (?P<m>[а-я]+(?:лю|ню|рю|рту|маю|сту))(?: (?P<y><Y>))?",
)
@_rule(
    "month_over",
    r"(?<!\d\s)(?P<m><MON>)"
    r"(?= (?:у нас |для нас |снова |опять )?(?:за[кв][а-яё]{2,5}чил(?:ся|ось)|заверш[а-яё]+|"
    r"законч[а-яё]+|кончился|прош[её]л|позади|пролетел|выдался|оказался|получился|был |подош[её]л к концу))",
)
def _month_over(m: re.Match[str], cal: Calendar, future: bool) -> Found | None:
    """«Январь закончился, а значит – отчёт», «Сентябрь в цифрах», «Итого по январю»."""
    year = relative_year(m, cal) or cal.year_of(month_of(m["m"]))
    return ("span", month_period(year, month_of(m["m"])), True) if year else None
