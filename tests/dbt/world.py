"""A small world of reports in which every total, merge and doubt has one right answer."""

from __future__ import annotations

from typing import Any

YEAR = {"period_start": "2024-01-01", "period_end": "2024-12-31"}


def period(start: str, end: str) -> dict[str, str]:
    return {"period_start": start, "period_end": end}


def metric(value: float, unit: str, project: str | None = None, /, **more: Any) -> dict[str, Any]:
    return {"value": value, "unit": unit, "project_name": project, **more}


def project(name: str, kind: str = "project", **more: Any) -> dict[str, Any]:
    return {"name": name, "kind": kind, **more}


NEAR = (
    "Проект «Пересказ» завершил свой первый год. За это время ребята и их родители побывали в музеях, на"
    " заводах и в заповеднике: всего прошло 36 экскурсий. Каждую группу сопровождал наставник, который"
    " заранее готовил рассказ о месте, а после поездки собирал отзывы и рисунки участников."
)

# Totals: each block is a trap, all of them in one federal subject and year
TRAPS: dict[str, dict[str, Any]] = {
    "of_which": {
        "projects": [project("Доля")],
        "metrics": [metric(100, "семья", "Доля", **YEAR), metric(30, "семья", "Доля", part_of=0, **YEAR)],
    },
    "cumulative_q1": {
        "published": "2024-04-10",
        "projects": [project("Накопление")],
        "metrics": [metric(10, "услуга", "Накопление", **period("2024-01-01", "2024-03-31"))],
    },
    "cumulative_h1": {
        "published": "2024-07-10",
        "projects": [project("Накопление")],
        "metrics": [metric(25, "услуга", "Накопление", **period("2024-01-01", "2024-06-30"))],
    },
    "cumulative_9m": {
        "published": "2024-10-10",
        "projects": [project("Накопление")],
        "metrics": [metric(40, "услуга", "Накопление", **period("2024-01-01", "2024-09-30"))],
    },
    "cumulative_in_one_report": {
        "projects": [project("Лестница")],
        "metrics": [
            metric(3, "услуга", "Лестница", quote="3 услуги за январь", **period("2024-01-01", "2024-01-31")),
            metric(8, "услуга", "Лестница", quote="8 услуг за квартал", **period("2024-01-01", "2024-03-31")),
        ],
    },
    "same_people": {
        "projects": [project("Отцы")],
        "metrics": [
            metric(22, "отец", "Отцы", quote="посещали 22 отца", **YEAR),
            metric(19, "отец", "Отцы", quote="до конца дошли 19", **YEAR),
            metric(4, "поездка", "Отцы", quote="4 поездки в музеи", **YEAR),
            metric(3, "поездка", "Отцы", quote="три поездки за город", **YEAR),
        ],
    },
    "syndicated_original": {
        "source": "source_a",
        "published": "2024-05-01",
        "text": "Проект «Перепечатка»: 50 консультаций",
        "projects": [project("Перепечатка", quote="«Перепечатка»")],
        "metrics": [metric(50, "консультация", "Перепечатка", quote="50 консультаций", **YEAR)],
    },
    "syndicated_copy": {
        "source": "source_b",
        "published": "2024-05-02",
        "text": "Проект «Перепечатка»: 50 консультаций",
        "projects": [project("Перепечатка", quote="«Перепечатка»")],
        "metrics": [metric(50, "консультация", "Перепечатка", quote="50 консультаций", **YEAR)],
    },
    "near_original": {
        "source": "source_a",
        "published": "2024-06-01",
        "text": NEAR,
        "projects": [project("Пересказ", quote="«Пересказ»")],
        "metrics": [metric(36, "экскурсия", "Пересказ", quote="36 экскурсий", **YEAR)],
    },
    "near_copy": {
        "source": "source_b",
        "published": "2024-06-03",
        "text": f"Как сообщают соседи: {NEAR} Следите за новостями.",
        "projects": [project("Пересказ", quote="«Пересказ»")],
        "metrics": [metric(36, "экскурсия", "Пересказ", quote="36 экскурсий", **YEAR)],
    },
    "umbrella": {
        "projects": [project("Демография", "program"), project("Старшее поколение", "program")],
        "metrics": [
            metric(500, "мероприятие", "Демография", **YEAR),
            metric(120, "мероприятие", "Старшее поколение", **YEAR),
        ],
    },
    "plan_beside_fact": {
        "projects": [project("Обеды")],
        "metrics": [
            metric(80, "обед", "Обеды", planned=True, quote="80 обедов по плану", **YEAR),
            metric(60, "обед", "Обеды", quote="60 обедов", **YEAR),
        ],
    },
    "families_beside_persons": {
        "projects": [project("Вместе")],
        "metrics": [metric(40, "семья", "Вместе", **YEAR), metric(90, "человек", "Вместе", **YEAR)],
    },
    "share": {
        "projects": [project("Проценты")],
        "metrics": [metric(35, "человек", "Проценты", kind="percent", quote="35%", **YEAR)],
    },
    "undated": {"projects": [project("Без даты")], "metrics": [metric(1000, "услуга", "Без даты")]},
    "two_years": {
        "projects": [project("Два года")],
        "metrics": [metric(700, "услуга", "Два года", **period("2023-09-01", "2024-08-31"))],
    },
    "growth": {
        "projects": [project("Рост")],
        "metrics": [metric(70, "услуга", "Рост", direction="up", quote="на 70 услуг больше", **YEAR)],
    },
    "ceiling": {
        "projects": [project("Потолок")],
        "metrics": [metric(300, "услуга", "Потолок", comparator="le", quote="до 300 услуг", **YEAR)],
    },
    "stock_spring": {
        "published": "2024-03-01",
        "projects": [project("Бригады")],
        "metrics": [metric(5, "бригада", "Бригады", **period("2024-02-01", "2024-02-29"))],
    },
    "stock_autumn": {
        "published": "2024-11-01",
        "projects": [project("Бригады")],
        "metrics": [metric(7, "бригада", "Бригады", **period("2024-10-01", "2024-10-31"))],
    },
    "unknown_unit": {"projects": [project("Чудо")], "metrics": [metric(9, "бармаглот", "Чудо", **YEAR)]},
    "organisation_wide": {"metrics": [metric(2000, "услуга", None, quote="всего 2000 услуг", **YEAR)]},
    "neighbour": {
        "regions": ("RU-TOM",),
        "projects": [project("Соседи")],
        "metrics": [metric(11, "услуга", "Соседи", comparator="gt", quote="более 11 услуг", **YEAR)],
    },
    "two_regions": {
        "regions": ("RU-KEM", "RU-TOM"),
        "projects": [project("На двоих")],
        "metrics": [metric(600, "услуга", "На двоих", **YEAR)],
    },
}

