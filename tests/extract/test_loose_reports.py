"""Reports that leave much to the reader: letters, posts and news told loosely."""

from __future__ import annotations

from datetime import date

import pytest

from svod.extract.reader import read_many
from svod.models import MetricMention, ReportFacts, ReportText

HEAD = "Центр «Надежда»\n\n15.10.2024\n\n"


def read(text: str, head: str = HEAD) -> ReportFacts:
    return read_many([ReportText(text=head + text)])[0]


def figure(facts: ReportFacts, value: float) -> MetricMention:
    return next(m for m in facts.metrics if float(m.value) == value)


def test_a_plan_beside_its_fact_is_no_sum_though_sums_stand_near() -> None:
    facts = read(
        "1. Оказано 148 320 услуг (план – 145 000).\n2. Привлечено 184,6 тыс. руб.\n3. Проведено 14 встреч."
    )
    plan = figure(facts, 145_000)
    assert (plan.kind, plan.unit, plan.planned) == ("count", "услуга", True)


def test_those_whom_another_verb_serves_receive_nothing_of_this() -> None:
    facts = read("Школьники перекопали 112 огородов одиноких стариков, нарубили 84 кубометра дров, "
                 "связали три сотни пар носков для бойцов СВО.")  # fmt: skip
    assert figure(facts, 112).beneficiary == "elderly"
    assert figure(facts, 84).beneficiary is None
    assert figure(facts, 300).beneficiary == "veterans_families"


@pytest.mark.parametrize(
    ("text", "value", "comparator"),
    [
        ("Число жертвователей за год выросло вдвое, до 640 человек.", 640, "eq"),
        ("Пожертвования за год увеличились на 20 %, до 6 400 000 рублей.", 6_400_000, "eq"),
    ],
)
def test_a_level_after_the_change_is_no_ceiling(text: str, value: float, comparator: str) -> None:
    assert figure(read(text), value).comparator == comparator


def test_a_change_from_the_present_level_is_one_figure() -> None:
    facts = read("Доля трудоустроенных подопечных должна вырасти с нынешних 12 до 25 процентов.")
    assert [(float(m.value), m.kind, m.planned) for m in facts.metrics] == [(25, "percent", True)]


def test_a_thing_that_acts_is_no_person() -> None:
    facts = read(
        "Технологию внедрили в трёх районах – теперь она действует в семи из одиннадцати муниципалитетов."
    )
    assert figure(facts, 7).unit == "муниципалитет"


def test_the_month_that_a_post_sums_up_rules_all_of_it() -> None:
    facts = read("Итого по сентябрю. Отправлено 6 машин.\n\nСемьям бойцов: дрова получили 12 семей.")
    for value in (6, 12):
        period = figure(facts, value).period
        assert period is not None
        assert (period.start, period.end) == (date(2024, 9, 1), date(2024, 9, 30))


def test_the_only_year_of_a_report_without_a_date_is_its_year() -> None:
    text = (
        "Проект «Северный десант» стартовал 1 марта 2024 года. По состоянию на 1 октября:\n"
        "• обучены 64 добровольца;\n• выполнено 11 вылетов.\n\nДо 31 декабря 2024 года предстоит 5 вылетов."
    )
    period = figure(read(text, head="Управление социальной политики\n\n"), 64).period
    assert period is not None
    assert period.end == date(2024, 10, 1)


def test_who_gave_the_grant_in_brackets_is_the_funder() -> None:
    facts = read(
        "Проект «Десант» идёт при поддержке ПАО «Никель» (грант 4,2 млн рублей). Обучены 64 добровольца."
    )
    assert [(p.name, p.role) for p in facts.partners if "Никель" in p.name] == [("ПАО «Никель»", "funder")]


def test_a_firm_thanked_by_its_bare_name_stands_in_the_nominative() -> None:
    facts = read("Провели 46 чаепитий. Спасибо «Курганхиммашу» за 60 стульев.")
    assert "«Курганхиммаш»" in [p.name for p in facts.partners]


def test_a_group_of_firms_and_a_first_night_are_no_projects() -> None:
    facts = read(
        "Отряды благоустроили 19 дворов. Треть денег дали предприятия: Группа «Кедр» и станция. "
        "Театр сыграл 17 спектаклей, премьера «Вишнёвого сада» – 27 апреля."
    )
    assert facts.projects == ()


def test_figures_under_a_heading_that_sums_up_are_told_though_no_verb_stands_there() -> None:
    facts = read("Цифры: 8 субботников, 40 пакетов мусора.", head="Отряд «Заря», Пермь, 12.05.2025\n\n")
    assert {float(m.value) for m in facts.metrics} == {8, 40}


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator"),
    [
        ("Приезжали 120 детей. Нас, вожатых, было двадцать четыре.", 24, "вожатый", "eq"),
        ("На берег вышел весь двор. Нас собралось тридцать.", 30, "человек", "eq"),
        ("За весну прошло 8 субботников.", 8, "субботник", "eq"),
    ],
)
def test_those_who_tell_count_themselves(text: str, value: float, unit: str, comparator: str) -> None:
    found = figure(read(text), value)
    assert (found.unit, found.comparator) == (unit, comparator)


def test_those_who_live_in_a_village_are_its_population() -> None:
    facts = read("До Малиновки, где живут 46 человек, доехали 12 волонтёров. Есть приют, где живут 18 мам.")
    assert {float(m.value) for m in facts.metrics} == {12, 18}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Клуб «Морошка»: пришло 134 чел. (всем 55+), заявки до 15.03.", {134}),
        ("Выдали 407 изделий, срок проката — до 6 мес., залог не берём.", {407}),
        ("Несите новые шапочки (размеры 36–40), выдано 70 наборов.", {70}),
        ("Прожили у нас 143 женщины. Вернулись к обидчику 22, и это горько.", {143, 22}),
        ("В регионе, напомним, 172 тысячи пенсионеров. Помощь получили 1 874 человека.", {1874}),
        ("Израсходовано 71,2 млн рублей. В пересчёте на одного это около 38 тысяч рублей.", {71_200_000}),
        ("Наш опыт признан лучшим среди 26 библиотек. Дежурили 35 волонтёров.", {35}),
        ("Лекторы выступили в 64 классах, послушали их 1 590 учеников.", {64, 1590}),
        ("Планировалось передать 2 тонны, передано 2,8 тонны.", {2, 2.8}),
        ("Роздано 31 900 порций. Полторы тысячи из них оплатило АО «Крупа».", {31_900, 1500}),
        ("Участников набралось 96 из одиннадцати районов.", {96, 11}),
        ("До Нового года откроем ещё два пункта: в посёлке и на Левобережье.", {2}),
    ],
)
def test_which_numbers_state_something(text: str, values: set[float]) -> None:
    assert {float(m.value) for m in read(text).metrics} == values


def test_numbered_sections_are_the_programmes_that_the_opening_announces() -> None:
    facts = read(
        "Отчитываемся коротко о каждой программе.\n\n1. Дорога к маме\nОплатили 163 поездки.\n\n"
        "2. Письмо на фронт\nУвезли 2 600 посылок.\n\n3. Рука в руке\nСопровождали 52 выпускников."
    )
    assert figure(facts, 2600).project == "Письмо на фронт"
    assert figure(facts, 52).project == "Рука в руке"
