"""What lost the break between it and the next: «итоги проектовВ Самаре», «сообщил мэр.Гранты».

Pages taken for their bare text lose line breaks and spaces where one element ended and the next began. Knows
letters, dots, clocks and dates only; yields places and what is to be put in there. A name that is written so
(«ДоброЦентр», «#яПомогаю», «Яндекс.Карты») stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from svod.extract.lines import MONTHS
from svod.language.morph import forms

LINE, SPACE = "\n", " "

_WORD_AND_LINE = re.compile(  # a word in small letters, then one with a capital
    r"(?<![\w#@«\"“„/-])[а-яё]{3,}(?=[А-ЯЁ](?:[а-яё]{2}|[ \u00a0][\w«\"]))"
)
_SENTENCES = re.compile(r"(?P<last>[а-яё]{3}[)»\"]?)[.!?…](?=[«\"]?(?:[А-ЯЁ](?:[а-яё]|[ \u00a0][а-яё])|\d))")
_WORD_BEFORE = re.compile(r"(?:[А-ЯЁ][а-яё-]+ )?[А-Яа-яЁё-]+[)»\"]?$")
_AFTER_STAMP = re.compile(
    rf"(?:(?<!\d)\d\d?:\d\d|(?<!\d)\d\d\.\d\d\.\d{{4}}|(?:{MONTHS})[ \u00a0]\d{{4}})(?=[А-ЯЁ][а-яё]{{2}})",
    re.IGNORECASE,
)
_BEFORE_DATE = re.compile(rf"(?<=[а-яё]{{3}})(?=\d\d?[ \u00a0](?:{MONTHS})(?![а-яё]))")
_STAMP = re.compile(  # « date 2024-05-17 просмотров: 87 В посёлке …»: a stamp in the line of the text
    r"^\s*date \d{4}-\d{2}-\d{2}(?: \d\d:\d\d(?::\d\d)?)?(?: просмотр[а-яё]*:? \d+)?(?P<gap> )(?=\S)"
)
MAX_NAME = 60  # characters to look back for the word before


def breaks(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, what stands there instead) of every lost break; mostly nothing is taken out."""
    stamp = _STAMP.match(text)
    if stamp is not None:
        yield stamp.start("gap"), stamp.end("gap"), LINE
    for found in _WORD_AND_LINE.finditer(text):
        if any(f.known for f in forms(found[0])):
            yield found.end(), found.end(), LINE
    for found in _SENTENCES.finditer(text):
        if _ends_sentence(text, found):
            yield found.end(), found.end(), SPACE
    for found in _AFTER_STAMP.finditer(text):
        if text[found.end()].isupper():
            yield found.end(), found.end(), LINE
    for found in _BEFORE_DATE.finditer(text):
        yield found.end(), found.end(), LINE


def _ends_sentence(text: str, found: re.Match[str]) -> bool:
    """«Яндекс.Карты» is one name; a surname after a first name ends a sentence."""
    last = _WORD_BEFORE.search(text, max(0, found.start() - MAX_NAME), found.end("last"))
    if last is None:
        return False
    words = last[0].split()
    return words[-1][0].islower() or len(words) > 1 or text[found.end() - 1] != "."
