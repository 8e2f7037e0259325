"""A report's text cut at the edges of its mentions, so that overlapping mentions can all be shown.

Pure. Offsets are those of the warehouse: characters of clean_text, half-open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Kind = Literal["project", "partner", "metric"]


@dataclass(frozen=True, slots=True)
class Span:
    """A mention in the text: what it is, its id, where it stands."""

    kind: Kind
    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same mentions; `begins` are those that start exactly here."""

    text: str
    spans: tuple[Span, ...]
    begins: tuple[Span, ...]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return tuple(dict.fromkeys(span.kind for span in self.spans))


def paragraphs(text: str, spans: Iterable[Span]) -> list[list[Piece]]:
    """The lines of the text, each as its pieces in order; joined with line breaks they are the text again.

    A span outside the text, or an empty one, is left out: it can be shown nowhere.
    """
    inside = sorted((s for s in spans if 0 <= s.start < s.end <= len(text)), key=lambda s: (s.start, -s.end))
    lines: list[list[Piece]] = []
    offset = waiting = 0
    running: list[Span] = []
    for line in text.split("\n"):
        end = offset + len(line)
        running = [s for s in running if s.end > offset]
        while waiting < len(inside) and inside[waiting].start < end:
            running.append(inside[waiting])
            waiting += 1
        lines.append(_pieces(text, offset, end, running))
        offset = end + 1
    return lines


def _pieces(text: str, start: int, end: int, spans: Sequence[Span]) -> list[Piece]:
    edges = {start, end}
    for span in spans:
        edges |= {max(start, span.start), min(end, span.end)}
    cuts = sorted(edge for edge in edges if start <= edge <= end)
    pieces = []
    over: list[Span] = []
    waiting = 0
    for left, right in pairwise(cuts):
        over = [s for s in over if s.end > left]
        while waiting < len(spans) and spans[waiting].start <= left:
            if spans[waiting].end > left:
                over.append(spans[waiting])
            waiting += 1
        pieces.append(Piece(text[left:right], tuple(over), tuple(s for s in over if s.start == left)))
    return pieces
