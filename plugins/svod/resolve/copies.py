"""Which reports tell one story: a press release on several sites is one source of a figure, not several.

Equal text first, whatever its spacing, ё and quotation marks; then near-duplicates by MinHash, each
candidate verified. Look-alikes are the danger: last quarter's report in the same words, a neighbouring
region's from the same template. Those differ in their numbers and names, so a copy must agree in both, and
with the first telling of its story rather than with any. Pure functions.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from rensa import RMinHash

from svod.extract.files.page_furniture import is_furniture_line

PERMUTATIONS, SEED = 128, 42
GOLDEN, FULL = 0x9E3779B97F4A7C15, (1 << 64) - 1  # spreads the numbers of the bands over 64 bits
COMMON = 50  # texts that share a band beyond this are a template's, and the band says nothing
CONTAINED = 0.7  # share of the shorter text's five-word runs that must stand in the longer
NAMES = 0.9  # share of the shorter text's names that must stand in the longer
MIN_WORDS = 20  # a shorter text says too little to be recognised by its words
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_DATE_LINE = re.compile(
    r"^\W*(?:\d{1,2}[:.]\d{2}\W*)?\d{1,2}(?:[./]\d{1,2}[./]|\s+[а-я]+\s+)\d{4}\D{0,20}(?:\d{1,2}:\d{2})?\W*$",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![.!?…»\"]\s)(?<!^)\b[А-ЯЁ][а-яё]{2,}", re.MULTILINE)
_VK_LINK = re.compile(r"\[(?:club|id|public)\d+\|([^\]]*)\]")
ENDING = 3  # letters cut off a name: «Мурманской» and «Мурманская» are one


@dataclass(frozen=True, slots=True)
class Telling:
    """One report as published somewhere. `published` None counts as later than any date."""

    report_id: str
    text: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """`report_id` tells what `original_id` told first. `alike`: share of the shorter in the longer, 0-1."""

    report_id: str
    original_id: str
    rule: Literal["same_text", "near_copy"]
    alike: float


class _Words:
    """What of a text decides whether it is a copy."""

    def __init__(self, text: str) -> None:
        text = _VK_LINK.sub(r"\1", text)
        lines = [line.strip() for line in text.splitlines()]
        kept = [line for line in lines if line and not is_furniture_line(line) and not _DATE_LINE.match(line)]
        self._text = "\n".join(kept).replace("ё", "е").replace("Ё", "Е").replace("\u00a0", " ")

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(w.lower() for w in _WORD.findall(self._text))

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(" ".join(self.words).encode()).hexdigest()

    @cached_property
    def runs(self) -> frozenset[str]:
        """Runs of five words, numbers left out: those are compared by themselves."""
        plain = [w for w in self.words if not w[0].isdigit()]
        return frozenset(" ".join(plain[i : i + 5]) for i in range(max(1, len(plain) - 4)))

    @cached_property
    def numbers(self) -> frozenset[str]:
        joined = re.sub(r"(?<=\d)[ \u202f](?=\d{3}\b)", "", self._text)
        return frozenset(n.replace(",", ".") for n in _NUMBER.findall(joined))

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(n.lower()[: max(4, len(n) - ENDING)] for n in _NAME.findall(self._text))


def find_copies(tellings: Sequence[Telling]) -> list[Copy]:
    """Every telling that is not the first of its story, with the first; sorted by report id.

    The first is the one published earliest (by id where dates are equal or missing). Same tellings in any
    order, same copies.
    """
    ordered = sorted(tellings, key=lambda t: (t.published or date.max, t.report_id))
    words = [_Words(t.text) for t in ordered]
    parent = list(range(len(ordered)))
    same: dict[str, int] = {}
    for i, text in enumerate(words):
        parent[i] = same.setdefault(text.digest, i) if text.words else i
    firsts = [i for i in range(len(ordered)) if parent[i] == i and len(words[i].words) >= MIN_WORDS]
    for a, b in _pairs(firsts, ordered):
        first, second = sorted((_root(parent, a), _root(parent, b)))
        if first != second and _near(words[first], words[second]):
            parent[second] = first
    copies = []
    for i, telling in enumerate(ordered):
        first = _root(parent, i)
        if first != i:
            equal = words[first].digest == words[i].digest
            share = 1.0 if equal else _near(words[first], words[i])
            copies.append(
                Copy(
                    telling.report_id,
                    ordered[first].report_id,
                    "same_text" if equal else "near_copy",
                    round(share, 3),
                )
            )
    return sorted(copies, key=lambda c: c.report_id)


def bands(text: str) -> array[int]:
    """Signed 64-bit numbers; two texts that are candidates for one story have one of them in common."""
    words = _Words(text)
    if not words.words:
        return array("q")
    found = [int.from_bytes(bytes.fromhex(words.digest)[:8], "big", signed=True)]
    if len(words.words) >= MIN_WORDS:
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        sketch.update(sorted(words.runs))
        values = sketch.digest()
        # bands of two values: pairs alike by a fifth are still looked at
        found += [_band(at, values[at], values[at + 1]) for at in range(0, PERMUTATIONS, 2)]
    return array("q", found)


def _band(number: int, first: int, second: int) -> int:
    """Two 32-bit values and which band they are of as one signed 64-bit number."""
    mixed = (first << 32 | second) ^ (number * GOLDEN & FULL)
    return mixed if mixed <= FULL >> 1 else mixed - FULL - 1


def candidates(sketched: Mapping[str, Sequence[int]], of: Collection[str]) -> dict[str, set[str]]:
    """For each id in `of` the others that share a band with it, of all ids and their bands."""
    asked = {band for key in of for band in sketched[key]}
    members: dict[int, list[str]] = defaultdict(list)
    for key, theirs in sketched.items():
        for band in asked.intersection(theirs):
            members[band].append(key)
    found: dict[str, set[str]] = {}
    for key in of:
        own = sketched[key]  # the first band is the whole text's: equal texts are never too many
        met = (members[band] for band in own if band == own[0] or len(members[band]) <= COMMON)
        found[key] = {other for group in met for other in group} - {key}
    return found


def _pairs(indexes: Sequence[int], texts: Sequence[Telling]) -> Iterator[tuple[int, int]]:
    """Pairs (earlier, later) of candidates, in the order of the later."""
    sketched = {str(i): bands(texts[i].text) for i in indexes}
    found = candidates(sketched, sketched)
    for i in indexes:
        yield from sorted((int(j), i) for j in found[str(i)] if int(j) < i)


def _near(a: _Words, b: _Words) -> float:
    """The share of the shorter in the longer if one is a copy of the other, else 0."""
    short, long = (a, b) if len(a.runs) <= len(b.runs) else (b, a)
    share = len(short.runs & long.runs) / len(short.runs)
    if share < CONTAINED or not short.numbers <= long.numbers:
        return 0.0
    if short.names and len(short.names & long.names) < NAMES * len(short.names):
        return 0.0
    return share


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        i = parent[i]
    return i
