"""A memory for questions about a word: what rests on nothing but a token's text is worked out once a word,
and asked once of each word of a text, however often it stands there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


class Vocabulary:
    """The different words of a text with the places where they stand."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        by_text: dict[str, list[int]] = {}
        for i, token in enumerate(tokens):
            by_text.setdefault(token.text, []).append(i)
        self._words = [(tokens[places[0]], places) for places in by_text.values()]

    def where(self, question: Callable[[Token], object]) -> list[int]:
        """Indices of the tokens for which the question of `by_word` has a true answer, in order."""
        found: list[int] = []
        for token, places in self._words:
            if question(token):
                found += places
        return sorted(found)
