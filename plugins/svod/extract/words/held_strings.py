"""Which of many strings a text holds, asked once a text: one bit for each set of strings.

The strings have no blanks, so each lies inside one word of the text, and the words of reports come again and
again: the answer for a word is kept. Knows nothing of patterns.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable

MAX_WORDS = 30_000  # kept; then it begins anew
MAX_TEXTS = 5_000
MAX_WORD, MAX_TEXT = 40, 1_000  # characters: what is longer does not come again

_bits: dict[frozenset[str], int] = {}
OPENING = 3  # letters that strings are found by
_by_opening: dict[str, tuple[tuple[str, int], ...]] = {}  # the first letters → string, bits of its sets
_lock = threading.Lock()


class _Memory:
    """Answers given, as far as sets were known when this began: a new set needs a new memory."""

    __slots__ = ("texts", "words")

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.texts: dict[str, int] = {}


memory = _Memory()


def bit_of(strings: Iterable[str]) -> int:
    """The bit that `of` sets for texts that hold one of these strings, none of which has blanks."""
    global memory
    wanted = frozenset(strings)
    with _lock:
        if wanted not in _bits:
            bit = _bits[wanted] = 1 << len(_bits)
            for string in wanted:
                known = dict(_by_opening.get(string[:OPENING], ()))
                known[string] = known.get(string, 0) | bit
                _by_opening[string[:OPENING]] = tuple(known.items())
            memory = _Memory()  # after the table: whoever still fills the old one does no harm
        return _bits[wanted]


def of(text: str) -> int:
    """The bits of the sets of which the text holds a string."""
    kept = memory
    found = kept.texts.get(text)
    if found is None:
        found = 0
        for word in text.split():
            bits = kept.words.get(word)
            found |= _of_word(word, kept) if bits is None else bits
        if len(kept.texts) >= MAX_TEXTS:
            kept.texts.clear()
        if len(text) <= MAX_TEXT:
            kept.texts[text] = found
    return found


def _of_word(word: str, kept: _Memory) -> int:
    found = 0
    for i in range(len(word)):
        for length in range(1, OPENING):  # strings that are no longer
            for _, bits in _by_opening.get(word[i : i + length], ()):
                found |= bits
        for string, bits in _by_opening.get(word[i : i + OPENING], ()):
            if word.startswith(string, i):
                found |= bits
    if len(kept.words) >= MAX_WORDS:
        kept.words.clear()
    if len(word) <= MAX_WORD:
        kept.words[word] = found
    return found
