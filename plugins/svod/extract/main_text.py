"""The report's own text on a web page: title, date and byline lines, paragraphs, lists and tables.

One measure decides: the element whose prose weighs most against the links and scraps it also holds. Names of
elements (menus, share bars, comment forms) only help. It must not know what a figure is; the reader of the
text drops furniture that remains.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from svod.models import DatePrecision

from .html_blocks import Block, Element, ancestors, as_lines, blocks_of, drop, drop_invisible, parse_html
from .html_select import select_html
from .page_dates import date_of_page, is_date_line, parse_day
from .page_furniture import ends_report, is_article_name, is_furniture_line, is_furniture_name

FULL_WEIGHT = 160  # characters from which a paragraph is prose beyond doubt
HEAD_BLOCKS = 14  # how far before the text its title and date may stand
HEAD_LINES = 6  # a date line may stand this far down and still be the report's own
_INNER = frozenset(
    [
        "p",
        "li",
        "span",
        "b",
        "i",
        "em",
        "strong",
        "font",
        "a",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "td",
        "tr",
        "blockquote",
        "dd",
        "dt",
        "u",
        "small",
    ]
)
_BULLET = re.compile(r"^[•●▪◦·*–—-]\s+")


@dataclass(frozen=True, slots=True)
class PageText:
    text: str
    title: str | None
    published: datetime | None
    precision: DatePrecision | None


def main_text(html: str, selector: str | None = None) -> PageText:
    """The main text of a page; with a selector the elements it names are the report, nothing is guessed."""
    tree = parse_html(html)
    title = _title(tree)
    published, precision = date_of_page(tree)
    if selector and (chosen := select_html(html, selector)):
        blocks = [b for part in chosen for b in _own_blocks(part)]
    else:
        blocks = _guess(tree, title)
    kept = _without_scraps(blocks)
    if published is None:
        published = next(
            (day for b in kept[:HEAD_LINES] if is_date_line(b.text) and (day := parse_day(b.text))), None
        )
        precision = "day" if published else None
    return PageText(as_lines(kept), title, published, precision)


def _own_blocks(part: str) -> list[Block]:
    tree = parse_html(part)
    drop_invisible(tree)
    return blocks_of(tree)


def _title(tree: Element) -> str | None:
    """The title that the page gives itself: its only h1, else og:title, else <title>."""
    heads = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
    heads = [h for h in heads if h]
    if len(heads) == 1:
        return heads[0]
    for meta in tree.iter("meta"):
        if meta.get("property") == "og:title" and (meta.get("content") or "").strip():
            return " ".join(meta.get("content").split())
    if heads:
        return max(heads, key=len)
    found = tree.find(".//title")
    text = " ".join((found.text or "").split()) if found is not None else ""
    return text or None


# --- choosing ---


def _guess(tree: Element, title: str | None) -> list[Block]:
    body = tree.find("body")
    body = tree if body is None else body
    drop_invisible(body)
    _drop_furniture(body)
    blocks = blocks_of(body)
    if not blocks:
        return []
    main = _main_element(blocks, body)
    inside = [i for i, b in enumerate(blocks) if any(a is main for a in ancestors(b.element))]
    first, last = inside[0], inside[-1] + 1
    kept = blocks[first:last]
    return _head(blocks[:first], kept, title) + _cut_ending(kept)


def _sizes(body: Element) -> dict[Element, tuple[int, int]]:
    """Characters of text, and of text in links, of every element."""
    elements = list(body.iter())
    total: dict[Element, int] = defaultdict(int)
    links: dict[Element, int] = defaultdict(int)
    for el in reversed(elements):
        total[el] += len((el.text or "").strip())
        if el.tag == "a":
            links[el] = total[el]
        parent = el.getparent()
        if parent is not None:
            total[parent] += total[el] + len((el.tail or "").strip())
            links[parent] += links[el]
    return {el: (total[el], links[el]) for el in elements}


def _drop_furniture(body: Element) -> None:
    """Take out, in place, elements that are furniture by name and do not hold most of the page's prose."""
    sizes = _sizes(body)
    prose = {el: t - n for el, (t, n) in sizes.items()}
    whole = max(1, prose[body])
    homes = _homes(body, prose, whole)
    for el in list(sizes):
        if el is body or el.getparent() is None or el in homes:
            continue
        if prose[el] < 0.5 * whole and _names_furniture(el, sizes[el]):
            drop(el)


