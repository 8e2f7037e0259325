"""Municipal districts: which federal subjects have one of a name, and whether words speak of a district.

Knows the lexicon of districts and grammar; what a place weighs is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from svod.extract.lexicon import load
from svod.language.document import Token
from svod.language.morph import forms

_ENDING = re.compile(
    r"(?:ами|ями|ого|его|ому|ему|ыми|ими|ых|их|ой|ей|ом|ем|ым|им|ам|ям|ах|ях|ый|ий|ая|яя|ое|ее|ые|ие|ую|юю|[аяоеёыиуюьй])$"
)
_SHORTEST = 3  # letters of a stem


def stem(word: str) -> str:
    """A word without its ending; one that would be too short stays whole."""
    low = word.casefold().replace("ё", "е")
    found = _ENDING.sub("", low)
    return found if len(found) >= _SHORTEST else low


@cache
def _districts() -> dict[str, tuple[str, ...]]:
    """The subjects that have a district of this name, by the stem of its adjective."""
    found: dict[str, tuple[str, ...]] = {}
    for iso, names in load("districts").items():
        for name in names:
            found[stem(name)] = (*found.get(stem(name), ()), iso)
    return found


def subjects_of(word: str) -> tuple[str, ...]:
    """The subjects with a district of this name; none for other words."""
    return _districts().get(stem(word), ())


_CHURCHES = frozenset(
    "вознесенск никольск покровск преображенск спасск троицк успенск".split()  # stems of feasts' adjectives
)
_LEAST_LONG = 6  # letters of a stem: «майский» and «горный» say nothing


def told_by(word: str) -> str | None:
    """The subject that an adjective tells without «район»: of one district, and of no person or feast."""
    found, base = subjects_of(word), stem(word)
    if len(found) != 1 or len(base) < _LEAST_LONG or not base.endswith("к") or base in _CHURCHES:
        return None
    surname = any("Surn" in f.grammemes for f in forms(base.removesuffix("ск")) if f.known)
    return None if surname else found[0]


_DISTRICT = frozenset({"район", "р-н", "улус", "кожуун", "аймак", "мр", "мо", "го"})
_DISTRICT_OF = frozenset({"муниципальный", "городской"})  # «… муниципальный округ»


def names_district(tokens: Sequence[Token], at: int) -> bool:
    """«Ершовского района», «Сернурский и Моркинский районы», «МР «Прилузский»»."""
    return _follows(tokens, at) or _stands_before(tokens, at)


def _follows(tokens: Sequence[Token], at: int) -> bool:
    for k in range(at + 1, min(at + 6, len(tokens))):
        low = tokens[k].text.casefold()
        if tokens[k].lemma in _DISTRICT:
            return True
        if tokens[k].lemma in _DISTRICT_OF:
            return k + 1 < len(tokens) and tokens[k + 1].lemma in {"район", "округ"}
        if low not in {"и", ","} and not (tokens[k].text[:1].isupper() and tokens[k].has("ADJF")):
            return False
    return False


def _stands_before(tokens: Sequence[Token], at: int) -> bool:
    quoted = at > 1 and tokens[at - 1].text in {"«", '"', "“", "„"}
    return quoted and (tokens[at - 2].lemma in _DISTRICT or tokens[at - 2].lemma == "округ")
