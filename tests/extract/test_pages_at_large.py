"""What pages of papers and churches say that reports do not: what is on the air, whose the Church is, names
in angle brackets, headlines in capitals.
"""

from __future__ import annotations

import pytest

from svod.extract.reader import read
from svod.models import ReportFacts, ReportText


def _read(text: str) -> ReportFacts:
    return read(ReportText(text=text))


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("В эфире программы «Наш вечер» директор рассказала о 40 занятиях.", []),
        ("Ведущая радиопрограммы «Наш вечер» провела 40 занятий.", []),
        ("В рамках программы «Наш вечер» прошло 40 занятий.", ["Наш вечер"]),
        ("В ходе акции <Тёплый дом> собрано 300 курток.", ["Тёплый дом"]),
        ("В центрах были разработаны программы воспитания, прошло 40 занятий.", []),
        (
            "Прошёл праздник проекта «Дорога добра» — серии выездов, концертов, долгих встреч у костра и "
            "уроков для всех семей района», на нём было 40 человек.",
            ["Дорога добра"],
        ),
        ("Ролики ученики собирают в программе FilmCut, на занятия ходят 40 детей.", []),
        (
            "В центре открылся новый проект – группа присмотра для малышей. На занятия ходят 12 детей.",
            ["Группа присмотра для малышей"],
        ),
        (
            "Студенты помогали в реализации Всероссийского проекта по доставке лекарств. Пришли 30 человек.",
            ["Всероссийский проект по доставке лекарств"],
        ),
        ("Участниками лагеря «Причал-2019» стали 70 инвалидов.", ["Причал-2019"]),
        ("Для детей устроили праздник в парке «Светлана», пришли 40 детей.", []),
        ("В лагере «Причал» отдохнули 70 инвалидов.", []),
    ],
)
def test_projects_of_a_page(sentence: str, names: list[str]) -> None:
    assert [p.name for p in _read(sentence).projects] == names


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("По благословению Патриарха Московского и всея Руси прошёл сбор, собрано 300 курток.", ()),
        ("Приход Московского Патриархата собрал 300 курток.", ()),
        ("Московский центр помощи собрал 300 курток.", ("RU-MOW",)),
        ("Зауральцы собрали 300 курток.", ("RU-KGN",)),
    ],
)
def test_region_of_a_page(text: str, regions: tuple[str, ...]) -> None:
    assert _read(text).regions == regions


def test_an_act_is_issued_by_no_newspaper() -> None:
    facts = _read("После издания нового распоряжения Президента РФ выплату получили 300 семей.")
    assert not [p.name for p in facts.partners if "здание" in p.name]


def test_a_department_of_the_synod_is_no_authority() -> None:
    facts = _read("Центр открыт при поддержке Синодального отдела по благотворительности, принято 30 заявок.")
    assert [p.type for p in facts.partners] == ["other"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("В РАЙОН ПОСТУПИЛО 20 ТОНН ГУМАНИТАРНОЙ ПОМОЩИ", "тонна"),
        ("Поддержку получили 20 НКО области.", "нко"),
    ],
)
def test_unit_in_capitals(text: str, unit: str) -> None:
    assert [m.unit for m in _read(text).metrics] == [unit]


def test_a_level_of_more_than_so_many() -> None:
    (metric,) = _read("За три года сеть клубов выросла до более чем 140.").metrics
    assert (metric.direction, metric.comparator) == ("up", "gt")


def test_what_people_mean_to_do_is_of_no_period() -> None:
    facts = _read(
        "10.10.2024\nОпрос показал, что свыше 86% детей готовы вернуться в клуб в следующем году. "
        "Отдохнули 300 детей."
    )
    assert {m.period for m in facts.metrics} == {None}


def test_a_length_of_years_and_a_half_has_no_dates() -> None:
    facts = _read("В 2025 году в фонд пришли 40 волонтёров. За 2,5 года в фонд поступило 3000 обращений.")
    assert {int(m.value): m.period is None for m in facts.metrics} == {40: False, 3000: True}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("На сборе в рамках 12-й Никольской ассамблеи собрано 300 курток.", []),
        ("Краски пришли от Фонда Марины Седых, собрано 300 курток.", ["Фонд Марины Седых"]),
        ("В 3-й городской больнице собрано 300 курток.", ["3-я городская больница"]),
    ],
)
def test_a_meeting_with_a_number_is_no_organisation(text: str, names: list[str]) -> None:
    assert [p.name for p in _read(text).partners] == names


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "Поддержку получили школа-интернат №12 — 7,8 млн рублей, гимназия №3 — 2 млн рублей.",
            [7800000, 2000000],
        ),
        ("Фонд «4321 Шаг» получил 3,1 млн рублей.", [3100000]),
    ],
)
def test_the_number_of_a_name_is_no_figure(text: str, values: list[int]) -> None:
    assert [int(m.value) for m in _read(text).metrics] == values
