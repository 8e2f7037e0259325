"""Hides the names of private persons in a text without moving a single character.

Every letter of a name becomes `*`; spaces, hyphens and dots stay, so that offsets and lengths hold. Names
that belong to a thing stay: organisations, projects, streets, «библиотека им. Ф.Д. Фёдорова». The rules are
an ordered list of small functions over one analysed document; `names.yml` holds their words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from svod.language.document import Document, analyse

from .eponyms import is_of_a_thing
from .persons import Person, find_persons, is_official

MASK = "*"
_VK_PERSON = re.compile(r"\[id(\d+)\|")  # a link to somebody's page: the number is as good as the name
_LETTER = re.compile(r"[^\W\d_]")
BATCH = 64


def mask_texts(texts: Sequence[str], *, keep_officials: bool = False) -> list[str]:
    """The texts with private persons' names hidden; same number, order and lengths.

    `keep_officials` leaves persons who are named with their public office.
    """
    masked = list(texts)
    worded = [i for i, text in enumerate(texts) if not text.isspace() and text]
    for start in range(0, len(worded), BATCH):
        batch = worded[start : start + BATCH]
        for index, document in zip(batch, analyse([texts[i] for i in batch]), strict=True):
            masked[index] = _masked(document, keep_officials)
    return masked


def private_persons(document: Document, *, keep_officials: bool = False) -> list[Person]:
    """The spans that are to be hidden, in order."""
    return [
        person
        for person in find_persons(document)
        if not is_of_a_thing(document, person) and not (keep_officials and is_official(document, person))
    ]


def _masked(document: Document, keep_officials: bool) -> str:
    text = list(document.text)
    for person in private_persons(document, keep_officials=keep_officials):
        for index in range(person.start, person.stop):
            if _LETTER.match(text[index]):
                text[index] = MASK
    for link in _VK_PERSON.finditer(document.text):
        text[link.start(1) : link.end(1)] = MASK * (link.end(1) - link.start(1))
    return "".join(text)
