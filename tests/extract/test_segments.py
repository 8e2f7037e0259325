"""Layouts as marked text: every line of a page begins with the kind of its block, two letters and a space.

Adding a page is adding lines. A line broken by the edge of a page goes on after `..`.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svod.extract.layout.segments import segment
from svod.language.document import analyse

MARKS = {
    "ti": "title",
    "le": "lead",
    "he": "heading",
    "lh": "list_head",
    "li": "list_item",
    "pa": "paragraph",
    "th": "table_head",
    "tr": "table_row",
    "si": "signature",
    "fu": "furniture",
}

PAGES = {
    "a sentence that opens like a button; a title in several lines": """
ti ОТЧЁТ
.. о ходе реализации муниципальной программы
.. «Тёплый край» за 2021 год

le Программа утверждена администрацией района, в ней участвуют все сельские поселения и школы.

pa Поделиться опытом приехали сорок добровольцев из семи центров социального обслуживания.

fu Поделиться   Версия для печати
""",
    "portal": """
fu Главная / Новости / Общество      Поиск по сайту
fu Пермь +12°  |  $ 71,02  |  € 74,56

ti Сельский автобус доехал до Кын-Завода
si 15 сентября 2021, 14:35 | 873 просмотра

le Автобус с врачами и юристом побывал в самом дальнем селе района и принял всех, кто пришёл.

pa За день приём провели 12 специалистов.

fu ЧИТАЙТЕ ТАКЖЕ
fu • В Перми открыли каток
fu • Пять советов дачникам

fu Комментарии (3)
fu Гость, 16.09.2021 08:11: А когда к нам?
fu Добавить комментарий: Имя* E-mail*
si © 2015–2021 Портал района
""",
    "calendar one cell a line": """
fu Календарь

fu Июнь 2022

fu 1

fu 2

fu 3

fu 4

fu 5

fu 6

fu 7

fu 8

fu |  →

si 14 июня 2022 | 10:00

ti Кому положен сертификат на няню

le Сертификат положен семьям, где растёт ребёнок с инвалидностью, и выдаётся на год по заявлению родителей.
""",
    "list after a colon": """
ti Чем помог фонд за год

le В прошлом году фонд помог семьям района так, как не помогал ещё никогда, сообщили организаторы.

lh За год фонд:
li купил 14 колясок;
li оплатил 30 поездок;
li нашёл 5 нянь.

pa В новом году работа продолжится, заявки принимаются по будням, сказали в фонде.
""",
    "bullets": """
ti Итоги проекта

lh С 1 марта по 30 июня 2021 года:

li • проведено 12 встреч;
li • обучены 40 родителей;
li – выдано 7 сертификатов.

fu <<< Возврат к списку
fu Будьте в курсе, подпишитесь на новости
fu Истории других семей
""",
    "table in rows": """
si Министерство социального развития Пермского края
ti ОТЧЁТ
.. о работе за 2021 год

he 1. Показатели

th Показатель | 2020 | 2021
tr Семьи на сопровождении | 115 | 138
tr Дети в них | 240 | 297

pa Рост объясняется тем, что в систему вошли три новых района, где раньше такой работы не было.
""",
    "dialogue is no list": """
ti Разговор с директором

le — С чего всё началось?
pa — С обычной кухни, где мы собирались вечерами и говорили о детях.
""",
    "numbered sections": """
ti Доклад о ходе программы

he 3. Целевые показатели

li 3.1. Охвачено 14 клубов, план – 12.
li 3.2. Обучены 40 пенсионеров.
""",
    "signature": """
ti Открыта комната отдыха

le Комната открыта в районной библиотеке, в ней можно читать, шить и пить чай хоть до самого вечера.

si Пресс-служба Министерства социального развития Пермского края
""",
}


def _page(marked: str) -> tuple[str, list[tuple[str, str]]]:
    lines, expected = [], []
    for line in marked.strip("\n").split("\n"):
        if not line.strip():
            lines.append("")
            continue
        mark, body = line[:2], line[3:]
        lines.append(body)
        if mark == "..":
            above, kind = expected.pop()
            expected.append((f"{above}\n{body}", kind))
            continue
        expected.append((body, MARKS[mark]))
    return "\n".join(lines), expected


@pytest.mark.parametrize("name", PAGES)
def test_every_line_has_its_kind(name: str) -> None:
    text, expected = _page(PAGES[name])
    (doc,) = analyse([text], names=False)
    assert [(text[b.start : b.end], b.kind) for b in segment(doc).blocks] == expected


def test_items_in_one_paragraph_of_a_wall_post() -> None:
    text = (
        'Эта запись была опубликована на стене группы "Дом добра" 2023-05-29 12:05:44.\n\n'
        "Дом добра\n2023-05-29 12:05:44\n"
        "🎉 Итоги мая! 🎉 В мае мы не скучали. ✅ Провели 7 встреч. ✅ Купили 3 коляски. #ДомДобра #май"
    )
    (doc,) = analyse([text], names=False)
    layout = segment(doc)
    assert [(b.kind, text[b.start : b.end]) for b in layout.blocks[3:]] == [
        ("title", "🎉 Итоги мая! 🎉"),
        ("lead", "В мае мы не скучали."),
        ("list_item", "✅ Провели 7 встреч."),
        ("list_item", "✅ Купили 3 коляски."),
        ("furniture", "#ДомДобра #май"),
    ]


def test_an_item_knows_its_head_and_a_row_its_columns() -> None:
    text, _ = _page(PAGES["list after a colon"])
    layout = segment(analyse([text], names=False)[0])
    items = [b for b in layout.blocks if b.kind == "list_item"]
    assert len(items) == 3
    assert all((head := layout.head_of(b)) is not None and head.kind == "list_head" for b in items)
    text, _ = _page(PAGES["table in rows"])
    layout = segment(analyse([text], names=False)[0])
    row = next(b for b in layout.blocks if b.kind == "table_row")
    assert [text[a:b] for a, b in layout.cells(row)] == ["Семьи на сопровождении", "115", "138"]
    head = layout.head_of(row)
    assert head is not None
    assert [text[a:b] for a, b in layout.cells(head)] == ["Показатель", "2020", "2021"]


def test_a_broken_line_belongs_to_its_paragraph() -> None:
    text = (
        "Заголовок страницы\n\nЦентр социального обслуживания населения города провёл в мае\n"
        "большую ярмарку, на которую пришли 40 семей.\n"
    )
    layout = segment(analyse([text], names=False)[0])
    assert [b.kind for b in layout.blocks] == ["title", "lead"]


HOSTILE = st.text(alphabet='аБ1 «»"“”\n\t|•—:;.✅#[]()№\u202e\u0000', max_size=400)


@given(HOSTILE)
@settings(max_examples=200, deadline=None)
def test_blocks_cover_every_line_in_order_whatever_the_text(text: str) -> None:
    (doc,) = analyse([text], names=False)
    layout = segment(doc)
    at = 0
    for block in layout.blocks:
        assert at <= block.start < block.end
        assert not text[at : block.start].strip()
        assert block.head is None or block.head < len(layout.blocks)
        at = block.end
    assert not text[at:].strip()
