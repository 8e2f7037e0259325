"""Finds the spans that name a person: what the NER model sees, and what it misses, rule by rule.

The model is weak on children's names, capitals, initials and names at the start of a sentence. Each rule
below marks tokens; marked neighbours grow into whole names. Whether a name is a private person's is not
decided here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from svod.language.document import Document, Name, Token

from .words import (
    MOSTLY,
    has,
    is_abbreviation,
    is_capitalised,
    is_initial,
    is_unknown,
    lemmas,
    may_be_surname,
    name_parts,
    weight_of,
    words,
)

_SURNAME_AND_INITIALS = re.compile(
    r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.|[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
)
POST_REACH = 8  # tokens between an office and the name it belongs to


@dataclass(frozen=True, slots=True)
class Person:
    """A span that names one person (or a family)."""

    start: int
    stop: int


Rule = Callable[[Document], Iterator[int]]  # yields indexes of tokens that belong to a name


def find_persons(document: Document) -> list[Person]:
    """All names of persons, in order, not overlapping."""
    marked = {index for rule in RULES for index in rule(document)}
    _grow(document, marked)
    groups = list(_groups(document, sorted(marked)))
    known = {lemma for group in groups if len(group) > 1 for lemma in _surnames(document, group)}
    marked |= set(_named_before(document, known))
    return [_person(document, group) for group in _groups(document, sorted(marked))]


def is_official(document: Document, person: Person) -> bool:
    """The name stands with a public office, before it or right after a comma."""
    tokens, posts = document.tokens, words("official_posts")
    index = document.token_index(person.start)
    for token in reversed(tokens[max(0, index - POST_REACH) : index]):
        if token.text in ".;:—" or has(token.text, "VERB"):
            break
        if lemmas(token.text) & posts:
            return True
    after = document.token_index(person.stop)
    following = tokens[after : after + 3]
    return len(following) > 1 and following[0].text == "," and bool(lemmas(following[1].text) & posts)


# --- rules: each yields token indexes ------------------------------------------------------------------


def _seen_by_the_model(document: Document) -> Iterator[int]:
    """Spans of the NER model, without the ordinary words that it takes along («Логопед Ю. А. Вершинина»)."""
    for name in document.names:
        if name.type != "PER":
            continue
        yield from _trimmed(document, name.start, name.stop)


def _given_names(document: Document) -> Iterator[int]:
    """Capitalised words that are mostly a first name or patronymic: «Ваня», «ДАША», «Степановна»."""
    for index, token in enumerate(document.tokens):
        weight = weight_of(token.text, "Name") + weight_of(token.text, "Patr")
        if not is_capitalised(token) or is_abbreviation(token) or weight < MOSTLY:
            continue
        if not _inside(document, token, "ORG", "LOC"):
            yield index


def _surnames_alone(document: Document) -> Iterator[int]:
    """«семья Золотухиных», «по словам Тарасовой»: mostly a surname, and not the first word of a sentence."""
    for index, token in enumerate(document.tokens):
        if not is_capitalised(token) or is_abbreviation(token) or weight_of(token.text, "Surn") < MOSTLY:
            continue
        if not _first_of_sentence(document, token) and not _inside(document, token, "ORG", "LOC"):
            yield index


def _with_initials(document: Document) -> Iterator[int]:
    for match in _SURNAME_AND_INITIALS.finditer(document.text):
        yield from _trimmed(document, match.start(), match.end())


def _after_person_words(document: Document) -> Iterator[int]:
    """«девочка Айсулу», «мальчика зовут Савелий»: a capitalised word that is no ordinary one."""
    cues = words("person_words")
    for index, (before, token) in enumerate(zip(document.tokens, document.tokens[1:], strict=False), start=1):
        if not is_capitalised(token) or is_abbreviation(token) or not lemmas(before.text) & cues:
            continue
        named = is_unknown(token.text) or name_parts(token.text) or _heads_a_list(document, index)
        if named and not _inside(document, token, "ORG", "LOC"):
            yield index


def _heads_a_list(document: Document, index: int) -> bool:
    """«Братья Мишка, Даня и …»: an ordinary word too, but a list of first names goes on from it."""
    following = document.tokens[index + 1 : index + 3]
    return (
        has(document.tokens[index].text, "anim")
        and len(following) > 1
        and following[0].text in {",", "и"}
        and is_capitalised(following[1])
        and weight_of(following[1].text, "Name") >= MOSTLY
    )


RULES: tuple[Rule, ...] = (
    _seen_by_the_model,
    _given_names,
    _surnames_alone,
    _with_initials,
    _after_person_words,
)


# --- from tokens to names ------------------------------------------------------------------------------


def _grow(document: Document, marked: set[int]) -> None:
    """A marked token takes along what stands beside it and can be part of the same name."""
    waiting = sorted(marked)
    while waiting:
        index = waiting.pop()
        for near in (index - 1, index + 1):
            if near not in marked and _belongs(document, index, near):
                marked.add(near)
                waiting.append(near)


def _belongs(document: Document, index: int, near: int) -> bool:
    if not 0 <= near < len(document.tokens):
        return False
    token, other = document.tokens[index], document.tokens[near]
    left, right = (token, other) if index < near else (other, token)
    between = document.text[left.stop : right.start]
    if "\n" in between or between.strip():
        return False
    if other.text == ".":
        return near > index and is_initial(token)
    if token.text == "." and near > index:
        return (is_capitalised(other) and may_be_surname(other.text)) or is_initial(other)
    if is_initial(other):
        return not (near < index and other.text in {"И", "В", "С", "К", "О", "У", "А"})
    if not is_capitalised(other) or _inside(document, other, "ORG"):
        return False
    if (
        near < index
        and _first_of_sentence(document, other)
        and not (name_parts(other.text) & {"Name", "Surn"})
    ):
        return False
    return (
        bool(name_parts(other.text))
        or may_be_surname(other.text)
        or (near > index and is_unknown(other.text))
    )


def _groups(document: Document, marked: list[int]) -> Iterator[list[int]]:
    """Runs of neighbouring tokens; a second first name begins another person."""
    group: list[int] = []
    for index in marked:
        if group and (not _adjacent(document, group[-1], index) or _begins_another(document, group, index)):
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def _adjacent(document: Document, left: int, right: int) -> bool:
    if right != left + 1:
        return False
    between = document.text[document.tokens[left].stop : document.tokens[right].start]
    return not between.strip() and "\n" not in between


def _begins_another(document: Document, group: list[int], index: int) -> bool:
    def given(i: int) -> bool:
        return weight_of(document.tokens[i].text, "Name") >= MOSTLY

    return len(group) > 1 and given(index) and any(given(i) for i in group)


def _person(document: Document, group: list[int]) -> Person:
    return Person(document.tokens[group[0]].start, document.tokens[group[-1]].stop)


def _surnames(document: Document, group: list[int]) -> Iterator[str]:
    for index in group:
        word = document.tokens[index].text
        if len(word) > 3 and may_be_surname(word) and weight_of(word, "Name") < MOSTLY:
            yield from lemmas(word)


def _named_before(document: Document, known: set[str]) -> Iterator[int]:
    """Another form of a surname that stands in a full name elsewhere in the text."""
    for index, token in enumerate(document.tokens):
        known_surname = lemmas(token.text) & known and may_be_surname(token.text)
        if known_surname and is_capitalised(token) and not _inside(document, token, "ORG", "LOC"):
            yield index


# --- looking around ------------------------------------------------------------------------------------


def _trimmed(document: Document, start: int, stop: int) -> Iterator[int]:
    """Tokens of a span that may be parts of a name, without the ordinary words that begin it."""
    indexes = list(_indexes(document, start, stop))
    while indexes and _is_ordinary(document.tokens[indexes[0]]):
        indexes.pop(0)
    for index in indexes:
        token = document.tokens[index]
        if token.text == "." or (token.text[0].isalpha() and not is_abbreviation(token)) or is_initial(token):
            yield index


def _indexes(document: Document, start: int, stop: int) -> Iterator[int]:
    index = document.token_index(start)
    while index < len(document.tokens) and document.tokens[index].start < stop:
        yield index
        index += 1


def _inside(document: Document, token: Token, *types: str) -> bool:
    return any(name.type in types for name in _names(document, token))


def _names(document: Document, token: Token) -> tuple[Name, ...]:
    return document.names_in(token.start, token.stop)


def _first_of_sentence(document: Document, token: Token) -> bool:
    return document.sentence_at(token.start).start == token.start


def _is_ordinary(token: Token) -> bool:
    """No part of a name in any reading: a word of the dictionary, a place, or a mark."""
    if is_initial(token) or name_parts(token.text):
        return False
    first, hyphen, _ = token.text.partition("-")
    if hyphen and first and not is_unknown(first) and not name_parts(first):
        return True  # «девочка-первоклассница»
    return not token.text[0].isalpha() or not is_unknown(token.text) or has(token.text, "Geox")
