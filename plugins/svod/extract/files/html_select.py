"""CSS selection in a page. The fast parser takes minutes on absurd nesting, so that is refused first.

Knows nothing of what is selected.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from svod.errors import UnreadableReport

MAX_DEPTH = 300  # browsers stop at 512; honest pages at about 40
MAX_TAGS = 40_000
# lists to choose from are never content, and thousands of open <option> take the parser half a minute
_CHOICES = re.compile(
    r"<(?:select|option|optgroup)\b[^<>]{0,1000}>[^<]{0,500}|</(?:select|option|optgroup)\s{0,20}>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# void elements, and those that close each other: left open they do not nest
_FLAT_TAGS = "area base br col embed hr img input link meta param source track wbr p li td th tr option dt dd"
_FLAT = frozenset(_FLAT_TAGS.split())


def nesting(html: str) -> int:
    """An upper estimate of how deep the elements of a page stand in one another; linear in its length."""
    depth = deepest = 0
    for closing, tag in _TAG.findall(html):
        if tag.lower() in _FLAT:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


def parse_for_css(html: str) -> LexborHTMLParser:
    """A tree that can be asked by CSS. Raises too_deep or too_large for what no honest page has."""
    if html.count("<") > MAX_TAGS:
        raise UnreadableReport("too_large", f"a page of more than {MAX_TAGS} tags")
    if nesting(html) > MAX_DEPTH:
        raise UnreadableReport("too_deep", f"elements nested more than {MAX_DEPTH} deep")
    return LexborHTMLParser(_CHOICES.sub(" ", html))


def find_all(node: LexborHTMLParser | LexborNode, selector: str) -> list[LexborNode]:
    """The elements a selector names. Raises UnreadableReport bad_selector where it is no CSS."""
    try:
        return list(node.css(selector))
    except (SelectolaxError, ValueError) as error:
        raise UnreadableReport("bad_selector", f"not a CSS selector: {selector!r}") from error


def select_html(html: str, selector: str) -> list[str]:
    """The outer HTML of the elements a selector names, those inside another of them left out."""
    found: list[str] = []
    last_end: LexborNode | None = None
    for node in find_all(parse_for_css(html), selector):
        if last_end is not None and _inside(node, last_end):
            continue
        last_end = node
        found.append(node.html or "")
    return found


def _inside(node: LexborNode, outer: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.mem_id == outer.mem_id:
            return True
        parent = parent.parent
    return False
