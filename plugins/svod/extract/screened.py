"""Patterns that are not tried where they cannot match: the same answers as `re`, sooner.

A pattern is screened by strings of which every match holds one, and one that ends with `$` begins no farther
from the end than it is wide. Both are read off its parse tree (`re._parser`; see `pattern_set`). Patterns
that ignore case are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from re import _parser  # type: ignore[attr-defined]
from typing import Any

MAX_STRINGS = 40  # to look for more takes as long as the pattern itself
MAX_REACH = 100


class Screened:
    """A compiled pattern with a quicker `search`."""

    __slots__ = ("_needed", "_pattern", "_reach", "match")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._pattern = re.compile(pattern, flags)
        self.match = self._pattern.match
        self._needed: tuple[str, ...] = ()
        self._reach = 0  # characters from the end that a match can begin at; 0: any
        tree = _parser.parse(pattern, flags)
        if tree.state.flags & re.IGNORECASE:
            return
        items = list(tree)
        width = int(tree.getwidth()[1])
        if items and _is(items[-1], "AT", "AT_END") and width < MAX_REACH:
            self._reach = width + 1  # «$» holds before a last line break too
        else:
            needed = _needed(items) or frozenset()
            self._needed = tuple(sorted(needed)) if len(needed) <= MAX_STRINGS else ()

    def search(self, text: str) -> re.Match[str] | None:
        if self._reach:
            return self._pattern.search(text, max(0, len(text) - self._reach))
        if self._needed:
            for string in self._needed:
                if string in text:
                    break
            else:
                return None
        return self._pattern.search(text)


@cache
def _screened(pattern: str) -> Screened:
    return Screened(pattern)


def search(pattern: str, text: str) -> re.Match[str] | None:
    """`re.search` for the patterns of the rules, which are few: each is kept."""
    return _screened(pattern).search(text)


def match(pattern: str, text: str) -> re.Match[str] | None:
    """`re.match` likewise."""
    return _screened(pattern).match(text)


def _is(item: tuple[Any, Any], code: str, argument: str) -> bool:
    return str(item[0]) == code and str(item[1]) == argument


def _needed(tree: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """Strings of which every match of the tree holds at least one; None if there are none to name."""
    found: list[frozenset[str]] = []
    run = ""  # letters one after another
    for code, argument in tree:
        if str(code) == "LITERAL":
            run += chr(argument)
            continue
        if run:
            found.append(frozenset([run]))
            run = ""
        inner = _needed_by(str(code), argument)
        if inner is not None:
            found.append(inner)
    if run:
        found.append(frozenset([run]))
    return max(found, key=lambda strings: (min(map(len, strings)), -len(strings)), default=None)


def _needed_by(code: str, argument: Any) -> frozenset[str] | None:
    if code == "SUBPATTERN" and not argument[1]:
        return _needed(argument[3])
    if code in ("MAX_REPEAT", "MIN_REPEAT") and argument[0]:
        return _needed(argument[2])
    if code == "BRANCH":
        parts = [_needed(tree) for tree in argument[1]]
        return None if None in parts else frozenset().union(*(p for p in parts if p is not None))
    if code == "IN" and all(str(kind) == "LITERAL" for kind, _ in argument):
        return frozenset(chr(value) for _, value in argument)
    return None
