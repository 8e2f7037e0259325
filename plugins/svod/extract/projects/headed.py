"""Names without quotation marks that stand as headings: «ДЕТСКАЯ ПЕРЕДЫШКА⏎Программа, о которой …».

The next words say by a kind word what the heading names; a heading over a mere section («Итоги», «О проекте»)
is no name.
"""

from __future__ import annotations

import re
from itertools import pairwise

from svod.extract.layout.prose import Prose
from svod.extract.layout.segments import Block
from svod.extract.lexicon import load
from svod.extract.projects.unquoted import Unquoted
from svod.extract.words.kind_words import kind_of, lemma
from svod.extract.words.screened import any_case
from svod.models import ProjectKind

MAX_WORDS = 6
MAX_SERVICE = 5
_DEFINES = any_case(  # «Программа, о которой …», «Это служба …», «Клуб для тех, кто …», «Проект – о том …»
    r"^[^а-яё]{0,3}(?:это[ \u00a0](?:[а-яё-]+[ \u00a0]){0,2})?[а-яё-]+"
    r"(?:,[ \u00a0](?:[а-яё]{1,3}[ \u00a0])?(?:котор|где|куда|чь)"
    r"|[ \u00a0]для[ \u00a0]|[ \u00a0][–—-][ \u00a0]|[ \u00a0]о[ \u00a0]том)"
)


def find_headed(prose: Prose) -> list[Unquoted]:
    """In text order."""
    found: list[Unquoted] = []
    quoted = 0
    for block, below in pairwise(prose.layout.blocks):
        if block.kind != "heading":
            continue
        quoted += prose.has_quote(block)
        if below.kind in {"lead", "paragraph"}:
            one = _named(prose, block, below) or _announced(prose, block) or _service(prose, block)
            if one is not None:
                found.append(one)
    # a report divided by what the body runs; one such heading may be anything
    divided = len(found) + quoted > 1
    return [one for one in found if divided or one.sure]


def _service(prose: Prose, block: Block) -> Unquoted | None:
    """«НОЧНОЙ МАРШРУТ», «2. Вещевой склад», «Реабилитационный дом в деревне»: up to where it stands."""
    words = [w for w in prose.slice(block.start, block.end) if w.text[:1].isalpha()]
    stop = next((i for i, w in enumerate(words) if w.forms[0].pos == "PREP"), len(words))
    words = words[:stop]
    if not 1 < len(words) <= MAX_SERVICE or prose.has_quote(block):
        return None
    head = next((i for i, w in enumerate(words) if w.forms[0].pos == "NOUN"), len(words))
    if head > 2 or head == len(words) or not words[head].has("NOUN", "nomn"):
        return None
    if lemma(words[head]) not in load("projects")["section_services"]:
        return None
    if any(w.forms[0].pos != "ADJF" or not w.has("ADJF", "nomn") for w in words[:head]):
        return None
    if any(w.lemma in load("projects")["section_words"] for w in words):
        return None
    start, end = words[0].start, words[-1].stop
    return Unquoted(start, end, _plain_case(prose.text[start:end]), "service", "headed", sure=False)


_EACH = any_case(  # «коротко о каждой программе», «о трёх наших проектах»
    r"(?:(?:о|по)[ \u00a0](?:кажд(?:ой|ому|ом)|наших|всех|двух|тр[её]х|четыр[её]х|пяти|шести)"
    r"|(?:две|два|три|четыре|пять|шесть))[ \u00a0](?:[а-яё]+[ \u00a0])?(программ|проект)[а-яё]*"
)
_NUMBERED = re.compile(r"^\W*\d{1,2}[.)]\s")
OPENING = 900  # characters in which a report says what its sections are on


def _announced(prose: Prose, block: Block) -> Unquoted | None:
    """«2. Письмо на фронт» where the opening announces a section on every programme."""
    words = [w for w in prose.slice(block.start, block.end) if w.text[:1].isalpha()]
    if not 1 < len(words) <= MAX_SERVICE or not _NUMBERED.match(prose.text[block.start : block.end]):
        return None
    told = _EACH.search(prose.text[:OPENING])
    first = words[0].forms[0]
    if (
        told is None
        or told.end() > block.start
        or first.pos not in {"NOUN", "ADJF"}
        or prose.has_quote(block)
    ):
        return None
    if not words[0].has(first.pos, "nomn") or any(
        w.lemma in load("projects")["section_words"] for w in words[:2]
    ):
        return None
    start, end = words[0].start, words[-1].stop
    kind: ProjectKind = "program" if told[1].startswith("программ") else "project"
    return Unquoted(start, end, _plain_case(prose.text[start:end]), kind, "headed", sure=True)


def _plain_case(name: str) -> str:
    return name[:1] + name[1:].lower() if name.isupper() else name


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
    return Unquoted(start, end, _plain_case(prose.text[start:end]), kind, "headed", sure=True)
