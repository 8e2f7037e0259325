"""What stands around reports on pages of the web, and names as news write them: counters beside a title,
nominations of a contest, agencies, eponyms with initials.
"""

from __future__ import annotations

import pytest

from svod.extract.reader import read
from svod.models import MetricMention, ReportFacts, ReportText


def _read(text: str) -> ReportFacts:
    return read(ReportText(text=text))


def _metric(facts: ReportFacts, value: int) -> MetricMention:
    return next(m for m in facts.metrics if m.value == value)


@pytest.mark.parametrize(
    "counter", ["57", "0 1289", "398 подписчиков", "архив новостей", "<image>data:image/x"]
)
def test_a_counter_above_the_text_is_no_title(counter: str) -> None:
    facts = _read(
        f"Больше трёхсот семей получили помощь\n{counter}\nВ этом году помощь продуктами и одеждой получили "
        "317 семей, которые живут в отдалённых посёлках и деревнях трёх районов области, сообщили волонтёры."
    )
    assert [int(m.value) for m in facts.metrics if m.unit == "семья"] == [317]
    assert facts.publisher is None


def test_figures_of_a_table_that_came_apart_are_no_counters() -> None:
    facts = _read(
        "Итоги работы отделения\nСемей на сопровождении\n96\nПроведено занятий\n113\n\nСпециалисты отделения "
        "весь год помогали семьям, которые оказались в трудном положении, и благодарят всех, кто "
        "был рядом с ними."
    )
    assert {96, 113} <= {int(m.value) for m in facts.metrics}


@pytest.mark.parametrize(
    "named",
    [
        "Победители названы в трёх номинациях – «Спорт», «Экология» и «Забота».",
        "Номинации: «Спорт», «Экология», «Забота».",
        "Лучших выбрали в категориях «Спорт» и «Забота».",
    ],
)
def test_classes_of_a_contest_are_no_projects(named: str) -> None:
    facts = _read(f"Завершился конкурс «Время добрых». {named} На конкурс поступило 120 заявок.")
    assert [p.name for p in facts.projects] == ["Время добрых"]


def test_a_clause_behind_a_name_says_nothing_of_its_kind() -> None:
    facts = _read("Центр «Опора», где курс прошли 46 подростков, работает третий год.")
    assert [p.name for p in facts.projects] == []
    assert [p.name for p in facts.partners] == ["Центр «Опора»"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Военно-патриотическая игра «Рубеж 3.0» собрала 600 школьников.", "Рубеж 3.0", "event"),
        ("Интеллектуальная игра «Эрудит» собрала 45 пенсионеров.", "Эрудит", "event"),
        (
            "В финал вышел проект Лужской ЦБ им. К.М. Сорокина «Живая нить», в нём 30 человек.",
            "Живая нить",
            "project",
        ),
        (
            "Библиотека стала победителем конкурса социальных проектов «Золотая осень». В конкурсе, "
            "объявленном "
            "зимой, приняли участие 156 организаций.",
            "Золотая осень",
            "contest",
        ),
    ],
)
def test_projects_as_news_name_them(text: str, name: str, kind: str) -> None:
    assert [(p.name, p.kind) for p in _read(text).projects] == [(name, kind)]


def test_a_contest_that_was_only_won_is_no_project() -> None:
    facts = _read("Центр «Опора» победил в конкурсе «Доброе дело» и на грант провёл 12 занятий.")
    assert "Доброе дело" not in [p.name for p in facts.projects]


def test_a_contract_is_one_measure_whoever_signs_it() -> None:
    facts = _read(
        "Социальные контракты для малоимущих семей. В районе заключено 340 социальных контрактов. Ещё 70 "
        "семей воспользовались возможностями социального контракта для открытия своего дела."
    )
    assert [p.name for p in facts.projects] == ["Социальный контракт"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Фонд добрых инициатив имени П.С. Лазарева «Светлый путь» провёл 12 занятий.",
            ["Фонд добрых инициатив имени П.С. Лазарева «Светлый путь»"],
        ),
        (
            "Муниципальный центр молодёжных инициатив в Лужском районе «Старт» провёл 12 занятий.",
            ["Муниципальный центр молодёжных инициатив в Лужском районе «Старт»"],
        ),
        ("Занятий стало 12, сообщает ТК «Волна».", []),
        ('В муниципальном образовании "Лужский район" заключено 12 контрактов.', []),
        ("Работа идёт в 12 муниципальных образованиях Приморского края.", []),
    ],
)
def test_organisations_as_news_name_them(text: str, names: list[str]) -> None:
    facts = _read(text)
    assert [p.name for p in facts.partners] == names
    assert [int(m.value) for m in facts.metrics] == [12]


