"""Is a text about social work at all: news on sport, weather, accidents or tariffs states no figures of ours.

Counts words by their beginnings; knows nothing of what a figure means.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from svod.extract.lexicon import load

MIN_WORDS = 45  # a shorter text says too little of its subject
FEW_WORDS = 20  # of a short text that may be told by what else it is about
FEW_OF_NO_SUBJECT = 25  # of one with no social word at all
MIN_KINDS = 3  # different beginnings of social words in a report
MIN_SHARE = 0.03  # of its words
MIN_OTHER = 3
MIN_FAR = 4
READ = 20_000  # characters that are enough to tell the subject

_WORD = re.compile(r"[а-яё][а-яё-]+")


@cache
def _beginnings(name: str) -> tuple[frozenset[str], int]:
    """The beginnings of such words, and the length of the longest."""
    found = frozenset(load("topic")[name].split())
    return found, max(map(len, found))


def _beginning(word: str, name: str) -> str | None:
    found, longest = _beginnings(name)
    return next((word[:n] for n in range(min(longest, len(word)), 0, -1) if word[:n] in found), None)


@lru_cache(maxsize=50_000)
def _subject(word: str) -> tuple[str | None, bool]:
    """The beginning of a social word, if it is one, and whether it is a word of another subject."""
    social = None if word == "семь" else _beginning(word, "social")  # seven, not a family
    return social, _beginning(word, "other") is not None


def _subjects(text: str) -> tuple[int, list[str], int]:
    """How many words it has, the social beginnings among them, and how many are of another subject."""
    subjects = [_subject(word) for word in _WORD.findall(text[:READ].lower())]
    social = [beginning for beginning, _ in subjects if beginning is not None]
    return len(subjects), social, sum(is_other for _, is_other in subjects)


def is_other_news(text: str, named: bool = False) -> bool:
    """True for a text whose words are of another subject, or hardly of this one. `named`: with projects."""
    words, social, other = _subjects(text)
    if words < MIN_WORDS:
        if named or words < FEW_WORDS:
            return False
        strange = not social and words >= FEW_OF_NO_SUBJECT
        return strange or (other >= MIN_OTHER and other > 2 * len(social))
    if not named and len(set(social)) < MIN_KINDS and len(social) < MIN_SHARE * words:
        return True
    return other >= MIN_OTHER and other > (2.0 if named else 1.5) * len(social)


def is_far_news(text: str) -> bool:
    """True for a text of another subject that hardly touches this one: who acts in it is no partner."""
    _, social, other = _subjects(text)
    return other >= MIN_FAR and other > 2 * len(social)


def is_long(text: str) -> bool:
    """True for a text long enough to tell what was done, if anything was."""
    return len(_WORD.findall(text[:READ].lower())) >= MIN_WORDS
