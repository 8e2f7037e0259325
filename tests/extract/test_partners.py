"""Organisations as marked text (organisations.txt): a sentence, then a line
for every organisation, `= name | type | role`.

A role of `?` is not looked at, `-` is none. A sentence without such lines names no partner. Adding a case
is adding lines.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from svod.extract.layout.prose import read_prose
from svod.extract.layout.segments import segment
from svod.extract.partners.partners import read_partners
from svod.extract.projects.projects import read_projects
from svod.extract.reader import read
from svod.language.document import analyse
from svod.models import ReportText

CASES = (Path(__file__).parent / "organisations.txt").read_text(encoding="utf-8")


TITLE = "Новости одного дня"  # a sentence alone would be taken for the title


def cases() -> list[tuple[str, list[tuple[str, str, str]]]]:
    made = []
    for block in CASES.strip().split("\n\n"):
        text, *rows = block.split("\n")
        made.append((text, [tuple(c.strip() for c in row[1:].split(" | ")) for row in rows]))
    return made


@pytest.mark.parametrize(("text", "expected"), cases(), ids=lambda v: v[:40] if isinstance(v, str) else "")
def test_organisations_of_a_sentence(text: str, expected: list[tuple[str, str, str]]) -> None:
    text = f"{TITLE}\n\n{text}"
    (doc,) = analyse([text])
    layout = segment(doc)
    found = read_partners(read_prose(doc, layout), read_projects(read_prose(doc, layout), None), None)
    assert [(p.name, p.type) for p in found] == [(name, kind) for name, kind, _ in expected]
    for partner, (_, _, role) in zip(found, expected, strict=True):
        assert text[partner.evidence.start : partner.evidence.end] == partner.evidence.quote
        assert role == "?" or (partner.role or "-") == role


WHOLE: list[tuple[str, dict[str, str]]] = [
    (
        "3 млн рублей получит общественная организация «Трезвый дом» на летний марафон.",
        {"Общественная организация «Трезвый дом»": "implementer"},
    ),
    (
        "1,4 млн рублей планируется выделить Центру адаптивного спорта «Рысь» на новые лыжи.",
        {"Центр адаптивного спорта «Рысь»": "implementer"},
    ),
    (
        "Победил проект «Тёплый шаг» от благотворительного фонда «Вереск» (размер гранта 2 млн рублей).",
        {"Благотворительный фонд «Вереск»": "implementer"},
    ),
    (
        "Набор получили семьи посёлка, сообщает агентство со ссылкой на директора фонда Ивана Лаптева.",
        {},
    ),
    ("На издание книги «Наш край» и новую партию продуктовых наборов ушло 40 тысяч рублей.", {}),
    ("Помощь получили 30 семей.\nТелеканал «Волна»\nНаборы развезли волонтёры.", {}),
    ("Пожилые люди освоили навигатор (Яндекс.Карты) и почту.", {}),
    (
        "Проект «Ринг» от районной общественной организации «Школа борьбы «Клуб «Беркут».",
        {"Районная общественная организация «Школа борьбы «Клуб «Беркут»": "implementer"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), WHOLE)
def test_who_gets_a_grant_does_the_work_and_who_merely_stands_by_has_none(
    text: str, expected: dict[str, str]
) -> None:
    assert {p.name: p.role for p in read(ReportText(text=text)).partners} == expected
