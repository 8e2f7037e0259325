"""A page as those see it who look for its date and its publisher: what stands above, in and below the
report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from svod.extract.layout.lines import DATE, WEEKDAYS
from svod.extract.layout.prose import Prose, read_prose
from svod.extract.layout.segments import Block, Layout
from svod.extract.partners.org_mentions import OrgMention, find_mentions
from svod.language.document import Document
from svod.language.lazy import lazy

T = TypeVar("T")


_DAY = re.compile(rf"^\W*(?P<weekday>(?:{WEEKDAYS})\.?,?\s+)?{DATE}\W*$", re.IGNORECASE)
_ITS_DATE = re.compile(rf"^\W*{DATE}(?:,?\s+(?:в\s)?\d{{1,2}}:\d\d)?\W*$", re.IGNORECASE)
_WEATHER = re.compile(r"^\W*(?:[+-]?\d{0,2}\s*°|[$€]\s?\d|\d+[.,]\d+\s?[$€]|(?:usd|eur)\s)", re.IGNORECASE)
_NEAR = 6  # blocks


class Page:
    """The text with its layout; `body` is the index of the first paragraph's block, `last` that of the last
    one's."""

    def __init__(self, doc: Document, layout: Layout) -> None:
        self.doc = doc
        self.layout = layout
        self.text = doc.text
        self.blocks = layout.blocks
        body = [
            i for i, b in enumerate(self.blocks) if b.kind in {"lead", "paragraph", "list_item", "table_row"}
        ]
        self.body = body[0] if body else len(self.blocks)
        self.last = body[-1] if body else -1

    @lazy
    def prose(self) -> Prose:
        return read_prose(self.doc, self.layout)

    @lazy
    def organisations(self) -> list[OrgMention]:
        """Named organisations of the whole page."""
        return [m for m in find_mentions(self.prose, []) if m.name is not None]

    def of(self, block: Block, limit: int = 400) -> str:
        return self.text[block.start : min(block.end, block.start + limit)]

    def signatures(self) -> Iterator[tuple[int, str]]:
        for i, block in enumerate(self.blocks):
            if block.kind == "signature" and i not in self.todays:
                yield i, self.of(block)

    @lazy
    def todays(self) -> frozenset[int]:
        """Blocks above the report that tell the reader's day, not the item's: a date over the weather and the
        rates, a weekday and a date over another date."""
        found: set[int] = set()
        above = list(self.top())
        for k, (i, block) in enumerate(above):
            match = _DAY.match(self.of(block))
            if match is None:
                continue
            below = [self.of(b) for _, b in above[k + 1 : k + _NEAR]]
            weather = any(_WEATHER.match(text) for text in below)
            again = match["weekday"] is not None and any(_ITS_DATE.match(text) for text in below)
            if weather or again:
                found.add(i)
        return frozenset(found)

    def top(self) -> Iterator[tuple[int, Block]]:
        """Blocks above the first paragraph of the report."""
        yield from ((i, b) for i, b in enumerate(self.blocks[: self.body]))


def first(rules: tuple[Callable[[Page], T | None], ...], page: Page) -> tuple[T | None, str]:
    """What the first rule that finds anything finds, and its id."""
    for rule in rules:
        found = rule(page)
        if found is not None:
            return found, rule.__name__
    return None, ""
