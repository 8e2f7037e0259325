"""What changed between two versions of a report, line by line and, inside a changed line, word by word.

Pure, and bounded: hostile input must not make it slow, so long texts are compared by lines alone and very
long ones not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

MOST_LINES = 4_000  # beyond this a comparison says only that the texts differ
MOST_CHARACTERS = 60_000  # of both texts, beyond which lines are compared but not the words in them
MOST_WORDS = 400  # in a line, beyond which it is shown as replaced whole
CONTEXT = 2  # unchanged lines kept around a change
WORD = re.compile(r"\s+|\w+|[^\w\s]")

Mark = Literal["same", "added", "gone"]


@dataclass(frozen=True, slots=True)
class Run:
    """Some text of a line, and what became of it."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line and what became of it; the runs of a `changed` one tell what inside. `skip`: lines left out."""

    mark: Literal["same", "added", "gone", "changed", "skip"]
    runs: tuple[Run, ...]
    skip: int = 0


def compare(old: str, new: str) -> list[Line] | None:
    """The lines that differ, with a little context; None when the texts are too long to be compared."""
    before, after = old.split("\n"), new.split("\n")
    if max(len(before), len(after)) > MOST_LINES:
        return None
    by_words = len(old) + len(new) <= MOST_CHARACTERS
    matcher = SequenceMatcher(None, before, after, autojunk=True)
    lines: list[Line] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            lines.extend(Line("same", (Run("same", text),)) for text in before[i1:i2])
        else:
            lines.extend(_replaced(before[i1:i2], after[j1:j2], by_words))
    return list(_folded(lines))


def _replaced(before: list[str], after: list[str], by_words: bool) -> Iterator[Line]:
    """Lines changed one for one are shown inside one line; what is left over is gone or added."""
    pairs = min(len(before), len(after))
    for old, new in zip(before, after, strict=False):
        runs = _words(old, new) if by_words else None
        if runs is not None:
            yield Line("changed", runs)
        else:
            yield Line("gone", (Run("gone", old),))
            yield Line("added", (Run("added", new),))
    for old in before[pairs:]:
        yield Line("gone", (Run("gone", old),))
    for new in after[pairs:]:
        yield Line("added", (Run("added", new),))


def _words(old: str, new: str) -> tuple[Run, ...] | None:
    """Word by word; None if the lines have too little in common, or are too long, for that to help."""
    before, after = WORD.findall(old), WORD.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        return None
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < 0.4:
        return None
    runs: list[Run] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            runs.append(Run("same", "".join(before[i1:i2])))
            continue
        if i2 > i1:
            runs.append(Run("gone", "".join(before[i1:i2])))
        if j2 > j1:
            runs.append(Run("added", "".join(after[j1:j2])))
    return tuple(runs)


def _folded(lines: list[Line]) -> Iterator[Line]:
    """Long stretches of unchanged lines become one line that counts them."""
    near = {
        at
        for index, line in enumerate(lines)
        if line.mark != "same"
        for at in range(index - CONTEXT, index + CONTEXT + 1)
    }
    skipped = 0
    for index, line in enumerate(lines):
        if index not in near:
            skipped += 1
            continue
        if skipped:
            yield Line("skip", (), skipped)
            skipped = 0
        yield line
    if skipped:
        yield Line("skip", (), skipped)
