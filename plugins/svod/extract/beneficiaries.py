"""Whom a figure concerns: the group of the counted persons, else the group that receives the counted
things.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from svod.extract.context import Spot, is_predicate
from svod.extract.counted import Counted
from svod.extract.lexicon import load
from svod.extract.numbers import is_number_word
from svod.extract.screened import Screened, match
from svod.language.document import Token
from svod.language.morph import forms
from svod.models import Beneficiary

ORDER: tuple[Beneficiary, ...] = (
    "veterans_families",
    "volunteers",
    "children",
    "disabled",
    "elderly",
    "youth",
    "parents",
    "families",
    "specialists",
    "institutions",
    "general",
)
_BEFORE_NEXT = frozenset("и , около более свыше почти порядка больше примерно ещё".split())
_ANYONE = frozenset(
    "участник участница человек гость посетитель посетительница слушатель слушательница выпускник выпускница "
    "получатель клиент подопечный читатель".split()
)
_LEARNERS = frozenset({"студент", "студентка"})  # of any age, where the service has an age of its own
_PERSONS = frozenset(ORDER) - {"institutions"}


@cache
def _units() -> dict[str, Beneficiary]:
    table: dict[str, Beneficiary] = {}
    for group in reversed(ORDER):
        table.update(dict.fromkeys(load("groups")[group]["units"], group))
    return table


@cache
def _phrases() -> tuple[tuple[Beneficiary, Screened], ...]:
    groups = load("groups")
    return tuple((g, Screened("|".join(groups[g]["phrases"]))) for g in ORDER if groups[g].get("phrases"))


def group_of_unit(unit: str) -> Beneficiary | None:
    """The group that a counted noun names by itself; "general" for people of any kind, None for things."""
    found = _units().get(unit)
    return found or ("general" if found is None and _names_people(unit) else None)


_PEOPLE = (
    "истка",
    "антка",
    "ентка",
    "янка",
    "чанка",
    "анин",
    "янин",
    "чанин",
    "итянин",
    "ист",
    "тель",
    "ник",
    "чик",
    "щик",
    "ец",
    "ант",
    "ент",
    "ица",
)


@cache
def _names_people(unit: str) -> bool:
    """«сахалинец», «островитянин», «активист»: an animate noun made as names of people are."""
    if not unit.endswith(_PEOPLE) or " " in unit:
        return False
    top = next((f for f in forms(unit) if f.pos == "NOUN"), None)
    return top is not None and "anim" in top.grammemes and top.lemma == unit


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


def groups_in(text: str) -> list[Beneficiary]:
    """The groups that a phrase names, in order of precedence."""
    low = text.lower()
    return [g for g, pattern in _phrases() if pattern.search(low)]


def beneficiary_of(
    spot: Spot, counted: Counted | None, unit: str, scope: Sequence[Beneficiary] = ()
) -> Beneficiary | None:
    """The beneficiary of a figure that counts `unit`. `scope`: groups that the project or list head is
    for.
    """
    own = group_of_unit(unit) or _second_part(spot, counted)
    if (
        unit == "пара"
        and counted is not None
        and (_of_things(spot, counted) or _THEIRS.match(spot.left_text) or _GIVEN.search(spot.clause_text))
    ):
        own = None
    if own is None:
        return receiver(spot, counted)
    if unit == "ветеран" and _OF_THE_OPERATION.search(_paragraph(spot)):
        return "veterans_families"
    named = groups_in(_first_named(_description(spot, counted, own), own))
    if counted is not None and counted.source in ("antecedent", "left"):
        named += groups_in(_predicated(spot))
    if own == "general" and "institutions" in groups_in(_predicated(spot)[:40]):
        return "institutions"  # «57 – некоммерческие организации области»
    if own == "general" and _AT_WORK.search(spot.left_text) and "specialists" in groups_in(spot.left_text):
        return "specialists"  # «работают психологи и юристы – всего 16 человек»
    if own == "institutions":
        return own
    if spot.left and spot.left[0].text.lower() == "у":  # «у четверти зрителей есть инвалидность»
        named += groups_in(spot.right_text[:60])
    if spot.number.form in ("every", "share"):  # «каждый пятый сотрудник – волонтёр»
        named += groups_in(_predicated(spot))
    if own == "general" and _CLUB_OF_VOLUNTEERS.search(spot.left_text):
        named.append("volunteers")
    candidates = [own, *named]
    if own in ("specialists", "volunteers"):
        candidates = [own, *(g for g in named if g in ("veterans_families", "volunteers"))]
    if own in ("parents", "families", "children"):
        candidates = [own, *(g for g in named if g == "veterans_families")]
    if own == "general":
        named = [g for g in named if g != "institutions"]
        candidates = named or [own]
    if own not in ("specialists", "volunteers") and "veterans_families" in scope:
        candidates.append("veterans_families")
    if own == "general" and candidates == ["general"]:
        candidates = groups_in(_heading(spot)) or candidates
    if unit in _LEARNERS and "elderly" in scope:
        return "elderly"
    if own == "general" and candidates == ["general"] and scope and unit in _ANYONE:
        candidates = [g for g in scope if g in _PERSONS] or candidates
    return min(candidates, key=ORDER.index)


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
_GIVEN = Screened(
    r"(?<![а-яё])(?:связа|сши|куп|закуп|изготов|отправ|переда|выда|собра|привез|вруч)[а-яё]*[ \u00a0]"
)


def _of_things(spot: Spot, counted: Counted) -> bool:
    """«4 000 пар носков»: a pair of things, not a couple."""
    after = spot.scene.doc.tokens_in(counted.end, counted.end + 24)
    noun = after[0] if after else None
    if noun is None or not noun.has("NOUN", "gent") or noun.forms[0].pos != "NOUN":
        return False
    return "anim" not in noun.forms[0].grammemes


_THEIRS = re.compile(
    r"(?:их|носков|валенок|обуви|ботинок|сапог|лыж|коньков)(?![а-яё])"
)  # «Их собрали 41 пару»


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
        found += groups_in(_up_to_preposition(m.group(1)))
    at = spot.number.start - spot.scene.tokens[spot.sentence.first].start
    for m in _FOR_WHOM.finditer(spot.sentence_text):
        counted_there = m.group(1)[:1].isdigit() and not m.start() <= at < m.end()
        if not counted_there:  # «провели 86 уроков для 230 школьников, посадили 600 сосен»
            found += groups_in(_up_to_preposition(m.group(1)))
    words = spot.scene.words(spot.clause)
    for i, token in enumerate(words):
        group = _dative_group(token)
        if group and not _after_preposition(words, i):
            found.append(group)
            found += groups_in(" ".join(t.text for t in words[max(0, i - 2) : i + 7]))
    found += _genitive_owner(spot, head)
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
            return [group] if group in _PERSONS and group != "general" else []
        break
    return []
