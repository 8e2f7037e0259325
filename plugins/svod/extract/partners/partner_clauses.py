"""The clause around an organisation: which verb it belongs to, and how it stands to that verb.

Knows grammar only; what a verb says of a role is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from svod.extract.layout.prose import Prose
from svod.language.document import Token

REACH_AFTER, REACH_BEFORE = 12, 8
_ACTIVE = frozenset(
    "заниматься заняться подключиться присоединиться включиться делиться поделиться скинуться".split()
)
_END = frozenset(".;:!?…")
_OPENS = frozenset("который где когда чтобы что если хотя поскольку куда откуда".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """`verb` is the lemma of the finite verb or short participle of the clause; `preposition` stands before
    the organisation (lower case, empty if none).
    """

    verb: str
    passive: bool
    preposition: str


def read_clause(prose: Prose, start: int, end: int) -> Clause | None:
    """The clause of what stands at `start..end` (a chain of names), None without a verb of its own."""
    first, last = prose.index(start), prose.index(end)
    preposition = ""
    if first > 0 and prose.same_block(prose.words[first - 1].start, start):
        before = prose.words[first - 1]
        preposition = before.text.casefold() if before.forms[0].pos == "PREP" else ""
    after = _clause_after(prose, last, start)
    verb = _verb(after) or _verb(reversed(_clause_before(prose, first, start)))
    if verb is None:
        return None
    lemma = next(f.lemma for f in verb.forms if f.pos in {"VERB", "PRTS"})
    passive = verb.forms[0].pos == "PRTS" or (lemma.endswith("ся") and lemma not in _ACTIVE)
    return Clause(lemma.replace("ё", "е"), passive, preposition)


def _verb(words: Iterable[Token]) -> Token | None:
    return next((w for w in words if w.forms[0].pos in {"VERB", "PRTS"}), None)


def _clause_after(prose: Prose, last: int, start: int) -> list[Token]:
    found: list[Token] = []
    for k in range(last, min(last + REACH_AFTER, len(prose.words))):
        word = prose.words[k]
        if word.text in _END or not prose.same_block(word.start, start) or word.lemma in _OPENS:
            break
        if word.text == "," and _verb(found) is not None:
            break
        found.append(word)
    return found


def _clause_before(prose: Prose, first: int, start: int) -> list[Token]:
    found: list[Token] = []
    for k in range(first - 1, max(-1, first - 1 - REACH_BEFORE), -1):
        word = prose.words[k]
        if word.text in _END or word.text in {"—", "–"} or not prose.same_block(word.start, start):
            break
        if word.text == ",":
            break
        found.append(word)
    return found[::-1]
