"""The words of a clause that can be said of its figure: names in quotes and asides in brackets made blank.

Knows nothing of what the words mean. Every offset stays what it was.
"""

from __future__ import annotations

import re

_APART = re.compile(r"«[^«»\n]{1,60}»|\"[^\"\n]{1,60}\"|\([^()\n]{1,120}\)")


def own_words(text: str, start: int, end: int) -> str:
    """`text` without the short quotations and the brackets that do not hold the figure at [start, end)."""
    if "«" not in text and "(" not in text and '"' not in text:
        return text

    def blank(found: re.Match[str]) -> str:
        holds = found.start() <= start and end <= found.end()
        return found.group() if holds else " " * (found.end() - found.start())

    return _APART.sub(blank, text)
