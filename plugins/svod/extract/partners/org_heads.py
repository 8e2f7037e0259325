"""Is a word the head of an organisation's name, and of what type: a head noun, a legal form, a ministry,
a university or a firm in one word.

Knows the word and at most its neighbours; the phrase around it is read elsewhere.
"""

from __future__ import annotations

from functools import cache

from svod.extract.layout.prose import Prose
from svod.extract.lexicon import load
from svod.extract.partners.org_words import (
    conditional_heads,
    is_university,
    legal_type,
    names_ministry,
    org_type,
)
from svod.extract.publication.places import same_place
from svod.extract.words.declension import noun_forms
from svod.language.by_word import by_word
from svod.language.document import Token
from svod.language.morph import forms
from svod.models import PartnerType

MINISTERS = frozenset({"министр", "замминистра"})


@by_word
def head_type(word: Token) -> tuple[PartnerType | None, str]:
    text = word.text
    if not text[:1].isalpha():
        return None, ""
    form = legal_type(text)
    if form is not None:
        return form, text
    if names_ministry(text):
        return "authority", word.lemma
    if word.lemma in MINISTERS and text.islower() and word.has("NOUN", "sing"):
        return "authority", "министерство"
    if is_university(text):
        return "institution", text
    if is_firm(text):
        return "business", text
    for reading in word.forms:
        if reading.pos == "NOUN" and (kind := org_type(reading.lemma)) is not None:
            return kind, reading.lemma
    if "-" in text:  # «дома-интерната»: the dictionary has only its parts
        first = next((f.lemma for f in forms(text.split("-")[0]) if f.pos == "NOUN"), "")
        if (kind := org_type(first)) is not None and noun_forms(text.split("-")[-1]):
            return kind, first
    return None, ""


@cache
def _firms() -> frozenset[str]:
    return frozenset(b for b in load("organisations")["brands"] if len(b) > 3 and b[1:3].isupper())


def is_firm(word: str) -> bool:
    """«КАМАЗ», «РУСАЛ»: a firm known by its capitals alone."""
    return word in _firms()


def conditional(prose: Prose, at: int) -> tuple[PartnerType | None, str]:
    """A head that names an organisation only beside a certain word: «библиотечная система»."""
    lemma, beside = conditional_head(prose.words[at])
    if not beside:
        return None, ""
    for k in (at - 1,) if lemma == "образование" else (at - 1, at - 2, at + 1):
        if 0 <= k < len(prose.words):
            kind = next((t for stem, t in beside.items() if prose.words[k].lemma.startswith(stem)), None)
            if kind is not None:
                return kind, lemma
    return None, ""


def is_conditional_body(prose: Prose, at: int, name: str) -> bool:
    """«волейбольный клуб «X»», «Тульский университет «X»»: the adjective makes it an organisation."""
    if at == 0 or not prose.words[at - 1].has("ADJF"):
        return False
    stems = tuple(conditional_heads().get(name, ()))
    return prose.words[at - 1].lemma.startswith(stems) or (
        name == "университет" and same_place(prose.words[at - 1].text)
    )


@by_word
def conditional_head(word: Token) -> tuple[str, dict[str, PartnerType]]:
    """Its lemma as a noun, and the kinds that stems beside it make of it."""
    lemma = next((f.lemma for f in word.forms if f.pos == "NOUN"), "")
    return lemma, conditional_heads().get(lemma, {})
