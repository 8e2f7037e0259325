"""Which project an organisation takes part in, and organisations of whole pages."""

from __future__ import annotations

import pytest

from svod.extract.layout.prose import read_prose
from svod.extract.layout.segments import segment
from svod.extract.partners.partners import read_partners
from svod.extract.projects.projects import read_projects
from svod.language.document import analyse

TITLE = "Новости одного дня"


LINKS = (
    ("Партнёр проекта «Тихий двор» – ООО «Тесина».", {"ООО «Тесина»": "Тихий двор"}),
    (
        "Гранты получат ТОС «Южный» с проектом «Родник» и АНО «Север» с проектом «Мост».",
        {"ТОС «Южный»": "Родник", "АНО «Север»": "Мост"},
    ),
    ("Проект «Белый аист» центра «Опора» завершён.", {"Центр «Опора»": "Белый аист"}),
    ("В районе прошла акция «Дрова». Партнёры акции – ООО «Тесина».", {"ООО «Тесина»": "Дрова"}),
    ("Завершены проекты «Мост» и «Родник». Партнёр проекта – ООО «Тесина».", {"ООО «Тесина»": None}),
    ("Стартовал проект «Мост». Приехали дети из центра «Опора».", {"Центр «Опора»": None}),
)


@pytest.mark.parametrize(("sentence", "expected"), LINKS)
def test_the_project_an_organisation_takes_part_in(sentence: str, expected: dict[str, str | None]) -> None:
    (doc,) = analyse([f"{TITLE}\n\n{sentence}"])
    layout = segment(doc)
    found = read_partners(read_prose(doc, layout), read_projects(read_prose(doc, layout), None), None)
    assert {p.name: p.project for p in found} == expected


def test_the_organisation_in_the_name_of_its_wall() -> None:
    wall = "Приозёрск. Центр «Опора» | Официально"
    (doc,) = analyse([f"{wall}\n2020-05-15 08:00:00\nСегодня мы провели 23 эфира для родителей района."])
    layout = segment(doc)
    found = read_partners(read_prose(doc, layout), read_projects(read_prose(doc, layout), None), wall)
    assert [(p.name, p.role) for p in found] == [("Центр «Опора»", "implementer")]
