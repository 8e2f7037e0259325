"""Names that stand where only a name can: on a line of their own, at the beginning of an item or a paragraph
with figures of its own.

Knows the layout around a quotation; what a sentence says of a name is looked at in `project_frames`.
"""

from __future__ import annotations

import re

from svod.extract.layout.prose import Prose
from svod.extract.layout.quotes import Quote
from svod.extract.partners.org_words import org_type
from svod.extract.projects.project_hints import VERBS, Head, kind_nearby, own_kind
from svod.extract.words.kind_words import kind_of, lemma, other_words
from svod.extract.words.screened import any_case
from svod.models import ProjectKind

TOLD_NEAR = 16  # words after the name in which the text says what it is


def make_head(prose: Prose, quote: Quote, rule: str, kind: ProjectKind | None = None) -> Head:
    """The name is a project's: of the kind in its own words, else of this one or of one told nearby."""
    return Head("project", own_kind(prose, quote) or kind or kind_nearby(prose, quote), quote.start, rule)


def captioned(prose: Prose, quote: Quote) -> Head | None:
    """«3.2. «X». Школа русского языка …», ««X»: закрываем проект», a line that is nothing but the name: what
    the words below it are on.
    """
    index = prose.layout.index_at(quote.start)
    if index is None:
        return None
    block = prose.layout.blocks[index]
    caption = prose.captions.at(index)
    cell = _cell(prose, quote)
    if caption is None or cell is not None:
        return cell
    if quote.start > caption.start + 1:
        return None
    if quote.end < caption.end - 1 and not (block.kind == "title" and _TOPIC.match(prose.text, quote.end)):
        return None
    kind = said_kind(prose, quote.end, block.kind == "title")
    if block.kind == "list_item" or (caption.own and re.search(r"\d", prose.text[quote.end : block.end])):
        return make_head(prose, quote, "captioned", kind or "project")
    if kind is None or (block.kind == "title" and (_has_verb(prose, quote) or _is_said(prose, quote))):
        return None
    return make_head(prose, quote, "captioned", kind)


_TOPIC = re.compile(r"\s*[:.–—]")


def _is_said(prose: Prose, quote: Quote) -> bool:
    """««Я не бабушка, я хореограф»»: someone's words as a title."""
    return any(w.forms and w.forms[0].pos == "NPRO" for w in prose.slice(quote.inner, quote.stop))


def _has_verb(prose: Prose, quote: Quote) -> bool:
    return any(w.forms and w.forms[0].pos in VERBS | {"ADJS"} for w in prose.slice(quote.inner, quote.stop))


def said_kind(prose: Prose, start: int, title: bool) -> ProjectKind | None:
    """The kind that the next words give to what has just been named; of a title, the words below too."""
    at = prose.index(start)
    for word in prose.words[at : at + (TOLD_NEAR * 3 if title else TOLD_NEAR)]:
        if prose.quote_at(word.start) is not None:
            return None
        kind = kind_of(word)
        if kind is not None and word.forms[0].pos == "NOUN" and "sing" in word.forms[0].grammemes:
            return kind
    return None


_CHOSEN = any_case(r"(?<![а-яё])(?:победител|грантополучател|финалист|поддержан|конкурс|проект)")


def _cell(prose: Prose, quote: Quote) -> Head | None:
    """A name alone in its line, where the page is on the winners of a contest."""
    text = prose.text
    left = text.rfind("\n", 0, quote.start) + 1
    right = text.find("\n", quote.end)
    if text[left : quote.start].strip(" \t|•-–—") or text[quote.end : right if right >= 0 else None].strip(
        " \t|,;."
    ):
        return None
    if not re.match(r"\s*[\d(]", text[quote.end : quote.end + 40]):
        return None
    chosen = _CHOSEN.search(prose.opening)
    return Head("project", "project", quote.start, "listed", direct=True) if chosen else None


_ITEM_GOES_ON = re.compile(
    r"\s*(?:\([^()\n]{2,60}\)\s*)?(?:[–—:-]\s|\.\s+[А-ЯЁ\d]|,\s+(?:[а-яё.]+\s)?[А-ЯЁ][а-яё-]+(?:\s[а-яё]+)?[.,:])|\s*\("
)
THANKS = any_case(
    r"(?<![а-яё])(?:спасибо|благодар|партн[её]р|спонсор|дарител|жертвовател|помогли|жюри|книг|фильм|сми(?![а-яё])|публикац"
    r"|номинаци|команд|мест[оа](?![а-яё]))"
)
_GIFT = any_case(r"^[^а-яё]{0,4}(?:за|спасибо|скидк|выделил|предоставил|подарил|дал[аио]?|помог)(?![а-яё])")


def opens_item(prose: Prose, quote: Quote) -> Head | None:
    """«3. «Автоняня» – возим на химию. 52 рейса», «1️⃣ «X» (Елизово) – 400 тысяч», ««X», Летка. Школьники …
    95 000 руб.»: a name that opens an item or a paragraph with figures of its own.
    """
    block = prose.block(quote.start)
    if block is None or block.kind in {"title", "heading", "table_row", "table_head"}:
        return None
    text = prose.text
    if re.search(r"[а-яё]", text[block.start : quote.start], re.IGNORECASE):
        return None
    goes_on = _ITEM_GOES_ON.match(text, quote.end)
    rest = text[quote.end : block.end]
    if goes_on is None or not re.search(r"\d", rest[:400]) or _GIFT.match(rest[:30]):
        return None
    if block.kind != "list_item" and _has_verb(prose, quote):
        return None
    head = prose.layout.head_of(block)
    if head is not None and THANKS.search(text[head.start : head.end]):
        return None
    said = next((w for w in prose.slice(quote.end, block.end)[1:4] if w.has("NOUN", "nomn")), None)
    if (
        said is not None
        and "," not in goes_on[0]
        and (org_type(lemma(said)) is not None or lemma(said) in other_words())
    ):
        return None
    kind = own_kind(prose, quote) or said_kind(prose, quote.end, title=False)
    if kind is None:
        kind = "project" if _CHOSEN.search(prose.opening) else "service"
    return Head("project", kind, quote.start, "opens_item", direct=True)
