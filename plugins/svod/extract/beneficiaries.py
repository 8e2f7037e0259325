"""Whom a figure concerns: the group of the counted persons, else the group that receives the counted
things.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from svod.extract.audience import ORDER, Around, group_of_ages, groups_in
from svod.extract.context import Spot, is_predicate
from svod.extract.counted import Counted
from svod.extract.lexicon import load
from svod.extract.numbers import is_number_word
from svod.extract.screened import Screened, match
from svod.language.document import Token
from svod.language.morph import forms
from svod.models import Beneficiary

_BEFORE_NEXT = frozenset("и , около более свыше почти порядка больше примерно ещё".split())
_ANYONE = frozenset(  # whoever they are is told elsewhere
    "участник участница человек гость посетитель посетительница слушатель слушательница выпускник "
    "выпускница получатель клиент клиентка подопечный читатель лицо обслуженный трудоустроенный обученный "
    "отчисленный финалист конкурсант кандидат рассказчик рассказчица новичок новенький заявитель "
    "обратившийся опрошенный респондент сопровождаемый благополучатель нуждающийся проживающий постоялец "
    "новосёл прибывший танцор артист певец спортсмен стипендиат экскурсант отдыхающий обучающийся".split()
)
_WOMEN = frozenset({"женщина"})  # parents only where children or mothers are spoken of
_COUPLE = Screened(r"семейн|супружеск|при[её]мн|влюбл|молод[а-яё]+ пар|пожил|пришедш|обратившихся")
_LEARNERS = frozenset({"студент", "студентка"})  # of any age, where the service has an age of its own
_PERSONS = frozenset(ORDER) - {"institutions"}


@cache
def _units() -> dict[str, Beneficiary]:
    table: dict[str, Beneficiary] = {}
    for group in reversed(ORDER):
        table.update(dict.fromkeys(load("groups")[group]["units"], group))
    return table


def group_of_unit(unit: str) -> Beneficiary | None:
    """The group that a counted noun names by itself; "general" for people of any kind, None for things."""
    found = _units().get(unit)
    return found or ("general" if found is None and _names_people(unit) else None)


@cache
def _names_people(unit: str) -> bool:
    """«сахалинец», «погорелец», «эвакуированный»: an animate noun that is no animal, a participle."""
    if " " in unit or unit.endswith(_NO_PEOPLE):
        return False
    if forms(unit)[0].pos == "PRTF":
        return forms(unit)[0].lemma == unit
    nouns = [f for f in forms(unit) if f.pos == "NOUN" and f.lemma == unit]
    if not any("anim" in f.grammemes for f in nouns) or unit in _animals():
        return False
    return unit.endswith(_DWELLERS) or not nouns[0].grammemes & {"Name", "Surn", "Patr", "Geox", "inan"}


@cache
def _animals() -> frozenset[str]:
    return frozenset(load("groups")["things"])


_DWELLERS = ("анин", "янин", "ец", "чик", "щик", "тель")
_NO_PEOPLE = ("датчик", "счётчик", "ящик", "учебник", "справочник", "подгузник")


def is_person(unit: str) -> bool:
    return group_of_unit(unit) in _PERSONS


def of_the_whole(own: Beneficiary | None, unit: str, whole: Beneficiary | None) -> Beneficiary | None:
    """The group of a part of other persons: «63 семьи бойцов, в том числе 40 детей» are kin of theirs,
    and people of whom nothing is said are what the whole is.
    """
    if whole is None or not is_person(unit) or whole not in _PERSONS:
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
    if unit == "пара" and _COUPLE.search(_description(spot, counted).lower()) is None:
        own = None
    if own is None:
        return receiver(spot, counted)
    if unit == "ветеран" and _OF_THE_OPERATION.search(_paragraph(spot)):
        return "veterans_families"
    described = _description(spot, counted, own).lower()
    aged = group_of_ages(described)
    if aged is not None and (own == "general" or unit in _OF_ANY_AGE):
        return aged
    named = groups_in(_first_named(described, own))
    if counted is not None and counted.source in ("antecedent", "left"):
        named += groups_in(_predicated(spot))
    if own == "institutions":
        return _for_whom(spot, unit, described)
    if own == "general" and "institutions" in groups_in(_predicated(spot)[:40]):
        return "institutions"  # «57 – некоммерческие организации области»
    if own == "general" and _AT_WORK.search(spot.left_text) and "specialists" in groups_in(spot.left_text):
        return "specialists"  # «работают психологи и юристы – всего 16 человек»
    ruling = around.report.group if around is not None else None
    if unit in _WOMEN and not _WITH_CHILDREN & {
        *groups_in(spot.sentence_text),
        *scope,
        *(around.report.opening if around is not None else ()),
    }:
        own = "general"
    if spot.left and spot.left[0].text.lower() == "у":  # «у четверти зрителей есть инвалидность»
        named += groups_in(spot.right_text[:60])
    if spot.number.form in ("every", "share"):  # «каждый пятый сотрудник – волонтёр»
        named += groups_in(_predicated(spot))
    if own == "general" and _CLUB_OF_VOLUNTEERS.search(spot.left_text):
        named.append("volunteers")
    if own in ("children", "youth", "general") and _HELPING.search(spot.left_text):
        return "volunteers"
    candidates = [own, *named]
    if own in ("specialists", "volunteers"):
        candidates = [own, *(g for g in named if g in ("veterans_families", "volunteers"))]
    if own in ("parents", "families", "children"):
        kin = ("veterans_families", "elderly") if unit in _MAY_BE_OLD else ("veterans_families",)
        candidates = [own, *(g for g in named if g in kin)]
    if own == "general":
        named = [g for g in named if g != "institutions"]
        candidates = named or [own]
    if own not in ("specialists", "volunteers") and "veterans_families" in (*scope, ruling):
        candidates.append("veterans_families")
    if unit in _SPOUSES and "veterans_families" in groups_in(spot.sentence_text):
        return "veterans_families"
    if own == "general" and candidates == ["general"]:
        candidates = groups_in(_heading(spot)) or candidates
    if unit in _LEARNERS and "elderly" in scope:
        return "elderly"
    if own == "general" and candidates == ["general"] and unit in _ANYONE:
        candidates = _served(spot.clause_text) or [g for g in scope if g in _PERSONS][:1] or candidates
    if candidates == ["general"] and unit in _ANYONE and around is not None:
        candidates = [around.group or "general"]
    return min(candidates, key=ORDER.index)


_SPOUSES = frozenset("жена муж вдова супруга женщина".split())
_OF_ANY_AGE = frozenset("сирота воспитанник ученик спортсмен девушка юноша парень".split())
_MAY_BE_OLD = frozenset("семья пара".split())
_WITH_CHILDREN: frozenset[Beneficiary] = frozenset({"children", "parents", "families"})
_HELPING = Screened(  # «Помогают наставники: семеро старшеклассников»
    r"(?<![а-яё])(?:помога|наставник|волонт[её]р|доброволь)[а-яё]*[^«»:.;]{0,40}:"
    r"[ \u00a0](?:[а-яё]+[ \u00a0])?$"
)


def _served(text: str) -> list[Beneficiary]:
    """Persons that the words after «для» name."""
    found = [g for m in _FOR_WHOM.finditer(text) for g in groups_in(f"для {_up_to_preposition(m.group(1))}")]
    return [g for g in found if g in _PERSONS - {"specialists"}][:1]


def _for_whom(spot: Spot, unit: str, described: str) -> Beneficiary | None:
    """Units of a service («работают восемь центров для подростков») are of those whom they serve;
    organisations are a group themselves, and so are such units where they take part or receive.
    """
    if unit not in _SERVICES or _PARTAKES.search(spot.clause_text) or _OUT_OF.search(spot.left_text):
        return "institutions"
    return next(iter(_served(described)), None)


_SERVICES = frozenset("центр отделение интернат приют пансионат фап амбулатория учреждение".split())
_PARTAKES = Screened(
    r"(?<![а-яё])(?:участ|получ|присоедин|поступ|переда|подар|побывал|приехал|оснащ|оснаст|вруч|победи|поддерж"
    r"|оцен|охват|охвач|провер|провед|прош)[а-яё]*"
)
_OUT_OF = Screened(r"(?<![а-яё])(?:из|в|во|для|между|с|от|среди|к|по)[ \u00a0](?:[а-яё]+[ \u00a0])?$")


_OF_THE_OPERATION = re.compile(r"(?<![а-яё])сво(?![а-яё])|специальн\w+ военн\w+ операц|боевых действий")


def _paragraph(spot: Spot) -> str:
    return spot.scene.text[spot.block.start : spot.block.end].lower()


_CLUB_OF_VOLUNTEERS = Screened(  # «В отряде добровольцев «Искра» сегодня 60 участников»
    r"(?<![а-яё])в[ \u00a0](?:клубе|отряде|штабе|корпусе|движении|объединении|центре)[ \u00a0]"
    r"(?:[а-яё]+[ \u00a0])?(?:волонт[её]р|доброволь)[а-яё]+[^.;\d]*$"
)
_AT_WORK = Screened(
    r"(?<![а-яё])(?:работа[ею]т|труд(?:ит|ят)ся|в[ \u00a0]штате|в[ \u00a0]команде)[ \u00a0][^.;\d]*$"
)


def _second_part(spot: Spot, counted: Counted | None) -> Beneficiary | None:
    """«вожатых-добровольцев»: the group of an apposition's second noun."""
    word = spot.scene.text[counted.start : counted.end] if counted is not None else ""
    tail = word.rpartition("-")[2] if "-" in word else ""
    return group_of_unit(forms(tail)[0].lemma) if tail else None