def test_a_centre_of_a_level_is_an_organisation() -> None:
    facts = _read(
        "В Областном реабилитационном центре для детей и подростков прошли курс 80 человек. Специалисты "
        "Областного реабилитационного центра для детей и подростков приняли ещё 30 семей."
    )
    assert facts.projects == ()
    assert {m.project for m in facts.metrics} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "Планируется, что сумма поддержки проектов победителей составит 17 млн рублей.",
        "Кроме того, планируется, что уже в следующем году помощь смогут получить 900 человек.",
    ],
)
def test_what_is_planned_to_be_given(text: str) -> None:
    assert [m.planned for m in _read(text).metrics] == [True]


def test_vacancies_of_the_fair_told_before() -> None:
    facts = _read(
        "На ярмарке предложено 2608 вакантных рабочих мест. Из них 410 вакансий были адресованы подросткам."
    )
    assert {int(m.value) for m in facts.metrics} == {2608, 410}


def test_the_year_of_founding_is_not_the_year_of_the_report() -> None:
    facts = _read(
        "В области заключили 150 договоров\n\nПроект внедрён в регионе в 2014 году. С начала этого "
        "года заключено "
        "152 договора на ведение хозяйства."
    )
    period = _metric(facts, 152).period
    assert period is None or period.start is None or period.start.year != 2014


def test_this_period_is_the_one_just_named() -> None:
    facts = _read(
        "75 млн рублей получат победители в 2025 году\n\nКонкурс проводится с 2013 года. За этот период "
        "поддержано 533 проекта."
    )
    period = _metric(facts, 533).period
    assert period is not None
    assert str(period.start) == "2013-01-01"


def test_the_year_in_which_a_page_without_a_date_was_written() -> None:
    facts = _read(
        "По данным на 5 октября 2011 года, открыто 12 пунктов. С начала года на работу устроено 746 человек."
    )
    period = _metric(facts, 746).period
    assert period is not None
    assert str(period.start) == "2011-01-01"


def test_a_contest_won_owns_only_what_is_told_of_it() -> None:
    facts = _read(
        "Проект «Живая нить» стал победителем конкурса «Золотая осень». В конкурсе участвовали "
        "156 организаций. "
        "На занятия проекта ходят 30 пенсионеров."
    )
    assert _metric(facts, 156).project == "Золотая осень"
    assert _metric(facts, 30).project == "Живая нить"


def test_camps_of_a_region_are_many() -> None:
    facts = _read("За лето отдохнули 300 детей, почти все готовы вернуться в лагеря Псковской области.")
    assert facts.partners == ()


def test_a_quotation_that_is_never_closed() -> None:
    facts = _read(
        "Жители собрали 13 коробок помощи. «Акция “Тёплые варежки” прошла в четвёртый раз, – "
        "сообщила Анна Ким. – "
        "Она объединила семьи."
    )
    assert [p.name for p in facts.projects] == ["Тёплые варежки"]


def test_a_measure_that_is_called_by_a_name() -> None:
    facts = _read(
        "Миллион рублей на клуб активного долголетия\n\nБиблиотека выиграла грант, который пойдёт "
        "на создание клуба "
        "активного долголетия «Наши годы». На него фонд выделяет 998 тысяч рублей."
    )
    assert [p.name for p in facts.projects] == ["Наши годы"]


