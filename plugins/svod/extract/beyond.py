"""Figures that stand in a report on a project and are not the project's: the organisation's own, the
territory's, those of the item beside it.

Each rule sees a figure in its place; it never says whose the figure is, only that the projects named further
off do not own it.
"""

from __future__ import annotations

import re

from svod.extract.context import Spot
from svod.extract.screened import Screened, search

ORGANISATION = (
    r"(?:фонд|организаци|ассоциаци|объединени|движени|учреждени|штаб|филиал|отделени|обществ)[а-яё]{0,3}"
)
_LIFETIME = Screened(
    r"(?<![а-яё])(?:с[ \u00a0](?:19|20)\d\d[ \u00a0](?:года|г)|с[ \u00a0]момента[ \u00a0](?:основан"
    r"|создан|открыт)|"
    r"за[ \u00a0](?:[а-яё\d]+[ \u00a0]){0,3}(?:лет|годы|года|время|истори\w+)"
    r"(?:[ \u00a0](?:своей|нашей|всей))?[ \u00a0](?:работы|деятельности|существования|истории"
    r"|жизни))(?![а-яё])"
)
_ORGANISATION_ACTS = Screened(  # «с 2012 года фонд помог …», «за годы работы нашей организации …»
    rf"(?<![а-яё])(?:наш(?:а|е|ей|его|им|ему)?[ \u00a0])?{ORGANISATION}(?![а-яё])"
)
_STAFF_OF = Screened(  # «Сейчас в фонде работают 9 сотрудников», «В штате организации 12 человек»
    rf"(?<![а-яё])(?:в|во)[ \u00a0](?:[а-яё]+[ \u00a0]){{0,2}}{ORGANISATION}[ \u00a0][^.;]{{0,60}}"
    r"(?:работа[ею]т|труд(?:и|я)тся|состо[ия]т|насчитывается)|"
    rf"(?<![а-яё])(?:команд[аеу]|штат[е]?|коллектив[е]?)[ \u00a0](?:[а-яё]+[ \u00a0])?"
    rf"{ORGANISATION}[ \u00a0–—-]"
)
_TERRITORY = (
    r"(?:районе|области|крае|республике|регионе|городе|округе|муниципалитете|стране|России|губернии"
    r"|посёлке|селе|"
    r"Приморье|Поморье|Прикамье|Приангарье|Кузбассе|Югре|Якутии|Подмосковье|Забайкалье|Зауралье"
    r"|Оренбуржье|Ставрополье)"
).lower()
_LIVES_THERE = Screened(  # «По данным опеки, в районе 112 детей воспитываются в 79 семьях»
    rf"(?<![а-яё])(?:всего|сегодня|сейчас|напомним|данным|на[ \u00a0]\d{{1,2}}[ \u00a0][а-яё]+|"
    r"на начало года)"
    rf"[^.;]{{0,60}}(?<![а-яё])в[ \u00a0](?:[а-яё-]+[ \u00a0]){{0,2}}{_TERRITORY}(?![а-яё])"
)
_STANDS = Screened(
    r"(?<![а-яё])(?:воспитыва|прожива|действу|работа|насчитыва|числ|состо|зарегистрирован|находи|функциониру)"
    r"(?:[а-яё]{0,2}тся|[а-яё]{0,2}т|[аоы]?)(?![а-яё])"
)
_ITEM = re.compile(r"[^\w]{1,6}[а-яё\d]")
_BULLETS = frozenset("-–—•*▪●◦·►▶✔✅")


def of_organisation(spot: Spot) -> bool:
    """«Всего с 2012 года фонд помог 900 семьям», «Сейчас в фонде работают 9 сотрудников»: its whole life, its
    own staff.
    """
    sentence = spot.sentence_text
    if _STAFF_OF.search(sentence):
        return True
    return _LIFETIME.search(sentence) is not None and _ORGANISATION_ACTS.search(sentence) is not None


def of_territory(spot: Spot) -> bool:
    """«На 1 мая в районе 112 детей воспитываются в 79 семьях»: what there is, whoever did it."""
    return (
        _LIVES_THERE.search(spot.sentence_text) is not None and _STANDS.search(spot.clause_text) is not None
    )


def is_marked(spot: Spot, start: int) -> bool:
    """True if the line that begins there opens with a list mark or a pictograph."""
    first = spot.scene.text[start : start + 1]
    return first in _BULLETS or ord(first or " ") >= 0x2190


def beside_item(spot: Spot, start: int) -> bool:
    """The project was named in another item of the same list of a post («📌 в проекте «Х» …», «📌 для
    госпиталя …»).
    """
    other = spot.scene.block_index(start)
    if other is None or other == spot.block_index:
        return False
    mine, its = spot.block.start, spot.scene.block(other).start
    if not _ITEM.match(spot.scene.text[mine : mine + 12]):
        return False  # «✅ Что внутри?»: a paragraph that goes on
    return (
        is_marked(spot, mine)
        and is_marked(spot, its)
        and search(r"\n\s*\n", spot.scene.text[its:mine]) is None
    )