def _first_named(described: str, own: Beneficiary) -> str:
    """«граждан пожилого возраста и инвалидов»: of two coordinated groups the first named counts."""
    first, coordinated, _ = described.partition(" и ")
    return first if coordinated and own == "general" and groups_in(first) else described


def _coordinates(tokens: Sequence[Token], i: int, stop: int) -> bool:
    """«ветеранов и детей войны»: a second group begins, and the first named counts."""
    return i < stop and tokens[i].has("NOUN", "plur") and tokens[i].forms[0].pos == "NOUN"


def _description(spot: Spot, counted: Counted | None, own: Beneficiary | None = None) -> str:
    """The words that describe the counted persons: modifiers before the noun and what follows it up to a
    verb.
    """
    if counted is None:
        return ""
    scene = spot.scene
    head = scene.doc.token_index(counted.start)
    sentence = scene.sentence(head)
    first = head
    limit = spot.last if head >= spot.last else sentence.first
    while first > limit and first > head - 5 and _adjectival(scene.tokens[first - 1]):
        first -= 1
    last, relative = head + 1, False
    while last < sentence.last and last < head + 14:
        token = scene.tokens[last]
        if (
            token.text == "и"
            and own is not None
            and own != "general"
            and _coordinates(scene.tokens, last + 1, sentence.last)
        ):
            break
        if (is_predicate(token) and not relative) or token.text in (";", ":", ".", "—", "–", "("):
            break
        number = token.text[:1].isdigit() or is_number_word(token.text)
        if number and scene.tokens[last - 1].lemma in _BEFORE_NEXT:
            break
        if token.text == "," and not _goes_on(scene.tokens, last + 1, sentence.last):
            break
        if token.text == ",":
            relative = True
        last += 1
    return scene.text[scene.tokens[first].start : scene.tokens[last - 1].stop]


