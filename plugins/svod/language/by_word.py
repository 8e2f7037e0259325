"""A memory for questions about a word: what rests on nothing but a token's text is worked out once a word."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from .document import Token

T = TypeVar("T")
MAX_WORDS = 50_000  # remembered for each question; then it begins anew


def by_word(question: Callable[[Token], T]) -> Callable[[Token], T]:
    """For functions of a token that look at its text, forms and lemma, never at its place."""
    known: dict[str, T] = {}

    @wraps(question)
    def answer(token: Token) -> T:
        try:
            return known[token.text]
        except KeyError:
            if len(known) >= MAX_WORDS:
                known.clear()
            found = known[token.text] = question(token)
            return found

    return answer
