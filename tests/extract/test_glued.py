"""Pages whose elements ran together: every lost break is found, and names written without one stay whole."""

from __future__ import annotations

from datetime import date

import pytest

from svod.extract.layout.hard_wraps import mended
from svod.extract.reader import read
from svod.models import ReportText


@pytest.mark.parametrize(
    ("glued", "parted"),
    [
        ("Подведены итоги сезонаВ Твери обучили 40 нянь", "Подведены итоги сезона\nВ Твери обучили 40 нянь"),
        ("Наши соседиПомощь получили 12 семей", "Наши соседи\nПомощь получили 12 семей"),
        ("Новости, 18:05Семья", "Новости, 18:05\nСемья"),
        ("14.02.2022Клуб открыт", "14.02.2022\nКлуб открыт"),
        ("3 марта 2021Клуб открыт", "3 марта 2021\nКлуб открыт"),
        ("рассказала Нина Ершова.Собрано 30 книг", "рассказала Нина Ершова. Собрано 30 книг"),
        ("итоги минувшего сезона.2019 год был другим", "итоги минувшего сезона. 2019 год был другим"),
        ("4 мая 2022 г., 16:0512 отрядов вышли", "4 мая 2022 г., 16:05\n12 отрядов вышли"),
        (" date 2024-05-17 В селе прошёл", " date 2024-05-17\nВ селе прошёл"),
        (" date 2024-05-17 просмотров: 87 В селе", " date 2024-05-17 просмотров: 87\nВ селе"),
    ],
)
def test_lost_breaks_are_found(glued: str, parted: str) -> None:
    assert mended(glued).text == parted


@pytest.mark.parametrize(
    "text",
    [
        "открыт ДоброЦентр и сервис Яндекс.Карты",
        "акция #яПомогаю, клуб «мамаМожет»",
        "сайт добро.рф, почта kluBdobra@mail.ru",
        "в 2.0 версии 3.5 часа",
        "мощность 5 кВт",
        "забег на 1:025 секунд, с 16:00 12 мая",
    ],
)
def test_names_and_shortenings_stay(text: str) -> None:
    assert mended(text).text == text


def test_a_stamp_in_the_line_of_the_text_dates_it() -> None:
    page = (
        " date 2024-05-17 Волонтёры клуба «Ладонь» за неделю развезли 64 набора продуктов пенсионерам района."
    )
    facts = read(ReportText(text=page))
    assert facts.published == date(2024, 5, 17)
    assert [int(m.value) for m in facts.metrics] == [64]


def test_quotes_are_those_of_the_page() -> None:
    page = "Подведены итоги сезонаВ Твери обучены 40 нянь.Помощь получили 15 семей"
    facts = read(ReportText(text=page))
    assert {int(m.value) for m in facts.metrics} == {40, 15}
    assert all(page[m.evidence.start : m.evidence.end] == m.evidence.quote for m in facts.metrics)
