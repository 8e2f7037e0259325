"""Which of many strings a text holds, asked once a text: one bit for each set of strings.

The strings have no blanks, so each lies inside one word of the text, and the words of reports come again and
again: the answer for a word is kept. Knows nothing of patterns.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

import ahocorasick

MAX_WORDS = 50_000  # kept; then it begins anew
MAX_TEXTS = 5_000
MAX_WORD, MAX_TEXT = 40, 1_000  # characters: what is longer does not come again
MAX_LONG = 4  # texts longer than that, the report's own: asked about in turns, many times in a row
MAX_LOOSE = 12  # strings looked for one by one; more of them are put into one automaton

_bits: dict[frozenset[str], int] = {}
_lock = threading.Lock()


class _Memory:
    """The strings with the bits of their sets, and answers given. A new set needs a new memory, to which what
    is known of words is handed on.
    """

    __slots__ = ("automaton", "long", "loose", "strings", "texts", "words")

    def __init__(self, strings: dict[str, int], automaton: Any, loose: dict[str, int] | None) -> None:
        self.strings = strings  # all of them
        self.automaton = automaton  # of all but the loose
        self.loose = loose  # None: too many to look for one by one
        self.words: dict[str, int] = {}
        self.texts: dict[str, int] = {}
        self.long: dict[str, int] = {}


memory = _Memory({}, None, {})


def bit_of(strings: Iterable[str]) -> int:
    """The bit that `of` sets for texts that hold one of these strings, none of which has blanks."""
    global memory
    wanted = frozenset(strings)
    with _lock:
        if wanted not in _bits:
            bit = _bits[wanted] = 1 << len(_bits)
            memory = _grown(memory, wanted, bit)  # whoever still fills the old one does no harm
        return _bits[wanted]


def _grown(before: _Memory, wanted: frozenset[str], bit: int) -> _Memory:
    for string in wanted:
        before.strings[string] = before.strings.get(string, 0) | bit
    loose = before.loose
    if loose is not None:  # else all are put into an automaton when the next word is asked about
        every = [*loose, *wanted]
        loose = {s: before.strings[s] for s in every} if len(every) <= MAX_LOOSE else None
    after = _Memory(before.strings, before.automaton, loose)
    known = list(before.words.items())
    after.words = {w: bits | bit if any(s in w for s in wanted) else bits for w, bits in known}
    return after


def _automaton_of(strings: dict[str, int]) -> Any:
    automaton = ahocorasick.Automaton()
    for string, bits in list(strings.items()):
        automaton.add_word(string, bits)
    automaton.make_automaton()
    return automaton


def of(text: str) -> int:
    """The bits of the sets of which the text holds a string."""
    kept = memory
    found = kept.texts.get(text)
    if found is None:
        long = kept.long.get(text)
        if long is not None:
            return long
        words = text.split()
        try:
            found = reduce(or_, map(kept.words.__getitem__, words), 0)
        except KeyError:
            known = kept.words.get
            found = reduce(or_, (_of_word(w, kept) if (bits := known(w)) is None else bits for w in words), 0)
        if len(kept.texts) >= MAX_TEXTS:
            kept.texts.clear()
        if len(text) <= MAX_TEXT:
            kept.texts[text] = found
        else:
            if len(kept.long) >= MAX_LONG:
                kept.long.clear()
            kept.long[text] = found
    return found


def _of_word(word: str, kept: _Memory) -> int:
    loose = kept.loose
    if loose is None:
        kept.automaton, kept.loose = _automaton_of(kept.strings), (loose := {})
    found = 0
    if kept.automaton is not None:
        for _, bits in kept.automaton.iter(word):
            found |= bits
    for string, bits in loose.items():
        if string in word:
            found |= bits
    if len(kept.words) >= MAX_WORDS:
        kept.words.clear()
    if len(word) <= MAX_WORD:
        kept.words[word] = found
    return found