def _adjectival(token: Token) -> bool:
    return bool(token.forms) and (token.forms[0].pos in ("ADJF", "PRTF") or token.text in '«»"')


def _goes_on(tokens: Sequence[Token], i: int, stop: int) -> bool:
    """After a comma: a participle or «из них», «в том числе» goes on describing the same persons."""
    if i >= stop:
        return False
    token = tokens[i]
    return bool(token.forms) and (
        token.forms[0].pos == "PRTF" or token.lemma == "который" or token.text == "это"
    )


def _predicated(spot: Spot) -> str:
    """«две трети из них — люди старше 60»: what the elided persons are said to be."""
    found = match(r"[^.;,\d]{0,20}[—–-][ \u00a0]([^.;]{3,60})", spot.right_text) or match(
        r"[ \u00a0%,—–-]{0,5}((?:старше|младше|это)[ \u00a0][^.;]{3,40})", spot.right_text
    )
    return re.split(r",[ \u00a0]\d", found.group(1))[0] if found else ""


def said_of(spot: Spot) -> list[Beneficiary]:
    """Groups that an elided figure's persons are said to belong to («24 — из семей участников СВО»)."""
    return groups_in(_predicated(spot))


def _heading(spot: Spot) -> str:
    """«Охват граждан 65+: план 900 человек»: the words before the colon."""
    before, colon, _ = spot.left_text.rpartition(":")
    return before[-80:] if colon else ""


