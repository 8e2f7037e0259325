"""Turns of phrase that make volunteers or staff of people: «волонтёрами были 22 студента», «в команде восемь
человек».

Knows a figure's clause only; whether the turn decides is up to those who tell the beneficiary.
"""

from __future__ import annotations

from svod.extract.figures.context import Spot
from svod.extract.people.audience import Around, groups_in
from svod.extract.words.screened import Screened
from svod.models import Beneficiary

_HELPING = Screened(  # «Помогают наставники: семеро старшеклассников»
    r"(?<![а-яё])(?:помога|наставник|волонт[её]р|доброволь)[а-яё]*[^«»:.;]{0,40}:"
    r"[ \u00a0](?:[а-яё]+[ \u00a0])?$"
)
_AS_VOLUNTEERS = Screened(  # «Волонтёрами были 22 студента»
    r"(?<![а-яё])(?:волонт[её]рами|добровольцами|в[ \u00a0]качестве[ \u00a0](?:волонт[её]ров|добровольцев))"
    r"[^.;:,\d]{0,30}$"
)
_BECAME_VOLUNTEERS = Screened(
    r"[^.;:,\d]{0,40}(?:стал[аи]?|записал[а-яё]+|выступил[аи]?)[ \u00a0](?:[а-яё]+[ \u00a0])?(?:в[ \u00a0])?"
    r"(?:волонт[её]р|доброволь)"
)
_VOLUNTEERING = Screened(r"(?<![а-яё])волонт[её]р(?:или|ят|ила|ил|ит|ствовали|ствуют)(?![а-яё])")
_IN_SQUAD = Screened(
    r"(?<![а-яё])(?:в|во)[ \u00a0](?:[а-яё]+[ \u00a0])?"
    r"(?:отряд|штаб|корпус|движени|сообществ|команд|ряды)[а-яё]*(?![а-яё])[^.;:!?\d]{0,40}$"
)
_CLUB = Screened(  # «В отряде добровольцев «Искра» сегодня 60 участников»
    r"(?<![а-яё])(?:в|на|через)[ \u00a0](?:клуб|отряд|штаб|корпус|движени|объединени|центр|школ|курс)[а-яё]*"
    r"[ \u00a0](?:[а-яё]+[ \u00a0])?(?:волонт[её]р|доброволь)[а-яё]+[^.;\d]*$"
)
_AT_WORK = Screened(
    r"(?<![а-яё])(?:работа[ею]т|труд(?:ит|ят)ся|в[ \u00a0]штате|в[ \u00a0]команде)[ \u00a0][^.;\d]*$"
)
_TEAM = Screened(
    r"(?<![а-яё])(?<!спортивной )(?<!школьной )(?<!детской )(?<!сборной )"
    r"(?:команд[аеу]|штате?|коллективе?|персонале?|бригад[аеу])(?![а-яё])[^.;:!?\d]{0,60}$"
)
_BEING = frozenset("работать трудиться насчитывать состоять быть стать входить собраться вырасти".split())
_QUALIFIED = Screened(
    r"квалификаци|профпереподготовк|(?<![а-яё])професси[юи][ \u00a0][^.;]{0,20}(?:сидел|нян|помощник)"
)
_HELPED = Screened(r"(?<![а-яё])(?:помог|помощ|поддерж|содейств)[а-яё]*[ \u00a0](?:[а-яё]+[ \u00a0]){0,3}$")
_DONE_TO_HELPERS = frozenset(
    "обучить подготовить зарегистрировать вовлечь задействовать занять привлечь объединить собрать наградить "
    "отметить включить".split()
)


def are_volunteering(spot: Spot) -> bool:
    return _VOLUNTEERING.search(spot.clause_text) is not None


def are_helpers(spot: Spot, around: Around | None) -> bool:
    """They are said to be or to become volunteers."""
    return bool(
        _HELPING.search(spot.left_text)
        or _AS_VOLUNTEERS.search(spot.left_text)
        or _BECAME_VOLUNTEERS.match(spot.right_text)
        or (_IN_SQUAD.search(spot.left_text) and around is not None and around.tells_of("volunteers"))
    )


def at_work(spot: Spot, around: Around) -> Beneficiary | None:
    """The volunteers or the staff that people of any kind are said to be."""
    if are_volunteering(spot) or are_helpers(spot, around) or _CLUB.search(spot.left_text):
        return "volunteers"
    if _is_of_team(spot):
        return "volunteers" if "volunteers" in groups_in(spot.left_text) else "specialists"
    if _AT_WORK.search(spot.left_text) and "specialists" in groups_in(spot.left_text):
        return "specialists"
    return "specialists" if _QUALIFIED.search(spot.clause_text) else None


def are_served(spot: Spot) -> bool:
    """«177 человек найдены живыми», «помогли 50 бездомным» in a report of volunteers: those whom they serve,
    not they themselves.
    """
    if _HELPED.search(spot.left_text) and any(t.has("plur", "datv") for t in spot.right[:3]):
        return True
    done = [t.forms[0].lemma for t in spot.predicates if t.forms[0].pos == "PRTS"]
    return bool(done) and not _DONE_TO_HELPERS.intersection(done)


def _is_of_team(spot: Spot) -> bool:
    """«в команде восемь человек», «команда небольшая, четырнадцать человек»; not those whom a team serves."""
    found = _TEAM.search(spot.left_text)
    if found is None or (spot.left and spot.left[0].has("PREP")):
        return False
    start = spot.number.start - len(spot.left_text) + found.start()
    between = [t for t in spot.predicates if start <= t.start < spot.number.start]
    return all(t.forms[0].lemma in _BEING or t.forms[0].pos == "ADJS" for t in between)
