"""Words that introduce a project's name, and the kind they make it: «проект», «клуб», «конкурс».

Reads the lexicon of projects; where such a word stands is looked at elsewhere.
"""

from __future__ import annotations

from functools import cache
from typing import cast

from svod.extract.layout.prose import Prose
from svod.extract.lexicon import load
from svod.extract.partners.org_words import org_type
from svod.language.by_word import by_word
from svod.language.document import Token
from svod.models import ProjectKind


@cache
def kind_words() -> dict[str, ProjectKind]:
    """Lemma → kind."""
    found: dict[str, ProjectKind] = {}
    for kind, rows in load("projects")["kinds"].items():
        for word in _flat(rows):
            found.setdefault(word.replace("ё", "е"), cast(ProjectKind, kind))
    return found


@cache
def other_words() -> frozenset[str]:
    return frozenset(w.replace("ё", "е") for w in _flat(load("projects")["not_kinds"]))


def is_other(token: Token) -> bool:
    """Its noun is no project's in the likeliest readings: «парке» is as much of «парк» as of «парка»."""
    top = max((f.score for f in token.forms), default=0.0)
    likely = (f.lemma.replace("ё", "е") for f in token.forms if f.pos == "NOUN" and f.score == top)
    return lemma(token) in other_words() or any(name in other_words() for name in likely)


@cache
def companions() -> frozenset[str]:
    """Nouns that have a project's name in the genitive after them: участник, победитель, рамка, итог."""
    return frozenset(w.replace("ё", "е") for w in load("projects")["companions"])


def _flat(rows: list[str] | list[list[str]]) -> list[str]:
    return [w for row in rows for w in (row if isinstance(row, list) else [row])]


@by_word
def lemma(token: Token) -> str:
    """The lemma of the likeliest reading as a noun, else the likeliest at all; ё as е."""
    forms = token.forms
    noun = next((f for f in forms if f.pos == "NOUN"), None)
    best = (
        noun if noun is not None and (not forms or forms[0].pos != "VERB") else (forms[0] if forms else None)
    )
    return (best.lemma if best else token.text.casefold()).replace("ё", "е")


@by_word
def kind_of(token: Token) -> ProjectKind | None:
    """The kind that a word makes of the name after it."""
    kinds = kind_words()
    lemmas = [f.lemma.replace("ё", "е") for f in token.forms if f.pos == "NOUN"]
    parts = [part for name in lemmas if "-" in name for part in name.split("-")]  # «семинар-тренинг»
    if any(org_type(name) is not None for name in lemmas if "-" in name):
        return None
    return next((kinds[name] for name in [*lemmas, *parts] if name in kinds), None)


def turned_kind(prose: Prose, at: int, kind: ProjectKind) -> tuple[ProjectKind, int]:
    """The kind after the adjectives before the word have had their say, and the index of the first of
    them."""
    word = lemma(prose.words[at])
    first = at
    while (
        first > 0
        and first > at - 4
        and prose.words[first - 1].has("ADJF")
        and beside(prose, first - 1, first)
    ):
        first -= 1
        turned = load("projects")["turned"].get(prose.words[first].lemma, {}).get(word)
        if turned is not None:
            kind = turned
    return kind, first


def beside(prose: Prose, a: int, b: int) -> bool:
    return (
        prose.words[b].start - prose.words[a].stop <= 2
        or "|" in prose.text[prose.words[a].stop : prose.words[b].start]
    )
