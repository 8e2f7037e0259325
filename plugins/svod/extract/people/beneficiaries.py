"""Whom a figure concerns by its own noun and sentence: the group of the counted persons, else the group that
receives the counted things. People of whom the noun says no more are `borrowed_group`'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from svod.extract.figures.context import Spot
from svod.extract.figures.counted import Counted
from svod.extract.people.at_work import are_helpers, are_volunteering, at_work
from svod.extract.people.audience import ORDER, Around, group_of_ages, groups_in, renamed
from svod.extract.people.person_units import PERSONS, group_of_unit, is_person
from svod.extract.people.receivers import receiver, served
from svod.extract.people.told_of import apposed, description, first_named, predicated
from svod.extract.words.screened import Screened
from svod.language.morph import forms
from svod.models import Beneficiary

_COUPLE = Screened(r"семейн|супружеск|при[её]мн|влюбл|молод[а-яё]+ пар|пожил|пришедш|обратившихся")
_LEARNERS = frozenset({"студент", "студентка"})  # of any age, where the service has an age of its own
_OF_ANYONE = frozenset({"женщина"})  # parents only where children or mothers are spoken of


def says_no_more(spot: Spot, counted: Counted | None, unit: str) -> bool:
    """Whoever they are is told elsewhere: «120 человек», «участников», «женщин»."""
    return unit in _OF_ANYONE or (group_of_unit(unit) or _second_part(spot, counted)) == "general"


def told_beside(spot: Spot, counted: Counted | None, unit: str, around: Around) -> Beneficiary | None:
    """The group that the words beside people of any kind say them to be: «30 человек старше 60», «320
    жителей, в основном мамы», «каждый третий участник – пенсионер».
    """
    described = description(spot, counted, "general").lower()
    aged = group_of_ages(described)
    if aged is not None:
        return aged
    if _are_their_kin(spot, described):
        return "veterans_families"
    beside = apposed(spot, counted)
    if beside not in (None, "general"):
        return beside
    helped = _WITH_WHOM.search(described)
    if helped is not None:
        described = described[: helped.start()] + described[helped.end() :]
    named = [g for g in _named(spot, counted, first_named(described)) if g not in ("institutions", "general")]
    if unit in _OF_ANYONE and named and named[0] in _WITH_CHILDREN:
        return "parents"
    if unit in _RELATIVES and named:  # of whom says less than who
        return "veterans_families" if "veterans_families" in named else "general"
    if not named and unit == "женщина" and _AND_CHILDREN.match(spot.right_text) is not None:
        return "parents"
    return min(named, key=ORDER.index) if named else at_work(spot, around)


_AND_CHILDREN = Screened(  # «19 женщин и 27 детей»
    r"[ \u00a0]женщин[аы]?[ \u00a0](?:и|с)[ \u00a0](?:\d+|[а-яё]+)[ \u00a0](?:дет(?:ей|ьми|и)|реб[её]н)"
)


def of_the_whole(own: Beneficiary | None, unit: str, whole: Beneficiary | None) -> Beneficiary | None:
    """The group of a part of other persons: «63 семьи бойцов, в том числе 40 детей» are kin of theirs,
    and people of whom nothing is said are what the whole is.
    """
    if whole not in PERSONS or not is_person(unit):
        return own
    if own in (None, "general"):
        return whole
    return whole if whole in ("veterans_families", "volunteers") and own != "veterans_families" else own


def beneficiary_of(
    spot: Spot,
    counted: Counted | None,
    unit: str,
    scope: Sequence[Beneficiary] = (),
    around: Around | None = None,
) -> Beneficiary | None:
    """The beneficiary of a figure that counts `unit`. `scope`: groups that the project or list head is
    for.
    """
    own = group_of_unit(unit) or _second_part(spot, counted)
    if unit == "пара" and _COUPLE.search(description(spot, counted).lower()) is None:
        own = None
    if own is None:
        return None if unit in _TERRITORIES else receiver(spot, counted)
    if unit == "боец" and around is not None and around.report.opens_with(_SQUAD):
        return "youth"
    if unit == "ветеран" and _OF_THE_OPERATION.search(_paragraph(spot)):
        return "veterans_families"
    described = description(spot, counted, own).lower()
    if own == "institutions":
        return _for_whom(spot, unit, described)
    aged = group_of_ages(described)
    if aged is not None and unit in _OF_ANY_AGE:
        return aged
    own = (renamed(described) if own in _RENAMED else None) or own
    if _are_their_kin(spot, described):
        return "veterans_families"
    beside = apposed(spot, counted)
    if beside in ("veterans_families", "volunteers"):
        return beside
    if own in ("children", "youth", "specialists") and are_volunteering(spot):
        return "volunteers"
    if own in ("children", "youth") and are_helpers(spot, around):
        return "volunteers"
    if unit in _SPOUSES and "veterans_families" in groups_in(spot.sentence_text):
        return "veterans_families"
    if unit in _LEARNERS and "elderly" in scope:
        return "elderly"
    candidates = [own, *(g for g in _named(spot, counted, described) if g in _further(own, unit))]
    if own not in ("specialists", "volunteers"):
        by_report = unit == "ветеран" or own not in ("elderly", "disabled")
        ruling = around.report.group if around is not None and by_report else None
        if "veterans_families" in (*scope, ruling):
            candidates.append("veterans_families")
    return min(candidates, key=ORDER.index)


def _are_their_kin(spot: Spot, described: str) -> bool:
    """«85 военнослужащих и 120 членов их семей»."""
    return bool(_THEIR_KIN.search(described)) and "veterans_families" in groups_in(spot.sentence_text)


def _named(spot: Spot, counted: Counted | None, described: str) -> list[Beneficiary]:
    """The groups that the words about the counted persons name."""
    named = groups_in(described)
    if counted is not None and counted.source in ("antecedent", "left"):
        named += groups_in(predicated(spot))
    if spot.left and spot.left[0].text.lower() == "у":  # «у четверти воспитанников есть инвалидность»
        named += groups_in(spot.right_text[:60])
    if spot.number.form in ("every", "share"):  # «каждый пятый сотрудник – волонтёр»
        named += groups_in(predicated(spot))
    return named


def _further(own: Beneficiary, unit: str) -> frozenset[Beneficiary]:
    """The groups that such persons may belong to besides."""
    if own in ("specialists", "volunteers"):
        return frozenset({"veterans_families", "volunteers"})
    if own in ("parents", "families", "children"):
        return frozenset({"veterans_families", "elderly"} if unit in _MAY_BE_OLD else {"veterans_families"})
    return frozenset(ORDER)


_SQUAD = Screened(  # whose members call themselves «бойцы»
    r"студенческ[а-яё]+[ \u00a0](?:[а-яё]+[ \u00a0])?отряд|студотряд|стройотряд"
)
_WITH_CHILDREN: frozenset[Beneficiary] = frozenset({"children", "families"})
_RELATIVES = frozenset("родственник родственница близкий родной".split())
_SPOUSES = frozenset({"вдова", "супруга"})
_RENAMED = frozenset({"children", "youth"})
_THEIR_KIN = Screened(
    r"(?<![а-яё])(?:их|этих|тех[ \u00a0]же)[ \u00a0](?:сем|родн|родств|близк|дет|ж[её]н|матер|родит)"
)
_OF_ANY_AGE = frozenset("сирота курсант воспитанник ученик девушка юноша парень".split())
_MAY_BE_OLD = frozenset("семья пара".split())
_TERRITORIES = frozenset(  # are reached, receive nothing
    "район муниципалитет округ город село посёлок территория регион улус образование деревня область "
    "республика хутор станица стойбище наслег".split()
)


_WITH_WHOM = Screened(  # «62 человека после встречи с нашим соцработником»
    r"(?<![а-яё])(?:с|со|у|от|к|ко|после|благодаря)[ \u00a0](?:[а-яё]+[ \u00a0]){0,3}"
    r"(?:специалист|соцработник|сотрудник|психолог|врач|юрист|педагог|логопед|куратор)(?:ом|ами|а|ов|у|ам|ем|ей|ями)"
    r"(?![а-яё])"
)


def _for_whom(spot: Spot, unit: str, described: str) -> Beneficiary | None:
    """Units of a service («работают восемь центров для подростков») are of those whom they serve;
    organisations are a group themselves, and so are such units where they take part or receive.
    """
    if unit not in _SERVICES or _PARTAKES.search(spot.clause_text) or _OUT_OF.search(spot.left_text):
        return "institutions"
    return next(iter(served(described)), None)


_SERVICES = frozenset(
    "центр отделение интернат дом-интернат приют пансионат пансион стационар хоспис фап амбулатория "
    "учреждение".split()
)
_PARTAKES = Screened(
    r"(?<![а-яё])(?:участ|получ|присоедин|поступ|переда|подар|побывал|приехал|оснащ|оснаст|вруч|победи|поддерж"
    r"|оцен|охват|охвач|провер|провед|прош)[а-яё]*"
)
_OUT_OF = Screened(r"(?<![а-яё])(?:из|в|во|для|между|с|от|среди|к|по)[ \u00a0](?:[а-яё]+[ \u00a0])?$")


_OF_THE_OPERATION = re.compile(r"(?<![а-яё])сво(?![а-яё])|специальн\w+ военн\w+ операц|боевых действий")


def _paragraph(spot: Spot) -> str:
    return spot.scene.text[spot.block.start : spot.block.end].lower()


def _second_part(spot: Spot, counted: Counted | None) -> Beneficiary | None:
    """«вожатых-добровольцев»: the group of an apposition's second noun."""
    word = spot.scene.text[counted.start : counted.end] if counted is not None else ""
    tail = word.rpartition("-")[2] if "-" in word else ""
    return group_of_unit(forms(tail)[0].lemma) if tail else None
