"""An HTML page to blocks in reading order: paragraphs, headings, list items, table rows.

Lives here: parsing within limits, throwing out what is never text, and rendering inline text. Which of the
blocks are the report is decided in main_text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import lxml.html
from lxml import etree

from svod.errors import UnreadableReport

Kind = Literal["text", "heading", "item", "row"]
Element = Any  # lxml has no types

_DROPPED_TAGS = """
    script style noscript template svg math iframe object embed applet canvas audio video map head select
    button input textarea datalist progress meter dialog
"""
_BLOCK_TAGS = """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section
    summary table tbody td tfoot th thead tr ul
"""
_DROPPED = frozenset(_DROPPED_TAGS.split())
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_HIDDEN = re.compile(r"(display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
MAX_ELEMENTS = 100_000  # the longest tables of honest pages stay far below
MAX_ROWS_OF_LAYOUT = 400  # characters: a cell longer than this belongs to a page laid out with a table


@dataclass(slots=True, eq=False)
class Block:
    """A piece of text that stands on its own. `links` is how many of its characters stand in links."""

    element: Element
    kind: Kind
    text: str
    links: int

    @property
    def linked(self) -> bool:
        return self.links > 0.6 * len(self.text)


def parse_html(text: str) -> Element:
    """The page's tree, at most 2048 levels deep. Raises not_text where there is no markup to speak of."""
    # libxml2 refuses text with an encoding in it, and bytes with a wrong one: it gets UTF-8, and is told so
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableReport("not_text", f"not readable as HTML: {error}") from error
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        raise UnreadableReport("too_large", f"a page of more than {MAX_ELEMENTS} elements")
    return tree


def drop_invisible(root: Element) -> None:
    """Take out, in place, what a reader of the page never sees as text."""
    doomed = [
        el
        for el in root.iter()
        if el.tag in _DROPPED or "hidden" in el.attrib or _HIDDEN.search(el.get("style") or "")
    ]
    for el in doomed:
        drop(el)


def drop(el: Element) -> None:
    """Take an element out and leave the text after it in its place."""
    parent = el.getparent()
    if parent is None:
        return
    tail = el.tail
    if tail:
        before = el.getprevious()
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
    parent.remove(el)


class _Renderer:
    """Walks the tree once and cuts the text into blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._links = 0
        self._in_link = 0
        self._in_pre = 0
        self._kinds: list[tuple[Element, Kind]] = []
        self._tables: list[Element] = []  # data tables we are inside of
        self._marker = False  # the next text is the first of a list item

    def _text(self, text: str | None) -> None:
        if text:
            if not self._in_pre:
                text = _SPACE.sub(" ", text)
            self._parts.append(text)
            if self._in_link:
                self._links += len(text.strip())

    def _flush(self, element: Element) -> None:
        if not self._parts:
            return
        text = _INVISIBLE.sub("", "".join(self._parts))
        self._parts.clear()
        links, self._links = self._links, 0
        in_row = bool(self._tables)
        for piece in [text] if in_row else text.split("\n"):
            shown = self._collapse(piece, in_row)
            if not shown:
                continue
            kind: Kind = "row" if in_row else self._kinds[-1][1] if self._kinds else "text"
            if kind == "item" and not self._marker:
                kind = "text"
            self._marker = False
            self.blocks.append(Block(element, kind, shown, min(links, len(shown))))

    @staticmethod
    def _collapse(text: str, in_row: bool) -> str:
        if in_row:
            cells = [" ".join(cell.split(" ")).strip() for cell in text.split("\t")]
            cells = [re.sub(r"[ \n]+", " ", cell).strip() for cell in cells]
            return "\t".join(cells).rstrip("\t") if any(cells) else ""
        return re.sub(" {2,}", " ", text).strip(" \t\n\r\u00a0")

    def walk(self, root: Element) -> list[Block]:
        last = root
        for event, el in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                self._start(el)
            else:
                self._end(el, root)
            last = el
        self._flush(last)
        return self.blocks

    def _start(self, el: Element) -> None:
        tag = el.tag
        if tag in _BLOCKS:
            self._start_block(el, tag)
        elif tag == "br":
            self._parts.append(" " if self._tables else "\n")
        elif tag == "a":
            self._in_link += 1
        self._text(el.text)

    def _start_block(self, el: Element, tag: str) -> None:
        if self._tables:
            if tag == "tr":
                self._flush(el)
            elif tag not in {"td", "th"}:
                self._parts.append(" ")
        else:
            self._flush(el.getparent() if el.getparent() is not None else el)
            if tag in _HEADINGS:
                self._kinds.append((el, "heading"))
            elif tag == "li":
                self._kinds.append((el, "item"))
                self._marker = True
        if tag == "table" and is_data_table(el):
            self._tables.append(el)
        if tag == "pre":
            self._in_pre += 1

    def _end(self, el: Element, root: Element) -> None:
        tag = el.tag
        if tag in _BLOCKS:
            if not self._tables or tag == "tr":
                self._flush(el)
            elif tag in {"td", "th"}:
                self._parts.append("\t")
            if self._tables and self._tables[-1] is el:
                self._flush(el)
                self._tables.pop()
            if self._kinds and self._kinds[-1][0] is el:
                self._kinds.pop()
            if tag == "pre":
                self._in_pre -= 1
        elif tag == "a":
            self._in_link -= 1
        if el is not root:
            self._text(el.tail)


def is_data_table(table: Element) -> bool:
    """A table of figures, not one that lays out a page: rows of short cells and no table within."""
    if next(table.iterdescendants("table", "h1", "h2", "form"), None) is not None:
        return False
    rows = list(table.iterdescendants("tr"))
    wide = [row for row in rows if len(row) > 1]
    if len(wide) < 2:
        return False
    return all(sum(map(len, cell.itertext())) <= MAX_ROWS_OF_LAYOUT for row in wide for cell in row)


def blocks_of(root: Element) -> list[Block]:
    """The blocks under an element, in document order."""
    return _Renderer().walk(root)


def ancestors(el: Element) -> Iterator[Element]:
    """The element and all it stands in, outwards."""
    while el is not None:
        yield el
        el = el.getparent()


def as_lines(blocks: list[Block]) -> str:
    """Blocks as text: items and rows one a line, a blank line around everything else."""
    lines: list[str] = []
    before: Kind | None = None
    for block in blocks:
        dense = block.kind in {"item", "row"}
        if lines and not (dense and before == block.kind):
            lines.append("")
        lines.append(f"• {block.text}" if block.kind == "item" else block.text)
        before = block.kind
    return "\n".join(lines)