_FOR_WHOM = re.compile(r"(?<![а-яё])(?:для|среди)[ \u00a0]+((?:[^\s,.;:()]+[ \u00a0]?){1,6})")
_FOR = re.compile(r"(?<![а-яё])(?:для|среди|у|от)[ \u00a0]+((?:[^\s,.;:()]+[ \u00a0]?){1,6})")


def receiver(spot: Spot, counted: Counted | None) -> Beneficiary | None:
    """For counted things: the group that the sentence names as receiving them, in the dative or after
    «для».
    """
    found: list[Beneficiary] = []
    head = counted.end if counted else spot.number.end
    for m in _FOR.finditer(spot.clause_text):
        found += groups_in(f"для {_up_to_preposition(m.group(1))}")
    at = spot.number.start - spot.scene.tokens[spot.sentence.first].start
    for m in _FOR_WHOM.finditer(spot.sentence_text):
        counted_there = m.group(1)[:1].isdigit() and not m.start() <= at < m.end()
        if not counted_there:  # «провели 86 уроков для 230 школьников, посадили 600 сосен»
            found += groups_in(f"для {_up_to_preposition(m.group(1))}")
    words = spot.scene.words(spot.clause)
    for i, token in enumerate(words):
        group = _dative_group(token)
        if group and not _after_preposition(words, i):
            found.append(group)
            found += groups_in(" ".join(t.text for t in words[max(0, i - 2) : i + 7]))
    found += _genitive_owner(spot, head) or _visited(spot, head)
    if not found and _is_handed_over(spot):
        found.append("institutions")
    found = [g for g in found if g != "general"] or found
    return min(found, key=ORDER.index) if found else None


_TRANSFER = frozenset("передать подарить вручить получить закупить приобрести доставить отправить".split())


def _is_handed_over(spot: Spot) -> bool:
    """«Городской больнице переданы 12 аппаратов», «детский дом получил 14 компьютеров»."""
    verbs = {t.forms[0].lemma for t in spot.predicates}
    if not verbs & _TRANSFER:
        return False
    case = "nomn" if "получить" in verbs else "datv"
    words = [t for t in spot.scene.words(spot.clause) if t.start < spot.number.start and t.forms]
    return any(
        t.forms[0].pos == "NOUN" and t.has("NOUN", case, "sing") and group_of_unit(t.lemma) == "institutions"
        for t in words
    )


def _up_to_preposition(text: str) -> str:
    return re.split(r"[ \u00a0](?:в|на|из|к|о|об|по|с|при)[ \u00a0]", text)[0]