def _homes(body: Element, prose: dict[Element, int], whole: int) -> set[Element]:
    """Elements around a weighty piece of page that is marked as the article: their names say nothing."""
    homes: set[Element] = set()
    for el in prose:
        if prose[el] > 0.3 * whole and (_is_marked(el) or is_article_name(_name(el))):
            homes.update(ancestors(el))
    return homes


def _is_marked(el: Element) -> bool:
    return el.tag in {"article", "main"} or el.get("itemprop") == "articleBody" or el.get("role") == "main"


def _name(el: Element) -> str:
    return f"{el.get('class') or ''} {el.get('id') or ''}"


def _names_furniture(el: Element, size: tuple[int, int]) -> bool:
    tag = el.tag
    if tag in {"nav", "footer", "aside"}:
        return True
    if tag == "header":
        in_article = any(a.tag in {"article", "main"} for a in ancestors(el))
        return not in_article and el.find(".//h1") is None
    if tag == "form":
        return True
    name = _name(el)
    if len(name) < 2:
        return el.get("role") in {"navigation", "banner", "contentinfo", "search", "complementary"}
    if tag in {"h1", "html", "body", "article", "main", "p"}:
        return False
    return is_furniture_name(name)


def _weight(block: Block) -> tuple[float, float]:
    """What a block speaks for and against the element that holds it."""
    size = len(block.text)
    if block.linked:
        return 0.0, float(min(size, 80))
    if is_furniture_line(block.text):
        return 0.0, 0.0
    if block.kind in {"row", "item"}:
        return size * 0.5, 0.0
    return size * min(1.0, size / FULL_WEIGHT), 0.0


def _main_element(blocks: list[Block], body: Element) -> Element:
    good: dict[Element, float] = defaultdict(float)
    bad: dict[Element, float] = defaultdict(float)
    for block in blocks:
        plus, minus = _weight(block)
        for el in ancestors(block.element):
            good[el] += plus
            bad[el] += minus
            if el is body:
                break

    def score(el: Element) -> float:
        bonus = 1.25 if el.tag in {"article", "main"} or is_article_name(_name(el)) else 1.0
        if el.get("itemprop") == "articleBody":
            bonus = 1.5
        return good[el] * bonus - 0.7 * bad[el]

    best = max(score(el) for el in good)
    # of equals the deepest: dictionaries keep the order in which blocks reached outwards
    found = next(el for el in good if score(el) >= best - 1e-6)
    while found.tag in _INNER and found is not body:
        found = found.getparent()  # a lone long paragraph: its neighbours belong to it
    return found


# --- the lines around and within ---


def _same_words(a: str, b: str) -> bool:
    left, right = " ".join(a.lower().split()), " ".join(b.lower().split())
    return len(left) > 8 and (left == right or right.startswith(left) or left.startswith(right))


def _head(before: list[Block], kept: list[Block], title: str | None) -> list[Block]:
    """The title and date lines that stand shortly before the text and are not in it already."""
    found: list[Block] = []
    has_title = any(b.kind == "heading" or (title and _same_words(b.text, title)) for b in kept[:4])
    has_date = any(is_date_line(b.text) for b in kept[:6])
    for block in reversed(before[-HEAD_BLOCKS:]):
        if block.linked and not (title and _same_words(block.text, title)):
            continue
        names_it = bool(title and _same_words(block.text, title))
        if not has_title and (names_it or (block.kind == "heading" and len(block.text) > 15)):
            has_title = True
            found.append(block)
        elif not has_date and is_date_line(block.text):
            has_date = True
            found.append(block)
    return found[::-1]


def _cut_ending(blocks: list[Block]) -> list[Block]:
    """Without what follows a «Читайте также»: only in the second half, and only if little prose follows."""
    weight = [_weight(b)[0] for b in blocks]
    whole = sum(weight) or 1.0
    so_far = 0.0
    for i, block in enumerate(blocks):
        if so_far > 0.5 * whole and ends_report(block.text):
            return blocks[:i]
        so_far += weight[i]
    end = len(blocks)
    while end > 1 and blocks[end - 1].linked and len(blocks[end - 1].text) < 150:
        end -= 1
    return blocks[:end]


def _without_scraps(blocks: list[Block]) -> list[Block]:
    kept: list[Block] = []
    for block in blocks:
        if is_furniture_line(block.text):
            continue
        if block.kind == "item":
            block.text = _BULLET.sub("", block.text)
        if kept and kept[-1].text == block.text and block.kind != "row":
            continue  # the same line twice in a row: a title above and in the text
        kept.append(block)
    return kept
