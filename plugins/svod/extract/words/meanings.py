"""What the words beside a name tell, for readers that weigh signs: their meanings by a lexicon, their tense,
the noun phrase that a name closes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from svod.extract.lexicon import load
from svod.language.by_word import by_word
from svod.language.document import Token


@cache
def meanings_in(lexicon: str) -> dict[str, tuple[str, ...]]:
    """Lemma (with е for ё) → what the lexicon's `meanings` say of it: «begin», «pays», …"""
    found: dict[str, list[str]] = {}
    for meaning, lemmas in load(lexicon)["meanings"].items():
        for one in lemmas:
            found.setdefault(one.replace("ё", "е"), []).append(meaning)
    return {k: tuple(v) for k, v in found.items()}


def meanings_of(word: Token, lexicon: str) -> tuple[str, ...]:
    """Those of its likeliest forms, each once."""
    known = meanings_in(lexicon)
    told = (m for f in word.forms[:3] for m in known.get(f.lemma.replace("ё", "е"), ()))
    return tuple(dict.fromkeys(told))


@by_word
def tense_of(word: Token) -> str:
    """«past perf», «futr impf», «infinitive», …; empty for what is no verb. What may be a present
    («реализуются») is no future.
    """
    best = word.forms[0] if word.forms else None
    if best is None or best.pos not in _VERBAL:
        return ""
    if best.pos != "VERB":
        return _VERBAL[best.pos]
    tense = next((t for t in ("past", "futr", "pres", "impr") if t in best.grammemes), "pres")
    if tense == "futr" and any(f.pos == "VERB" and "pres" in f.grammemes for f in word.forms):
        tense = "pres"
    return f"{tense} {'perf' if 'perf' in best.grammemes else 'impf'}"


_VERBAL = {"VERB": "", "PRTS": "participle", "INFN": "infinitive", "PRED": "predicative"}


def phrase_start(left: Sequence[Token], most: int) -> int:
    """Index in `left` of the first word of the noun phrase, of so many words at most, that ends before the
    name.
    """
    k = len(left)
    while k > 0 and len(left) - k < most:
        word = left[k - 1]
        if not word.forms or not word.text[:1].isalpha() or word.forms[0].pos not in {"NOUN", "ADJF", "PRTF"}:
            break
        k -= 1
    return k
