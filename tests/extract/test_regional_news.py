"""Turns of regional news on contracts, camps, contests and collections for school."""

from __future__ import annotations

import pytest

from svod.extract.reader import read
from svod.models import ReportFacts, ReportText

COUNTED = {
    "Заключено 172 контракта в 23 посёлках, из которых 155 направлены на развитие хозяйства.": (
        "172 контракт; 23 посёлок; 155 контракт"
    ),
    "Этот вид поддержки обеспечивает рост доходов семей — в среднем, в полтора раза.": "1.5 доход",
    "Договоров станет больше благодаря увеличению на 40 процентов финансирования.": "40 финансирование",
    "Детей примут 16 загородных лагерей, а также семь лагерей труда и отдыха и пять палаточных.": (
        "16 лагерь; 7 лагерь; 5 лагерь"
    ),
    "Выдано 2,4 млн штук изделий, в т.ч. 3 тысячи штук белья.": "2400000 изделие; 3000 бельё",
    "Стоимость путёвки на 21 день в лагерях отдыха детей и их семей намечена в сумме 14 122 рубля.": "",
    "Помогли 241 жителю, при этом 29% от общего количества обращений пришло из города.": (
        "241 житель; 29 обращение"
    ),
    "С начала года жильё получили более тысячи сирот.\n\nКуплена 31 квартира.\n\nЕщё тысяча сирот ждёт.": (
        "1000 сирота; 31 квартира; 1000 сирота"
    ),
    "Обучили 60 тьюторов, ведь до ближайшего города километров сто.": "60 тьютор",
    "Принесли деньги:\n- Школа 1786, 6 класс «А» – 30 550 руб.\n- Гимназия № 9, 4 класс «Б» – 17 500 руб.": (
        "30550 рубль; 17500 рубль"
    ),
}
PLANNED = {
    "По итогам года поддержку получат 252 семьи.": True,
    "По итогам отбора поддержку получат 23 организации.": False,
    "В следующем году министерство выделит 12 млн рублей на гранты.": True,
}
PARTNERS = {
    "Четыре организации Марий Эл победили, гранты получит АНО «Волжский луг».": (
        "АНО «Волжский луг»: implementer"
    ),
    "Почти 1 миллион рублей выделен организации «Вознесение», которая помогает бездомным людям.": (
        "Организация «Вознесение»: implementer"
    ),
    "Мониторинг проводит управление Министерства юстиции по Тверской области, обучено 9 юристов.": (
        "Управление Министерства юстиции по Тверской области: coordinator"
    ),
    "Помогла Школа №1251 имени Шарля де Голля, 3 класс.": "Школа №1251 имени Шарля де Голля: participant",
}
PROJECTS = {
    "Поддержаны проекты. Это:\n-\n«Ветер с реки» (грант на 900 тысяч);\n-\n«Тихая комната» (грант на 300).": (
        "Ветер с реки; Тихая комната"
    ),
    "Поддержано 2 проекта:\n1. АНО «Берег» – «Мосты», 30 000 руб.\n2. МБУ «Луч» – «Сундук», 8 000 руб.": (
        "Мосты; Сундук"
    ),
    "Помогли: школа № 5, 4 класс «Г» – 25 000 руб.": "",
    "Женщины побывали на ярмарке, пройдя на ярмарке «Экспресс-диагностику» и беседу с психологом.": "",
}
DATED = {
    "Волонтёры провели праздник.\n\n(Город Казань KZN.RU, 23 мая 2013). Прошёл праздник.": "2013-05-23",
    "(Казань, 1 августа 2017, «Волжские вести»). Общество получило грант.": "2017-08-01",
    "На помощь по контрактам в области выделили 49 млн руб.\n\n21.12.2022\n\nСредства розданы.": "2022-12-21",
}


def _read(text: str, opening: str = "15.10.2024\n\n") -> ReportFacts:
    return read(ReportText(text=opening + text))


def _values(text: str) -> str:
    return "; ".join(f"{float(m.value):.12g} {m.unit}" for m in _read(text).metrics)


@pytest.mark.parametrize(("text", "counted"), COUNTED.items())
def test_what_is_counted(text: str, counted: str) -> None:
    assert _values(text) == counted


@pytest.mark.parametrize(("text", "planned"), PLANNED.items())
def test_what_is_still_to_come(text: str, planned: bool) -> None:
    assert [m.planned for m in _read(text).metrics] == [planned]


@pytest.mark.parametrize(("text", "partners"), PARTNERS.items())
def test_who_is_given_money_and_who_is_only_counted(text: str, partners: str) -> None:
    assert "; ".join(f"{p.name}: {p.role}" for p in _read(text).partners) == partners


@pytest.mark.parametrize(("text", "projects"), PROJECTS.items())
def test_what_is_a_name(text: str, projects: str) -> None:
    assert "; ".join(p.name for p in _read(text).projects) == projects


@pytest.mark.parametrize(("text", "published"), DATED.items())
def test_the_day_is_read_from_the_dateline(text: str, published: str) -> None:
    assert str(_read(text, opening="").published) == published


def test_the_day_on_which_a_campaign_began_dates_no_figure() -> None:
    began = "Летняя кампания началась 1 июня и идёт. В лагерях отдыхают 4 тысячи детей. Работает 23 лагеря."
    periods = [m.period for m in _read(began, opening="07.06.2023\n\n").metrics]
    assert len(periods) == 2
    assert all(p is None or p.start != p.end for p in periods)


def test_the_headline_that_ends_in_an_abbreviation_is_told_again_below() -> None:
    text = (
        "На помощь семьям по социальным контрактам в области выделили 49 млн руб.\n\n21.12.2022\n\n"
        "Более 49 млн рублей выделили в декабре на помощь жителям области, заключившим контракты."
    )
    (metric,) = _read(text, opening="").metrics
    assert (metric.comparator, metric.period and str(metric.period.start)) == ("gt", "2022-12-01")
