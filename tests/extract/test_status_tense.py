"""How far a project is, told by the tense, the subject and the days of a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from svod.extract.layout.prose import read_prose
from svod.extract.layout.segments import segment
from svod.extract.projects.projects import read_projects
from svod.language.document import analyse

PUBLISHED = date(2025, 11, 10)
ABOVE = "Новости одного дня\n\nВ районе прошла неделя, и дел было много.\n\n"
SENTENCES = {
    "Служба «Тёплый путь» за октябрь выполнила 350 поездок.": "running",
    "Ходить в клуб «Сундук» может любой. Туда записаны 23 пенсионерки.": "running",
    "Аплодировали участницам клуба «Сундук». Ходят в клуб 23 пенсионерки.": "running",
    "Горячая линия «Не молчи» открыта на базе диспансера.": "running",
    "Есть ещё клуб «Совет бывалых», это родители со стажем.": "running",
    "Возобновила работу мастерская «Ремесло».": "running",
    "Бригада «Второй шанс» косила траву во дворах с 1 июня по 31 августа.": "completed",
    "Автобус «Тепло» всю зиму возил горячие обеды к вокзалу.": "completed",
    "Волонтёры клуба «Чайки» подарили школе 12 книг.": None,
    "В среду открылась мастерская «На Курчатова».": "started",
    "Ноутбуки приобретены по нацпроекту «Культура» ещё весной.": None,
    "Рейс финансировался из окружной госпрограммы «Север».": None,
    "По программе «Трудовое лето» временно трудоустроят 540 подростков.": "planned",
    "В этом году намечено набрать шесть групп по программе «Смартфон без страха».": "planned",
    "1 декабря в парке Гагарина – праздник «Добрый пикник».": "planned",
    "Идёт набор в проект «Семейная мастерская». Проект стартует 1 декабря.": "planned",
    "В районе работали по проекту «Старшие братья». Проект завершён 30 сентября.": "completed",
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_status_of_a_sentence(sentence: str) -> None:
    (doc,) = analyse([ABOVE + sentence])
    (project,) = read_projects(read_prose(doc, segment(doc)), PUBLISHED)
    assert project.mention.status == SENTENCES[sentence]
