"""Projects of whole pages: what a list of winners, a title or a calendar says of them."""

from __future__ import annotations

from datetime import date

import pytest

from svod.extract.layout.prose import read_prose
from svod.extract.layout.segments import segment
from svod.extract.projects.projects import read_projects
from svod.extract.reader import read
from svod.language.document import analyse
from svod.models import ReportText

TITLE = "Новости одного дня"


def test_a_winner_that_will_work_is_planned() -> None:
    text = (
        "Определены победители конкурса\n\nЭкспертный совет подвёл итоги, поддержку получат авторы из сёл "
        "района, работа займёт у них весь будущий год.\n\nПобедители:\n\n"
        "1) «Лыжня у дома», село Лесное. Совет женщин закупит лыжи для 14 школьников.\n"
        "2) «Тихий час», Бор, – 280 тыс. руб. Автор – Ксения Ярина."
    )
    (doc,) = analyse([text])
    found = {p.mention.name: p.mention.status for p in read_projects(read_prose(doc, segment(doc)), None)}
    assert found == {"Лыжня у дома": "planned", "Тихий час": "planned"}


def test_a_title_without_marks_names_the_project() -> None:
    text = (
        "Первый шаг – под присмотром\n\nПомощь получили 40 детей.\n\nПроект «Первый шаг» реализуется с мая."
    )
    (doc,) = analyse([text])
    (project,) = read_projects(read_prose(doc, segment(doc)), None)
    assert [text[a:b] for a, b in project.occurrences] == ["Первый шаг", "«Первый шаг»"]


def test_plain_words_of_a_title_are_no_name() -> None:
    text = (
        "Серебряный возраст осваивает гаджеты\n\nКурсы окончили 40 человек.\n\n"
        "Проект «Серебряный возраст» реализуется с мая."
    )
    (doc,) = analyse([text])
    (project,) = read_projects(read_prose(doc, segment(doc)), None)
    assert [text[a:b] for a, b in project.occurrences] == ["«Серебряный возраст»"]


def test_a_page_on_a_measure_names_it_without_figures() -> None:
    text = "Школа приёмных родителей\n\nЗанятия бесплатны. Школа приёмных родителей ждёт всех желающих."
    (doc,) = analyse([text])
    assert [(p.mention.name, p.needs_metric) for p in read_projects(read_prose(doc, segment(doc)), None)] == [
        ("Школа приёмных родителей", False)
    ]


def test_a_winner_with_the_sum_after_a_comma_is_planned() -> None:
    text = (
        "Итоги конкурса\n\nКомиссия назвала победителей, деньги поступят летом, отчёты ждут зимой.\n\n"
        "Победители:\n\n1. Союз ветеранов – проект «Живая память», 310 тысяч рублей.\n"
        "2. АНО «Берег» – проект «Порог дома», сумма гранта 90 400 рублей."
    )
    (doc,) = analyse([text])
    found = {p.mention.name: p.mention.status for p in read_projects(read_prose(doc, segment(doc)), None)}
    assert found == {"Живая память": "planned", "Порог дома": "planned"}


def test_a_long_name_with_one_closing_mark_for_two() -> None:
    name = (
        "Развитие системы домашнего сопровождения пожилых людей, которые живут одни в дальних деревнях и "
        "сёлах "
        "всего района «Не один»"
    )
    (doc,) = analyse([f"{TITLE}\n\nНачата работа по проекту «{name}."])
    assert [p.mention.name for p in read_projects(read_prose(doc, segment(doc)), None)] == [name]


def test_what_the_winners_of_a_list_won_with() -> None:
    text = (
        "Названы победители\n\nКомиссия завершила работу, деньги поступят в следующем месяце, и каждый автор "
        "получит письмо.\n\nПобедители (извлечение):\n\n"
        "1. АНО «Вершина», г. Приозёрск – «Шьём вместе». Субсидия 1.250.000 рублей.\n\n"
        "2. Боровская организация ветеранов – «Запиши, дед». Субсидия 412,7 тыс. рублей."
    )
    (doc,) = analyse([text])
    found = {p.mention.name: p.mention.status for p in read_projects(read_prose(doc, segment(doc)), None)}
    assert found == {"Шьём вместе": "planned", "Запиши, дед": "planned"}


@pytest.mark.parametrize(("day", "status"), [(date(2021, 5, 3), "planned"), (date(2021, 5, 20), "completed")])
def test_a_day_after_the_report_is_still_ahead(day: date, status: str) -> None:
    (doc,) = analyse([f"{TITLE}\n\nКалендарь: 8–9 мая — акция «Добрый полдень»; 15 мая — день семей."])
    (project,) = read_projects(read_prose(doc, segment(doc)), day)
    assert project.mention.status == status


