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
