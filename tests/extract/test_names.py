"""Projects and partners of whole pages, all invented; and texts that nobody would write."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svod.extract.layout.prose import read_prose
from svod.extract.layout.segments import segment
from svod.extract.partners.partners import read_partners
from svod.extract.projects.projects import read_projects
from svod.extract.publication.publication import read_publication
from svod.extract.publication.regions import read_regions
from svod.language.document import analyse
from svod.models import ReportText

WINNERS = """Вести НКО Урала
Новости | Гранты | Календарь | Контакты

Кто получил поддержку во втором полугодии

23.07.2019

Фонд «Урал добра» опубликовал список победителей конкурса малых грантов «Шаг вперёд». Поддержано 12 инициатив.

Победители:
1. «Тихий двор» — ТОС «Южный», г. Реж, 180 000 рублей.
2. «Слышим сердцем» — Ирбитская организация Всероссийского общества глухих, 200 000 рублей.
3. «Точка роста» — школа № 3 города Асбеста, 150 000 рублей.

Информационный партнёр конкурса — телекомпания «Область».
"""
WALL = """Эта запись была опубликована на стене группы "Центр "Исток" г. Вольск" 2022-11-21 18:02:10.

Посмотреть все записи на стене

Центр "Исток" г. Вольск
2022-11-21 18:02:10
❗Итоги недели❗ Неделя прошла под девизом «Услышь себя» 🌿 Психологи провели 14 тренингов. \
🌿 Гость недели — [id500000001|Олег Зорин], преподаватель [club500000002|Саратовского университета]. \
🌿 В родительском клубе "Ромашка" собрались 19 мам. \
🌿 [club500000003|Кафе "У камина"] угостило всех чаем, а [club500000004|Вольская епархия] передала книги. \
🌿 На следующей неделе стартует акция "Тёплые варежки". #ЦентрИсток #Вольск
"""
OWN_REPORT = """Информация о работе Областного центра «Семья» за первый квартал 2018 года

г. Орёл, 10 апреля 2018 года

Областной центр «Семья» ведёт 214 семей. В январе–марте специалисты провели 640 консультаций.

Центр участвует в региональной программе «Право на семью», которую поддерживает Фонд «Созвездие». В рамках \
программы внедрена технология «Активная поддержка родителей»: по ней работают 6 кураторов. Кроме того, \
совместно с Орловской епархией открыт «Дом для мамы», где временно живут 5 женщин с детьми.

Наши партнёры: Орловский драматический театр, сеть кондитерских «Сладко», благотворительный фонд «Дом».
"""
SUBJECT = """Выездная школа сиделок объехала десять районов

18 августа 2021

В Курганской области завершила работу выездная школа сиделок. Преподаватели Шадринского медколледжа обучили \
214 человек. Школа появилась благодаря гранту Фонда президентских грантов, который выиграла АНО «Рядом».

Слушатели школы учились кормить и переворачивать лежачего больного. 60 выпускников уже работают.
"""

PAGES = {
    "winners": (
        WINNERS,
        [
            ("Шаг вперёд", "contest", "completed"),
            ("Тихий двор", "project", "planned"),
            ("Слышим сердцем", "project", "planned"),
            ("Точка роста", "project", "planned"),
        ],
        [
            ("Фонд «Урал добра»", "foundation", "funder"),
            ("ТОС «Южный»", "ngo", "implementer"),
            ("Ирбитская организация Всероссийского общества глухих", "ngo", "implementer"),
            ("Школа № 3 города Асбеста", "institution", "implementer"),
            ("Телекомпания «Область»", "media", "participant"),
        ],
    ),
    "wall": (
        WALL,
        [("Ромашка", "service", "running"), ("Тёплые варежки", "event", "planned")],
        [
            ('Центр "Исток"', "institution", "implementer"),
            ('Кафе "У камина"', "business", "participant"),
            ("Вольская епархия", "other", "participant"),
        ],
    ),
    "own report": (
        OWN_REPORT,
        [
            ("Право на семью", "program", "running"),
            ("Активная поддержка родителей", "service", "running"),
            ("Дом для мамы", "service", "running"),
        ],
        [
            ("Областной центр «Семья»", "institution", "implementer"),
            ("Фонд «Созвездие»", "foundation", "funder"),
            ("Орловская епархия", "other", "participant"),
            ("Орловский драматический театр", "institution", "participant"),
            ("Сеть кондитерских «Сладко»", "business", "participant"),
            ("Благотворительный фонд «Дом»", "foundation", "participant"),
        ],
    ),
    "subject": (
        SUBJECT,
        [("Выездная школа сиделок", "service", "completed")],
        [
            ("Шадринский медколледж", "institution", "participant"),
            ("Фонд президентских грантов", "foundation", "funder"),
            ("АНО «Рядом»", "ngo", "implementer"),
        ],
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_projects_and_partners_of_a_page(name: str) -> None:
    text, projects, partners = PAGES[name]
    (doc,) = analyse([text])
    layout = segment(doc)
    publication = read_publication(doc, layout, ReportText(text=text))
    found = read_projects(read_prose(doc, layout), publication.published)
    organisations = read_partners(read_prose(doc, layout), found, publication.publisher)
    assert [(p.mention.name, p.mention.kind, p.mention.status) for p in found] == projects
    assert [(o.name, o.type, o.role) for o in organisations] == partners
    assert all(p.needs_metric == (name == "subject") for p in found)


def test_every_place_of_a_project_is_known() -> None:
    text = "«Сад добра»\n\nПроект «Сад добра» живёт третий год. В «Саду добра» 40 яблонь, и «Сад» цветёт.\n"
    (doc,) = analyse([text])
    (project,) = read_projects(read_prose(doc, segment(doc)), None)
    assert [text[a:b] for a, b in project.occurrences] == [
        "«Сад добра»",
        "«Сад добра»",
        "«Саду добра»",
        "«Сад»",
    ]


PIECES = [*"аБя1 .,:;—«»\"“”'[]()#|\n\t\u202e\u0000", "проект ", "фонд ", "ООО ", "[club1|", "по ", "и "]
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=90).map("".join)


@given(HOSTILE)
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_every_quote_stands_where_it_says(text: str) -> None:
    (doc,) = analyse([text], names=False)
    layout = segment(doc)
    projects = read_projects(read_prose(doc, layout), None)
    partners = read_partners(read_prose(doc, layout), projects, None)
    read_regions(doc, layout, ReportText(text=text), None)
    read_publication(doc, layout, ReportText(text=text))
    for evidence in [*(p.mention.evidence for p in projects), *(o.evidence for o in partners)]:
        assert text[evidence.start : evidence.end] == evidence.quote
        assert 0 < evidence.confidence <= 1