def _dative_group(token: Token) -> Beneficiary | None:
    for form in token.forms[:3]:
        if (
            form.pos in ("NOUN", "ADJF")
            and "datv" in form.grammemes
            and "plur" in form.grammemes
            and form.score > 0.2
        ):
            return group_of_unit(form.lemma) or next(iter(groups_in(token.text)), None)
    return None


def _after_preposition(words: Sequence[Token], i: int) -> bool:
    for k in range(i - 1, max(-1, i - 4), -1):
        pos = words[k].forms[0].pos if words[k].forms else ""
        if pos == "PREP":
            return True
        if pos not in ("ADJF", "PRTF"):
            return False
    return False


_TOWARDS = Screened(r"[ \u00a0](?:к|ко|с|со|над)[ \u00a0]((?:[^\s,.;:()]+[ \u00a0]?){1,5})")


def _visited(spot: Spot, head: int) -> list[Beneficiary]:
    """«58 выездов к пожилым людям», «40 занятий с подростками»: whom the counted acts are turned to."""
    met = _TOWARDS.match(spot.scene.text[head : head + 60])
    if met is None:
        return []
    own = _up_to_preposition(re.sub(r"^\d[\d ]*", "", met.group(1)))
    return [g for g in groups_in(own) if g in _PERSONS - {"specialists", "volunteers"}]


def _genitive_owner(spot: Spot, head: int) -> list[Beneficiary]:
    """«двести поручений одиноких стариков», «обращений семей»: the genitive right after the counted noun."""
    tokens = spot.scene.doc.tokens_in(head, head + 60)
    for k, token in enumerate(tokens[:4]):
        if _adjectival(token) and k < 3:
            continue
        if k == 0 and token.has("NOUN", "ablt", "plur"):  # «посещений людьми с инвалидностью»
            rest = spot.scene.text[token.start : min(token.start + 50, max(spot.number.start, token.stop))]
            visitors: list[Beneficiary] = [g for g in groups_in(rest) if g in _PERSONS - {"specialists"}]
            return visitors[:1]
        if token.text[:1].isalpha() and token.has("NOUN", "gent", "plur"):
            group = group_of_unit(token.forms[0].lemma)
            if group == "general":
                described = groups_in(spot.scene.text[tokens[0].start : token.stop + 24])
                return [g for g in described if g in _PERSONS - {"specialists", "volunteers"}][:1]
            return [group] if group in _PERSONS else []
        break
    return []


def served_by(label: str) -> list[Beneficiary]:
    """«перевозок маломобильных граждан», «из них от детей и подростков, %»: whom a row's label says to be
    served: after «от» or «для», or in the genitive behind the counted things.
    """
    low = label.lower()
    marked = re.split(r"(?<![а-яё])(?:от|для)\s", low, maxsplit=1)
    if len(marked) > 1:
        return groups_in(marked[1])
    return [g for g in groups_in(re.split(r"[,(]", low)[0]) if g in _PERSONS - {"specialists", "volunteers"}]


_GAINS = Screened(r"(?<![а-яё])(?:получ(?:ат|ит|или|ил|ают)|заработа|объ[её]м поддержки|поддержано)")


def money_receiver(spot: Spot) -> Beneficiary | None:
    """«НКО региона получат 41,3 млн рублей», «пожилым людям доставлено … на 1,2 млн»: whose the sum is."""
    words = spot.scene.words(spot.clause)
    for i, token in enumerate(words):
        if token.start < spot.number.start and not _after_preposition(words, i):
            group = _dative_group(token)
            if group in _PERSONS and group != "general":
                return group
    if not _GAINS.search(spot.sentence_text):
        return None
    groups = groups_in(spot.clause_text)
    first = next((g for g in groups if g in ("institutions", "families")), None)
    earners = [t for t in words if t.start < spot.number.start and t.has("NOUN", "nomn", "plur")]
    own = next((g for t in earners if (g := group_of_unit(t.lemma)) in _PERSONS - {"general"}), None)
    return first or own
