"""The canonical name of a project: its quoted words in the nominative, inner marks kept, spaces made even."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from svod.extract.publication.recased import recased
from svod.extract.words.declension import adjective_forms, agree, noun_forms, to_nominative
from svod.language.morph import forms

OBLIQUE = ("gent", "datv", "accs", "ablt", "loct", "nomn")
_WORD = re.compile(r"[\w-]+")


_EDITION = re.compile(r"(?<=[а-яё]) [–—-] \d{1,3}$")  # «Капля добра – 41»


def clean(text: str) -> str:
    """Spaces even, no hash mark, no stray closing marks inside or at the end."""
    name = re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip(" \t#,;")
    name = _EDITION.sub("", name)
    if name.count("»") > name.count("«"):
        name = name.replace("»", "", name.count("»") - name.count("«"))
    return name.strip()


def capital(name: str) -> str:
    """A capital first; what a heading shouts, as prose writes it («РЯДОМ ДОМА» → «Рядом дома»)."""
    if name.isupper() and len(name) > SHOUTED:
        return recased(name)
    return name[:1].upper() + name[1:]


SHOUTED = 5  # letters: fewer may be an abbreviation


@lru_cache(maxsize=4096)
def nominative(name: str, cases: tuple[str, ...] = ()) -> str:
    """«Мамину школу» → «Мамина школа»; a name that may be nominative already, or begins otherwise, stays.

    `cases` are those that the word before the name asks for: «в рамках «Недели добра»» is a genitive.
    """
    words = list(_WORD.finditer(name))
    if not words:
        return name
    adjectives: list[str] = []
    for i, match in enumerate(words[:4]):
        word = match[0]
        after = (
            words[i + 1][0] if i + 1 < len(words) and name[match.end() : words[i + 1].start()] == " " else ""
        )
        if noun_forms(word) and _is_noun(word, bool(adjectives)) and not (after and agree(word, after)):
            return _declined(name, words[: i + 1], adjectives, word, cases)
        if not adjective_forms(word) or (i and name[words[i - 1].end() : match.start()] != " "):
            return name
        adjectives.append(word)
    return name


def _is_noun(word: str, after_adjective: bool) -> bool:
    best = forms(word)[0]
    return best.pos == "NOUN" or (after_adjective and not adjective_forms(word))


def _declined(
    name: str, words: Sequence[re.Match[str]], adjectives: list[str], head: str, cases: tuple[str, ...]
) -> str:
    readings = {case for case, _, _ in noun_forms(head)}
    asked = to_nominative(adjectives, head, cases) if cases else None
    if asked is not None:
        return " ".join([*asked[0], asked[1]]) + name[words[-1].end() :]
    if not adjectives and "nomn" in readings:
        return name
    if adjectives:
        direct = to_nominative(adjectives, head, ("nomn",))
        if direct is not None:
            return name
    made = to_nominative(adjectives, head, OBLIQUE)
    if made is None:
        return name
    return " ".join([*made[0], made[1]]) + name[words[-1].end() :]


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """What two spellings of one name have in common: letters and digits, ё as е, lower case."""
    return " ".join(re.findall(r"[^\W_]+", name.casefold().replace("ё", "е")))


@lru_cache(maxsize=4096)
def key(name: str) -> tuple[str, ...]:
    """The lemmas of a name: what its forms in all cases have in common."""
    return tuple(forms(w)[0].lemma.replace("ё", "е") for w in re.findall(r"[^\W_]+", name))
