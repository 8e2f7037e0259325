"""Pages broken at a margin: words and sentences are whole again, and every quote is the page's own."""

from __future__ import annotations

import pytest

from svod.extract.layout.hard_wraps import mended
from svod.extract.reader import read
from svod.models import ReportText

PAGE = """Отчёт отделения за 2021 год

   Прошедший год начался с ремонта: силами отряда
отремонтировано 9 пе-
чей, и роздано малоимущим жителям посёлка ещё
400 овощных наборов. В клубе проведено 12 мастер-
классов, а на курсах ранней помощи обучены 15
сельских фельд-
шеров. Административные расходы удалось в этом
году удержать на уровне 9 процентов.
"""


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("отремонтировано 9 пе-\nчей, и", "отремонтировано 9 печей, и"),
        ("отремонтировано 9 пе-\n      чей", "отремонтировано 9 печей"),
        ("проведено 12 мастер-\nклассов", "проведено 12 мастер-классов"),
        ("приехали из Усть-\nЛабинска", "приехали из Усть-Лабинска"),
        ("со\u00adци\u00adальный приют", "социальный приют"),
        ("очень мно\u00ad\nго гостей", "очень много гостей"),
        ("– столовая -\nбуфет", "– столовая -\nбуфет"),
        ("дети – 24\nвзрослые – 15", "дети – 24\nвзрослые – 15"),
    ],
)
def test_words_are_made_whole(broken: str, whole: str) -> None:
    assert mended(broken).text == whole


def test_lists_and_headings_keep_their_lines() -> None:
    text = (
        "Итоги\n\nОрганизации, которым центр помогал в течение всего года:\n"
        "молодёжный клуб при районной библиотеке города – 24\n"
        "воскресная школа при храме святого Николая – 15\n"
    )
    assert mended(text).text == text


def test_offsets_lead_back() -> None:
    mend = mended(PAGE)
    assert mend.changed
    for word in ("печей", "наборов", "фельдшеров", "процентов", "удержать"):
        at = mend.text.index(word)
        assert PAGE[mend.origin(at)] == word[0]


def test_figures_are_quoted_as_the_page_has_them() -> None:
    found = {(int(m.value), m.unit): m.evidence for m in read(ReportText(text=PAGE)).metrics}
    assert {(9, "печь"), (400, "набор"), (12, "мастер-класс"), (15, "фельдшер")} <= set(found)
    assert found[9, "печь"].quote == "9 пе-\nчей"
    assert all(e.quote == PAGE[e.start : e.end] for e in found.values())
