"""Names without quotation marks that stand as headings: «ДЕТСКАЯ ПЕРЕДЫШКА⏎Программа, о которой …».

The next words say by a kind word what the heading names; a heading over a mere section («Итоги», «О проекте»)
is no name.
"""

from __future__ import annotations

from collections.abc import Iterator

from svod.extract.layout.prose import Prose
from svod.extract.layout.segments import Block
from svod.extract.lexicon import load
from svod.extract.projects.unquoted import Unquoted
from svod.extract.words.kind_words import kind_of
from svod.extract.words.screened import any_case

MAX_WORDS = 6
_DEFINES = any_case(  # «Программа, о которой …», «Это служба …», «Клуб для тех, кто …», «Проект – о том …»
    r"^[^а-яё]{0,3}(?:это[ \u00a0](?:[а-яё-]+[ \u00a0]){0,2})?[а-яё-]+"
    r"(?:,[ \u00a0](?:[а-яё]{1,3}[ \u00a0])?(?:котор|где|куда|чь)"
    r"|[ \u00a0]для[ \u00a0]|[ \u00a0][–—-][ \u00a0]|[ \u00a0]о[ \u00a0]том)"
)


def find_headed(prose: Prose) -> Iterator[Unquoted]:
    """In text order."""
    for k, block in enumerate(prose.layout.blocks[:-1]):
        below = prose.layout.blocks[k + 1]
        if block.kind == "heading" and below.kind in {"lead", "paragraph"}:
            found = _named(prose, block, below)
            if found is not None:
                yield found


def _named(prose: Prose, block: Block, below: Block) -> Unquoted | None:
    words = [w for w in prose.slice(block.start, block.end) if w.text[:1].isalnum()]
    if not 0 < len(words) <= MAX_WORDS or any(not w.text[:1].isalpha() for w in words):
        return None
    first = words[0]
    if first.forms[0].pos not in {"NOUN", "ADJF"} or not first.has(first.forms[0].pos, "nomn"):
        return None
    if any(w.lemma in load("projects")["section_words"] for w in words[:2]) or any(
        w.forms[0].pos == "VERB" for w in words
    ):
        return None
    if _DEFINES.match(prose.text[below.start : below.start + 80]) is None:
        return None
    opening = prose.slice(below.start, below.end)[:4]
    kind = next((kind for w in opening if w.has("NOUN", "sing", "nomn") and (kind := kind_of(w))), None)
    if kind is None:
        return None
    start, end = first.start, words[-1].stop
    name = prose.text[start:end]
    name = name[:1] + name[1:].lower() if name.isupper() else name
    return Unquoted(start, end, name, kind, "headed", sure=True)
