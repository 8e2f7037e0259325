"""With which letters a text must end for a pattern that is tied to its end («… на[ ]$») to match.

Read off the pattern's parse tree from behind, as far as letters are certain. Knows nothing of what it means.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

LETTERS = 3  # of an ending
MAX_ENDINGS = 40


def endings_of(items: Sequence[tuple[Any, Any]]) -> tuple[str, ...]:
    """Endings of which the text has one if the pattern matches; none if nothing can be said."""
    if not items or (str(items[-1][0]), str(items[-1][1])) != ("AT", "AT_END"):
        return ()
    done, begun = _before(list(items)[:-1], {""})
    found = done | begun
    if any(not ending.strip() for ending in found) or len(found) > MAX_ENDINGS:
        return ()
    return (*sorted(found), "\n")  # «$» holds before a last line break too


def _before(items: Iterable[tuple[Any, Any]], begun: set[str]) -> tuple[set[str], set[str]]:
    """The endings with what these items put before them: (those before which anything may stand, those that
    what stands before the items goes on with).
    """
    done: set[str] = set()
    for code, argument in reversed(list(items)):
        if not begun or len(begun) + len(done) > MAX_ENDINGS:
            break
        more, begun = _item(str(code), argument, begun)
        done |= more | {e for e in begun if len(e) >= LETTERS}
        begun = {e for e in begun if len(e) < LETTERS}
    return (done | begun, set()) if len(begun) + len(done) > MAX_ENDINGS else (done, begun)


def _item(code: str, argument: Any, begun: set[str]) -> tuple[set[str], set[str]]:
    if code == "LITERAL":
        return set(), {chr(argument) + e for e in begun}
    if code == "IN" and all(str(kind) == "LITERAL" for kind, _ in argument):
        return set(), {chr(letter) + e for (_, letter), e in product(argument, begun)}
    if code in ("AT", "ASSERT", "ASSERT_NOT"):
        return set(), begun
    if code == "SUBPATTERN" and not argument[1]:
        return _before(argument[3], begun)
    if code == "BRANCH":
        parts = [_before(tree, begun) for tree in argument[1]]
        return set().union(*(d for d, _ in parts)), set().union(*(b for _, b in parts))
    if code in ("MAX_REPEAT", "MIN_REPEAT"):
        least, most, tree = argument
        done, once = _before(tree, begun)
        if most > 1:
            done, once = done | once, set()
        return done, once if least else once | begun
    return begun, set()
