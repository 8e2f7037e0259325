"""What lost the break between it and the next: «итоги проектовВ Самаре», «сообщил мэр.Гранты».

Pages taken for their bare text lose line breaks and spaces where one element ended and the next began; what
ran together inside a line is for `run_together`. Knows letters, dots, clocks and dates only; yields places
and what is to be put in there. A name that is written so («ДоброЦентр», «#яПомогаю», «Яндекс.Карты») stays
whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from svod.extract.layout.lines import MONTHS
from svod.language.morph import forms

LINE, SPACE = "\n", " "

_WORD_AND_LINE = re.compile(  # a word in small letters, then one with a capital
    r"(?<![\w#@«\"“„/-])[а-яё]{3,}(?=[А-ЯЁ](?:[а-яё]{2}|[ \u00a0][\w«\"]))"
)
_AFTER_PERSON = re.compile(r"[А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё-]+\.(?=[«\"]?[А-ЯЁ][а-яё])")
_BEFORE_YEAR = re.compile(r"(?<=[а-яё]{3}[.!?…])(?=\d{4} год)")
_AFTER_STAMP = re.compile(
    rf"(?:(?<!\d)\d\d?:\d\d|(?<!\d)\d\d\.\d\d\.\d{{4}}|(?:{MONTHS})[ \u00a0]\d{{4}})(?=[А-ЯЁ][а-яё]{{2}})",
    re.IGNORECASE,
)
_STAMP = re.compile(  # « date 2024-05-17 просмотров: 87 В посёлке …»: a stamp in the line of the text
    r"^\s*date \d{4}-\d{2}-\d{2}(?: \d\d:\d\d(?::\d\d)?)?(?: просмотр[а-яё]*:? \d+)?(?P<gap> )(?=\S)"
)
_FIGURE_AFTER_WORD = re.compile(  # «… более 900 человек26 клубов работают …»
    rf"(?<![\w#@«\"“„/-])[а-яё]{{4,}}(?=\d{{1,3}}(?: \d{{3}})* (?!{MONTHS})[а-яё]{{4}})"
)
_CLOCK_AND_FIGURE = re.compile(  # «12 мая 2025 г., 17:0027 отрядов помогают …»
    rf"(?<![\d:])\d\d:[0-5]\d(?=\d{{1,3}}(?: \d{{3}})* (?!{MONTHS})[а-яё]{{4}})"
)
_GLUED = re.compile(  # what every one of these has
    r"[а-яё\d][А-ЯЁ]|[а-яё]\d|\.[«\"]?[А-ЯЁ]|[.!?…]\d{4} год|:\d{3}|^\s*date \d"
)


def breaks(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, what stands there instead) of every lost break; mostly nothing is taken out."""
    if _GLUED.search(text) is None:
        return
    stamp = _STAMP.match(text)
    if stamp is not None:
        yield stamp.start("gap"), stamp.end("gap"), LINE
    for found in _WORD_AND_LINE.finditer(text):
        if any(f.known for f in forms(found[0])):
            yield found.end(), found.end(), LINE
    for found in _FIGURE_AFTER_WORD.finditer(text):
        if any(f.known for f in forms(found[0])):
            yield found.end(), found.end(), LINE
    for found in (*_AFTER_PERSON.finditer(text), *_BEFORE_YEAR.finditer(text)):
        yield found.end(), found.end(), SPACE
    for found in _CLOCK_AND_FIGURE.finditer(text):
        yield found.end(), found.end(), LINE
    for found in _AFTER_STAMP.finditer(text):
        if text[found.end()].isupper():
            yield found.end(), found.end(), LINE
