"""With which letters patterns can begin: their parse trees (`re._parser`, the successor of sre_parse: there
is no public one), read letter by letter as far as texts ask.

A place in a pattern knows what can come next once it has been asked, so a new opening costs a few lookups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_Class = Callable[[str], bool]  # does it take the letter

LOOK = 3  # letters that patterns are chosen by
MAX_OPENINGS = 50_000  # kept; then it begins anew
_CATEGORIES: dict[str, Callable[[str], bool]] = {
    "CATEGORY_DIGIT": str.isdecimal,
    "CATEGORY_NOT_DIGIT": lambda c: not c.isdecimal(),
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_NOT_SPACE": lambda c: not c.isspace(),
    "CATEGORY_WORD": lambda c: c.isalnum() or c == "_",
    "CATEGORY_NOT_WORD": lambda c: not (c.isalnum() or c == "_"),
}


_Choice = tuple["str | _Class", "_Place"]


class Openings:
    """Of many patterns those that can begin with given letters: perhaps one too many, never one too few."""

    def __init__(self, trees: Iterable[Any]) -> None:
        every = tuple((i, (_Place(tree, 0, None),)) for i, tree in enumerate(trees))
        self._reached: dict[str, tuple[tuple[int, tuple[_Place, ...]], ...]] = {"": every}
        self._chosen: dict[str, tuple[int, ...]] = {}

    def of(self, opening: str) -> tuple[int, ...]:
        """Numbers of the patterns, in order; `opening` has LOOK letters or is all that the text has."""
        found = self._chosen.get(opening)
        if found is None:
            if len(self._chosen) >= MAX_OPENINGS:
                self._chosen.clear()
                self._reached = {"": self._reached[""]}
            found = self._chosen[opening] = tuple(i for i, _ in self._after(opening))
        return found

    def _after(self, opening: str) -> tuple[tuple[int, tuple[_Place, ...]], ...]:
        """The patterns that are still possible behind the letters, with the places reached."""
        known = self._reached.get(opening)
        if known is None:
            letter = opening[-1]
            known = tuple(
                (i, found)
                for i, places in self._after(opening[:-1])
                if (found := tuple(p for place in places for p in place.after(letter)))
            )
            if len(opening) < LOOK:
                self._reached[opening] = known
        return known


class _Place:
    """What of a pattern comes next: the items of a tree from `at` on, then what follows the tree."""

    __slots__ = ("_at", "_choices", "_items", "_then")

    def __init__(self, items: Sequence[tuple[Any, Any]], at: int, then: _Place | None) -> None:
        self._items, self._at, self._then = items, at, then
        self._choices: tuple[dict[str, list[_Place]], list[tuple[_Class, _Place]]] | None = None

    def after(self, letter: str) -> list[_Place]:
        """The places behind the letter, if it can stand here."""
        if self._choices is None:
            letters: dict[str, list[_Place]] = {}
            classes: list[tuple[_Class, _Place]] = []
            for what, place in self.choices():
                if isinstance(what, str):
                    letters.setdefault(what, []).append(place)
                else:
                    classes.append((what, place))
            self._choices = (letters, classes)
        letters, classes = self._choices
        found = letters.get(letter, [])
        return [*found, *(place for takes, place in classes if takes(letter))] if classes else found

    def choices(self) -> Iterator[_Choice]:
        """What can come next, a letter or a class of letters, and the place behind it."""
        if self._at == len(self._items):
            if self._then is None:
                yield _anything, self
            else:
                yield from self._then.choices()
            return
        code, argument = str(self._items[self._at][0]), self._items[self._at][1]
        after = _Place(self._items, self._at + 1, self._then)
        if code == "LITERAL":
            yield chr(argument), after
        elif code in ("NOT_LITERAL", "IN", "ANY"):
            yield cache(partial(_takes, code, argument)), after
        elif code in ("AT", "ASSERT", "ASSERT_NOT"):
            yield from after.choices()
        elif code == "SUBPATTERN" and not argument[1]:
            yield from _Place(argument[3], 0, after).choices()
        elif code == "BRANCH":
            for tree in argument[1]:
                yield from _Place(tree, 0, after).choices()
        elif code in ("MAX_REPEAT", "MIN_REPEAT") and argument[2].getwidth()[0]:
            yield from _repeated(code, argument, after)
        else:  # what is not understood may take anything
            yield _anything, _Place((), 0, None)


def _repeated(code: str, argument: Any, after: _Place) -> Iterator[_Choice]:
    least, most, tree = argument
    if not least:
        yield from after.choices()
    if most:
        more = most if most == _parser.MAXREPEAT else most - 1
        again = _Place(((code, (max(least - 1, 0), more, tree)),), 0, after)
        yield from _Place(tree, 0, again).choices()


def _anything(_: str) -> bool:
    return True


def _takes(code: str, argument: Any, letter: str) -> bool:
    if code == "ANY":
        return True
    if code == "NOT_LITERAL":
        return chr(argument) != letter
    inverted = str(argument[0][0]) == "NEGATE"
    return inverted != any(_in_class(str(kind), value, letter) for kind, value in argument)


def _in_class(kind: str, value: Any, letter: str) -> bool:
    if kind == "LITERAL":
        return chr(value) == letter
    if kind == "RANGE":
        return bool(value[0] <= ord(letter) <= value[1])
    return kind == "CATEGORY" and _CATEGORIES[str(value)](letter)
