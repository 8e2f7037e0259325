"""The words of the report proper: without furniture and without the marks of wall links, with quotations
paired.

Readers of names walk over these words; every word keeps its offsets in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from svod.extract.layout.captions import Caption, Captions
from svod.extract.layout.quotes import Quote, pair_quotes
from svod.extract.layout.segments import Block, Layout
from svod.language.by_word import Vocabulary
from svod.language.document import Document, Token
from svod.language.lazy import lazy

_LINK = re.compile(r"\[(club|public|event|id)(-?\d{1,15})\|([^\[\]\n]{1,300})\]")


_CLOSED = re.compile(r"[.!?…][»\")]?$")


@dataclass(frozen=True, slots=True)
class Link:
    """`[club1|text]`: `inner..stop` is the text that the reader sees; `organisation` is False for a
    person's link."""

    start: int
    end: int
    inner: int
    stop: int
    organisation: bool


@dataclass(frozen=True)
class Prose:
    doc: Document
    layout: Layout
    words: tuple[Token, ...]
    starts: tuple[int, ...]
    quotes: tuple[Quote, ...]
    links: tuple[Link, ...]

    @lazy
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self.words)

    @lazy
    def text(self) -> str:
        return self.doc.text

    @lazy
    def opening(self) -> str:
        """What the report opens with: it says, for one, whether the page is on a contest."""
        return " ".join(
            self.text[b.start : b.end]
            for b in self.layout.blocks[:20]
            if b.kind in {"title", "heading", "lead", "paragraph"}
        )

    @lazy
    def captions(self) -> Captions:
        return Captions(self.doc, self.layout)

    def caption(self, offset: int) -> Caption | None:
        """The caption that stands in the block of the offset, not only at it."""
        index = self.layout.index_at(offset)
        return self.captions.at(index) if index is not None else None

    def index(self, offset: int) -> int:
        """Index of the first word that begins at or after the offset."""
        return bisect_left(self.starts, offset)

    def slice(self, start: int, end: int) -> tuple[Token, ...]:
        return self.words[self.index(start) : self.index(end)]

    def block(self, offset: int) -> Block | None:
        return self.layout.block_at(offset)

    def same_block(self, a: int, b: int) -> bool:
        return self.layout.index_at(a) == self.layout.index_at(b)

    def sentence(self, offset: int) -> tuple[int, int]:
        """Bounds of the sentence that holds the offset, cut at the bounds of its block."""
        sentence = self.doc.sentence_at(offset)
        block = self.block(offset)
        if block is None:
            return sentence.start, sentence.stop
        start, end = max(sentence.start, block.start), min(sentence.stop, block.end)
        return (
            self._unwrapped(block, start, end) if "\n" in self.text[block.start : block.end] else (start, end)
        )

    def _unwrapped(self, block: Block, start: int, end: int) -> tuple[int, int]:
        """A sentence that runs over the line breaks of its paragraph."""
        while end < block.end and not _CLOSED.search(self.text[max(start, end - 2) : end]):
            following = self.doc.sentence_at(end + 1)
            if following.stop <= end:
                break
            end = min(following.stop, block.end)
        while start > block.start and not _CLOSED.search(self.text[block.start : start].rstrip()[-2:]):
            before = self.doc.sentence_at(start - 2)
            if before.start >= start:
                break
            start = max(before.start, block.start)
        return start, end

    def quote_at(self, offset: int) -> Quote | None:
        """The outermost quotation that opens exactly here."""
        i = bisect_left(self._quote_starts, offset)
        return self.quotes[i] if i < len(self.quotes) and self.quotes[i].start == offset else None

    def has_quote(self, block: Block) -> bool:
        """True if an outermost quotation opens in the block."""
        i = bisect_left(self._quote_starts, block.start)
        return i < len(self.quotes) and self.quotes[i].start < block.end

    @lazy
    def _quote_starts(self) -> list[int]:
        return [q.start for q in self.quotes]

    def is_sentence_start(self, offset: int) -> bool:
        """Nothing but marks between the beginning of the sentence or the line and this offset."""
        start, _ = self.sentence(offset)
        return offset - start < 60 and not re.search(r"\w", self.text[start:offset])


def read_prose(doc: Document, layout: Layout) -> Prose:
    links = tuple(
        Link(m.start(), m.end(), m.start(3), m.end(3), m[1] != "id") for m in _LINK.finditer(doc.text)
    )
    words = tuple(_visible(doc, layout, links))
    quotes = [
        q for b in layout.blocks if b.kind != "furniture" for q in pair_quotes(doc.text, b.start, b.end)
    ]
    return Prose(doc, layout, words, tuple(w.start for w in words), tuple(quotes), links)


def _visible(doc: Document, layout: Layout, links: tuple[Link, ...]) -> list[Token]:
    words: list[Token] = []
    at = 0
    for block in layout.blocks:
        if block.kind == "furniture":
            continue
        tokens = doc.tokens_in(block.start, block.end)
        if at == len(links) or links[at].start >= block.end:
            words.extend(tokens)
            continue
        for token in tokens:
            while at < len(links) and links[at].end <= token.start:
                at += 1
            link = links[at] if at < len(links) else None
            if link is not None and link.start <= token.start and not link.inner <= token.start < link.stop:
                continue
            words.append(token)
    return words


class Cover:
    """Asks whether an offset lies inside one of many spans, for offsets that only grow."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self.spans = sorted(spans)
        self.at = 0
        self.end = -1

    def holds(self, offset: int) -> bool:
        while self.at < len(self.spans) and self.spans[self.at][0] <= offset:
            self.end = max(self.end, self.spans[self.at][1])
            self.at += 1
        return offset < self.end
