"""What portals of towns and regions write otherwise than reports: houses named as places, hashtags, makes of
cars, dates of founding, calls of a contest with their year.
"""

from __future__ import annotations

import pytest

from svod.extract.reader import read
from svod.models import ReportFacts, ReportText


def _read(text: str) -> ReportFacts:
    return read(ReportText(text=text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "В загородном лагере «Кедровый» стартовала семейная смена. Участниками стали 60 детей.",
            ["Загородный лагерь «Кедровый»"],
        ),
        (
            "Тарынский комплексный центр социального обслуживания населения в 2020 году помог 600 людям.",
            ["Тарынский комплексный центр социального обслуживания населения"],
        ),
        (
            "Осенью открыт «Кризисный центр для женщин с детьми», где приняли 46 человек.",
            ["«Кризисный центр для женщин с детьми»"],
        ),
        ("Обед прошёл в центре отдыха «Чайка» в Курганской области.", ["Центр отдыха «Чайка»"]),
        (
            "Подарки купил холдинг «Сталькон». Сотрудники ООО «Сталькон» привезли 40 наборов.",
            ["ООО «Сталькон»"],
        ),
        ("Общий фонд марафона составил 900 тысяч рублей. Акцию поддержали все подразделения НЛК.", []),
        ("Праздник помогло провести посольство Сербии.", ["Посольство Сербии"]),
    ],
)
def test_organisations(text: str, names: list[str]) -> None:
    assert [p.name for p in _read(text).partners] == names


def test_a_camp_is_no_project_and_a_make_of_cars_is_none() -> None:
    assert _read("В лагере «Кедровый» стартовала смена для 60 детей.").projects == ()
    assert _read("С мая работает новый микроавтобус «Газель NEXT», поездок было 300.").projects == ()


def test_a_hashtag_in_the_letters_of_a_name_is_the_name() -> None:
    facts = _read(
        "Акция #СветВОкне прошла в пяти сёлах\n\n"
        "Волонтёры продолжают акцию «Свет в окне». Вымыто 40 окон, сделано 12 выездов."
    )
    assert [p.name for p in facts.projects] == ["Свет в окне"]
    assert {m.project for m in facts.metrics} == {"Свет в окне"}


def test_the_call_of_a_year() -> None:
    facts = _read(
        "В Тамбове подвели итоги первого в 2024 году конкурса губернаторских грантов. Подано 1100 заявок."
    )
    assert [p.name for p in facts.projects] == ["Первый в 2024 году конкурс губернаторских грантов"]
    assert [m.period for m in facts.metrics] == [None]


def test_the_page_s_measure_and_an_allowance_beside_it() -> None:
    facts = _read(
        "С начала года заключено 1399 социальных контрактов.\n\n"
        "Единое пособие при заключении социального контракта не учитывают. В 2024 году было 2019 контрактов."
    )
    assert [p.name for p in facts.projects] == ["Социальный контракт"]


def test_when_a_thing_began_dates_nothing_else() -> None:
    facts = _read(
        "Клуб «Осень», открывшийся в феврале 2020 года, провёл более 30 встреч. На них пришли 400 человек."
    )
    assert [m.period for m in facts.metrics] == [None, None]


def test_half_of_this_year_is_not_the_year_before() -> None:
    facts = _read(
        "В 2023 году служба выполнила 940 заявок. За половину этого года поступило уже 610 обращений."
    )
    assert facts.metrics[0].period is not None
    assert facts.metrics[1].period is None


def test_a_club_within_a_federal_project_keeps_its_figures() -> None:
    facts = _read(
        "В округе работает клуб «Рябинушка», созданный в рамках федерального проекта «Старшее поколение». "
        "Число участников превысило две тысячи человек."
    )
    assert [m.project for m in facts.metrics] == ["Рябинушка"]


def test_of_them_counts_what_the_figure_before_does() -> None:
    facts = _read(
        "Подано рекордное количество проектов – 185. Из них по решению экспертов 24 получат поддержку."
    )
    assert [m.unit for m in facts.metrics] == ["проект", "проект"]


def test_where_an_action_began_is_no_result() -> None:
    facts = _read("Первая ярмарка начиналась со 100 наборов, в этот раз раздали 750 наборов.")
    assert [int(m.value) for m in facts.metrics] == [750]


def test_a_round_figure_of_the_lead_and_the_mark_of_an_advert() -> None:
    facts = _read(
        "Erid:2VtzqwfUzBL\n\n64 НКО области получат гранты\n\n"
        "Среди победителей 64 – некоммерческие организации области. Сумма поддержки – 107 млн рублей."
    )
    assert [int(m.value) for m in facts.metrics if m.kind == "count"] == [64]
    facts = _read(
        "Центр в 2020 году помог почти 6 тыс. человек.\n\nВ 2020 году помощь получили 5 860 человек."
    )
    assert [int(m.value) for m in facts.metrics] == [5860]
