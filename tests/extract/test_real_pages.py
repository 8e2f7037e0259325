"""What pages of the web have and printed reports have not: headlines given twice, found people in a report of
volunteers, winners told by the year of their contest.
"""

from __future__ import annotations

import pytest

from svod.extract.reader import read
from svod.models import ReportFacts, ReportText


def _read(text: str) -> ReportFacts:
    return read(ReportText(text=text))


def test_a_headline_given_twice_is_told_once() -> None:
    head = "Столовая «Ладога» накормила горячим супом гостей в шести районах"
    facts = _read(f"{head}\n\n{head}\n\nЗа неделю обед получили 340 человек, им помогали 25 волонтёров.")
    assert sorted(int(m.value) for m in facts.metrics) == [6, 25, 340]


def test_people_found_by_volunteers_are_none_of_them() -> None:
    facts = _read(
        "За 2024 год в отряд добровольцев «Компас» поступило 140 заявок. По данным волонтёров, 96 человек "
        "были найдены живыми. Ещё 30 человек обучены на курсах волонтёров."
    )
    told = {int(m.value): m.beneficiary for m in facts.metrics}
    assert told[96] == "general"
    assert told[30] == "volunteers"


@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("В области поддержку получили 29 подавших заявки местных организаций.", "организация"),
        ("На курсы пришли 18 окончивших колледж педагогов.", "педагог"),
        ("Приехали 40 отдыхающих детей.", "ребёнок"),
        ("Проведено 12 развивающих занятий.", "занятие"),
    ],
)
def test_the_object_of_a_participle_is_not_counted(sentence: str, unit: str) -> None:
    assert [m.unit for m in _read(sentence).metrics] == [unit]


def test_winners_are_no_result_of_the_year() -> None:
    facts = _read(
        "Завершился осенний отбор социальных программ 2022 года, сообщили в правительстве области. "
        "Победителями стали 38 программ, на них направят 86,9 млн рублей."
    )
    assert {m.period for m in facts.metrics} == {None}


def test_the_hashtag_after_a_complement_is_the_name() -> None:
    facts = _read("Волонтёры акции взаимопомощи #ДелимсяТеплом развезли 70 наборов.")
    assert [p.name for p in facts.projects] == ["ДелимсяТеплом"]


def test_the_weight_of_all_that_was_given_counts() -> None:
    facts = _read("Фрукты и соки общим весом более 180 кг волонтёры доставили в три детских дома.")
    assert (180, "килограмм") in {(int(m.value), m.unit) for m in facts.metrics}


def test_kopecks_may_stand_after_a_space() -> None:
    facts = _read(
        "Сумма пожертвований на ремонт приюта: 84 310, 50 рублей. На корм потратили 12 900, 00 руб."
    )
    assert [float(m.value) for m in facts.metrics] == [84310.5, 12900.0]


def test_what_people_could_do_was_done() -> None:
    facts = _read(
        "Почти 40 тысяч детей смогли поплавать этой зимой в бассейнах области.\nОб этом министр спорта "
        "рассказала на совете по делам семьи: «Подводя итоги, хочу сказать, что сезон прошёл без бед. "
        "Поплавать этой зимой смогли почти 40 тысяч детей. 6 тысяч из них – дети из многодетных семей. "
        "Дети плавали и в школах, и во дворцах спорта, и в бассейнах санаториев»."
    )
    assert sorted(int(m.value) for m in facts.metrics) == [6000, 40000]


def test_those_who_came_are_counted() -> None:
    facts = _read("В клубе прошёл вечер «Свет». Присутствовало 26 человек.")
    assert [int(m.value) for m in facts.metrics] == [26]


def test_the_next_sentence_goes_on_with_the_meeting() -> None:
    facts = _read(
        "14 марта 2023 года прошло заседание совета по делам семьи.\nНа заседании рассмотрено 38 заявлений, "
        "помощь назначена 21 семье.\nВсего в 2023 году обратились 460 граждан."
    )
    days = {int(m.value): m.period and (str(m.period.start), str(m.period.end)) for m in facts.metrics}
    assert days[38] == days[21] == ("2023-03-14", "2023-03-14")
    assert days[460] == ("2023-01-01", "2023-12-31")


