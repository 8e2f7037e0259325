"""Quotation marks paired: «», “”, „“, \"\", nested and broken ones, in bounded stretches of text.

A text of nothing but quotation marks is read in linear time: the stack and the length of a quotation are bounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_DEPTH, MAX_LENGTH = 4, 320
_MARKS = re.compile(r"[«»„“”\"‹›]")
_OPEN, _CLOSE = "«„‹", "»›"
_JOINT = re.compile(r"^\s+[–—-]\s+[^«»\"“”„.!?;:\n]{3,120}$")


@dataclass(frozen=True, slots=True)
class Quote:
    """`start..end` with the marks, `inner..stop` without; `depth` 0 is outermost; `whole` is False if one mark is missing."""

    start: int
    end: int
    inner: int
    stop: int
    depth: int
    whole: bool = True


def pair_quotes(text: str, start: int, end: int) -> list[Quote]:
    """Quotations that lie in text[start:end], by start, outer before inner."""
    found: list[Quote] = []
    stack: list[tuple[int, str]] = []
    for mark in _MARKS.finditer(text, start, end):
        at, sign = mark.start(), mark[0]
        while stack and at - stack[0][0] > MAX_LENGTH:
            stack.pop(0)
        if _opens(text, at, sign, start, stack):
            if len(stack) < MAX_DEPTH:
                stack.append((at, sign))
        elif stack:
            opened, _ = stack.pop()
            if at > opened + 1:
                found.append(Quote(opened, at + 1, opened + 1, at, len(stack)))
            if stack and _closes_outer(text, at, end, stack):
                outer, _ = stack.pop()
                found.append(Quote(outer, at + 1, outer + 1, at + 1, len(stack), whole=False))
        elif found and _JOINT.match(text[found[-1].end : at]) and at - found[-1].start < MAX_LENGTH:
            last = found.pop()  # «ВЕРА» – Всегда Есть Речевая Альтернатива»
            found.append(Quote(last.start, at + 1, last.inner, at, last.depth, whole=False))
    return sorted(found, key=lambda q: (q.start, -q.end))


def _opens(text: str, at: int, sign: str, start: int, stack: list[tuple[int, str]]) -> bool:
    if sign in _OPEN:
        return True
    if sign in _CLOSE:
        return False
    if sign == "“":  # opens in English, closes in German style
        return not (stack and stack[-1][1] == "„")
    if sign == "”":
        return False
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if before.isspace() or before in "([{«„“-–—/|":
        return not after.isspace()
    return after.isalnum() and not before.isalnum() and not stack


def _closes_outer(text: str, at: int, end: int, stack: list[tuple[int, str]]) -> bool:
    """One mark closes two quotations when no second one follows before the next quotation opens."""
    if stack[-1][1] == '"':
        return False
    following = _MARKS.search(text, at + 1, min(end, stack[-1][0] + MAX_LENGTH))
    if following is not None and (following[0] in _CLOSE or following[0] in "“”"):
        return False
    between = text[stack[-1][0] + 1 : at]
    return len(between) < 120 and not re.search(r"[.!?;]\s|\s[–—-]\s", between)
