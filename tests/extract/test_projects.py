"""Projects as marked text: a sentence, then one line for every project in it, `= name | kind | status`.

A status of `?` is not looked at, `-` is none; `?` before a name: a project only with a figure of its own. A sentence
without such lines names no project. Adding a case is adding lines.
"""

from __future__ import annotations

import pytest

from svod.extract.projects import read_projects
from svod.extract.segments import segment
from svod.language.document import analyse

TITLE = "Новости одного дня"  # a sentence alone would be taken for the title
CASES = """
В районе стартовал проект «Мамина школа».
= Мамина школа | project | started

Клуб приёмных семей «Очаг» собрался в пятницу.
= Очаг | service | ?

Дети посещают «Мамину школу» по субботам.
= Мамина школа | service | running

Занятия идут в «Тёплой гостиной» каждый день.
= Тёплая гостиная | service | running

По программе «Рука помощи» обучены 20 человек.
= Рука помощи | program | running

Завершился муниципальный конкурс «Лучший двор».
= Лучший двор | contest | completed

Прошёл III областной фестиваль творчества «Радуга детства».
= Радуга детства | event | completed

В рамках нацпроекта «Семья» и федерального проекта «Старшее поколение» открыт центр.
= Семья | program | running
= Старшее поколение | program | running

Реализуются проекты «Росток», «Опора» и «Вместе веселее».
= Росток | project | running
= Опора | project | running
= Вместе веселее | project | running

«Добрая варежка» — это акция, которая согревает.
= Добрая варежка | event | ?

Технология «Кейс-менеджмент» внедряется в трёх районах.
= Кейс-менеджмент | service | running

Услугой "Социальный консьерж" воспользовались 12 семей.
= Социальный консьерж | service | ?

Новый сервис “Помощь рядом” заработал в марте.
= Помощь рядом | service | started

Волонтёры акции #МыВместе доставили продукты.
= МыВместе | event | ?

Газета «Заря» написала об этом.

В номинации «Лучшая семья» победила семья Ивановых.

Выставка «Краски осени» открылась в фойе.

«Нам важно, чтобы каждый ребёнок рос в семье», — сказала директор.

Фонд «Детство» передал подарки.

Проект под названием «Дедушкин сад» получил грант.
= Дедушкин сад | project | ?

Проект, который называется «Мост», продолжается.
= Мост | project | running

Грантовый конкурс «Родные берега» объявил победителей.
= Родные берега | contest | ?

Летняя профильная смена «Юный спасатель» прошла в июле.
= Юный спасатель | event | completed

Мобильная бригада «Забота на колёсах» выезжает в сёла.
= Забота на колёсах | service | running

Школа молодого отца «Папин день» набирает группу.
= Папин день | service | running

Семинар-тренинг «Без стресса» провели психологи.
= Без стресса | event | completed

В мае запускаем проект «Велосипед добра».
= Велосипед добра | project | planned

Летом стартует проект «Сельский двор».
= Сельский двор | project | planned

Пилотный проект «Серебряный возраст» действует в двух районах.
= Серебряный возраст | pilot | running

Комплекс мер «Надежда» утверждён.
= Надежда | program | ?

Участники проекта «Я сам!» учатся готовить.
= Я сам! | project | running

Отмечен проект «Кто, если не мы?» из Орска.
= Кто, если не мы? | project | ?

В школе приёмных родителей прошли подготовку 40 человек.
= ?Школа приёмных родителей | service | running

Всероссийский форум «Наставник — 2024» пройдёт осенью.
= Наставник — 2024 | event | planned

Победителями XI регионального чемпионата «Абилимпикс» стали 30 человек.
= Абилимпикс | contest | ?

Служба «Социальное такси» перевезла 200 пассажиров.
= Социальное такси | service | ?

В «Доме с мезонином» открылась группа кратковременного пребывания «Кроха».
= Кроха | service | started

Занимается кружок «Умелые руки», работает студия «Ритм» и театр «Маска».
= Умелые руки | service | running
= Ритм | service | running

Инициативу «Двор без границ» поддержали жители.
= Двор без границ | project | ?

Родители создали клуб выходного дня «Семь+Я».
= Семь+Я | service | ?

Проект «Школа «Шаг вперёд» реализует центр.
= Школа «Шаг вперёд» | project | running

В рамках акции «Соберём ребёнка в школу» собрано 300 портфелей.
= Соберём ребёнка в школу | event | ?

Федеральный закон «Об основах социального обслуживания» вступил в силу.

Медалью «За любовь и верность» награждены пять пар.

Десятый год работает «Университет серебряного возраста».
= Университет серебряного возраста | service | running

Марафон «Километры добра», конкурс рисунков «Моя мама» и флешмоб «Голубь мира» собрали 900 человек.
= Километры добра | event | completed
= Моя мама | contest | completed
= Голубь мира | event | completed

Открыта лекотека «Солнечный зайчик».
= Солнечный зайчик | service | started

Ветеранам помогает проект «Серебряная нить», созданный в 2019 году.
= Серебряная нить | project | running

Состоялся Межрегиональный слёт добровольческих отрядов.
= Межрегиональный слёт добровольческих отрядов | event | completed

Практика «Бабушка на час» признана лучшей.
= Бабушка на час | service | ?

Подведены итоги конкурса профессионального мастерства «Лучший социальный работник».
= Лучший социальный работник | contest | completed
"""


def _cases() -> list[tuple[str, list[tuple[str, str, str]]]]:
    made = []
    for block in CASES.strip().split("\n\n"):
        text, *rows = block.split("\n")
        made.append((text, [tuple(c.strip() for c in row[1:].split(" | ")) for row in rows]))
    return made


@pytest.mark.parametrize(("sentence", "expected"), _cases(), ids=lambda v: v[:40] if isinstance(v, str) else "")
def test_projects_of_a_sentence(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    text = f"{TITLE}\n\n{sentence}"
    (doc,) = analyse([text])
    found = read_projects(doc, segment(doc), None)
    assert [("?" * p.needs_metric + p.mention.name, p.mention.kind) for p in found] == [
        (name, kind) for name, kind, _ in expected
    ]
    for project, (_, _, status) in zip(found, expected, strict=True):
        evidence = project.mention.evidence
        assert text[evidence.start : evidence.end] == evidence.quote
        assert status == "?" or (project.mention.status or "-") == status
