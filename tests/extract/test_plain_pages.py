"""Pages as portals and district offices write them: bare items under a head, years before figures, sums of
monthly payments, words in quotes that name nothing."""

from __future__ import annotations

import pytest

from svod.extract.reader import read
from svod.models import MetricMention, Period, ReportText


def _metrics(text: str) -> list[MetricMention]:
    return list(read(ReportText(text=text)).metrics)


def _year(period: Period | None) -> int | None:
    return period.end.year if period and period.end else None


@pytest.mark.parametrize("mark", ["- ", "– ", "• "])
@pytest.mark.parametrize("link", ["из них", "в том числе", "из которых", "среди них"])
def test_bare_items_are_parts_of_the_figure_of_their_head(mark: str, link: str) -> None:
    text = (
        f"За 2021 год приняты 58 пенсионеров (в 2020 – 49), живущих в сёлах, {link}:\n"
        f"{mark}44 обслуживаются на дому;\n{mark}11 переведены в дневное отделение (палату);\n"
        f"{mark}3 направлены в пансионат"
    )
    found = [(m.value, m.unit, m.beneficiary) for m in _metrics(text)]
    assert found == [(v, "пенсионер", "elderly") for v in (58, 49, 44, 11, 3)]


def test_items_of_another_head_stay_bare() -> None:
    text = "Приняты 58 пенсионеров. Адреса отделений:\n- 44 переведены;\n- 11 закрыты."
    assert [m.value for m in _metrics(text)] == [58]


def test_years_before_the_figures_of_an_aside_date_them() -> None:
    text = "В 2021 году выдано 63 набора (в 2020 – 58, 2019 – 47). Охват составил 90,1% (2020 – 87,5%)."
    assert [(m.value, _year(m.period)) for m in _metrics(text)][:3] == [(63, 2021), (58, 2020), (47, 2019)]
    assert [float(m.value) for m in _metrics(text)] == [63, 58, 47, 90.1, 87.5]


def test_quarters_counted_together() -> None:
    (metric,) = _metrics("За три квартала 2021 года в семьи устроены 46 сирот.")
    assert metric.period is not None
    assert (str(metric.period.start), str(metric.period.end)) == ("2021-01-01", "2021-09-30")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Более 9 млн рублей выделено на ежемесячные выплаты многодетным семьям.", [9_000_000]),
        ("Ежемесячная выплата семье – 9 000 рублей.", []),
        ("Отделы занятости посетили 310 подростков (14+), желающих работать.", [310]),
        ("В первой половине июля поработать успели 90 подростков.", [90]),
        ("Детские дома, как в начале 90-х детсады, закрывают: закрыто 12 домов.", [12]),
        ("Смена для гостей обойдётся в двадцать тысяч рублей.", []),
    ],
)
def test_figures_of_everyday_pages(text: str, values: list[int]) -> None:
    assert [m.value for m in _metrics(text)] == values


@pytest.mark.parametrize(
    ("text", "partners", "projects"),
    [
        (
            "Прошёл сбор Государственного фонда поддержки участников специальной военной операции «Щит».",
            ["Государственный фонд поддержки участников специальной военной операции «Щит»"],
            [],
        ),
        ("Операция «Тёплый дом» помогла 40 семьям.", [], ["Тёплый дом"]),
        ('На курсы ушло 8 млн рублей, сообщили "Интерфаксу" в мэрии.', [], []),
        ("О 20 встречах рассказали в студии «ГТРК-Заря».", [], []),
        ('В селе открылся центр "старшего" поколения, туда пришли 40 человек.', [], []),
        (
            "В библиотеке имени Лескова собрали 40 книг. Книги принимает библиотека им. Лескова.",
            ["Библиотека имени Лескова"],
            [],
        ),
        (
            "Социальный фонд России открыл 12 центров. СФР провёл в них 15 встреч.",
            ["Социальный фонд России"],
            [],
        ),
    ],
)
def test_names_of_everyday_pages(text: str, partners: list[str], projects: list[str]) -> None:
    facts = read(ReportText(text=text))
    assert ([p.name for p in facts.partners], [p.name for p in facts.projects]) == (partners, projects)
