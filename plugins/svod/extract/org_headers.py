"""Whose page it is, as its first lines say: «Name | kind | place» of a wall, a letterhead in capitals.

Gives spans with the name written as in a text and its head noun; knows nothing of other mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from svod.language.morph import forms

from .declension import in_genitive
from .org_words import org_type
from .places import same_place

MAX_LINES, MAX_LINE = 6, 160
_FIGURES = ("дом", "школа", "союз", "клуб", "отряд", "центр")  # such names of walls are figures of speech
_WORDS = re.compile(r"[\w-]+|[«»\"]")
_MARK = re.compile(r"^\s*(?:\[[^\]\n]{1,20}\]\s*)?")


@dataclass(frozen=True, slots=True)
class Header:
    """`text[start:end]` is the header's line or lines; `head` is the lemma of the head noun."""

    start: int
    end: int
    name: str
    head: str


def read_headers(text: str) -> Iterator[Header]:
    """The header of a wall and the letterhead, if the text opens with one."""
    lines = list(_opening(text))
    if lines:
        yield from _of_wall(text, *lines[0])
    yield from _letterhead(text, lines)


def _opening(text: str) -> Iterator[tuple[int, int]]:
    """Bounds of the first lines; empty ones count as breaks (start equals end)."""
    at, seen = 0, 0
    for line in text[: MAX_LINES * MAX_LINE].splitlines(keepends=True):
        body = line.strip()
        if body or seen:
            start = at + line.find(body) if body else at
            yield start, start + len(body)
            seen += 1
        at += len(line)
        if seen >= MAX_LINES:
            return


def head_of(name: str) -> str | None:
    """The lemma of the noun that opens a name, adjectives before it passed over; None if it is no body."""
    for word in _WORDS.findall(name)[:6]:
        readings = forms(word.lower())
        noun = next((f.lemma for f in readings if f.pos == "NOUN" and {"nomn"} <= f.grammemes), None)
        if noun is not None and org_type(noun) is not None:
            return noun
        if readings[0].pos not in {"ADJF", "PRTF"}:
            return None
    return None


def _of_wall(text: str, start: int, end: int) -> Iterator[Header]:
    """«Тёплая ладонь | Благотворительный фонд | Пермь»: the kind stands apart from the name."""
    mark = _MARK.match(text[start:end])
    start += mark.end() if mark is not None else 0
    own, *others = [part.strip() for part in text[start:end].split(" | ")]
    if not others or not own or head_of(own) not in {None, *_FIGURES} or re.search(r"[«»\"]", own):
        return
    for kind in others:
        head = head_of(kind)
        words = kind.split()
        if head is not None and len(words) <= 4 and all(w.islower() for w in words[1:]):
            name = own if not own.isupper() else own.capitalize()
            yield Header(start, end, f"{kind[:1].upper()}{kind[1:]} «{name}»", head)
            return


def _letterhead(text: str, lines: list[tuple[int, int]]) -> Iterator[Header]:
    """«МИНИСТЕРСТВО ТРУДА И / РАЗВИТИЯ КРАЯ»: lines in capitals of which the later ones go on in the
    genitive.
    """
    for k, (start, end) in enumerate(lines):
        if not _in_capitals(text[start:end]) or head_of(text[start:end]) is None:
            continue
        last = end
        for a, b in lines[k + 1 :]:
            if not _in_capitals(text[a:b]) or not _goes_on(text[a:b]):
                break
            last = b
        yield _named(text, start, last)
        return


def _in_capitals(line: str) -> bool:
    return len(line) >= 12 and line.isupper() and " " in line and not re.search(r"[:!?]", line)


def _goes_on(line: str) -> bool:
    first = next(iter(_WORDS.findall(line)), "")
    readings = forms(first.lower())
    if readings[0].pos != "NOUN":
        return first in {"И", "ПО"} or not any("nomn" in f.grammemes for f in readings)
    return "nomn" not in readings[0].grammemes


def _named(text: str, start: int, end: int) -> Header:
    """The letterhead as a name; «МЭРИЯ ГОРОДА. КОМИТЕТ …» is the committee of the town hall."""
    parts = [_recased(p) for p in re.split(r"\.\s+", " ".join(text[start:end].split())) if p]
    name = parts[0]
    if len(parts) == 2 and head_of(parts[1]) is not None:
        owner, _, rest = parts[0].partition(" ")
        declined = in_genitive([], owner.lower())
        name = f"{parts[1]} {' '.join(declined) or owner} {rest}".strip()
    return Header(start, end, name, head_of(name) or "")


_COMMON = ("город", "област", "кра", "район", "округ", "посёл", "сел")


def _recased(name: str) -> str:
    words = []
    for word in name.split():
        low = word.lower()
        kept = len(word) <= 3 and not any(c in "АЕЁИОУЫЭЮЯ" for c in word) and len(word) > 1
        place = not low.startswith(_COMMON) and same_place(low.capitalize())
        proper = place or low.startswith(("республик", "российск", "росси", "федераци"))
        words.append(word if kept else low.capitalize() if proper else low)
    made = " ".join(words)
    return made[:1].upper() + made[1:]
