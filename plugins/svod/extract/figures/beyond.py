"""Figures that stand in a report on a project and are not the project's: the organisation's own, the
territory's, those of the item beside it.

Each rule sees a figure in its place; it never says whose the figure is, only that the projects named further
off do not own it: `(None,)`, or None where it cannot tell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from svod.extract.figures.context import Spot
from svod.extract.projects.topics import Topics
from svod.extract.words.screened import Screened

if TYPE_CHECKING:
    from svod.extract.projects.projects import ProjectSpan

Choice = tuple["ProjectSpan | None"]


def bounds(spot: Spot, first: int, last: int) -> tuple[int, int]:
    """Offsets of the tokens [first, last)."""
    tokens = spot.scene.tokens
    return tokens[first].start, tokens[last - 1].stop


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


def foreign_subject(spot: Spot, topics: Topics) -> Choice | None:
    """An institution that the sentence opens with speaks of itself, not of the project of the paragraph
    before.
    """
    if topics.between(*bounds(spot, spot.sentence.first, spot.sentence.last)):
        return None
    opening = spot.scene.tokens[spot.sentence.first]
    if opening.text in ("В", "На") and any(
        n.type == "ORG" and n.start - opening.stop < 3
        for n in spot.scene.doc.names_in(opening.stop, opening.stop + 4)
    ):
        return (None,)
    if _ASIDE.match(spot.scene.text[spot.block.start : spot.block.start + 12]) and not topics.between(
        spot.block.start, spot.block.end
    ):
        called = spot.sentence_lemmas & (topics.nicknames.keys() | {"проект"})
        return None if called else (None,)
    sentence = spot.sentence_text
    elsewhere = (
        _WHOLE_TERRITORY.search(sentence) or _BUDGET.search(spot.clause_text) or _SEVERAL.search(sentence)
    )
    return (None,) if elsewhere else None


_ASIDE = re.compile(r"(?:Ранее|Напомним|К слову|Кстати|Справочно|Для справки)[ \u00a0,:]")
_WHOLE_TERRITORY = Screened(
    r"(?<![а-яё])(?:в целом по|по стране|по россии|в регионе всего|всего в регионе|"
    r"всего по (?:област|кра|республик|"
    r"регион|район|город|округ)[а-яё]*)(?![а-яё])"
)
_BUDGET = Screened(  # «на поддержку семей в областном бюджете предусмотрено …»: a purpose of its own
    r"(?<![а-яё])на[ \u00a0][а-яё]+[ \u00a0][^,;.\d]{3,50}[ \u00a0]в[ \u00a0]"
    r"(?:областн|краев|республиканск|федеральн|окружн|городск|районн)ом[ \u00a0]бюджете"
)
_SEVERAL = Screened(  # «Всего на три проекта предусмотрено …», «По линии министерства доставлено …»
    r"(?<![а-яё])(?:на|по|для)[ \u00a0](?:вс(?:е|ем|ех)|эти(?:м|х)?|дв(?:а|ум|ух)|тр(?:и|[её]м|[её]х)"
    r"|четыр(?:е|[её]м|[её]х)|пят[ьи]|шест[ьи])[ \u00a0](?:[а-яё]+[ \u00a0])?(?:нац|гос)?(?:проект|программ)"
    r"(?:а|ы|ов|ам|ах)?(?![а-яё])|"
    r"^по линии[ \u00a0](?!(?:[а-яё]+[ \u00a0])?(?:нац|гос)?(?:проект|программ|грант))"
)
_MORE = Screened(r"(?<![а-яё])(?:ещё|еще|кроме того|помимо этого)(?![а-яё])[^.:]*:?[ \u00a0]*$")


def apart(spot: Spot, topics: Topics) -> Choice | None:
    """«Что ещё сделано за год: …»: the list counts what lies outside the subject of the text before."""
    index = spot.block.head
    if spot.block.kind != "list_item" or index is None:
        return None
    block = spot.scene.block(index)
    if topics.between(block.start, block.end):
        return None
    return (None,) if _MORE.search(spot.scene.text[block.start : block.end].lower()) else None


def beyond(spot: Spot, topics: Topics) -> Choice | None:
    """The organisation's or the territory's own figure, in a sentence that names no project by its kind."""
    if not (of_organisation(spot) or of_territory(spot)):
        return None
    called = spot.sentence_lemmas & topics.nicknames.keys() - _HOSTS
    return None if called or "проект" in spot.sentence_lemmas else (None,)


_HOSTS = frozenset({"центр", "фонд", "организация", "группа"})
