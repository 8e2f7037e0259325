"""Whom a figure concerns: the group of the counted persons, else the group that receives the counted
things.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from svod.extract.figures.context import Spot
from svod.extract.figures.counted import Counted
from svod.extract.people.audience import ORDER, Around, group_of_ages, groups_in, renamed
from svod.extract.people.person_units import PERSONS, group_of_unit, is_person
from svod.extract.people.receivers import receiver, served
from svod.extract.people.told_of import apposed, description, first_named, heading, predicated
from svod.extract.words.screened import Screened
from svod.language.morph import forms
from svod.models import Beneficiary

_ANYONE = frozenset(  # whoever they are is told elsewhere
    "участник участница человек гость посетитель посетительница слушатель слушательница выпускник "
    "выпускница получатель клиент клиентка подопечный читатель лицо обслуженный трудоустроенный обученный "
    "занимающийся присутствующий опекаемый "
    "отчисленный финалист конкурсант кандидат рассказчик рассказчица новичок новенький заявитель "
    "обратившийся опрошенный респондент сопровождаемый благополучатель нуждающийся проживающий постоялец "
    "новосёл прибывший танцор артист певец спортсмен стипендиат экскурсант отдыхающий обучающийся".split()
)
_WOMEN = frozenset({"женщина"})  # parents only where children or mothers are spoken of
_COUPLE = Screened(r"семейн|супружеск|при[её]мн|влюбл|молод[а-яё]+ пар|пожил|пришедш|обратившихся")
_LEARNERS = frozenset({"студент", "студентка"})  # of any age, where the service has an age of its own


def of_the_whole(own: Beneficiary | None, unit: str, whole: Beneficiary | None) -> Beneficiary | None:
    """The group of a part of other persons: «63 семьи бойцов, в том числе 40 детей» are kin of theirs,
    and people of whom nothing is said are what the whole is.
    """
    if whole is None or not is_person(unit) or whole not in PERSONS:
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
    if unit == "ветеран" and _OF_THE_OPERATION.search(_paragraph(spot)):
        return "veterans_families"
    described = description(spot, counted, own).lower()
    aged = group_of_ages(described)
    if aged is not None and (own == "general" or unit in _OF_ANY_AGE):
        return aged
    own = (renamed(described) if own in _RENAMED else None) or own
    if _THEIR_KIN.search(described) and "veterans_families" in groups_in(spot.sentence_text):
        return "veterans_families"
    beside = apposed(spot, counted)
    if beside in ("veterans_families", "volunteers"):
        return beside
    if beside is not None and own == "general":
        own = beside
    if own == "general" and (helped := _WITH_WHOM.search(described)):
        described = described[: helped.start()] + described[helped.end() :]
    named = groups_in(first_named(described, own))
    if counted is not None and counted.source in ("antecedent", "left"):
        named += groups_in(predicated(spot))
    if own == "institutions":
        return _for_whom(spot, unit, described)
    if own == "general" and "institutions" in groups_in(predicated(spot)[:40]):
        return "institutions"  # «57 – некоммерческие организации области»
    if own == "general" and _AT_WORK.search(spot.left_text) and "specialists" in groups_in(spot.left_text):
        return "specialists"  # «работают психологи и юристы – всего 16 человек»
    ruling = around.report.group if around is not None else None
    if unit in _WOMEN and not _WITH_CHILDREN & {
        *groups_in(_AND_CHILDREN.sub(" ", spot.sentence_text)),
        *scope,
        *(around.report.opening if around is not None else ()),
    }:
        own = "general"
    if spot.left and spot.left[0].text.lower() == "у":  # «у четверти зрителей есть инвалидность»
        named += groups_in(spot.right_text[:60])
    if spot.number.form in ("every", "share"):  # «каждый пятый сотрудник – волонтёр»
        named += groups_in(predicated(spot))
    if unit in _NEWCOMERS and "volunteers" in groups_in(_paragraph(spot)[:_NEAR_NEWS]):
        return "volunteers"
    if own == "general" and _CLUB_OF_VOLUNTEERS.search(spot.left_text):
        named.append("volunteers")
    if own in ("children", "youth", "general", "specialists") and _VOLUNTEERING.search(spot.clause_text):
        return "volunteers"
    if own in ("children", "youth", "general") and (
        _HELPING.search(spot.left_text)
        or _AS_VOLUNTEERS.search(spot.left_text)
        or _BECAME_VOLUNTEERS.match(spot.right_text)
        or (_IN_SQUAD.search(spot.left_text) and around is not None and around.tells_of("volunteers"))
    ):
        return "volunteers"
    if own == "general" and unit == "человек" and _is_of_team(spot):
        return "volunteers" if "volunteers" in groups_in(spot.left_text) else "specialists"
    if own == "general" and _QUALIFIED.search(spot.clause_text):
        return "specialists"
    candidates = [own, *named]
    if own in ("specialists", "volunteers"):
        candidates = [own, *(g for g in named if g in ("veterans_families", "volunteers"))]
    if unit in _RELATIVES:
        candidates = [own, *(g for g in named if g == "veterans_families")]
        named = candidates[1:]
    if own in ("parents", "families", "children"):
        kin = ("veterans_families", "elderly") if unit in _MAY_BE_OLD else ("veterans_families",)
        candidates = [own, *(g for g in named if g in kin)]
    if own == "general":
        named = [g for g in named if g != "institutions"]
        candidates = named or [own]
    by_report = ruling is not None and (unit == "ветеран" or group_of_unit(unit) != "elderly")
    if own not in ("specialists", "volunteers") and "veterans_families" in (*scope, by_report and ruling):
        candidates.append("veterans_families")
    if unit in _SPOUSES and "veterans_families" in groups_in(spot.sentence_text):
        return "veterans_families"
    if own == "general" and candidates == ["general"]:
        candidates = groups_in(heading(spot)) or candidates
    if unit in _LEARNERS and "elderly" in scope:
        return "elderly"
    if own == "general" and candidates == ["general"] and unit in _ANYONE:
        candidates = served(spot.clause_text) or [g for g in scope if g in PERSONS][:1] or candidates
    if unit in _NOT_CHILDREN and own == "general":
        candidates = [g for g in candidates if g != "children"] or ["general"]
    if candidates == ["general"] and unit in _ANYONE and around is not None:
        ours = around.group
        if ours == "volunteers" and _done_to_them(spot):
            ours = None
        candidates = [ours or "general"]
    return min(candidates, key=ORDER.index)


def _done_to_them(spot: Spot) -> bool:
    """«177 человек найдены живыми» in a report of volunteers: those whom they serve, not they themselves."""
    done = [t.forms[0].lemma for t in spot.predicates if t.forms[0].pos == "PRTS"]
    return bool(done) and not _DONE_TO_HELPERS.intersection(done)


_DONE_TO_HELPERS = frozenset(
    "обучить подготовить зарегистрировать вовлечь задействовать занять привлечь объединить собрать наградить "
    "отметить включить".split()
)
_NEWCOMERS = frozenset("новичок новенький новенькая активист активистка".split())
_NEAR_NEWS = 300  # characters of a paragraph that tell whom it is about
_SPOUSES = frozenset("жена муж вдова супруга женщина".split())
_RENAMED = frozenset({"children", "youth", "general"})
_THEIR_KIN = Screened(
    r"(?<![а-яё])(?:их|этих|тех[ \u00a0]же)[ \u00a0](?:сем|родн|родств|близк|дет|ж[её]н|матер|родит)"
)
_OF_ANY_AGE = frozenset("сирота воспитанник ученик спортсмен девушка юноша парень".split())
_MAY_BE_OLD = frozenset("семья пара".split())
_AND_CHILDREN = re.compile(
    r"(?<![а-яё])(?:и|,)[ \u00a0](?:[а-яё\d]+[ \u00a0])?(?:дет(?:и|ей|ьми)|реб[её]н[а-яё]+)(?![а-яё])"
)  # not theirs
_TERRITORIES = frozenset(  # are reached, receive nothing
    "район муниципалитет округ город село посёлок территория регион улус образование деревня область "
    "республика хутор станица стойбище наслег".split()
)
_RELATIVES = frozenset("родственник родственница близкий родной".split())  # of whom says less than who
_NOT_CHILDREN = frozenset({"взрослый", "мужчина", "студент", "студентка"})
_WITH_CHILDREN: frozenset[Beneficiary] = frozenset({"children", "parents", "families"})
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
_TEAM = Screened(
    r"(?<![а-яё])(?<!спортивной )(?<!школьной )(?<!детской )(?<!сборной )"
    r"(?:команд[аеу]|штате?|коллективе?|персонале?|бригад[аеу])(?![а-яё])[^.;:!?\d]{0,60}$"
)
_BEING = frozenset("работать трудиться насчитывать состоять быть стать входить собраться вырасти".split())
_QUALIFIED = Screened(
    r"квалификаци|профпереподготовк|(?<![а-яё])професси[юи][ \u00a0][^.;]{0,20}(?:сидел|нян|помощник)"
)


def _is_of_team(spot: Spot) -> bool:
    """«в команде восемь человек», «команда небольшая, четырнадцать человек»; not those whom a team serves."""
    found = _TEAM.search(spot.left_text)
    if found is None or (spot.left and spot.left[0].has("PREP")):
        return False
    start = spot.number.start - len(spot.left_text) + found.start()
    between = [t for t in spot.predicates if start <= t.start < spot.number.start]
    return all(t.forms[0].lemma in _BEING or t.forms[0].pos == "ADJS" for t in between)


def _for_whom(spot: Spot, unit: str, described: str) -> Beneficiary | None:
    """Units of a service («работают восемь центров для подростков») are of those whom they serve;
    organisations are a group themselves, and so are such units where they take part or receive.
    """
    if unit not in _SERVICES or _PARTAKES.search(spot.clause_text) or _OUT_OF.search(spot.left_text):
        return "institutions"
    return next(iter(served(described)), None)


_WITH_WHOM = Screened(  # «62 человека после встречи с нашим соцработником»
    r"(?<![а-яё])(?:с|со|у|от|к|ко|после|благодаря)[ \u00a0](?:[а-яё]+[ \u00a0]){0,3}"
    r"(?:специалист|соцработник|сотрудник|психолог|врач|юрист|педагог|логопед|куратор)(?:ом|ами|а|ов|у|ам|ем|ей|ями)"
    r"(?![а-яё])"
)
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


_CLUB_OF_VOLUNTEERS = Screened(  # «В отряде добровольцев «Искра» сегодня 60 участников»
    r"(?<![а-яё])(?:в|на|через)[ \u00a0](?:клуб|отряд|штаб|корпус|движени|объединени|центр|школ|курс)[а-яё]*"
    r"[ \u00a0](?:[а-яё]+[ \u00a0])?(?:волонт[её]р|доброволь)[а-яё]+[^.;\d]*$"
)
_AT_WORK = Screened(
    r"(?<![а-яё])(?:работа[ею]т|труд(?:ит|ят)ся|в[ \u00a0]штате|в[ \u00a0]команде)[ \u00a0][^.;\d]*$"
)


def _second_part(spot: Spot, counted: Counted | None) -> Beneficiary | None:
    """«вожатых-добровольцев»: the group of an apposition's second noun."""
    word = spot.scene.text[counted.start : counted.end] if counted is not None else ""
    tail = word.rpartition("-")[2] if "-" in word else ""
    return group_of_unit(forms(tail)[0].lemma) if tail else None
