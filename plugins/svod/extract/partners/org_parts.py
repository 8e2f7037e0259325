"""Is a phrase only a part of a body that bears the name: «отдел мониторинга АНО «X»», «столовая епархии»; or
one of many: «481 первичное отделение»."""

from __future__ import annotations

import re
from itertools import pairwise

from svod.extract.layout.prose import Prose
from svod.extract.partners.org_heads import conditional, head_type
from svod.extract.partners.org_phrases import OrgPhrase
from svod.extract.partners.org_words import is_ministry, legal_type
from svod.extract.words.declension import noun_forms
from svod.extract.words.noun_phrases import near, noun_lemma
from svod.language.document import Token

_HOUSED = frozenset(
    "общежитие клиника столовая пекарня типография мастерская прачечная спортзал бассейн".split()
)
_OFFICES = frozenset({"отдел", "сектор"})
PARTS = frozenset({"отдел", "сектор", "управление", "отделение"})


def is_part(prose: Prose, phrase: OrgPhrase, head: str) -> bool:
    """«отдел мониторинга АНО «X»», «управление выплат министерства»: the body that it belongs to is meant."""
    if head == "организация" and phrase.first and prose.words[phrase.first - 1].lemma in _OFFICES:
        return True  # «начальник отдела организации отдыха»: what it does
    if _of_another(prose, phrase, head):
        return True
    if head in _HOUSED and phrase.last > phrase.head + 1:
        inside = prose.words[phrase.head + 1 : phrase.last]  # «общежитие БГТУ», «столовая Вятской епархии»
        owner = next((k for k, w in enumerate(inside) if head_type(w)[0] is not None), None)
        return owner is not None and all(w.has("ADJF") or w.text == "и" for w in inside[:owner])
    if head not in PARTS or phrase.first != phrase.head:
        return False
    inner = prose.words[phrase.head + 1 : phrase.last]
    if any(
        prose.quote_at(b.start) is not None and _head_or_conditional(prose, phrase.head + 1 + k)
        for k, b in enumerate(inner[1:])
    ):
        return True  # «отделение иппотерапии конного клуба «Буян»»
    if head in _OFFICES and any(w.lemma == "центр" and w.has("NOUN", "gent", "sing") for w in inner[1:-1]):
        return True  # «отдел трудоустройства центра занятости населения»
    if any(head_type(b)[0] == "institution" and a.text[:1].isupper() for a, b in pairwise(inner)):
        return True  # «отделение по работе с семьёй Приозерского центра»
    if head == "управление" and inner[:1] and inner[0].lemma == "министерство":
        return all(w.text != "по" for w in inner)  # «управление Министерства юстиции по Тверской области»
    return any(
        w.lemma in {"министерство", "департамент"} or is_ministry(w.text) or _owns_parts(w) for w in inner
    )


_BRANCHES = frozenset({"отделение", "штаб", "ячейка", "первичка", "подразделение", "офис"})
_WHOLE = frozenset({"организация", "движение", "общество", "банк", "союз", "объединение", "ассоциация"})


def _of_another(prose: Prose, phrase: OrgPhrase, head: str) -> bool:
    """«реабилитационный центр АНО «X»», «местный штаб организации «Y»»: the body that bears the name is
    meant.
    """
    left = prose.words[phrase.first : phrase.head]
    inner = prose.words[phrase.head + 1 : phrase.last]
    if legal_type(prose.words[phrase.head].text) is not None or any(w.text[:1].isupper() for w in left):
        return False
    named = next((k for k, w in enumerate(inner) if prose.quote_at(w.start) is not None), 0)
    if named == 0:
        return False
    owner = inner[named - 1]
    if head in _BRANCHES:
        return owner.lemma in _WHOLE or _owns_parts(owner)
    owned = legal_type(owner.text) in {"business", "ngo"} or _owns_parts(owner)
    return owned and head != "филиал" and inner[0] is owner


def _head_or_conditional(prose: Prose, at: int) -> bool:
    return head_type(prose.words[at])[0] in {"institution", "ngo", "foundation"} or (
        conditional(prose, at)[0] is not None
    )


def _owns_parts(word: Token) -> bool:
    return legal_type(word.text) in {"ngo", "foundation", "business", "institution"} and len(word.text) > 2


_NUMBER = re.compile(r"^(?:\d*[02-9]|\d+1)$")  # but one
_LOCAL = frozenset({"отделение", "ячейка", "филиал", "штаб"})


def _counts(prose: Prose, phrase: OrgPhrase) -> bool:
    """A number from two to four right before it, and no number of a house or a school."""
    words, first = prose.words, phrase.first
    number = words[first - 1]
    if not (number.has("NUMR") or number.text in ("2", "3", "4")) or not near(prose, first - 1, first):
        return False
    return phrase.head == first and words[first].has("NOUN", "gent", "sing") and words[first - 2].text != "№"


def is_of_many(prose: Prose, phrase: OrgPhrase) -> bool:
    """«поехали в лагеря края», «пришли в центры»: what looks like a genitive is a plural."""
    before = prose.words[phrase.first - 1] if phrase.first else None
    if before is None or not prose.words[phrase.head].text.islower():
        return False
    branch = noun_lemma(prose.words[phrase.head]) in _LOCAL and near(prose, phrase.first - 1, phrase.first)
    if before.lemma in {"орган", "органы"} or (branch and _NUMBER.match(before.text)):
        return True  # «органы территориального самоуправления», «481 первичное отделение»
    if _counts(prose, phrase) or before.text.casefold() == "все":
        return True  # «четыре организации Марий Эл», «все подразделения АНО»
    if before.text.casefold() not in {"в", "во", "на", "через"}:
        return False
    readings = noun_forms(prose.words[phrase.head].text)
    if ("accs", "plur") not in {(c, n) for c, n, _ in readings}:
        return False
    return not any(n == "sing" and c in {"accs", "loct"} for c, n, _ in readings)
