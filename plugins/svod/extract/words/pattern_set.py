"""Many patterns over one text in one walk: at each place only those are tried that can begin with what stands
there.

The matches are those of each pattern's own `finditer`. With which letters a pattern can begin is read off its
parse tree (see `openings`), so that a new pattern needs no list of its own. Knows nothing of what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from re import _parser  # type: ignore[attr-defined]

from svod.extract.words import held_strings
from svod.extract.words.openings import LOOK, Openings
from svod.extract.words.screened import bit_of_tree


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
        self._openings = Openings(trees)

    def finditer(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """(index of the pattern, match) by place; matches of one pattern never overlap."""
        chosen, patterns = self._openings.of, self._patterns
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
