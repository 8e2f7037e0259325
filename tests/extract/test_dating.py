"""Whose days: the period of each figure of a short report, across its sentences and blocks."""

from __future__ import annotations

from datetime import date

import pytest

from svod.extract.reader import read
from svod.models import ReportText

# name: (published, text, value → "start..end" or None)
CASES: dict[str, tuple[date | None, str, dict[int, str | None]]] = {
    "the first meeting and the last": (
        date(2023, 12, 18),
        "Первая встреча была 15 января, последняя – 15 декабря.\n\n"
        "Что успели:\n— 58 мам прошли через группу.",
        {58: "2023-01-15..2023-12-15"},
    ),
    "the run told in the sentence after the project's": (
        date(2023, 6, 8),
        "Отчёт о проекте «Рябина»\n\nПроект «Рябина» завершён. Он длился с 3 сентября 2022 года по 20 мая "
        "2023 года.\n\nКурс окончили 43 подростка.",
        {43: "2022-09-03..2023-05-20"},
    ),
    "three years that the text named before": (
        date(2019, 1, 29),
        "Представлены результаты за 2016–2018 годы. Всего за три года потрачено 54 миллиона рублей.",
        {54_000_000: "2016-01-01..2018-12-31"},
    ),
    "half a year that has just ended": (
        date(2024, 7, 8),
        "За полгода бригада объехала 96 сёл.\n\nПриняли 540 человек.",
        {96: "2024-01-01..2024-06-30", 540: "2024-01-01..2024-06-30"},
    ),
    "half a year of no known days": (date(2024, 10, 15), "За полгода бригада объехала 96 сёл.", {96: None}),
    "a month inside the reporting span": (
        date(2022, 2, 15),
        "Отчётный период: с 01.02.2021 по 31.01.2022.\n\nПровели 46 встреч. В марте встречи посетили 20 мам.",
        {46: "2021-02-01..2022-01-31", 20: "2021-03-01..2021-03-31"},
    ),
    "a table without years under a stated period": (
        date(2022, 2, 15),
        "Отчётный период: с 01.02.2021 по 31.01.2022.\n\nСтатья\tФакт, руб.\nАренда\t120 000\nСвязь\t64 000",
        {120_000: "2021-02-01..2022-01-31", 64_000: "2021-02-01..2022-01-31"},
    ),
    "the days of an event below its heading": (
        date(2020, 2, 3),
        "Отчёт за 2019 год\n\n1. Акция «Полная корзина»\n"
        "Проходила с 1 по 28 декабря. Подарки получили 300 детей.\n\n"
        "2. Проект «Рядом»\nКонсультации получили 64 семьи.",
        {300: "2019-12-01..2019-12-28", 64: "2019-01-01..2019-12-31"},
    ),
    "a season in a report on a year rules its own sentence": (
        None,
        "Отчёт о работе центра за 2022 год\n\nЗа лето в лагерях побывали 600 детей. "
        "Жилищные условия улучшили 317 семей.",
        {600: "2022-06-01..2022-08-31", 317: "2022-01-01..2022-12-31"},
    ),
    "the week of a digest": (
        None,
        "Обзор публикаций. Выпуск № 37, 21–27 сентября 2020 года\n\nВсего за неделю вышло 118 публикаций.",
        {118: "2020-09-21..2020-09-27"},
    ),
    "a figure that an earlier span is only compared with": (
        date(2020, 9, 28),
        "Поступило 628 обращений против 451 за январь – август 2019 года. Помощь получили 69 подростков.",
        {628: None, 451: "2019-01-01..2019-08-31", 69: None},
    ),
    "what is done before the day to come": (
        date(2018, 3, 27),
        "С 2 апреля начинает приём школа ухода: записались 12 человек.",
        {12: None},
    ),
    "until the new year": (
        date(2024, 7, 8),
        "До Нового года бригада должна добраться до сорока сёл.",
        {40: "None..2024-12-31"},
    ),
    "a month with its year after a hyphen": (
        date(2019, 9, 12),
        "Следующий слёт – в сентябре-2020, позовём 500 человек.",
        {500: "2020-09-01..2020-09-30"},
    ),
    "these three months": (
        date(2023, 6, 6),
        "За март – май бригада приняла 300 человек. Билеты за эти три месяца купили на 870 тысяч рублей.",
        {300: "2023-03-01..2023-05-31", 870_000: "2023-03-01..2023-05-31"},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_period_of_figure(name: str) -> None:
    published, text, wanted = CASES[name]
    opening = f"{published:%d.%m.%Y}\n\n" if published else ""
    metrics = read(ReportText(text=f"Новости отрасли\n\n{opening}{text}\n", published=published)).metrics
    found = {int(m.value): f"{m.period.start}..{m.period.end}" if m.period else None for m in metrics}
    assert found == wanted
