"""Names without quotation marks that a form gives after a label: «Название проекта: Хутор. Жизнь вместе».

A grant report, a passport of a programme or a card on a portal names what it is on in a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from svod.extract.layout.prose import Prose
from svod.extract.projects.unquoted import Unquoted
from svod.extract.words.kind_words import kind_of
from svod.extract.words.noun_phrases import plain
from svod.extract.words.screened import any_case

MAX_WORDS = 24
_LABEL = any_case(
    r"(?<![а-яё])(?:(?:полное|официальное|краткое)[ \u00a0])?(?:название|наименование|имя|тема)"
    r"[ \u00a0](?:социальн[а-яё]{2,4}[ \u00a0]|социально[ \u00a0]значим[а-яё]{2,4}[ \u00a0])?"
    r"([а-яё]{4,14})(?:[ \u00a0](?:заявителя|грантополучателя|победителя))?"
    r"[ \u00a0]{0,3}(?::[ \u00a0]{0,3}\n?|\n|[ \u00a0]{0,3}[|–—][ \u00a0]{0,3})[ \u00a0]{0,3}(?=[^\s])"
)
_ENDS = re.compile(r"\n|[ \u00a0]\||;[ \u00a0]|\t")
_OTHER_LABEL = re.compile(r"[^.:«»]{3,40}:\s|[а-яё]")


def find_labelled(prose: Prose) -> Iterator[Unquoted]:
    """In text order; a name in quotation marks is left to those who read quotations."""
    for match in _LABEL.finditer(prose.text):
        at = prose.index(match.start(1))
        if at >= len(prose.words) or prose.words[at].start != match.start(1):
            continue
        kind = kind_of(prose.words[at])
        block = prose.block(match.end())
        if kind is None or block is None or not prose.words[at].has("NOUN", "sing", "gent"):
            continue
        stop = _ENDS.search(prose.text, match.end(), block.end)
        end = stop.start() if stop is not None else block.end
        start = match.end()
        said = prose.text[start:end].rstrip(" .,;\u00a0")
        words = said.split()
        if not 0 < len(words) <= MAX_WORDS or not (said[0].isupper() or said[0].isdigit()):
            continue
        if any(start <= q.start < end and q.start - start < len(said) // 2 for q in prose.quotes):
            continue  # a name in quotation marks, perhaps after its kind word
        if _OTHER_LABEL.match(said) is not None or not re.search(r"[а-яё]{3}", said, re.IGNORECASE):
            continue
        yield Unquoted(start, start + len(said), plain(said), kind, "labelled", sure=True)
