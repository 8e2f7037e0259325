"""Whose page it is by its first lines: the header of a wall, a letterhead in capitals."""

from __future__ import annotations

import pytest

from svod.extract.partners.org_headers import read_headers, read_owner
from svod.extract.reader import read_many
from svod.models import ReportText

CASES = (
    ("Тёплый дом | Благотворительный фонд | Пермь\n4 фев 2024", "Благотворительный фонд «Тёплый дом»"),
    ("РЕКА, ДЕРЖИСЬ! | Добровольческий штаб\n\nОтчёт", "Добровольческий штаб «Река, держись!»"),
    ("[Стена] Лапа | Приют для собак | Тула\n", "Приют для собак «Лапа»"),
    (
        "  МИНИСТЕРСТВО ТРУДА И ЗАЩИТЫ\n   НАСЕЛЕНИЯ СТАВРОПОЛЬСКОГО КРАЯ\n\nПУБЛИЧНЫЙ ДОКЛАД",
        "Министерство труда и защиты населения Ставропольского края",
    ),
    (
        "МЭРИЯ ГОРОДА ТВЕРИ. КОМИТЕТ СОЦИАЛЬНОЙ ЗАЩИТЫ\nСправка",
        "Комитет социальной защиты мэрии города Твери",
    ),
    ("УПРАВЛЕНИЕ ОБРАЗОВАНИЯ ГОРОДА ТВЕРИ\nПУБЛИЧНЫЙ ДОКЛАД", "Управление образования города Твери"),
)


@pytest.mark.parametrize(("text", "name"), CASES, ids=[name for _, name in CASES])
def test_header_names_the_owner_of_the_page(text: str, name: str) -> None:
    (header,) = read_headers(text)
    assert header.name == name
    assert 0 <= header.start < header.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "Фонд «Тёплый дом» | Пермь\nИтоги года",
        "Главная | Новости | Контакты\nИтоги года",
        "Вести Поволжья | Общество\nИтоги года",
        "ИТОГИ ГОДА: ЧТО СДЕЛАНО\nФонд помог",
        "Итоги года\nФонд помог",
        "",
    ],
)
def test_other_first_lines_name_nobody(text: str) -> None:
    assert list(read_headers(text)) == []


def test_the_owner_of_the_page_does_its_own_work() -> None:
    text = "Тёплый дом | Благотворительный фонд | Пермь\n\nИтоги мая\n\nЗа май навестили 40 семей.\n"
    (facts,) = read_many([ReportText(text=text)])
    assert [(p.name, p.type, p.role) for p in facts.partners] == [
        ("Благотворительный фонд «Тёплый дом»", "foundation", "implementer")
    ]


OWNERS = (
    (
        "Бюджетное учреждение Республики Калмыкия\n«Степной центр помощи семье»\nНовости\n",
        "Бюджетное учреждение Республики Калмыкия",
        "Бюджетное учреждение Республики Калмыкия «Степной центр помощи семье»",
    ),
    (
        "Администрация Лесного муниципального округа\nТверской области\n\nОтчёт",
        "Администрация Лесного муниципального округа",
        "Администрация Лесного муниципального округа Тверской области",
    ),
    (
        "Официальный сайт администрации Лесного округа\nГлавная",
        "Официальный сайт администрации Лесного округа",
        "Администрация Лесного округа",
    ),
    ("МАОУ «СОШ № 9» г. Ржев\nШкольная жизнь", "МАОУ «СОШ № 9»", "МАОУ «СОШ № 9» г. Ржев"),
    ("Фонд «Луч» запись закреплена\n2 мая", "Фонд «Луч» запись закреплена", "Фонд «Луч»"),
    ("Газета «Луч»\n2 мая", "Газета «Луч»", None),
    ("Ржевские вести\n2 мая", "Ржевские вести", None),
)


@pytest.mark.parametrize(("text", "publisher", "name"), OWNERS, ids=[o[1] for o in OWNERS])
def test_publisher_at_the_top_is_a_body(text: str, publisher: str, name: str | None) -> None:
    owner = read_owner(text, publisher)
    assert (owner and owner.name) == name


COMMUNITIES = (
    ("Лапа и дом | канистерапия в Твери\n14 окт 2024 в 19:42", "Лапа и дом"),
    ("Тёплый двор | Селенгинский район\n5 января в 11:20", "Тёплый двор"),
    ("Волонтёры хосписа на Садовой. Тула\n27 июл 2023 в 8:15", "Волонтёры хосписа на Садовой"),
    ("Карелия без границ. Мамы особых детей\n26 июля 2022 в 13:02", "Карелия без границ. Мамы особых детей"),
    ("«Добрый шаг» Алатырь 💛 помощь семьям\n28 августа 2020 в 9:04", "Добрый шаг"),
    ("#РЯДОМ | Штаб помощи Белгород\n12 мая 2024 в 19:45", "Штаб помощи Белгород"),
    ('Эта запись была опубликована на стене группы "Серебро Амура" 2018-12-05 20:03:58.', "Серебро Амура"),
    ("Тверь новости | главное за день\n14 окт 2024 в 19:42", None),
    ("Оренбуржье социальное\n15.06.2012 10:04", None),
    ("Петровский листок. Интервью недели", None),
)


@pytest.mark.parametrize(("opening", "name"), COMMUNITIES)
def test_a_community_that_speaks_of_itself_does_the_work(opening: str, name: str | None) -> None:
    text = (
        f"{opening}\n\nДрузья, мы вернулись! За лето наша команда провела 40 занятий, с нами были 12 семей.\n"
    )
    (facts,) = read_many([ReportText(text=text)])
    expected = [] if name is None else [(name, "ngo", "implementer")]
    assert [(p.name, p.type, p.role) for p in facts.partners] == expected
