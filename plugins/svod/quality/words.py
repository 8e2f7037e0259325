"""What a single word can be: first name, patronymic, surname, initial; and the word lists of names.yml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

import yaml

from svod.language.document import Token
from svod.language.morph import forms

NAME_PARTS = frozenset({"Name", "Patr", "Surn"})
MOSTLY = 0.6  # share of a word's readings, by weight, that makes it "mostly" something

_INITIAL = re.compile(r"[А-ЯЁ]\.?")
_CAPITALISED = re.compile(r"[А-ЯЁ][а-яё]+(-[А-ЯЁ][а-яё]+)*|[А-ЯЁ]{2,}(-[А-ЯЁ]{2,})*")
_SURNAME = re.compile(
    r".+(ов|ев|ин|ын)(а|у|ой|ым|е|ы|ых|ыми)?|.+(ск|цк)(ий|ого|ому|им|ом|ая|ой|ую)|.+(енко|чук|дзе|швили)"
)


@cache
def words(name: str) -> frozenset[str]:
    """One list of names.yml."""
    path = Path(__file__).with_name("names.yml")
    lists: Mapping[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return frozenset(lists[name])


def plain(word: str) -> str:
    return word.lower().replace("ё", "е")


@lru_cache(maxsize=50_000)
def lemmas(word: str) -> frozenset[str]:
    """Every lemma the word may have, and the word itself."""
    return frozenset(plain(form.lemma) for form in forms(word)) | {plain(word)}


def is_capitalised(token: Token) -> bool:
    return _CAPITALISED.fullmatch(token.text) is not None


def is_abbreviation(token: Token) -> bool:
    """«СВО», «КЦСОН»: capitals that are no name; a short name must be a nominative: «ЕВА», not «СОП»."""
    word = token.text
    if len(word) < 2 or not word.isupper():
        return False
    if plain(word) in words("legal_forms"):
        return True
    named = [f for f in forms(word) if f.known and f.grammemes & NAME_PARTS]
    return not (named if len(word) > 3 else [f for f in named if f.lemma == word.lower()])


def is_initial(token: Token) -> bool:
    return _INITIAL.fullmatch(token.text) is not None


@lru_cache(maxsize=50_000)
def name_parts(word: str) -> frozenset[str]:
    """Which parts of a person's name the word may be: Name, Patr, Surn."""
    return frozenset(part for form in forms(word) for part in form.grammemes & NAME_PARTS)


@lru_cache(maxsize=50_000)
def weight_of(word: str, part: str | None = None) -> float:
    """Share of the readings, by weight, that are this part of a name (None: any part)."""
    wanted = NAME_PARTS if part is None else {part}
    return sum(form.score for form in forms(word) if form.grammemes & wanted)


def may_be_surname(word: str) -> bool:
    """By its readings, or by its ending when no dictionary knows the word."""
    found = forms(word)
    if any("Surn" in form.grammemes for form in found):
        return True
    return _SURNAME.fullmatch(plain(word)) is not None and not any(f.known and f.pos == "NOUN" for f in found)


def is_unknown(word: str) -> bool:
    return not any(form.known for form in forms(word))


def has(word: str, *grammemes: str) -> bool:
    """True if some reading of the word carries one of these grammemes."""
    return any(form.grammemes & set(grammemes) for form in forms(word))
