"""Which group of people a counted noun names by itself: «школьник» → children, «сахалинец» → general.

Knows the lexicon of groups and the dictionary of the language; nothing of sentences.
"""

from __future__ import annotations

from functools import cache

from svod.extract.lexicon import load
from svod.extract.people.audience import ORDER
from svod.language.morph import forms
from svod.models import Beneficiary

PERSONS = frozenset(ORDER) - {"institutions"}


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
    if not any("anim" in f.grammemes for f in nouns) or in_things(unit):
        return False
    return unit.endswith(_DWELLERS) or not nouns[0].grammemes & {"Name", "Surn", "Patr", "Geox", "inan"}


@cache
def _things() -> frozenset[str]:
    return frozenset(load("groups")["things"])


def in_things(unit: str) -> bool:
    """An animal, a toy or another animate noun that is no person."""
    return unit in _things()


_DWELLERS = ("анин", "янин", "ец", "чик", "щик", "тель")
_NO_PEOPLE = ("датчик", "счётчик", "ящик", "учебник", "справочник", "подгузник")


def is_person(unit: str) -> bool:
    return group_of_unit(unit) in PERSONS
