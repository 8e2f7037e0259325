"""The layout of a report: its title, paragraphs, lists, tables, signatures, and the furniture of the page.

A block is a stretch of text of one kind. Metrics, projects and partners are looked for in blocks that
belong to
the report; a list item or a table row knows the block that rules it. Nothing here knows what a fact is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from svod.extract.layout.furniture import Mark, mark_lines
from svod.extract.layout.lines import CLOCK, DATE, Line, are_rows, cells, ends_in_figure, split_lines
from svod.extract.layout.lists import Piece, bullet, inline_items
from svod.extract.layout.tables import find_tables
from svod.extract.layout.titles import find_titles, is_heading
from svod.language.document import Document
from svod.language.lazy import lazy

Kind = Literal[
    "title",
    "lead",
    "heading",
    "list_head",
    "list_item",
    "paragraph",
    "table_row",
    "table_head",
    "signature",
    "furniture",
]


@dataclass(frozen=True, slots=True)
class Block:
    """`text[start:end]`; `head` is the index of the block that rules it (a heading, a list's or table's
    head).

    `level` is the nesting of a list item: 1 for the outer list, 0 for all that is no item.
    """

    start: int
    end: int
    kind: Kind
    level: int = 0
    head: int | None = None


@dataclass(frozen=True)
class Layout:
    """All non-blank lines of a text as blocks, in order."""

    text: str
    blocks: tuple[Block, ...]

    @lazy
    def _starts(self) -> list[int]:
        return [b.start for b in self.blocks]

    @lazy
    def lead(self) -> int | None:
        """Index of the lead, None if the report has none."""
        return next((i for i, b in enumerate(self.blocks) if b.kind == "lead"), None)

    @lazy
    def second(self) -> Block | None:
        """The paragraph right after the lead."""
        at = len(self.blocks) if self.lead is None else self.lead + 1
        return self.blocks[at] if at < len(self.blocks) and self.blocks[at].kind == "paragraph" else None

    def index_at(self, offset: int) -> int | None:
        """Index of the block that holds the offset, None between blocks."""
        i = bisect_right(self._starts, offset) - 1
        return i if i >= 0 and offset < self.blocks[i].end else None

    def block_at(self, offset: int) -> Block | None:
        i = self.index_at(offset)
        return None if i is None else self.blocks[i]

    def is_furniture(self, offset: int) -> bool:
        """True where no fact may be read: the page's furniture."""
        block = self.block_at(offset)
        return block is not None and block.kind == "furniture"

    def head_of(self, block: Block) -> Block | None:
        """The block that rules this one, if any."""
        return None if block.head is None else self.blocks[block.head]

    def cells(self, block: Block) -> tuple[tuple[int, int], ...]:
        """Offsets of the cells of a table's head or row, whether they stand in one line or one a line."""
        body = self.text[block.start : block.end]
        found: list[tuple[int, int]] = []
        for line in split_lines(body):
            found.extend(
                (block.start + line.start + a, block.start + line.start + b) for a, b in cells(line.text)
            )
        return tuple(found)


def segment(doc: Document) -> Layout:
    """Read the layout of a text. Linear in its length; every non-blank line is in exactly one block or cut
    into several."""
    lines = split_lines(doc.text)
    marks = mark_lines(lines)
    builder = _Builder(doc.text, lines, marks)
    return Layout(doc.text, tuple(builder.build()))


