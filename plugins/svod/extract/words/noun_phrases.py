"""Noun phrases in a text: which words stand together, and in which case a noun ends a phrase.

Knows grammar only; organisations and projects are built of these phrases elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from svod.extract.layout.prose import Prose
from svod.extract.lexicon import load
from svod.extract.words.declension import adjective_forms, noun_forms, phrase_reading
from svod.language.document import Token

_SPACE = re.compile(r"\s+")


_LINK_MARK = re.compile(r"\[(?:club|public|event|id)-?\d+\||\]")


MAX_SPACES = 4
ORDINAL = re.compile(r"^\d{1,3}-?[а-яё]{1,3}$")


def grown(prose: Prose, at: int, step: Callable[[int], int], most: int) -> int:
    """Index after what belongs to word `at`: `step` goes on from an index as far as it can, or gives it back;
    no farther than the block and, to begin a step, `most` words.
    """
    last = at + 1
    while (
        last < len(prose.words)
        and last - at < most
        and prose.same_block(prose.words[last].start, prose.words[at].start)
    ):
        taken = step(last)
        if taken == last:
            break
        last = taken
    return last


def near(prose: Prose, a: int, b: int) -> bool:
    """Words a and b are in one block with nothing but a space or a link's mark between them."""
    if b >= len(prose.words):
        return False
    left, right = prose.words[a], prose.words[b]
    between = prose.text[left.stop : right.start]
    if "\n" in between and not (prose.same_block(left.start, right.start) and _flows(prose, right.start)):
        return False
    if "\t" in between or ("\n" not in between and between.count(" ") > MAX_SPACES):
        return False  # cells of a table, columns of a signature
    return len(between) < 40 and not _LINK_MARK.sub("", between).strip()


def _flows(prose: Prose, offset: int) -> bool:
    """A line break inside a paragraph, not between the cells of a table."""
    block = prose.block(offset)
    return block is not None and block.kind in {"paragraph", "lead", "list_item", "list_head"}


def noun_lemma(word: Token) -> str:
    noun = next((f for f in word.forms if f.pos == "NOUN"), None)
    return noun.lemma if noun else word.text.casefold()


def noun_phrase(prose: Prose, at: int, cases: tuple[str, ...], *, stop_at_person: bool = False) -> int:
    """Index after «adjectives noun» in one of the cases, or `at`."""
    k = at
    words = prose.words
    while k < len(words) and k < at + 7 and (k == at or near(prose, k - 1, k)):
        word = words[k]
        if stop_at_person and word.text[:1].isupper() and is_person(prose, word):
            return at
        if (
            is_noun_in(word, cases)
            and not (k > at and not agrees(words[at:k], word, cases))
            and not _qualifies(prose, k, cases)
        ):
            return k + 1
        if k > at and word.text in {",", "и"} and k + 1 < len(words) and is_adjective_in(words[k + 1], cases):
            k += 1  # «социальной и демографической политики»
            continue
        if word.forms[0].pos == "ADVB" and k + 1 < len(words) and is_adjective_in(words[k + 1], cases):
            k += 1  # «социально значимых программ»
            continue
        if not is_adjective_in(word, cases) and not ORDINAL.match(word.text):
            return at
        if word.has("ADJF", "plur") and k + 1 < len(words) and prose.quote_at(words[k + 1].start):
            return k + 1  # «сеть кондитерских «Сладко»»
        k += 1
    return at


def _qualifies(prose: Prose, at: int, cases: tuple[str, ...]) -> bool:
    """«детских и молодёжных организаций», «среднему предпринимательству»: an adjective that looks like a
    noun («детская» is a room too), the noun behind it or behind the next of its sort.
    """
    words = prose.words
    if words[at].forms[0].pos != "ADJF" or words[at].lemma in substantives() or at + 1 >= len(words):
        return False
    last = at + 1
    if words[last].text in {",", "и"} and at + 3 < len(words) and words[at + 2].forms[0].pos == "ADJF":
        last = at + 3
    noun = words[last]
    if noun.forms[0].pos != "NOUN" or not near(prose, last - 1, last) or not is_noun_in(noun, cases):
        return False
    return agrees(words[at:last:2], noun, cases)


def is_adjective_in(word: Token, cases: tuple[str, ...]) -> bool:
    return any(case in cases for case, _, _ in adjective_forms(word.text))


def is_noun_in(word: Token, cases: tuple[str, ...]) -> bool:
    if not word.text[:1].isalpha() or word.forms[0].pos in {
        "VERB",
        "PREP",
        "CONJ",
        "ADVB",
        "INFN",
        "PRCL",
        "NPRO",
    }:
        return word.text[:1].isupper() and word.text.casefold() in {"эл", "саха"}
    if word.text in {"г", "с", "п", "д"}:
        return False  # «г. Москвы»
    likeliest = word.forms[0].score
    if any(f.pos in {"PREP", "CONJ"} or (f.pos == "VERB" and f.score >= likeliest) for f in word.forms):
        return False
    if word.lemma in substantives() and any(
        word.has("ADJF", "plur", c) for c in ("gent", "datv") if c in cases
    ):
        return True
    return any(case in cases for case, _, _ in noun_forms(word.text)) or word.text in {"РФ", "Эл", "Саха"}


@cache
def substantives() -> frozenset[str]:
    """Adjectives that name people: «общество слепых»."""
    return frozenset(load("organisations")["substantives"])


def agrees(adjectives: tuple[Token, ...], noun: Token, cases: tuple[str, ...]) -> bool:
    return any(
        phrase_reading([a.text for a in adjectives if adjective_forms(a.text)], noun.text, (c,))
        for c in cases
    )


def is_person(prose: Prose, word: Token) -> bool:
    return any(
        n.type == "PER" and n.start <= word.start < n.stop for n in prose.doc.names_in(word.start, word.stop)
    )


def is_people(word: Token) -> bool:
    return bool(word.forms) and "anim" in word.forms[0].grammemes


def cases_of(word: Token) -> tuple[str, ...]:
    found = tuple(
        c for c in ("gent", "datv", "loct", "ablt") if any(c == case for case, _, _ in noun_forms(word.text))
    )
    return found or ("gent",)


def plain(text: str) -> str:
    """Without link marks, spaces made even."""
    return _SPACE.sub(" ", _LINK_MARK.sub("", text).replace("\u00a0", " ")).strip()
