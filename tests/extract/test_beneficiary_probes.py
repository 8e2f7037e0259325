"""Probes of whom a figure concerns: meetings of volunteers, newcomers, people of whom no more is said."""

from __future__ import annotations

import pytest

from svod.extract.reader import read
from svod.models import ReportText

# text: {value: beneficiary}
CASES: dict[str, dict[float, str | None]] = {
    "25 сентября 2018\n\n23 сентября в Омске закрылся слёт серебряных волонтёров «Мост». На нём "
    "побывали 212 участников из двух областей.": {212: "volunteers"},
    "12 мая 2024\n\nНа форум добровольцев «Тепло» приехали 340 человек.": {340: "volunteers"},
    "12 мая 2024\n\nНа рейсы выходили 54 волонтёра, 11 новеньких. Они накормили 300 человек.": {
        11: "volunteers"
    },
    "12 мая 2024\n\nУченики школы собрали 31 посылку для пациентов госпиталя.": {31: "general"},
    "12 мая 2024\n\nЗа год центр провёл 46 занятий для родственников. Среди получателей уровень "
    "бедности снизился на 12 процентов.": {46: "general", 12: "general"},
    "12 мая 2024\n\nЗа 2023 год участникам программы выплачено 3 860 000 рублей. Пожилым людям "
    "доставлено продуктов на 120 000 рублей.": {3860000: "general", 120000: "elderly"},
    "12 мая 2024\n\nПострадавшим от паводка перечислено 3,9 млн рублей.": {3900000: "general"},
    "12 мая 2024\n\nДля малоимущих за зиму приготовили 6 000 порций горячей еды. Школьникам "
    "выдали 210 наборов.": {6000: "general", 210: "children"},
}


@pytest.mark.parametrize("text", CASES)
def test_beneficiary(text: str) -> None:
    told = {float(m.value): m.beneficiary for m in read(ReportText(text=text)).metrics}
    assert {v: told[v] for v in CASES[text]} == CASES[text]
