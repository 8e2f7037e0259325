"""The report's own text on a web page: title, date and byline lines, paragraphs, lists and tables.

One measure decides: the element whose prose weighs most against the links and scraps it also holds. Names of
elements (menus, share bars, comment forms) only help. It must not know what a figure is; the reader of the
text drops furniture that remains.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from svod.extract.files.html_blocks import (
    Block,
    Element,
    ancestors,
    as_lines,
    blocks_of,
    drop,
    drop_invisible,
    parse_html,
)
from svod.extract.files.html_select import select_html
from svod.extract.files.page_furniture import (
    ends_report,
    is_article_name,
    is_furniture_line,
    is_furniture_name,
)
from svod.extract.layout.page_dates import date_of_page, is_date_line, parse_day
from svod.models import DatePrecision

DESCENT = 0.7  # an inner element is the better choice if it holds this share of the outer one's worth
FULL_WEIGHT = 160  # characters from which a paragraph is prose beyond doubt
ENOUGH = 250.0  # weight of prose after which a heading like «Другие новости» ends the report
HEAD_BLOCKS = 14  # how far before the text its title and date may stand
DATE_ABOVE = 2  # lines above the title that may belong to the report
HEAD_LINES = 6  # a date line may stand this far down and still be the report's own
_INNER_TAGS = "p li span b i em strong font a h1 h2 h3 h4 h5 h6 tr blockquote dd dt u small"
_INNER = frozenset(_INNER_TAGS.split())
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
    blocks = blocks[_title_at(blocks, title) :]
    main = {el for chosen in _main_elements(blocks, body) for el in chosen.iter()}
    inside = [i for i, b in enumerate(blocks) if b.element in main]
    kept = [blocks[i] for i in inside]
    return _head(blocks[: inside[0]], kept, title) + _cut_ending(kept)


def _title_at(blocks: list[Block], title: str | None) -> int:
    """Where the page's title stands as a line, less a few lines for a date above it; 0 if it does not."""
    if title is None:
        return 0
    at = [i for i, b in enumerate(blocks) if not b.linked and _same_words(b.text, title)]
    found = next((i for i in at if blocks[i].kind == "heading"), at[-1] if at else 0)
    return max(0, found - DATE_ABOVE)


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


def _main_elements(blocks: list[Block], body: Element) -> list[Element]:
    """The element that holds the report; several where a page builder cut the text into like pieces."""
    worth = _worth(blocks, body)
    paths = {
        el: _path(el) for el in worth if is_article_name(_name(el)) or el.get("itemprop") == "articleBody"
    }
    usual = Counter(paths.values())
    trust = {el: 2.0 if usual[path] == 1 else 1.0 for el, path in paths.items()}  # many alike: a list's cards

    def score(el: Element) -> float:
        good, bad, _ = worth.get(el, (0.0, 0.0, 0))
        return good * (trust.get(el) or (1.25 if el.tag in {"article", "main"} else 1.0)) - 0.7 * bad

    found = max(worth, key=score)
    while found.tag in _INNER and found is not body:
        found = found.getparent()  # a lone long paragraph: its neighbours belong to it
    while inner := [el for el in found if _may_hold(el, worth) and score(el) >= DESCENT * score(found)]:
        found = max(inner, key=score)  # what the outer one has more is the page's own text, not the report's
    return [found, *_alike(found, worth)]


Worth = dict[Element, tuple[float, float, int]]  # weight for, weight against, blocks


def _worth(blocks: list[Block], body: Element) -> Worth:
    """What the blocks inside each element come to, deepest elements first."""
    own: dict[Element, tuple[float, float, int]] = {}
    for block in blocks:
        plus, minus = _weight(block)
        good, bad, count = own.get(block.element, (0.0, 0.0, 0))
        own[block.element] = (good + plus, bad + minus, count + 1)
    worth: Worth = {}
    for el in reversed(list(body.iter())):
        if (mine := own.get(el)) is not None:
            worth[el] = _sum(worth.get(el), mine)
        if el in worth and el is not body:
            parent = el.getparent()
            worth[parent] = _sum(worth.get(parent), worth[el])
    return worth


def _sum(a: tuple[float, float, int] | None, b: tuple[float, float, int]) -> tuple[float, float, int]:
    return b if a is None else (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def _may_hold(el: Element, worth: Worth) -> bool:
    return el in worth and worth[el][2] > 1 and el.tag not in _INNER


def _alike(found: Element, worth: Worth) -> list[Element]:
    """Other elements in the same kind of place: page builders cut a text into several."""
    kind = found.get("class")
    if not kind:
        return []
    path = _path(found)
    same = (el for el in worth if el is not found and el.tag == found.tag and el.get("class") == kind)
    return [el for el in same if _path(el) == path]


def _path(el: Element) -> tuple[str, ...]:
    return tuple(f"{a.tag}.{a.get('class') or ''}" for a in ancestors(el))


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
    """Without what follows a «Читайте также», once enough of a report has come before it."""
    weight = [_weight(b)[0] for b in blocks]
    whole = sum(weight) or 1.0
    so_far = 0.0
    for i, block in enumerate(blocks):
        if so_far > min(0.4 * whole, ENOUGH) and ends_report(block.text):
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
