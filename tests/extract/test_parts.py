"""Of-which links: a part points at its total when the text says so, and only then."""

from __future__ import annotations

import pytest

from svod.extract.reader import read
from svod.models import ReportText

CASES = [
    ("Помощь получили 1 214 человек, в том числе 863 пожилых.", [None, 0]),
    ("Обработано 21 560 обращений, из которых 14 300 закрыты в день поступления.", [None, 0]),
    ("Путёвки получили 512 детей, из них 40 — дети с инвалидностью.", [None, 0]),
    ("Отмечено 13 материалов, 8 из которых — о ходе проекта.", [None, 0]),
    ("Проведено 44 рейда, домой возвращён 21 подросток.", [None, None]),
    ("Трудоустроены 90 человек, из них 40 мужчин и 50 женщин.", [None, 0, None]),
    ("Обучено 25 педагогов и 30 волонтёров.", [None, None]),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_part_of(text: str, wanted: list[int | None]) -> None:
    metrics = read(ReportText(text=f"Новости центра\n\n12.05.2023\n\n{text}\n")).metrics
    assert [m.part_of for m in metrics] == wanted
