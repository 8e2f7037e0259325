"""Captions: the few words that say what a stretch of a report is on, in whatever form a page gives them.

A heading, a short line above prose («Программа «X»»), or the verbless first words of an item or a paragraph
(«3.1. Консультационный пункт. …», «Оборудование: …»). Knows the layout and parts of speech only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from svod.extract.figures.context import is_predicate
from svod.extract.layout.lines import MONTHS
from svod.extract.layout.segments import Block, Layout
from svod.language.document import Document, Token
from svod.language.lazy import lazy

MAX_LINE = 11  # words of a line that is a caption
MAX_OPENER = 9  # words of one that opens its paragraph
MAX_CHARS = 140
REACH = 4  # blocks that a short line rules, unless it stands as a heading
_HEADS = frozenset({"heading", "title", "list_head"})
_MARKER = re.compile(
    r"^[^\w«\"“„]*(?:\(?(?:\d{1,2}(?:\.\d{1,2}){0,2}|[IVX]{1,4}|[а-я])[.)]\s*|\d{1,2}(?:\.\d{1,2}){1,2}\s+)?[^\w«\"“„]*"
)
_END = re.compile(r"[.:](?=\s+\S)|\s[–—-](?=\s+[«А-ЯЁ\d])")
_DAYS = re.compile(rf"\d{{1,2}}(?:[ \u00a0]?[–—-][ \u00a0]?\d{{1,2}})?[ \u00a0](?:{MONTHS}),[ \u00a0][А-ЯЁ]")
_CLOSED = re.compile(r"[.!?…;:,]$")
_SHORT = re.compile(r"(?:^|[\s(№])(?:им|г|с|п|д|ул|тыс|млн|млрд|руб|чел|ст|стр|т|др|обл|[А-ЯЁ])$")


@dataclass(frozen=True, slots=True)
class Caption:
    """`text[start:end]`, without the number or mark before it, in the block `index`. `own`: it rules its own
    block and the items below; else all that follows up to the next one of the kind.
    """

    start: int
    end: int
    index: int
    own: bool


@dataclass(frozen=True)
class Captions:
    """The captions of a report, in order."""

    doc: Document
    layout: Layout

    @lazy
    def all(self) -> tuple[Caption, ...]:
        return tuple(self._find())

    @lazy
    def _by_block(self) -> dict[int, Caption]:
        return {c.index: c for c in self.all}

    @lazy
    def _wide(self) -> tuple[list[int], list[Caption]]:
        wide = [c for c in self.all if not c.own]
        return [c.index for c in wide], wide

    def at(self, index: int) -> Caption | None:
        """The caption that stands in this block."""
        return self._by_block.get(index)

    def opener(self, index: int) -> Caption | None:
        """The caption that opens this block, or the item's head, or the paragraph that heads its list."""
        steps = 0
        at: int | None = index
        while at is not None and steps < 3:
            found = self._by_block.get(at)
            if found is not None and found.own:
                return found
            at, steps = self.layout.blocks[at].head, steps + 1
        return None

    def above(self, index: int) -> Caption | None:
        """The heading or short line that rules this block."""
        starts, wide = self._wide
        k = bisect_right(starts, index - 1) - 1
        if k < 0 or (self.layout.blocks[wide[k].index].kind not in _HEADS and index - wide[k].index > REACH):
            return None
        return wide[k]

    def _find(self) -> Iterator[Caption]:
        blocks = self.layout.blocks
        for i, block in enumerate(blocks):
            if block.kind in {"heading", "title"}:
                if _words(self.doc.tokens_in(block.start, block.end)):
                    yield self._line(i, block)
            elif block.kind in {"paragraph", "lead", "list_head"} and self._is_line(i, block):
                yield self._line(i, block)
            elif block.kind in {"paragraph", "lead", "list_item"}:
                opened = self._opened(i, block)
                if opened is not None:
                    yield opened

    def _line(self, i: int, block: Block) -> Caption:
        start = block.start + _marker(self.doc.text[block.start : block.end])
        return Caption(start, block.end, i, own=False)

    def _is_line(self, i: int, block: Block) -> bool:
        """A short line that is no sentence, above a longer block."""
        text = self.doc.text[block.start : block.end]
        blocks = self.layout.blocks
        if len(text) > MAX_CHARS or _CLOSED.search(text) or "\n" in text or i + 1 >= len(blocks):
            return False
        first = text[_marker(text) :][:1]
        below = blocks[i + 1]
        opens = first.isupper() or first in '«"“„' or _DAYS.match(text) is not None
        if not opens or below.kind in {"furniture", "signature"}:
            return False
        words = _words(self.doc.tokens_in(block.start, block.end))
        return 0 < len(words) <= MAX_LINE and not self.doc.text[below.start].islower()

    def _opened(self, i: int, block: Block) -> Caption | None:
        text = self.doc.text[block.start : min(block.end, block.start + MAX_CHARS)]
        first = _marker(text)
        for match in _END.finditer(text, first):
            if _SHORT.search(text[first : match.start()]):
                continue
            start, end = block.start + first, block.start + match.start()
            tokens = self.doc.tokens_in(start, end)
            quoted = re.sub(r"[«\"“„][^«»\"“”„]*[»\"”“]", "", text[first : match.start()])
            words = _words(tokens)
            if not 0 < len(words) <= MAX_OPENER or not text[first : first + 1]:
                return None
            if not (text[first].isupper() or text[first] in '«"“„' or text[first].isdigit()):
                return None
            if any(is_predicate(t) for t in words if t.text in quoted) or words[0].has("CONJ"):
                return None
            return Caption(start, end, i, own=True)
        return None


def _marker(text: str) -> int:
    """Length of the number or mark before a caption."""
    match = _MARKER.match(text)
    return match.end() if match else 0


def _words(tokens: Sequence[Token]) -> list[Token]:
    """The words, if one of them is more than an abbreviation («стр. 4»)."""
    words = [t for t in tokens if t.text[:1].isalpha()]
    return words if any(len(t.text) > 3 for t in words) else []
