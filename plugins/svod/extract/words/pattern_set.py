"""Many patterns over one text in one walk: at each place only those are tried that can begin with what stands
there.

The matches are those of each pattern's own `finditer`. With which letters a pattern can begin is read off its
parse tree (`re._parser`, the successor of sre_parse: there is no public one), so that a new pattern needs no
list of its own. Knows nothing of what the patterns mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from svod.extract.words import held_strings
from svod.extract.words.screened import bit_of_tree

LOOK = 3  # letters that the patterns are chosen by
Walk = Callable[[str, set[int]], set[int]]  # (text, places before) → places after
_CATEGORIES: dict[str, Callable[[str], bool]] = {
    "CATEGORY_DIGIT": str.isdecimal,
    "CATEGORY_NOT_DIGIT": lambda c: not c.isdecimal(),
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_NOT_SPACE": lambda c: not c.isspace(),
    "CATEGORY_WORD": lambda c: c.isalnum() or c == "_",
    "CATEGORY_NOT_WORD": lambda c: not (c.isalnum() or c == "_"),
}


class PatternSet:
    """Patterns that begin where `boundary` holds (an assertion, without width); none may match nothing."""

    def __init__(self, boundary: str, patterns: Sequence[str]) -> None:
        self._places = re.compile(rf"{boundary}(?s:.)")
        self.sources = [rf"{boundary}(?:{p})" for p in patterns]
        self._patterns: list[re.Pattern[str] | None] = [None] * len(patterns)  # compiled when first tried
        trees = [_parser.parse(p) for p in patterns]
        for pattern, tree in zip(patterns, trees, strict=True):
            if not tree.getwidth()[0] or tree.state.flags & re.IGNORECASE:
                raise ValueError(f"matches nothing, or any letter case: {pattern}")
        self._bits = [bit_of_tree(tree) for tree in trees]
        self._walks = [_walk(tree) for tree in trees]
        self._chosen = lru_cache(maxsize=50_000)(self._choose)

    def finditer(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """(index of the pattern, match) by place; matches of one pattern never overlap."""
        chosen, patterns = self._chosen, self._patterns
        held = held_strings.of(text)
        never = len(text) + 1
        # where the next match of each may begin
        free = [0 if not bit or held & bit else never for bit in self._bits]
        for place in self._places.finditer(text):
            start = place.start()
            for i in chosen(text[start : start + LOOK]):
                if free[i] <= start:
                    pattern = patterns[i] or self._compiled(i)
                    found = pattern.match(text, start)
                    if found is not None:
                        free[i] = found.end()
                        yield i, found

    def _compiled(self, i: int) -> re.Pattern[str]:
        pattern = self._patterns[i] = re.compile(self.sources[i])
        return pattern

    def _choose(self, opening: str) -> tuple[int, ...]:
        """The patterns that may match a text that begins so: perhaps one too many, never one too few."""
        shorter = self._chosen(opening[:-1]) if len(opening) > 1 else range(len(self._walks))
        return tuple(i for i in shorter if self._walks[i](opening, {0}))


def _walk(tree: Iterable[tuple[Any, Any]]) -> Walk:
    """Walks over a text from several places at once; at the text's end the rest of the tree is free."""
    items = list(tree)
    steps: list[Walk] = []  # made when first reached: few letters are looked at

    def walk(text: str, places: set[int]) -> set[int]:
        for i in range(len(items)):
            if not places or len(text) in places:
                break
            if i == len(steps):
                steps.append(_step(str(items[i][0]), items[i][1]))
            places = steps[i](text, places)
        return places

    return walk


def _step(code: str, argument: Any) -> Walk:
    if code == "LITERAL":
        letter = chr(argument)
        return lambda text, places: {p + 1 for p in places if text[p] == letter}
    if code in ("NOT_LITERAL", "IN", "ANY"):
        takes = cache(partial(_takes, code, argument))
        return lambda text, places: {p + 1 for p in places if takes(text[p])}
    if code in ("AT", "ASSERT", "ASSERT_NOT"):
        return lambda text, places: places
    if code == "SUBPATTERN" and not argument[1]:
        return _walk(argument[3])
    if code == "BRANCH":
        return _branch(argument[1])
    if code in ("MAX_REPEAT", "MIN_REPEAT"):
        return _repeat(*argument)
    return lambda text, places: {len(text)}  # what is not understood may take anything


def _branch(trees: Iterable[Any]) -> Walk:
    """Alternatives; those with a first letter of their own are only looked at where it stands."""
    by_letter: dict[str, list[Walk]] = {}
    others: list[Walk] = []
    for tree in trees:
        items = list(tree)
        lettered = bool(items) and str(items[0][0]) == "LITERAL"
        (by_letter.setdefault(chr(items[0][1]), []) if lettered else others).append(_walk(items))

    def walk(text: str, places: set[int]) -> set[int]:
        found: set[int] = set()
        for alternative in others:
            found |= alternative(text, places)
        for place in places:
            for alternative in by_letter.get(text[place], ()):
                found |= alternative(text, {place})
        return found

    return walk


def _repeat(least: int, most: int, tree: Any) -> Walk:
    once = _walk(tree)

    def walk(text: str, places: set[int]) -> set[int]:
        found = set() if least else set(places)
        for times in range(1, min(int(most), int(least) + len(text)) + 1):
            places = once(text, places)
            if not places:
                break
            if times >= least or len(text) in places:
                found |= places
        return found

    return walk


def _takes(code: str, argument: Any, character: str) -> bool:
    if code == "NOT_LITERAL":
        return chr(argument) != character
    if code == "ANY":
        return True
    inverted = str(argument[0][0]) == "NEGATE"
    return inverted != any(_in_class(str(kind), value, character) for kind, value in argument)


def _in_class(kind: str, value: Any, character: str) -> bool:
    if kind == "LITERAL":
        return chr(value) == character
    if kind == "RANGE":
        return bool(value[0] <= ord(character) <= value[1])
    return kind == "CATEGORY" and _CATEGORIES[str(value)](character)