def test_an_employment_service_is_an_authority() -> None:
    facts = _read("С начала 2021 года службой занятости трудоустроено 746 человек.")
    assert facts.projects == ()


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        (
            "На занятия ходят 12 семей.\n\n© 2015–2024 СМИ «Вестник Луги» зарегистрировано в "
            "службе по надзору",
            "«Вестник Луги»",
        ),
        (
            "В центре занимались 46 детей, 11 семей взяты на патронаж. Пресс-служба администрации города.",
            "Пресс-служба администрации города",
        ),
        (
            "Открыто 98 дел\nМОСКВА, 26 дек — РИА Новости. Жители области в этом году открыли 98 дел.",
            "РИА Новости",
        ),
        ("Открыто 98 дел\nМОСКВА, 25 августа. /ТАСС/. Жители области в этом году открыли 98 дел.", "ТАСС"),
        ("КЦСОН «Галичский» | Новости\n12.03.2024\nПрошли занятия, собрано 40 книг.", "КЦСОН «Галичский»"),
        (
            "Людей не бросают: им помогают найти работу - Вестник44\n\n• Людей не бросают: им помогают найти "
            "работу\n• 7 июня 2025\n\nПомощь получили 40 семей.",
            "Вестник44",
        ),
        (
            "«Абаканский маяк» — Общество — Социалка\n08.02.2024\n\nПомощь получили 40 семей.",
            "Абаканский маяк",
        ),
        (
            "Семьи учатся считать\nСообщает пресс-служба Департамента социального развития Югры\n\n19 мая "
            "2021\n\nПомощь получили 40 семей.",
            "Пресс-служба Департамента социального развития Югры",
        ),
        (
            "РОССИЙСКАЯ ФЕДЕРАЦИЯ – ТУЛЬСКАЯ ОБЛАСТЬ\nМО Ефремовский район • официальный сайт\nНовости | "
            "Документы | Приёмная\n\n11.09.2018\nНаградили победителей\n\nПомощь получили 40 семей.",
            "МО Ефремовский район",
        ),
        ("Победа\n\nПресс-служба администрации города:\n«Мы рады. Центр посетили 40 человек».", None),
        ("Лента новостей\n\nВсе новости\n\nВ районе прошла акция, помощь получили 40 семей.", None),
    ],
)
def test_who_issues_the_page(text: str, publisher: str | None) -> None:
    assert _read(text).publisher == publisher


def test_many_pages_in_one_file_are_read_to_the_end() -> None:
    page = (
        "В районе подвели итоги месяца\n\nЗа это время помощь продуктами получили {} семей, которые живут в "
        "отдалённых посёлках, деревнях и на хуторах: их объезжали добровольцы, сотрудники центра и все, у "
        "кого была машина.\n\nКомментарии (3)\nСпасибо вам!\nМолодцы!\nНас тоже было 7, и все довольны"
    )
    facts = _read("\n\n".join(page.format(100 + i) for i in range(300)))
    assert {100, 130, 180, 280} <= {int(m.value) for m in facts.metrics if m.unit == "семья"}
    alone = _read(page.format(100))
    assert [int(m.value) for m in alone.metrics] == [100]


_STORY = (
    "Благотворительный марафон «Тёплый круг» отмечает десятилетие: все эти годы его проводят школы, музеи, "
    "библиотеки и семьи со всего края. За это время помощь получили восемь тысяч детей края, сказал он."
)


@pytest.mark.parametrize(
    "head",
    [
        "Премия сети\nБарнаул\n+17°\nНовостиОбщество27 ноября 2019 2:58\n",
        "Новости Уфы\n92.59\n+0.02\n100.27\n-0.14\n-2 °C\nОблачно\n27 ноября 2019, 15:36\n",
    ],
)
def test_a_headline_below_the_head_of_a_site_is_told_again_in_the_text(head: str) -> None:
    facts = _read(f"{head}Марафон «Тёплый круг» помог восьми тысячам детей края\n\n{_STORY}")
    assert [m.evidence.quote for m in facts.metrics] == ["восемь тысяч детей"]
    assert str(facts.published) == "2019-11-27"


def test_the_day_over_the_rates_is_not_the_day_of_the_page() -> None:
    facts = _read(
        f"Воскресенье, 11 января 2026\n$78.23 €92.09\n-8.9 C\nБарнаул\n«Тёплый круг» идёт\n\n{_STORY}"
    )
    assert facts.published is None
