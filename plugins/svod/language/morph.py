"""Word forms: pymorphy3 behind a cache, one small `Form` per reading; cases under pymorphy's names."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Any, NamedTuple

import pymorphy3


class Form(NamedTuple):
    """One reading of a word. `grammemes` as in OpenCorpora: NOUN, ADJF, NUMR, gent, plur, anim, past, …"""

    lemma: str
    pos: str
    grammemes: frozenset[str]
    score: float
    known: bool


@cache
def analyzer() -> Any:
    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=200_000)
def forms(word: str) -> tuple[Form, ...]:
    """All readings of a word in any letter case, likeliest first. Empty only for the empty string."""
    found = tuple(
        Form(p.normal_form, *_said_by(p.tag), float(p.score), p.is_known)
        for p in analyzer().parse(_named(word.lower()[:64]))
    )
    if found and found[0].pos == "ADVB" and len(found) > 1:  # «открыто 17 пунктов»: as likely a participle
        return tuple(sorted(found, key=lambda f: (-f.score, f.pos != "PRTS")))
    return found


@cache
def _said_by(tag: Any) -> tuple[str, frozenset[str]]:
    """Part of speech and grammemes of a tag; there are a few thousand tags for all words."""
    return str(tag.POS or ""), frozenset(tag.grammemes)


def _named(word: str) -> str:
    """The word with letters that Unicode gives no name (Tangut) as «?»: the analyzer asks for names."""
    if word.isascii() or all(unicodedata.name(c, "") for c in word):
        return word
    return "".join(c if unicodedata.name(c, "") else "?" for c in word)


@lru_cache(maxsize=50_000)
def inflect(word: str, reading: Form, grammemes: frozenset[str]) -> str | None:
    """The word in another form, starting from this reading; None if it has no such form."""
    for p in analyzer().parse(_named(word.lower()[:64])):
        if p.normal_form == reading.lemma and frozenset(p.tag.grammemes) == reading.grammemes:
            form = p.inflect(set(grammemes))
            return str(form.word) if form else None
    return None
