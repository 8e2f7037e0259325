"""Words in capitals brought back to the letter case of prose."""

from __future__ import annotations

from svod.extract.publication.places import same_place
from svod.language.morph import forms

_COMMON = ("город", "област", "кра", "район", "округ", "посёл", "сел")
_PROPER = ("республик", "российск", "росси", "федераци")
_SHORT = 5  # letters of an abbreviation that is read as a word: «ВИЧ»


def recased(name: str) -> str:
    """«МИНИСТЕРСТВО ТРУДА ТУЛЬСКОЙ ОБЛАСТИ» → «Министерство труда Тульской области»: places and names in
    quotation marks keep a capital, abbreviations all of them.
    """
    words = []
    for word in name.split():
        low = word.lower()
        if word[0] in '«"' and len(word) > 1:
            words.append(word[0] + word[1:].capitalize())
            continue
        place = len(low) > 2 and not low.startswith(_COMMON) and same_place(low.capitalize())
        proper = place or low.startswith(_PROPER)
        words.append(word if _is_abbreviation(word) else low.capitalize() if proper else low)
    made = " ".join(words)
    return made[:1].upper() + made[1:]


def _is_abbreviation(word: str) -> bool:
    if 1 < len(word) <= 3 and not any(c in "АЕЁИОУЫЭЮЯ" for c in word):
        return True
    return 1 < len(word) <= _SHORT and any("Abbr" in f.grammemes for f in forms(word))
