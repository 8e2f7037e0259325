"""When and by whom: pages as text with the expected date and publisher in the first line, `date |
publisher`."""

from __future__ import annotations

from datetime import date

import pytest

from svod.extract.publication import read_publication
from svod.extract.segments import segment
from svod.language.document import analyse
from svod.models import ReportText

BODY = (
    "В районном центре прошла встреча родителей, на которую пришли двадцать пять человек, и каждый из них "
    "рассказал, что изменилось за год. Следующая встреча состоится 12 мая 2031 года, вход свободный.\n"
)

PAGES = """
2021-03-12 | -
Общество        12 Марта 2021, 09:00 (МСК+5)
Встреча родителей в районе: коротко
@

2021-03-12 | -
Встреча родителей в районе: коротко
12 марта 2021, 10:20   👁 1 984   💬 7
@

2021-03-12 | -
12 мар 2021 в 21:07
@

- | -
Встреча родителей в районе: коротко
@
Заявки принимаются по 8 сентября 2020 г.

- | -
Рекламный баннер 980x90px верх
Архив
Встреча родителей в районе: коротко
@

- | -
Дайджест: встречи недели в двух районах
@
Источник: «Северный вестник», 12.03.2021
@
Источник: «Северное утро», 14.03.2021

2021-03-12 | -
Встреча родителей в районе: коротко
12.03.2021
@

2021-03-12 | -
12 марта 2021 г.
Встреча родителей в районе: коротко
@

2021-03-12 | -
Встреча родителей в районе: коротко
пт, 12 марта 2021, 14:05
@

2021-03-12 | -
Встреча родителей в районе: коротко
Опубликовано: 12.03.2021 в 10:00
@
Дата изменения: 17.06.2022 09:12

2021-03-12 | -
Саратов, 12 марта 2021 года. В городе прошла встреча.
@

2021-03-12 | -
Встреча родителей в районе: коротко
@
Источник: собственная информация, 12.03.2021

2021-03-12 | Дом добра | Энгельс
Эта запись была опубликована на стене группы "Дом добра | Энгельс" 2021-03-12 12:05:44.

Посмотреть все записи на стене

Дом добра | Энгельс
2021-03-12 12:05:44
@

- | -
Встреча родителей в районе: коротко
(утверждена постановлением от 24.10.2018 № 1219)
@

2021-03-12 | Министерство социального развития Пермского края
Министерство социального развития Пермского края
Новости министерства

12.03.2021

Встреча родителей в районе: коротко
@

2021-03-12 | Пресс-служба администрации города Вольска
12.03.2021
Встреча родителей в районе: коротко
@
Пресс-служба администрации города Вольска

2021-03-12 | АНО «Дом добра»
12.03.2021
Встреча родителей в районе: коротко
@
Поделиться: ВК ОК
© 2016–2021 АНО «Дом добра». Тел. 2-10-10

2021-03-12 | Добрый вестник Поволжья
Добрый вестник Поволжья
Архив / 2021 / март

Встреча родителей в районе: коротко

12.03.2021

@

2021-03-12 | АНО «Дом добра»
Отчёт о работе АНО «Дом добра» за 2020 год
12.03.2021
@

2021-03-12 | -
12.03.2021
Встреча родителей в районе: коротко
@
Об этом сообщили в министерстве социального развития области.

2021-03-12 | ГБУ «Центр семьи»
12.03.2021
Встреча родителей в районе: коротко
@
Директор ГБУ «Центр семьи» И. И. Иванова

2021-03-12 | Соцзащита Поволжья
Соцзащита Поволжья, [12.03.2021 18:44]
@
"""


def _cases() -> list[tuple[str, str, str]]:
    made = []
    for page in PAGES.strip().split("\n\n2"):
        page = page if page.startswith(("2", "- |")) else "2" + page
        for part in page.split("\n\n- | "):
            part = part if part.startswith(("2", "- |")) else "- | " + part
            first, text = part.split("\n", 1)
            day, publisher = first.split(" | ", 1)
            made.append((day, publisher, text.replace("@", BODY)))
    return made


@pytest.mark.parametrize(("day", "publisher", "text"), _cases())
def test_date_and_publisher_of_a_page(day: str, publisher: str, text: str) -> None:
    (doc,) = analyse([text])
    found = read_publication(doc, segment(doc), ReportText(text=text))
    assert (found.published.isoformat() if found.published else "-") == day
    assert (found.publisher or "-") == publisher


def test_all_pages_are_read() -> None:
    assert len(_cases()) == 22


def test_what_the_fetcher_knows_counts_only_where_the_page_is_silent() -> None:
    known = ReportText(text=BODY, published=date(2020, 1, 2), publisher="Портал")
    (doc,) = analyse([BODY])
    found = read_publication(doc, segment(doc), known)
    assert (found.published, found.publisher) == (date(2020, 1, 2), "Портал")
    text = "Встреча родителей: коротко\n12.03.2021\n\n" + BODY
    (doc,) = analyse([text])
    assert read_publication(doc, segment(doc), known).published == date(2021, 3, 12)
