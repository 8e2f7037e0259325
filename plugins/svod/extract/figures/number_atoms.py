"""The atoms of numbers: digits, number words and scales, in the order of the text; knows no number of two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from svod.extract.lexicon import load
from svod.language.morph import analyzer

SPACE = "[ \u00a0\u2009\u202f\u2007]"
KOPECKS = rf",{SPACE}\d\d(?={SPACE}?руб)"  # «136 176, 00 рублей»
MAX_DIGITS = 13  # a longer run is a code, an account or noise
_ATOM = re.compile(
    rf"""(?P<digits>
        (?<![\d.,])\d{{1,3}}(?:{SPACE}\d{{3}}){{1,4}}(?:{KOPECKS}|,\d{{1,3}})?(?![\d])  # 2 487 350; 1 150,0
      | (?<![\d.,])\d{{1,3}}(?:\.\d{{3}}){{1,3}}(?:,\d{{1,3}})?(?![\d.])       # 1.326
      | (?<![\d.,])\d{{1,3}}(?:'\d{{3}}){{1,3}}(?!\d)                          # 12'400
      | \d+(?:{KOPECKS}|[.,]\d+)?
    )(?:-?(?P<ending>[а-яё]{{1,3}})(?![а-яёА-ЯЁa-zA-Z-]))?
    | (?P<word>[А-Яа-яЁё]+)""",
    re.VERBOSE,
)


class Atom(NamedTuple):
    start: int
    end: int
    kind: str
    value: Decimal
    text: str
    ending: str = ""


@cache
def words() -> dict[str, tuple[str, Decimal]]:
    """Word form → (class, value); both spellings of ё."""
    lexicon = load("numerals")
    table: dict[str, tuple[str, Decimal]] = {}
    for kind, lemmas in lexicon["cardinals"].items():
        for lemma, value in lemmas.items():
            readings = analyzer().parse(lemma)
            reading = next((p for p in readings if p.tag.POS == "NUMR"), readings[0])
            for form in reading.lexeme:
                if form.word not in ("одни", "одних", "одним", "одними"):
                    table[form.word] = (kind, Decimal(value))
            table["одним"] = ("ones", Decimal(1))
    for kind, words in lexicon["extra_forms"].items():
        table.update({w: (kind, Decimal(v)) for w, v in words.items()})
    table.update({w: ("one_half", Decimal(str(v))) for w, v in lexicon["one_half"].items()})
    table.update({w: ("half", Decimal(v)) for w, v in lexicon["halves"].items()})
    table.update({w: ("scale", Decimal(v)) for w, v in lexicon["scales"]["singular"].items()})
    table.update({w: ("scales", Decimal(v)) for w, v in lexicon["scales"]["plural"].items()})
    table.update({w: ("multiple", Decimal(v)) for w, v in lexicon["multiples"].items()})
    for lemma, value in lexicon["fractions"].items():
        for form in analyzer().parse(lemma)[0].lexeme:
            table[form.word] = ("fraction", Decimal(str(value)))
    for word in lexicon["ambiguous"]:
        table.pop(word, None)
    table.update({w.replace("ё", "е"): v for w, v in list(table.items())})
    return table


def is_number_word(word: str) -> bool:
    """True for words that are numbers or scales («тысяч», «сотни», «двое»), not for shares."""
    return words().get(word.lower(), ("", None))[0] not in ("", "fraction", "multiple")


@cache
def ordinals(name: str) -> dict[str, Decimal]:
    table = {}
    for lemma, value in load("numerals")[name].items():
        for form in analyzer().parse(lemma)[0].lexeme:
            table[form.word] = Decimal(value)
            table[form.word.replace("ё", "е")] = Decimal(value)
    return table


def _decimal(text: str) -> Decimal:
    text = re.sub(rf"{SPACE}|'", "", text)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", text):
        text = text.replace(".", "")
    return Decimal(text.replace(",", "."))


_NO_NUMBER = ("word", Decimal(0))
_OF_ROUBLES = re.compile(rf"\.?{SPACE}?(?:руб|р(?![а-яё]))")


def atoms_of(text: str) -> Iterator[Atom]:
    """Number atoms in order; other words come as kind "word" with value 0."""
    table = words()
    for m in _ATOM.finditer(text):
        if m.lastgroup == "word" or m["digits"] is None:
            low = m["word"].lower()
            if low == "т" and _OF_ROUBLES.match(text, m.end()):  # «780 т.р.»
                yield Atom(m.start(), m.end(), "scales", Decimal(1000), "тыс")
                continue
            kind, value = table.get(low, _NO_NUMBER)
            yield Atom(m.start(), m.end(), kind, value, low)
            continue
        digits = m["digits"]
        glued = m["ending"] or ""
        if glued and m.end("digits") == m.start("ending"):  # «5тыс», «55плюс»: glued without a hyphen
            kind, value = table.get(glued, ("", Decimal(0)))
            glued = glued if kind not in ("scale", "scales") else ""
            if not glued:
                yield Atom(m.start(), m.end("digits"), "digits", _decimal(digits), digits)
                yield Atom(m.start("ending"), m.end(), kind, value, m["ending"])
                continue
        if sum(c.isdigit() for c in digits) > MAX_DIGITS:
            yield Atom(m.start(), m.end(), "code", Decimal(0), digits[:MAX_DIGITS])
        else:
            yield Atom(m.start(), m.end(), "digits", _decimal(digits), digits, glued)