def test_then_is_the_time_just_told() -> None:
    facts = _read(
        "12.10.2022\nВ Кинешме завершился марафон «Искра», на лечение детей собрано 410 тысяч рублей.\n"
        "Два года назад я впервые бежал с друзьями в Иванове. Первый забег состоялся в 2020 году. "
        "Тогда собрать удалось почти 150 тысяч рублей."
    )
    told = {int(m.value): m.period and (str(m.period.start), str(m.period.end)) for m in facts.metrics}
    assert told[150000] == ("2020-01-01", "2020-12-31")


def test_a_short_name_is_the_measure_named_in_full() -> None:
    facts = _read(
        "Детскому телефону доверия исполнилось десять лет. За 2021 год на телефон доверия поступило "
        "812 звонков."
    )
    assert [p.name for p in facts.projects] == ["Детский телефон доверия"]
    assert [m.project for m in facts.metrics] == ["Детский телефон доверия"]


def test_the_press_office_of_a_government_is_no_partner() -> None:
    facts = _read(
        "В Томской области собрали 300 портфелей, сообщила пресс-служба регионального правительства. "
        "Портфели передало Министерство социальной защиты."
    )
    assert [p.name for p in facts.partners] == ["Министерство социальной защиты Томской области"]


def test_a_name_cut_by_a_teaser_is_none() -> None:
    facts = _read('Дети получили 14 подарков. Благодарим АНО "Центр по ... Читать дальше »')
    assert facts.partners == ()


def test_who_is_the_organiser_runs_it() -> None:
    facts = _read(
        "Организатором ежегодного конкурса малых социальных проектов Пермского края выступает Министерство "
        "труда. В нём победили 19 проектов."
    )
    assert [p.role for p in facts.partners] == ["coordinator"]


def test_a_participle_ends_where_another_case_begins() -> None:
    facts = _read("Одежду нашли 140 пришедшим, тёплые ужины получили более 900 человек.")
    assert {int(m.value): m.unit for m in facts.metrics} == {140: "пришедший", 900: "человек"}


def test_what_stands_elsewhere_owns_no_figure_of_the_deeds_before() -> None:
    facts = _read(
        "12 мая завершился проект «Тропинка».\nСегодня движение насчитывает 400 человек, волонтёры провели "
        "20 акций, при музее второй год работает «Школа гида»."
    )
    assert "Школа гида" not in {m.project for m in facts.metrics}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Номер телефона доверия – 8-800-111-22-33 – введён в 2010 году.", ["Телефон доверия"]),
        ("Номер телефона доверия – 8-800-111-22-33.", []),
    ],
)
def test_a_phone_may_stand_aside_in_a_sentence_on_the_service(sentence: str, names: list[str]) -> None:
    facts = _read(f"{sentence} К нему подключено 70 служб, за год принято 300 звонков.")
    assert [p.name for p in facts.projects] == names


def test_the_line_that_stands_twice_is_the_title_whatever_stands_above_it() -> None:
    head = "Почти три тысячи обедов развезли волонтёры по сёлам с начала года"
    facts = _read(
        f"Каменский округ\nНовости района\n\n{head}\n\n"
        "В первом полугодии 2023 года волонтёры развезли 2941 обед.\n"
        f"{head}.\n\nОбеды готовит школьная столовая."
    )
    assert [int(m.value) for m in facts.metrics] == [2941]


def test_the_lead_stands_below_the_title() -> None:
    head = "При школах открыты четыре новых пункта проката колясок"
    facts = _read(
        "Союз отцов\n\nНовости союза\n\nРусская версия\nФинская версия\nКоротко\nОтцам\nДетям\nШколам\n\n"
        f"{head}\n\n"
        f"{head}\n\n"
        "При школах открыты четыре новых пункта проката колясок — в Ельне, Рославле, Вязьме и Десногорске."
    )
    assert [int(m.value) for m in facts.metrics] == [4]
