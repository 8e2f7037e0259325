"""Lists: lines that open with a bullet or a number, lines parted by «;», and items strung in one
paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from svod.extract.layout.lines import Line

EMOJI = "[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
_DOT = re.compile(r"^[•▪▫■□●○◦‣∙·*➢➤►▶▸»✓✔]\s*\S")
_DASH = re.compile(r"^[-–—]\s+\S")
_NUMBERED = re.compile(
    r"^(?:\(?\d{1,2}(?:\.\d{1,2}){0,2}[.)]|\d{1,2}\.\d{1,2}(?:\.\d{1,2})?\s|[а-яa-z]\)|\d{1,2}\ufe0f?\u20e3)\s*\S",
    re.IGNORECASE,
)
_EMOJI_START = re.compile(rf"^{EMOJI}")
_INLINE_EMOJI = re.compile(rf"(?:(?<=\s)|^)({EMOJI})[\ufe0f\u200d]*\s+(?=[\"«“„(\[A-ZА-ЯЁ0-9])")
_INLINE_DOT = re.compile(r"(?:(?<=\s)|^)([•▪●◦])\s*(?=\S)")
_INLINE_NUMBER = re.compile(r"(?:(?<=\s)|^)(\d{1,2})\)\s+(?=\S)")
_TAGS = re.compile(r"(?:\s*#[\w@]+[,;]?){2,}\s*$")
_DIALOGUE = re.compile(r"[.!?…]\W*$")
_FIGURE_LINE = re.compile(  # «июнь – 255», «Обучено педагогов: 24 чел.»
    r"^[^.!?;\d]{2,100}[:–—-]\s?[<>≈~]?\d[\d\s,./]*(?:%|тыс|млн|руб|чел|шт|ед|₽|[.\s])*(?:\([^()]{1,60}\))?[.,;]?$"
)
MAX_FIGURE_LINE = 160
MAX_INLINE = 30_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line: what stands before the items, a title between two same emoji, an item, the
    hashtags."""

    start: int
    end: int
    kind: Literal["text", "title", "item", "tags"]
    text: str


def bullet(lines: Sequence[Line], i: int, *, in_list: bool) -> str | None:
    """The kind of bullet that makes the line an item, or None. A dash also opens a speech: it needs a
    list's head."""
    line = lines[i]
    text = line.marks
    if _DOT.match(text):
        return "dot"
    if _EMOJI_START.match(text):
        return "emoji" if in_list or _neighbour(lines, i, _EMOJI_START) else None
    if _NUMBERED.match(text):
        return "number"
    if _DASH.match(text):
        return "dash" if in_list or not _speaks(lines, i) else None
    if in_list and (text.endswith(";") or _closes_list(lines, i)):
        return "semicolon"
    return "figure" if in_list and len(text) <= MAX_FIGURE_LINE and _FIGURE_LINE.match(text) else None


def _neighbour(lines: Sequence[Line], i: int, pattern: re.Pattern[str]) -> bool:
    return any(0 <= k < len(lines) and pattern.match(lines[k].marks) is not None for k in (i - 1, i + 1))


def _closes_list(lines: Sequence[Line], i: int) -> bool:
    """The last of the lines parted by «;» ends with a full stop."""
    return i > 0 and lines[i - 1].text.endswith(";")


def _speaks(lines: Sequence[Line], i: int) -> bool:
    """«— Кто платит?»: dashes before whole sentences are a dialogue."""
    return _DIALOGUE.search(lines[i].text[-4:]) is not None and not lines[i].text.endswith((";", "!)"))


def inline_items(line: Line) -> list[Piece]:
    """Cut a line at the bullets inside it; one piece when there are none."""
    tags = _TAGS.search(line.text[-600:])
    end = (
        len(line.text) - 600 + tags.start()
        if tags and len(line.text) > 600
        else (tags.start() if tags else len(line.text))
    )
    starts = _inline_starts(line.text[: min(end, MAX_INLINE)])
    if len(starts) < 2 and not (tags and end > 0):
        return [Piece(line.start, line.end, "text", line.text)]
    pieces = _opening(line, starts[0] if starts else end) if not starts or starts[0] > 0 else []
    for a, b in zip(starts, [*starts[1:], end], strict=False):
        pieces.append(_piece(line, a, b, "item"))
    if tags:
        pieces.append(_piece(line, end, len(line.text), "tags"))
    return [p for p in pieces if p.end > p.start]


def _inline_starts(text: str) -> list[int]:
    found = Counter(m[1] for m in _INLINE_EMOJI.finditer(text))
    title = _between_same(text)
    if title:
        found.pop(text[0], None)
    repeated = [mark for mark, n in found.items() if n >= 2]
    if repeated:
        best = max(repeated, key=lambda mark: found[mark])
        return [m.start() for m in _INLINE_EMOJI.finditer(text) if m[1] == best]
    dots = [m.start() for m in _INLINE_DOT.finditer(text)]
    if len(dots) >= 2:
        return dots
    return _numbered_starts(text)


def _numbered_starts(text: str) -> list[int]:
    """«1) … 2) … 3) …» counted without a gap."""
    starts: list[int] = []
    for m in _INLINE_NUMBER.finditer(text):
        if int(m[1]) == len(starts) + 1:
            starts.append(m.start())
    return starts if len(starts) >= 2 else []


def _between_same(text: str) -> int | None:
    """«🎉 Стартуем! 🎉 …»: where the title between two same emoji ends."""
    if not _EMOJI_START.match(text):
        return None
    at = text.find(text[0], 1, 160)
    return at if at > 3 else None


def _opening(line: Line, end: int) -> list[Piece]:
    """What stands before the first item: perhaps a title between two same emoji, then a paragraph."""
    cut = _between_same(line.text[:end])
    if cut is None:
        return [_piece(line, 0, end, "text")]
    after = cut + 1
    while after < end and (line.text[after].isspace() or line.text[after] in "\ufe0f\u200d"):
        after += 1
    return [_piece(line, 0, after, "title"), _piece(line, after, end, "text")]


def _piece(line: Line, a: int, b: int, kind: Literal["text", "title", "item", "tags"]) -> Piece:
    body = line.text[a:b]
    lead = len(body) - len(body.lstrip())
    stripped = body.strip()
    start = line.start + a + lead
    return Piece(start, start + len(stripped), kind, stripped)
