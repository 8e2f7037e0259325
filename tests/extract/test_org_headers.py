"""Whose page it is by its first lines: the header of a wall, a letterhead in capitals."""

from __future__ import annotations

import pytest

from svod.extract.org_headers import read_headers
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
