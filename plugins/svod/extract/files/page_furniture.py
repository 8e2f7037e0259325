"""What a web page carries besides its report: by the names of elements and by whole lines.

The words are data (lexicon/page.yml). It must not know how a page is parsed.
"""

from __future__ import annotations

import re
from functools import cache

from svod.extract.lexicon import load

MAX_LINE = 200  # a line of furniture is short; a sentence that only begins like one is kept


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in load("page")[key]), re.IGNORECASE)


def is_furniture_line(line: str) -> bool:
    """True for a line that is nothing but a counter, a button, a share bar and the like."""
    return len(line) <= MAX_LINE and bool(_pattern("lines").fullmatch(line.strip(" \t\u00a0•|·—–-<>«»←→")))


def ends_report(line: str) -> bool:
    """True for a heading after which a page goes on with other things («Читайте также», «Комментарии»)."""
    return len(line) <= MAX_LINE and bool(_pattern("endings").fullmatch(line.strip(" \t\u00a0:•|…—–-<>")))


def is_furniture_name(name: str) -> bool:
    """True for an element whose class or id names a menu, a counter, a comment form and the like."""
    return bool(_pattern("element_names").search(name))


def is_article_name(name: str) -> bool:
    """True for an element whose class or id is the customary one of a report's own text."""
    return bool(_pattern("article_names").search(name))
