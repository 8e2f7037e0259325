"""Quotation marks paired: «», “”, „“, \"\", <<>>, '' and entities, nested and broken ones, in bounded
stretches of text.

A text of nothing but quotation marks is read in linear time: the stack and the length of a quotation are
bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

MAX_DEPTH, MAX_LENGTH = 4, 320
_MARKS = re.compile(
    r"&(?:laquo|raquo|quot|ldquo|rdquo|bdquo);|<<|>>|<(?=[А-ЯЁ])|(?<=[а-яё])>|''|``|[«»„“”‟\"‹›＂″']"
)
_JOINT = re.compile(r"^\s+[–—-]\s+(?:[^«»\"“”„.!?;:,\n]{3,120}|[^«»\"“”„.!?;:\n]{3,60})$")
_INTRODUCES = re.compile(
    r"(?:проект|программ|акци|конкурс)\w*\s+$", re.IGNORECASE
)  # a name, not someone's words
_FOLLOWS = re.compile(r"[«»„“”\"]")

Side = Literal["open", "close", "either", "none"]
_SIDES: dict[str, Side] = {
    "«": "open",
    "„": "open",
    "‹": "open",
    "<<": "open",
    "<": "open",
    "&laquo;": "open",
    "&bdquo;": "open",
    "&ldquo;": "open",
    "‟": "open",
    "»": "close",
    "›": "close",
    ">>": "close",
    ">": "close",
    "”": "close",
    "&raquo;": "close",
    "&rdquo;": "close",
}


@dataclass(frozen=True, slots=True)
class Quote:
    """`start..end` with the marks, `inner..stop` without; `depth` 0 is outermost; not `whole`: one mark is
    missing."""

    start: int
    end: int
    inner: int
    stop: int
    depth: int
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    sign: str


def pair_quotes(text: str, start: int, end: int) -> list[Quote]:
    """Quotations that lie in text[start:end], by start, outer before inner."""
    found: list[Quote] = []
    stack: list[_Mark] = []
    for match in _MARKS.finditer(text, start, end):
        mark = _Mark(match.start(), match.end(), match[0])
        while stack and mark.start - stack[0].start > MAX_LENGTH:
            stack.pop(0)
        side = _side(text, mark, start, end, stack)
        if side == "open":
            if len(stack) < MAX_DEPTH:
                stack.append(mark)
        elif side == "close" and stack:
            _close(text, mark, end, stack, found)
        elif side == "close" and found and _joined(text, found[-1], mark):
            last = found.pop()  # «ЛУЧ» – любимый уголок чтеца»
            found.append(Quote(last.start, mark.end, last.inner, mark.start, last.depth, whole=False))
    return sorted(found, key=lambda q: (q.start, -q.end))


def _close(text: str, mark: _Mark, end: int, stack: list[_Mark], found: list[Quote]) -> None:
    opened = stack.pop()
    if mark.start > opened.end:
        found.append(Quote(opened.start, mark.end, opened.end, mark.start, len(stack)))
    while stack and _closes_outer(text, mark, end, stack[-1]):
        outer = stack.pop()
        found.append(Quote(outer.start, mark.end, outer.end, mark.end, len(stack), whole=False))


def _joined(text: str, last: Quote, mark: _Mark) -> bool:
    return mark.start - last.start < MAX_LENGTH and _JOINT.match(text[last.end : mark.start]) is not None


def _side(text: str, mark: _Mark, start: int, end: int, stack: list[_Mark]) -> Side:
    known = _SIDES.get(mark.sign)
    if known is not None:
        return known
    if mark.sign == "“":  # opens in English, closes in German style
        return "close" if stack and stack[-1].sign == "„" else "open"
    before = text[mark.start - 1] if mark.start > start else " "
    after = text[mark.end] if mark.end < end else " "
    if mark.sign == "'":  # an apostrophe inside a word is none
        return _single(before, after, stack)
    if before.isspace() or before in "([{«„“-–—/|":
        return "close" if after.isspace() else "open"
    if after.isalnum() and not before.isalnum() and not stack:
        return "open"
    return "close"


def _single(before: str, after: str, stack: list[_Mark]) -> Side:
    if (before.isspace() or before == "(") and after.isalpha():
        return "open"
    if stack and stack[-1].sign == "'" and not after.isalnum():
        return "close"
    return "none"


_ONE_WORD = re.compile(r"[А-ЯЁ]?[а-яё]+\s“[^”]{2,100}$")


def _closes_outer(text: str, mark: _Mark, end: int, outer: _Mark) -> bool:
    """One mark closes two quotations when no second one follows before the next quotation opens."""
    if mark.sign == "”" and outer.sign == "«" and _ONE_WORD.match(text, outer.end, mark.start):
        return False  # «Акция “X” прошла … : what somebody says, and its end is missing
    if outer.sign == "'" or (outer.sign == '"' and not text[outer.end : outer.end + 1].isupper()):
        return False
    following = _FOLLOWS.search(text, mark.end, min(end, outer.start + MAX_LENGTH))
    opens = following is not None and following[0] == '"' and text[following.start() - 1].isspace()
    if following is not None and following[0] in '»“”"' and not opens:
        return False
    between = text[outer.end : mark.start]
    if len(between) >= 120 and not _INTRODUCES.search(text[max(0, outer.start - 14) : outer.start]):
        return False
    return len(between) < 240 and not re.search(r"[.!?;]\s|\s[–—-]\s", between)
