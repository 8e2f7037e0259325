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
        (
            "По данным отдела программ центра занятости населения Лужского района, работу нашли 96 человек.",
            ["Центр занятости населения Лужского района"],
        ),
        (
            "Тарнинская центральная библиотека стала победителем конкурса «Тихий час».",
            ["Тарнинская центральная библиотека"],
        ),
        (
            "Грант получило общественное самоуправление «Речной двор» с проектом «Речной двор без мусора».",
            ["Общественное самоуправление «Речной двор»"],
        ),
        ("Спорили в треках «Норма жизни», «Лучший волонтёрский центр». Победили 52 добровольца.", []),
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


def test_a_ministry_that_speaks_in_moscow_is_russia_s() -> None:
    facts = _read(
        "МОСКВА, 2 ноября, НовостиДня. В Минтруде рассказали о поддержке. Заместитель министра труда и "
        "социальной защиты Ольга Петрова назвала 28 млн детей."
    )
    assert [p.name for p in facts.partners] == ["Министерство труда и социальной защиты"]


def test_bodies_in_capital_letters_after_an_adjective_are_counted() -> None:
    facts = _read("Поддержку получили 14 региональных СО НКО и восемь сельских ТОС.")
    assert [(int(m.value), m.unit) for m in facts.metrics] == [(14, "нко"), (8, "тос")]


def test_pieces_of_what_the_line_began_with() -> None:
    facts = _read("В этот раз было собрано мясных консервов – 70 ед., рыбных – 52 ед.")
    assert [m.unit for m in facts.metrics] == ["консервы", "консервы"]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (
            "Около 550 звонков от детей, подростков и взрослых поступило в службу за январь 2020 года.",
            "2020-01-01",
        ),
        ("Фонд направил свыше 3 млрд рублей на помощь пострадавшим, начиная с 2022 года.", "2022-01-01"),
        ("За 2014−2015 годы в центр обратились около 400 человек.", "2014-01-01"),
    ],
)
def test_periods_behind_lists_and_odd_dashes(text: str, start: str) -> None:
    (metric,) = _read(text).metrics
    assert metric.period is not None
    assert str(metric.period.start) == start


def test_when_a_contest_was_announced_is_not_when_it_was_joined() -> None:
    facts = _read("В конкурсе «Тихий час», объявленном в декабре 2022 года, приняли участие 256 организаций.")
    assert [m.period for m in facts.metrics] == [None]


def test_rates_are_furniture_and_a_sum_made_exact_is_told_once() -> None:
    facts = _read(
        "Меню\n  • $ 92.21 -0.04\n  • 98.69 -0.04\n  • BR 90.06 +0.64%\n\n"
        "Более 66 тысяч переселенцев получили помощь\n\n"
        "Организация помогла более 66 тыс. переселенцам, выплачено почти 186 млн рублей.\n\n"
        "«Сумма выплат составила 185,7 млн рублей», — уточнил руководитель."
    )
    assert sorted(float(m.value) for m in facts.metrics) == [66000, 185700000]


def test_where_a_minister_spoke_owns_no_figures() -> None:
    facts = _read(
        "Замминистра выступила на форуме «Семейный круг». Она рассказала, что выплату получают 4,3 млн детей."
    )
    assert [m.project for m in facts.metrics] == [None]


def test_calls_with_their_fund_wherever_they_stand() -> None:
    facts = _read(
        "В области лучшие организации получат субсидию\n\nВ конкурсе участвуют организации региона.\n\n"
        "По итогам первого конкурса 2022 года Фонда президентских грантов поддержку получили 14 организаций. "
        "Идёт экспертиза заявок на второй конкурс 2022 года Фонда президентских грантов, в нём 41 проект."
    )
    assert [m.project for m in facts.metrics] == [
        "Первый конкурс 2022 года Фонда президентских грантов",
        "Второй конкурс 2022 года Фонда президентских грантов",
    ]


def test_names_of_measures_hashtags_and_speech() -> None:
    facts = _read("Жители берут в пунктах проката коляски и манежи. Мерой воспользовались 1200 семей.")
    assert [p.name for p in facts.projects] == ["Пункты проката"]
    facts = _read("К акции помощи во время пандемии коронавируса #Делимся присоединились 80 семей.")
    assert [p.name for p in facts.projects] == ["Делимся"]
    facts = _read(
        "Акция «Хлеб в глубинку» прошла в столице. «Первый этап акции «Хлеб в глубинку» прошел на «ура», — "
        "делится руководитель фонда. — Больше тысячи волонтеров вышли в магазины»."
    )
    assert [p.name for p in facts.projects] == ["Хлеб в глубинку"]


def test_a_long_item_with_a_counter_is_no_furniture() -> None:
    facts = _read(
        "Во втором квартале 2024 года оказано 2076 услуг.\nОсновные результаты:\n"
        "- Занятия по рисованию — 99 услуг.\n"
        "- Сняты и опубликованы музыкальные уроки по особой методике — 24 урока (около 1000 просмотров)."
    )
    assert 24 in {int(m.value) for m in facts.metrics}


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("Волонтёры отправили на фронт почти тонну груза.", "approx"),
        ("Отряд собрал более тонны гуманитарной помощи.", "gt"),
    ],
)
def test_a_ton_that_no_number_stands_beside(text: str, comparator: str) -> None:
    (metric,) = _read(text).metrics
    assert (int(metric.value), metric.unit, metric.comparator) == (1, "тонна", comparator)
