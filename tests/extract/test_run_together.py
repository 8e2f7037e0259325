"""Pages whose sentences, figures and units ran together: read as if they stood apart, quoted as they came."""

from __future__ import annotations

import pytest

from svod.extract.layout.hard_wraps import mended
from svod.extract.reader import read
from svod.models import ReportText


@pytest.mark.parametrize(
    ("glued", "apart"),
    [
        ("в школе.Гостями стали", "в школе. Гостями стали"),
        ("акция «Свет».Собрали", "акция «Свет». Собрали"),
        ("пришли все!«Спасибо»", "пришли все! «Спасибо»"),
        ("3,4 млн.руб.", "3,4 млн. руб."),
        ("7 тыс.рублей", "7 тыс. рублей"),
        ("20тыс. семей", "20 тыс. семей"),
        ("50человек", "50 человек"),
        ("семьям15 мая", "семьям 15 мая"),
        ("16, 5 млн рублей", "16,5 млн рублей"),
        ("до 61, 25 %", "до 61,25 %"),
    ],
)
def test_what_ran_together_is_set_apart(glued: str, apart: str) -> None:
    assert mended(f"Итоги: {glued}").text == f"Итоги: {apart}"


@pytest.mark.parametrize(
    "whole",
    [
        "форум Росмолодёжь.Гранты",
        "в новом Добро.Центре",
        "имени И.С.Тургенева",
        "80летие победы",
        "100процентный охват",
        "в 2021г. и 5-ти школах",
        "школы № 14, 5 тыс. книг",
        "в домах 3, 4, 5 тыс. жителей",
        "40 семей, 5 млн рублей",
        "сайт dobro.ru и mir.Рф",
    ],
)
def test_what_belongs_together_stays(whole: str) -> None:
    assert not mended(f"Итоги: {whole}").changed


def test_figures_of_a_glued_page_are_quoted_as_they_stand() -> None:
    page = (
        "В центре «Родник» прошла акция «Тёплый дом».Помощниками стали волонтёры села.За неделю собрали "
        "46 посылок.На подарки ушло 1, 2 млн.руб. из бюджета."
    )
    metrics = read(ReportText(text=page)).metrics
    assert [(m.value, m.unit, m.evidence.quote) for m in metrics] == [
        (46, "посылка", "46 посылок"),
        (1_200_000, "рубль", "1, 2 млн.руб"),
    ]
    assert all(page[m.evidence.start : m.evidence.end] == m.evidence.quote for m in metrics)
