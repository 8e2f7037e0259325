"""Whose figure it is: the project that each figure of a short report measures."""

from __future__ import annotations

from datetime import date

import pytest

from svod.extract.reader import read
from svod.models import ReportText

HEAD = "Новости отрасли\n\n15.10.2024\n\nИтоги полугодия\n\n"

CASES = {
    "a later sentence of a paragraph that opens with the project": (
        "Клуб «Рябина» открылся в мае. Занятия посетили 40 подростков.",
        {40: "Рябина"},
    ),
    "a new matter in a paragraph that does not open with it": (
        "Комитет подвёл итоги полугодия.\n\nВыявлено 300 детей, оставшихся без попечения. "
        "Школа приёмных родителей «Гнездо» подготовила "
        "120 кандидатов. Расторгнуто 19 договоров.\n\n"
        "Мобильная бригада «Рейс» совершила 700 выездов.\n\nКлуб «Рябина» посетили 33 семьи.",
        {300: None, 120: "Гнездо", 19: None, 700: "Рейс", 33: "Рябина"},
    ),
    "a sentence that refers back": (
        "За лето отдохнули 900 детей. В профильной смене «Компас» побывали 120 подростков. "
        "Для них провели 45 занятий.\n\nКлуб «Рябина» посетили 33 семьи.",
        {900: None, 120: "Компас", 45: "Компас", 33: "Рябина"},
    ),
    "the total is not the project's, its part is": (
        "За год отдохнули 900 детей, в том числе 120 – в профильной смене «Компас».\n\n"
        "Клуб «Рябина» посетили 33 семьи.",
        {900: None, 120: "Компас", 33: "Рябина"},
    ),
    "a programme that is the subject of its clause": (
        "Школа «Гнездо» подготовила 120 кандидатов, а волонтёрская программа «Плечом к плечу», которую ведёт "
        "фонд, нашла наставников 74 подросткам.",
        {120: "Гнездо", 74: "Плечом к плечу"},
    ),
    "a measure inside the section of a quoted project": (
        "1. Проект «Теплее вместе»\nСделано за год:\n— мобильная бригада совершила 205 выездов;\n"
        "— помощь получили 73 семьи.",
        {205: "Теплее вместе", 73: "Теплее вместе"},
    ),
    "what else was done": (
        "Клуб «Рябина» работает год\n\nКлуб «Рябина» посетили 33 семьи.\n\nЧто ещё сделано за год:\n"
        "• в санаториях отдохнули 960 детей;\n• 216 женщин прошли переобучение.",
        {33: "Рябина", 960: None, 216: None},
    ),
    "a deed beside the start of a project": (
        "Программа «Двор для всех» продолжается. В следующем году программой предусмотрено обновить ещё 30 "
        "дворов и запустить смену «Рябина».",
        {30: "Двор для всех"},
    ),
    "a room of the project, named earlier in the paragraph": (
        "Проект «Тёплый дом» продолжается.\n\nВ посёлке открыта гостиная «Рябина». За время проекта в "
        "гостиной побывали 90 человек.",
        {90: "Рябина"},
    ),
    "a post that goes on about what it began with": (
        "Мы собрали школу «Гнездо».\n\nУже 30 эфиров позади.\n\nМарафон «Рябина» ждёт рисунки.",
        {30: "Гнездо"},
    ),
    "a budget line with a purpose of its own": (
        "Клуб «Рябина» посетили 33 семьи. На поддержку многодетных семей в областном бюджете предусмотрено "
        "96 млн рублей.",
        {33: "Рябина", 96_000_000: None},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_project_of_figure(name: str) -> None:
    text, wanted = CASES[name]
    metrics = read(ReportText(text=f"{HEAD}{text}\n", published=date(2024, 10, 15))).metrics
    assert {int(m.value): m.project for m in metrics} == wanted
