"""Patterns that are not tried where they cannot match: the same answers as `re`, sooner.

A pattern is screened by strings of which every match holds one. One that ends with `$` is screened by the
letters before it (`endings`), and begins no farther from the end than it is wide. All this is read off its
parse tree (`re._parser`; see `openings`).
Which strings a text holds is asked once for all patterns together (`held_strings`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, reduce
from operator import or_
from re import _parser  # type: ignore[attr-defined]
from typing import Any, Generic, TypeVar

from svod.extract.words import held_strings
from svod.extract.words.endings import endings_of

K = TypeVar("K")
MAX_REACH = 100
_SAFE = re.compile("[a-hj-zа-яё]")  # in any letter case they are the same after `casefold`; «i» is not


class Screened:
    """A pattern with a quicker `search`, compiled when a text first gets past its screen."""

    __slots__ = ("_any_case", "_endings", "_pattern", "_reach", "bit", "match", "unscreened")
    unscreened: re.Pattern[str]
    match: Callable[[str], re.Match[str] | None]

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._pattern = (pattern, flags)
        tree = _parser.parse(pattern, flags)
        self._any_case = bool(tree.state.flags & re.IGNORECASE)
        items = list(tree)
        self.bit = bit_of_tree(items, self._any_case)
        width = int(tree.getwidth()[1])
        ends = bool(items) and _is(items[-1], "AT", "AT_END") and width < MAX_REACH
        self._reach = width + 1 if ends else 0  # «$» holds before a last line break too
        self._endings = () if tree.state.flags & (re.IGNORECASE | re.MULTILINE) else endings_of(items)

    def __getattr__(self, name: str) -> Any:
        """Only for what is not there yet, so that what is costs nothing more."""
        if name not in ("unscreened", "match"):
            raise AttributeError(name)
        self.unscreened = re.compile(*self._pattern)
        self.match = self.unscreened.match
        return getattr(self, name)

    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        if self.bit and not held_strings.of(text.casefold() if self._any_case else text) & self.bit:
            return ()
        return self.unscreened.finditer(text)

    def search(self, text: str) -> re.Match[str] | None:
        if self._endings and not text.endswith(self._endings):
            return None
        if self.bit:
            if self._any_case:
                text_held = held_strings.of(text.casefold())
            else:  # most texts are known: this is asked a thousand times a report
                known = held_strings.memory.texts.get(text)
                text_held = held_strings.of(text) if known is None else known
            if not text_held & self.bit:
                return None
        if self._reach:
            return self.unscreened.search(text, max(0, len(text) - self._reach))
        return self.unscreened.search(text)


class Several(Generic[K]):
    """Patterns asked together which of them find something; none may ignore the case of letters."""

    __slots__ = ("_union", "rows")

    def __init__(self, rows: Iterable[tuple[K, Screened]]) -> None:
        self.rows = tuple(rows)
        bits = [pattern.bit for _, pattern in self.rows]
        self._union = reduce(or_, bits, 0) if all(bits) else 0  # 0: one of them no strings screen

    def found(self, text: str) -> list[K]:
        """The keys of the patterns that find something, in their order."""
        return [key for key, pattern in self._possible(text) if pattern.search(text) is not None]

    def any(self, text: str) -> bool:
        for _, pattern in self._possible(text):  # noqa: SIM110 (half the time of `any`)
            if pattern.search(text) is not None:
                return True
        return False

    def _possible(self, text: str) -> Sequence[tuple[K, Screened]]:
        held = held_strings.of(text)
        if self._union and not held & self._union:
            return ()
        return [row for row in self.rows if not row[1].bit or held & row[1].bit]


class AnyOf:
    """Many patterns of which one is enough: those that no string screens are kept apart from the others."""

    __slots__ = ("_screened", "_unscreened")

    def __init__(self, patterns: Iterable[str], flags: int = 0) -> None:
        screened: list[str] = []
        unscreened: list[str] = []
        for pattern in dict.fromkeys(patterns):
            tree = _parser.parse(pattern, flags)
            named = _needed(tree, bool(tree.state.flags & re.IGNORECASE))
            (screened if named else unscreened).append(f"(?:{pattern})")
        self._screened = Screened("|".join(screened), flags) if screened else None
        self._unscreened = re.compile("|".join(unscreened), flags) if unscreened else None

    def found(self, text: str) -> bool:
        if self._screened is not None and self._screened.search(text) is not None:
            return True
        return self._unscreened is not None and self._unscreened.search(text) is not None


def any_case(pattern: str) -> Screened:
    """The pattern whatever the case of the letters."""
    return Screened(pattern, re.IGNORECASE)


@cache
def _screened(pattern: str) -> Screened:
    return Screened(pattern)


def search(pattern: str, text: str) -> re.Match[str] | None:
    """`re.search` for the patterns of the rules, which are few: each is kept."""
    return _screened(pattern).search(text)


def match(pattern: str, text: str) -> re.Match[str] | None:
    """`re.match` likewise."""
    return _screened(pattern).match(text)


def bit_of_tree(tree: Iterable[tuple[Any, Any]], any_case: bool = False) -> int:
    """The bit of `held_strings` without which the pattern of this parse tree finds nothing; 0 if no strings
    can be named. `any_case`: the bit of texts that went through `casefold`.
    """
    needed = _needed(tree, any_case)
    return held_strings.bit_of(needed) if needed else 0


def _is(item: tuple[Any, Any], code: str, argument: str) -> bool:
    return str(item[0]) == code and str(item[1]) == argument


def _needed(tree: Iterable[tuple[Any, Any]], any_case: bool) -> frozenset[str] | None:
    """Strings without blanks of which every match of the tree holds at least one; None if there are none to
    name.
    """
    found: list[frozenset[str]] = []
    run = ""  # letters one after another
    for code, argument in tree:
        letter = _letter(argument, any_case) if str(code) == "LITERAL" else ""
        run += letter
        if run and not letter:
            found.append(frozenset([run]))
            run = ""
        inner = _needed_by(str(code), argument, any_case)
        if inner is not None:
            found.append(inner)
    if run:
        found.append(frozenset([run]))
    return max(found, key=lambda strings: (min(map(len, strings)), -len(strings)), default=None)


def _letter(code: int, any_case: bool) -> str:
    """The character if it can be looked for in a word as it stands."""
    character = chr(code)
    if any_case:
        character = character.casefold()
        if character != character.upper() and not _SAFE.fullmatch(character):
            return ""
    return "" if character.isspace() else character


def _needed_by(code: str, argument: Any, any_case: bool) -> frozenset[str] | None:
    if code == "SUBPATTERN" and not argument[1]:
        return _needed(argument[3], any_case)
    if code in ("MAX_REPEAT", "MIN_REPEAT") and argument[0]:
        return _needed(argument[2], any_case)
    if code == "BRANCH":
        parts = [_needed(tree, any_case) for tree in argument[1]]
        return None if None in parts else frozenset().union(*(p for p in parts if p is not None))
    if code == "IN" and all(str(kind) == "LITERAL" for kind, _ in argument):
        letters = frozenset(_letter(value, any_case) for _, value in argument)
        return None if "" in letters else letters
    return None