# Consolidation, in a federal subject of its own: one publisher tells the same thing more than once
QUARTER = period("2024-01-01", "2024-03-31")
TELLINGS: dict[str, dict[str, Any]] = {
    "same_1": {
        "published": "2024-04-01",
        "projects": [project("Согласие")],
        "metrics": [metric(12, "семья", "Согласие", quote="12 семей", **QUARTER)],
    },
    "same_2": {
        "published": "2024-05-01",
        "projects": [project("Согласие")],
        "metrics": [metric(12, "семья", "Согласие", quote="12 семей", **QUARTER)],
    },
    "conflict_1": {
        "published": "2024-04-01",
        "projects": [project("Спор")],
        "metrics": [metric(20, "семья", "Спор", quote="20 семей", **QUARTER)],
    },
    "conflict_2": {
        "published": "2024-05-01",
        "projects": [project("Спор")],
        "metrics": [metric(25, "семья", "Спор", quote="25 семей", **QUARTER)],
    },
    "compatible_1": {
        "published": "2024-04-01",
        "projects": [project("Уточнение")],
        "metrics": [metric(20, "семья", "Уточнение", comparator="gt", quote="более 20 семей", **QUARTER)],
    },
    "compatible_2": {
        "published": "2024-05-01",
        "projects": [project("Уточнение")],
        "metrics": [metric(23, "семья", "Уточнение", quote="23 семьи", **QUARTER)],
    },
    "twins": {
        "projects": [project("Двойня")],
        "metrics": [
            metric(4, "семья", "Двойня", quote="4 семьи", **QUARTER),
            metric(6, "семья", "Двойня", quote="6 семей", **QUARTER),
        ],
    },
    "twins_again": {
        "published": "2024-07-01",
        "projects": [project("Двойня")],
        "metrics": [metric(6, "семья", "Двойня", quote="6 семей", **QUARTER)],
    },
    "undated_1": {
        "projects": [project("Когда-то")],
        "metrics": [metric(15, "семья", "Когда-то", quote="15 семей")],
    },
    "undated_2": {
        "published": "2024-08-01",
        "projects": [project("Когда-то")],
        "metrics": [metric(15, "семья", "Когда-то", quote="15 семей")],
    },
    "plan": {
        "published": "2024-01-15",
        "projects": [project("Замысел")],
        "metrics": [metric(50, "семья", "Замысел", planned=True, quote="50 семей", **YEAR)],
    },
    "fact": {
        "published": "2025-01-20",
        "projects": [project("Замысел")],
        "metrics": [metric(47, "семья", "Замысел", quote="47 семей", **YEAR)],
    },
    "plan_in_words": {
        "published": "2024-01-15",
        "projects": [project("Слова")],
        "metrics": [
            metric(
                20, "наставник", "Слова", comparator="gt", planned=True, quote="более двадцати наставников"
            )
        ],
    },
    "fact_of_the_plan_in_words": {
        "published": "2024-09-01",
        "projects": [project("Слова")],
        "metrics": [metric(23, "наставник", "Слова", quote="23 наставника", **QUARTER)],
    },
    "fact_too_late": {
        "published": "2026-09-01",
        "projects": [project("Слова")],
        "metrics": [
            metric(90, "наставник", "Слова", quote="90 наставников", **period("2026-01-01", "2026-08-31"))
        ],
    },
    "other_people_than_planned": {
        "published": "2024-09-01",
        "projects": [project("Слова")],
        "metrics": [
            metric(31, "наставник", "Слова", beneficiary="children", quote="31 наставник", **QUARTER)
        ],
    },
    "side_by_side": {
        "text": "«Рядом»: при плане 300 привлекли 340 волонтёров. Обедов 90, а ждали 80. Потом хотят 70.",
        "projects": [project("Рядом", quote="«Рядом»")],
        "metrics": [
            metric(300, "волонтёр", "Рядом", planned=True, quote="300"),
            metric(340, "волонтёр", "Рядом", quote="340 волонтёров"),
            metric(80, "обед", "Рядом", planned=True, quote="80"),
            metric(90, "обед", "Рядом", quote="Обедов 90"),
            metric(70, "обед", "Рядом", planned=True, quote="70"),
        ],
    },
    "two_facts_in_a_row": {
        "text": "Проект «Строка»\nЭкскурсий | 10 | 12 | 14\nЛекций | 5 | 6",
        "projects": [project("Строка", quote="«Строка»")],
        "metrics": [
            metric(10, "экскурсия", "Строка", planned=True, quote="10", **YEAR),
            metric(12, "экскурсия", "Строка", quote="12", **YEAR),
            metric(14, "экскурсия", "Строка", quote="14", **YEAR),
            metric(5, "лекция", "Строка", planned=True, quote="5", **YEAR),
            metric(6, "лекция", "Строка", quote="6", **YEAR),
        ],
    },
    "other_publisher": {
        "published": "2024-05-01",
        "publisher": "Газета района",
        "projects": [project("Согласие")],
        "metrics": [metric(12, "семья", "Согласие", quote="12 семей", **QUARTER)],
    },
}

# What a hostile or careless report may hold
BAD: dict[str, dict[str, Any]] = {
    "reversed": {"metrics": [metric(5, "семья", None, **period("2024-12-31", "2024-01-01"))]},
    "quintillion": {
        "metrics": [metric(10**18, "человек", None, quote="1000000000000000000 человек", **YEAR)]
    },
    "over_100": {"metrics": [metric(140, "семья", None, kind="percent", quote="140% семей", **YEAR)]},
    "fulfilled": {"metrics": [metric(140, "услуга", None, kind="percent", quote="140% плана", **YEAR)]},
    "nowhere": {"regions": ("RU-XXX",), "metrics": [metric(6, "семья", None, **YEAR)]},
    "injection": {
        "projects": [project("'; drop table marts_next.fct_outcome; --")],
        "partners": [
            {"name": '=HYPERLINK("http://x")', "type": "business", "role": "funder"},
            {"name": "<img src=x onerror=alert(1)>", "type": "business", "role": "funder"},
        ],
        "metrics": [metric(7, "семья", "'; drop table marts_next.fct_outcome; --", **YEAR)],
    },
    "out_of_calendar": {"published": "1899-01-01", "metrics": [metric(8, "семья", None, **YEAR)]},
}