class _Builder:
    """Walks the lines once and keeps which heading and which list head rule the blocks that follow."""

    def __init__(self, text: str, lines: Sequence[Line], marks: Sequence[Mark | None]) -> None:
        self.text = text
        self.lines = lines
        self.marks = marks
        self.blocks: list[Block] = []
        self.heading: int | None = None
        self.list_head: int | None = None
        self.item: int | None = None  # the numbered item that rules what stands below it: «3. Итоги:»
        self.indents: list[int] = []
        self.skip = -1

    def build(self) -> list[Block]:
        tables = find_tables(self.lines, self.marks)
        titles = find_titles(self.lines, self.marks, min(tables, default=len(self.lines)))
        i = 0
        while i < len(self.lines):
            line = self.lines[i]
            if i in titles:
                last = self._title(i, titles)
                self._add(line.start, self.lines[last].end, titles[i])
                self.skip = last
            elif self.marks[i] is not None:
                self._add(line.start, line.end, "furniture" if self.marks[i] == "furniture" else "signature")
            elif i in tables:
                i = self._table(tables[i])
                continue
            else:
                self._prose(i)
            i = max(i, self.skip) + 1
        above = max((self.lines[i].start for i in titles if titles[i] == "title"), default=0)
        return _with_lead(self.text, self.blocks, above)

    def _add(self, start: int, end: int, kind: Kind, level: int = 0, head: int | None = None) -> int:
        self.blocks.append(Block(start, end, kind, level, head))
        return len(self.blocks) - 1

    def _table(self, rows: Sequence[tuple[int, int, bool]]) -> int:
        """Rows are (first line, last line, is it the head)."""
        head = self.heading
        for first, last, is_head in rows:
            start, end = self.lines[first].start, self.lines[last].end
            index = self._add(start, end, "table_head" if is_head else "table_row", 0, head)
            if is_head:
                head = index
        self.list_head = None
        return rows[-1][1] + 1

    def _title(self, i: int, titles: Mapping[int, str]) -> int:
        """Index of the last line of a title that is broken inside its phrase."""
        while titles[i] == "title" == titles.get(i + 1) and _is_unfinished(self.lines[i], self.lines[i + 1]):
            i += 1
        return i

    def _prose(self, i: int) -> None:
        line = self.lines[i]
        if is_heading(self.lines, self.marks, i):
            self.heading = self._add(line.start, line.end, "heading")
            self.list_head = self.item = None
            return
        pieces = inline_items(line)
        if len(pieces) > 1:
            self._pieces(pieces)
            return
        introduced = self.item is not None and not line.gap and self.lines[i - 1].text.endswith((":", ";"))
        mark = bullet(self.lines, i, in_list=self.list_head is not None or introduced)
        if mark is not None:
            self._item(line, mark)
            return
        last = self._wrapped(i)
        if self.item is not None and not line.gap:  # a numbered paragraph goes on
            self._add(line.start, self.lines[last].end, "paragraph", 0, self.item)
            self.skip = last
            return
        self.item = None
        self._paragraph(line.start, self.lines[last].end, self.lines[last].text)
        self.skip = last

    def _item(self, line: Line, mark: str) -> None:
        """An item, under the numbered one that introduces it («3. Итоги по дому:», then dashes)."""
        if mark == "number" or line.gap:
            self.item = None
        head = next((h for h in (self.item, self.list_head, self.heading) if h is not None), None)
        index = self._add(line.start, line.end, "list_item", self._level(line.indent), head)
        if mark == "number" and (line.gap or line.text.endswith(":")):
            self.item = index

    def _wrapped(self, i: int) -> int:
        """Index of the last line of a paragraph that was broken at the edge of a page."""
        while (
            i + 1 < len(self.lines)
            and self.marks[i + 1] is None
            and _is_broken(self.lines[i], self.lines[i + 1])
        ):
            i += 1
        return i

    def _pieces(self, pieces: Sequence[Piece]) -> None:
        """A line cut into what stands before its items, the items, and the hashtags after them."""
        self.list_head = None
        for piece in pieces:
            if piece.kind == "item":
                self._add(piece.start, piece.end, "list_item", 1, self.list_head)
            elif piece.kind == "title":
                self._add(piece.start, piece.end, "title")
            elif piece.kind == "tags":
                self._add(piece.start, piece.end, "furniture")
            else:
                self._paragraph(piece.start, piece.end, piece.text)
        self.list_head = None

    def _paragraph(self, start: int, end: int, text: str) -> None:
        self.indents.clear()
        if text.endswith(":"):
            self.list_head = self._add(start, end, "list_head", 0, self.heading)
        else:
            self._add(start, end, "paragraph", 0, self.heading)
            self.list_head = None

    def _level(self, indent: int) -> int:
        while self.indents and indent < self.indents[-1]:
            self.indents.pop()
        if not self.indents or indent > self.indents[-1]:
            self.indents.append(indent)
        return len(self.indents)


_OPEN_END = re.compile(r"[.!?:;…]$")
WRAP = 40  # a line shorter than this was not broken by the edge of a page


def _is_broken(line: Line, following: Line) -> bool:
    """The line ends in the middle of a sentence that goes on in the next one."""
    if following.gap or len(line.text) < WRAP or _OPEN_END.search(line.text[-1:]) or ends_in_figure(line):
        return False
    if are_rows(line, following):
        return False
    return following.text[0].islower() or (following.text[0] in '«("' and line.text[-1].isalnum())


_LEADS_TO = re.compile(
    r"(?<![а-яё])(?:проект[ауе]?|\w*программ[аыеу]|конкурс[ае]?|акции|форум[ае]?|фестивал[ьяе])(?![а-яё])[^.!?»\"]*$",
    re.IGNORECASE,
)


def _is_unfinished(line: Line, following: Line) -> bool:
    """The line right below goes on with the phrase: in small letters, or with the name of the programme."""
    if following.gap:
        return False
    named = following.text[0] in '«"“„' and _LEADS_TO.search(line.text) is not None
    return named or following.text[0].islower()


MAX_HEAD = 8  # blocks
_ABOUT_PAGE = re.compile(rf"(?:{DATE}|{CLOCK}|\d{{1,6}})[,.]?", re.IGNORECASE)


def _heads_page(text: str, title: Block, item: Block) -> bool:
    """A page's head that its code made a list of: the title again, the day, the hour, how many read it."""
    said = text[item.start : item.end].strip("•*·–—- \t")
    return _ABOUT_PAGE.fullmatch(said) is not None or said in text[title.start : title.end]


def _with_lead(text: str, blocks: list[Block], above: int) -> list[Block]:
    """The first paragraph below the title, which starts at `above`, is the lead of the report."""
    for i, block in enumerate(blocks):
        if block.end <= above:
            continue
        if block.kind == "list_item" and i < MAX_HEAD and _heads_page(text, blocks[0], block):
            continue
        if block.kind in {"list_item", "table_row", "table_head"}:
            break
        if block.kind == "paragraph":
            blocks[i] = Block(block.start, block.end, "lead", block.level, block.head)
            break
    return blocks
