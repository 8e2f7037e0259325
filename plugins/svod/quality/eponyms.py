"""When a person's name belongs to a thing: streets, funds, prizes, illnesses, titles in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from svod.language.document import Document, Token

from .persons import Person
from .words import has, is_capitalised, is_initial, lemmas, plain, weight_of, words

TITLE_LENGTH = 80  # characters; what is longer in quotation marks is speech
_QUOTED = (re.compile(r"«([^«»\n]*)»"), re.compile(r'"([^"\n]*)"'), re.compile(r"“([^“”\n]*)”"))
_SPEECH_END = re.compile(r"[.!?…,]\s*$")
_SPEECH_WITHIN = re.compile(r",\s*[—–-]\s")
_SPEECH_BEFORE = re.compile(r":\s*$")
_SPEECH_AFTER = re.compile(r"\s*,?\s*[—–-]\s*[а-яё]")


def is_of_a_thing(document: Document, person: Person) -> bool:
    return any(rule(document, person) for rule in (_is_public, _in_organisation, _in_title, _after_head))


def _is_public(document: Document, person: Person) -> bool:
    """«Пушкин», «Дед Мороз»: a single word, or words that stand for one figure, known to everyone."""
    known = words("public_figures")
    tokens = [t for t in document.tokens_in(person.start, person.stop) if is_capitalised(t)]
    if len(tokens) == 1 and lemmas(tokens[0].text) & known:
        return True
    around = plain(document.text[max(0, person.start - 20) : person.stop])
    return any(" " in figure and around.endswith(figure) for figure in known)


def _in_organisation(document: Document, person: Person) -> bool:
    """Inside a longer organisation or place, or after a legal form."""
    for name in document.names_in(person.start, person.stop):
        if name.type != "PER" and name.start < person.start:
            return True
    before = _before(document, person.start)
    token = next(before, None)
    return token is not None and plain(token.text) in words("legal_forms")


def _in_title(document: Document, person: Person) -> bool:
    """«Школа Марии» is a name; «Спасибо Марии!» is speech; «Поможем Ване» speaks of a person."""
    for pattern in _QUOTED:
        for match in pattern.finditer(document.text):
            if match.start() < person.start and person.stop < match.end():
                return _is_title(document, match) and not _is_about(document, match, person)
    return False


def _is_title(document: Document, match: re.Match[str]) -> bool:
    text = document.text
    return (
        len(match[1]) <= TITLE_LENGTH
        and not _SPEECH_END.search(match[1])
        and not _SPEECH_WITHIN.search(match[1])
        and not _SPEECH_BEFORE.search(text[max(0, match.start() - 3) : match.start()])
        and not _SPEECH_AFTER.match(text[match.end() : match.end() + 5])
    )


def _is_about(document: Document, match: re.Match[str], person: Person) -> bool:
    """A verb in the title acts on the person: an appeal for somebody, not a name."""
    verbs = any(has(t.text, "VERB") for t in document.tokens_in(match.start(), person.start))
    return verbs and _may_be(document, person, "datv", "accs")


def _after_head(document: Document, person: Person) -> bool:
    """«имени профессора Власова», «премия Марины Цветковой», «улицы Гоголя и Чехова»."""
    marks, titles, heads = words("eponym_marks"), words("titles"), words("eponym_heads")
    abbreviations = words("eponym_abbreviations")
    for token in _before(document, person.start):
        word = plain(token.text)
        if word in marks or word in abbreviations:
            return True
        if lemmas(token.text) & titles:
            continue
        if lemmas(token.text) & heads:
            return _may_be(document, person, "gent") and not _somebody_of(document, token, person)
        return False
    return False


def _somebody_of(document: Document, head: Token, person: Person) -> bool:
    """«директор центра Тимофеева»: after an office the name may be hers, if it can be a nominative."""
    holder = next(_before(document, head.start), None)
    if holder is None or not has(holder.text, "NOUN") or not has(holder.text, "anim"):
        return False
    return _may_be(document, person, "nomn")


def _may_be(document: Document, person: Person, *cases: str) -> bool:
    """Every word of the name (its first name alone, if there is one) can stand in one of these cases."""
    tokens = [
        t for t in document.tokens_in(person.start, person.stop) if is_capitalised(t) and not is_initial(t)
    ]
    given = [t for t in tokens if weight_of(t.text, "Name") > 0.3] or tokens
    return all(has(t.text, "Fixd", *cases) for t in given)


def _before(document: Document, offset: int) -> Iterator[Token]:
    """The words before an offset, nearest first, up to any mark but the dot of «им.» and «ул.»."""
    abbreviations = words("eponym_abbreviations")
    index = document.token_index(offset) - 1
    while index >= 0:
        token = document.tokens[index]
        if token.text == "." and index > 0 and plain(document.tokens[index - 1].text) in abbreviations:
            index -= 1
            continue
        if not token.text[:1].isalpha():
            return
        yield token
        index -= 1
