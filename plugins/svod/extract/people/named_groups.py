"""Where a report names groups of people: each place with the group, and what stands beside it in grammar.

Looks at words alone; which figure takes a group is decided by those who tell its beneficiary.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from svod.extract.figures.context import Scene
from svod.extract.figures.counted import unit_lemma
from svod.extract.layout.captions import Captions
from svod.extract.layout.segments import Block
from svod.extract.people.audience import places_of_groups
from svod.extract.people.person_units import group_of_unit
from svod.extract.words.adjectives import is_adjectival_or_quote
from svod.language.by_word import by_word
from svod.language.document import Token
from svod.language.lazy import lazy
from svod.models import Beneficiary

SOME_OF_ALL = frozenset(
    {"general", "institutions", "specialists"}
)  # on every page; tell nothing of its readers
_CASES = ("datv", "ablt", "nomn", "gent", "accs", "loct")
_PREPOSITIONS = {"со": "с", "ко": "к", "во": "в", "об": "о", "про": "о"}
_REACH = 4  # words between a preposition and its noun
_QUOTED = 80  # characters in which a name began


@dataclass(frozen=True, slots=True)
class Named:
    """A place where a group is named. `role`: preposition and case, «для gent»; `name`: inside a name."""

    start: int
    token: int
    group: Beneficiary
    role: str
    name: bool


class NamedGroups:
    """All places where a report names groups, in order; furniture left out."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.all = sorted(self._find(), key=lambda n: n.start)
        self._starts = [n.start for n in self.all]

    def between(self, start: int, end: int) -> Sequence[Named]:
        return self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def groups(self, start: int, end: int) -> list[Beneficiary]:
        """Each group that is named there, once."""
        return list(dict.fromkeys(n.group for n in self.between(start, end)))

    @lazy
    def captions(self) -> Captions:
        return Captions(self.scene.doc, self.scene.layout)

    @lazy
    def counts(self) -> Counter[Beneficiary]:
        """How often the report names each group that it may be for."""
        return Counter(n.group for n in self.all if n.group not in SOME_OF_ALL)

    @lazy
    def titles(self) -> list[Block]:
        return [b for b in self.scene.layout.blocks if b.kind == "title"]

    @lazy
    def opening(self) -> list[Block]:
        """The first two blocks below the title."""
        return [b for b in self.scene.layout.blocks if b.kind not in ("furniture", "title")][:2]

    def _find(self) -> Iterator[Named]:
        """By the lexicon's phrases, and by plural nouns that name people."""
        tokens = self.scene.tokens
        seen: set[tuple[int, Beneficiary]] = set()
        for start, group in places_of_groups(self.scene.low):
            i = self.scene.doc.token_index(start + 1) - 1
            if i >= 0 and (i, group) not in seen and self._in_report(start):
                seen.add((i, group))
                yield self._named(start, i, group)
        for i, token in enumerate(tokens):
            noun = _group_of_noun(token)
            if (
                noun
                and not any((k, noun) in seen for k in (i, i - 1, i - 2))
                and self._in_report(token.start)
            ):
                yield self._named(token.start, i, noun)

    def _in_report(self, offset: int) -> bool:
        index = self.scene.block_index(offset)
        return index is not None and self.scene.block(index).kind != "furniture"

    @lazy
    def _projects(self) -> list[tuple[int, int]]:
        return sorted(place for p in self.scene.projects for place in p.occurrences)

    def _in_project(self, offset: int) -> bool:
        """Inside one of the last two project names that begin before the offset."""
        at = bisect_right(self._projects, (offset, len(self.scene.text)))
        return any(offset < end for _, end in self._projects[max(0, at - 2) : at])

    def _named(self, start: int, i: int, group: Beneficiary) -> Named:
        scene, tokens = self.scene, self.scene.tokens
        head = tokens[i]
        for k in range(i, min(i + _REACH, len(tokens))):
            if tokens[k].forms and tokens[k].forms[0].pos == "NOUN":
                head = tokens[k]
                break
            if not is_adjectival_or_quote(tokens[k]):
                break
        left = scene.text[max(0, start - _QUOTED) : start]
        return Named(
            start,
            i,
            group,
            f"{_preposition(tokens, i)} {_case(head)}".strip(),
            left.rfind("«") > left.rfind("»") or self._in_project(start),
        )


@by_word
def _group_of_noun(token: Token) -> Beneficiary | None:
    """«сахалинцы», «зрителей»: a plural noun that names people."""
    if not token.forms or token.forms[0].pos != "NOUN" or not token.text[:1].isalpha():
        return None
    return group_of_unit(unit_lemma(token.text)) if "plur" in token.forms[0].grammemes else None


_DATIVE = re.compile(r"[ая]м$")


@by_word
def _case(token: Token) -> str:
    if _DATIVE.search(token.text.lower()):
        return "datv"
    grammemes = token.forms[0].grammemes if token.forms else frozenset()
    case = next((c for c in _CASES if c in grammemes), "-")
    return "gent" if case == "accs" and "anim" in grammemes else case


def _preposition(tokens: Sequence[Token], i: int) -> str:
    for k in range(i - 1, max(-1, i - _REACH - 1), -1):
        pos = tokens[k].forms[0].pos if tokens[k].forms else ""
        if pos == "PREP":
            low = tokens[k].text.lower()
            return _PREPOSITIONS.get(low, low)
        if not (is_adjectival_or_quote(tokens[k]) or pos == "NUMR" or tokens[k].text[:1].isdigit()):
            break
    return ""