SEASON = "Сезон закончен\n\nСезон у нас с мая по октябрь, и вот отчёт обо всём, что сделано.\n\n"
SECTIONS = {
    "names on lines of their own": (
        "«Летний двор»\nСмена для подростков, за которых некому поручиться. Пришли 24 человека, "
        "двое ушли.\n\n"
        "«Письма бабушке»\nДобровольцы пишут бумажные письма тем, кто не выходит из дома. Ушло 970 писем.",
        {"Летний двор": "event", "Письма бабушке": "project"},
    ),
    "services that divide a report": (
        "НОЧНОЙ МАРШРУТ\nАвтобус для бездомных выезжает пять раз в неделю. За год роздано 101 237 "
        "порций еды.\n\n"
        "ВЕЩЕВОЙ СКЛАД\nПринимаем одежду для нуждающихся, кроме среды. Собрано свыше 9 тонн одежды.\n\n"
        "НАШИ ДЕНЬГИ\nПоступило 450 тысяч рублей, потрачено столько же, как и в прошлые годы.",
        {"Ночной маршрут": "service", "Вещевой склад": "service"},
    ),
    "a service called again without its name": (
        "Выездная служба «Сестра рядом» сделала 1126 визитов. Выездная служба приняла 43 подопечных.",
        {"Сестра рядом": "service"},
    ),
}


@pytest.mark.parametrize("name", SECTIONS)
def test_sections_of_a_report(name: str) -> None:
    text, wanted = SECTIONS[name]
    found = read(ReportText(text=SEASON + text)).projects
    assert {p.name: p.kind for p in found} == wanted


def test_what_somebody_says_in_a_title_is_no_project() -> None:
    text = (
        "Наталья Орлова: «Приёмная семья — это не подвиг, а профессия»\n\nКурсы закончили 40 человек, и все "
        "они уже приняли детей."
    )
    assert read(ReportText(text=text)).projects == ()


def test_a_gathering_named_in_the_title_and_again_is_a_project() -> None:
    facts = read(
        ReportText(
            text="В Самаре ждут форум «серебряных» добровольцев губернии\n\n12.05.2024\n\nФорум «серебряных» "
            "добровольцев Самарской области назначен на 23 мая. На форум соберутся 500 добровольцев."
        )
    )
    assert [(p.name, p.kind) for p in facts.projects] == [("Форум «серебряных» добровольцев", "event")]
    assert [m.project for m in facts.metrics] == ["Форум «серебряных» добровольцев"]


def test_a_contest_named_once_without_a_level_is_none() -> None:
    facts = read(ReportText(text="Новости\n\nВ клубе прошёл конкурс рисунков на асфальте, пришли 40 детей."))
    assert facts.projects == ()


def test_games_of_a_year_are_a_project() -> None:
    facts = read(ReportText(text="Новости\n\nСпартакиада-2024 стартовала в парке. Вышли 50 человек."))
    assert [(p.name, p.kind) for p in facts.projects] == [("Спартакиада-2024", "event")]


def test_staff_is_no_measure_and_a_benefit_is_one_for_all() -> None:
    staff = read(
        ReportText(
            text="В Югре 60 социальных координаторов помогают ветеранам\n\n60 социальных координаторов "
            "работают в филиале. Помощь получили 300 человек."
        )
    )
    assert staff.projects == ()
    benefit = read(
        ReportText(
            text="Помощь получат жители области\n\nНа адресную социальную помощь малоимущим направили 56 млн "
            "рублей. Помощь дошла до 300 семей."
        )
    )
    assert [p.name for p in benefit.projects] == ["Адресная социальная помощь"]


def test_a_contest_of_a_firm_is_no_project_by_its_name() -> None:
    facts = read(
        ReportText(text="Новости\n\nМы выиграли конкурс «Фосагро» и взяли юриста на год для 54 мам.")
    )
    assert facts.projects == ()


def test_the_path_to_an_item_names_no_project() -> None:
    facts = read(
        ReportText(
            text="«Абаканский маяк» — Общество — Социалка\n08.02.2024\n\nБаня едет в сёла\n\n"
            "Попарились 233 человека."
        )
    )
    assert facts.projects == ()


def test_a_name_is_joined_to_itself_with_its_motto() -> None:
    facts = read(
        ReportText(
            text="«Серебряная декада» прошла\n\n20.12.2024\n\nПодвели итоги интенсива волонтёров области — "
            "«Серебряная декада: учимся вместе».\n\nЗа время интенсива «серые» добровольцы провели 7 акций."
        )
    )
    assert [p.name for p in facts.projects] == ["Серебряная декада: учимся вместе"]
    assert [m.project for m in facts.metrics] == ["Серебряная декада: учимся вместе"]
