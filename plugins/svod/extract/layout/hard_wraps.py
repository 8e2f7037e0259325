"""What the edge of a printed page broke made whole: words («9 пе-⏎чей») and lines, with the way back; what
lost its break («проектовВ Самаре») parted again.

A prose line that the edge cut is joined with the next one, so that a sentence is a sentence again; lines of
lists, tables and headings stay. Knows words, lines and offsets only. `Mended.origin` leads from an offset in
the mended text to the offset in the text as it came.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple, TypeVar

from svod.extract.layout.glued import breaks
from svod.extract.layout.lines import Line, are_rows, ends_in_figure, split_lines
from svod.extract.layout.piped_cells import joints
from svod.extract.layout.run_together import set_apart
from svod.extract.layout.stacked_tables import is_figure, may_measure
from svod.language.morph import forms
from svod.models import Evidence, MetricMention, PartnerMention, ProjectMention, RejectedNumber, ReportFacts

_HYPHENS = "-‐\u00ad"
_LEFT = re.compile(rf"([А-Яа-яЁё]{{1,40}})[{_HYPHENS}]$")
_RIGHT = re.compile(r"[А-Яа-яЁё]{1,40}")
_SOFT = re.compile("(?<=[А-Яа-яЁё])\u00ad(?=[А-Яа-яЁё])")
_ENDS = re.compile(r"[.!?:;…]$")
_OPENS = re.compile(
    r"[•▪▫■□●○◦‣∙·*➢➤►▶▸✓✔|#№\u2600-\u27bf\U0001f000-\U0001faff]|[-–—]\s|[(]?\w{1,2}[.)]\s|\d+\.\d|\d\ufe0f?\u20e3"
)
_BULLETS = frozenset("•▪▫■□●○◦‣∙·*-–—")  # alone in its line: the item stands below
_FIGURE = re.compile(r"\d(?:[\d \u00a0]*?\d)??(\d{0,2})$|\d$")
_APART = re.compile(r"\S {4,}\S|(?:\.{4,}|…{2,}|_{4,}) ?\d")  # «пожертвования      1 282,7»
WRAP = 40  # a shorter line was not broken by the edge of a page, unless the page is narrow
NARROW = 0.75  # of the lines that end in a broken word: the least that a full line of a narrow page has
MAX_INDENT = 8  # what stands further to the right is no prose
MAX_NAME = 90  # characters of a name on each side of the edge
MAX_FIGURE = 24  # characters of a figure with its measure
LEAST = 3  # so many cut lines make a text with a margin

Told = TypeVar("Told", MetricMention, PartnerMention, ProjectMention)


class _Cut(NamedTuple):
    """`text[start:end]` of the original is replaced by `put`."""

    start: int
    end: int
    put: str


@dataclass(frozen=True, slots=True)
class Mended:
    """A text without broken words and lines; from each of `places` on, what follows stood `shifts` later."""

    text: str
    changed: bool = False
    places: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def origin(self, offset: int) -> int:
        """Where the character at this offset stands in the text as it came."""
        at = bisect_right(self.places, offset)
        return offset + (self.shifts[at - 1] if at else 0)


def mended(text: str) -> Mended:
    """The text with its broken words and lines whole; linear in its length."""
    out: list[str] = []
    places: list[int] = []
    shifts: list[int] = []
    at = length = 0
    for start, end, put in _cuts(text):
        out += (text[at:start], put)
        length += start - at + len(put)
        at = end
        if not shifts or shifts[-1] != at - length:
            places.append(length)
            shifts.append(at - length)
    if not out:
        return Mended(text)
    return Mended("".join((*out, text[at:])), True, tuple(places), tuple(shifts))


def _cuts(text: str) -> Iterator[_Cut]:
    cuts = [_Cut(*found) for found in breaks(text)]
    cuts += (_Cut(*found) for found in joints(text))
    if "\u00ad" in text:
        cuts += (_Cut(m.start(), m.end(), "") for m in _SOFT.finditer(text))
    lines = split_lines(text)
    wrap = _wrap(lines)
    margin = _margin(lines, wrap)
    for i, (line, after) in enumerate(pairwise(lines)):
        if line.text in _BULLETS and not _OPENS.match(after.text) and not is_figure(after.text):
            cuts.append(_Cut(line.end, after.start, " "))
            continue
        if after.gap or "|" in line.text or "\t" in line.text or _in_columns(lines, i):
            continue
        hyphen = _hyphen(line, after)
        if hyphen is not None:
            cuts.append(_Cut(line.end - hyphen, after.start, ""))
        elif (
            (line is not lines[0] and _goes_on(line, after, margin, wrap))
            or _counts(lines, i)
            or _parts_name(line, after)
            or _is_told_below(lines, i)
        ):
            cuts.append(_Cut(line.end, after.start, " "))
    cuts += (_Cut(*cut) for cut in set_apart(text))
    yield from sorted(cuts)


def _in_columns(lines: list[Line], i: int) -> bool:
    """The line and the next are cells: the measure of a row above its figures, or words far apart."""
    after = lines[i + 1]
    above_figure = i + 2 < len(lines) and is_figure(lines[i + 2].text) and not is_figure(lines[i].text)
    if above_figure and may_measure(after.text):
        return True
    return _APART.search(after.text) is not None or _APART.search(lines[i].text) is not None


def _counts(lines: list[Line], i: int) -> bool:
    """A figure in a line of its own with the noun it counts below: «120⏎волонтёров»; not the end of a table's
    row or its number, where the next line is a label with figures of its own.
    """
    line, after = lines[i], lines[i + 1]
    if i + 2 < len(lines) and not lines[i + 2].gap and is_figure(lines[i + 2].text):
        return False
    if i and not line.gap and is_figure(lines[i - 1].text):
        return False
    last = _FIGURE.match(line.text) if len(line.text) <= 12 else None
    if last is None or not (line.gap or after.text[0].islower()):
        return False
    word = _RIGHT.match(after.text)
    if word is None or len(word[0]) < 3:
        return False
    units = int(last[1]) if last[1] else 0
    one, few = units % 10 == 1 and units != 11, units % 10 in (2, 3, 4) and units not in (12, 13, 14)
    wanted = {"sing", "nomn"} if one else {"sing", "gent"} if few else {"plur", "gent"}
    return any(f.pos in ("NOUN", "ADJF", "PRTF") and wanted <= f.grammemes for f in forms(word[0])[:3])


def _is_told_below(lines: list[Line], i: int) -> bool:
    """«Сумма гранта, руб.:⏎2 184 560,00»: a label that a colon closes, and nothing but its figure below."""
    line, after = lines[i], lines[i + 1]
    if line.text[-1] != ":" or len(line.text) > MAX_NAME or len(after.text) > MAX_FIGURE:
        return False
    return is_figure(after.text) and not (i + 2 < len(lines) and is_figure(lines[i + 2].text))


def _wrap(lines: list[Line]) -> float:
    """The least length of a line that the edge broke; words broken at the edge tell of a narrow page."""
    broken = [len(a.text) for a, b in pairwise(lines) if not b.gap and _hyphen(a, b)]
    return min(WRAP, NARROW * median(broken)) if len(broken) >= LEAST else WRAP


def _margin(lines: list[Line], wrap: float) -> float | None:
    """How wide the lines of the page are, if it has a margin: many lines end inside their sentence."""
    cut = [len(a.text) for a, b in pairwise(lines) if _is_cut(a, b, wrap)]
    return median(cut) if len(cut) >= LEAST and len(cut) * 4 >= len(lines) else None


def _is_cut(line: Line, after: Line, wrap: float) -> bool:
    """The line ends in the middle of a sentence, and the next goes on in small letters."""
    if after.gap or len(line.text) < wrap or _ENDS.search(line.text[-1:]) or are_rows(line, after):
        return False
    return after.text[0].islower() and not _OPENS.match(after.text) and not ends_in_figure(line)


def _parts_name(line: Line, after: Line) -> bool:
    """«по программе «Дома⏎лучше»»: the edge stands inside a quotation."""
    opened = line.text.rfind("«", -MAX_NAME)
    closed = after.text.find("»", 0, MAX_NAME)
    if opened < 0 or closed < 0 or "»" in line.text[opened:] or "«" in after.text[:closed]:
        return False
    return after.text[0].isalnum() and not _ENDS.search(line.text[-1:])


def _goes_on(line: Line, after: Line, margin: float | None, wrap: float) -> bool:
    if after.indent > line.indent + MAX_INDENT:
        return False
    if _is_cut(line, after, wrap):
        return True
    if margin is None or after.indent > line.indent or _OPENS.match(after.text) or ends_in_figure(line):
        return False
    full = 0.8 * margin <= len(line.text) <= 1.4 * margin
    return full and not _ENDS.search(line.text[-1:]) and len(line.text) >= wrap


def _hyphen(line: Line, after: Line) -> int | None:
    """How many characters of the line's end go when its last word is made whole; None if it is not broken."""
    left, right = _LEFT.search(line.text[-42:]), _RIGHT.match(after.text)
    if left is None or right is None:
        return None
    if line.text[-1] == "\u00ad" or _known(left[1] + right[0]):
        return 1
    compound = right[0][0].isupper() or (len(left[1]) > 1 and _known(f"{left[1]}-{right[0]}"))
    return 0 if compound else 1


def _known(word: str) -> bool:
    return any(f.known for f in forms(word))


def as_it_came(facts: ReportFacts, text: str, mend: Mended) -> ReportFacts:
    """The facts read from the mended text with places and quotes in the text as it came."""
    if not mend.changed:
        return facts

    def span(start: int, end: int) -> tuple[int, int, str]:
        first, last = mend.origin(start), mend.origin(end - 1) + 1
        return first, last, text[first:last]

    def placed(told: Told) -> Told:
        start, end, quote = span(told.evidence.start, told.evidence.end)
        evidence: Evidence = replace(told.evidence, start=start, end=end, quote=quote)
        return replace(told, evidence=evidence)

    def number(r: RejectedNumber) -> RejectedNumber:
        start, end, quote = span(r.start, r.end)
        return replace(r, start=start, end=end, quote=quote)

    return replace(
        facts,
        projects=tuple(map(placed, facts.projects)),
        partners=tuple(map(placed, facts.partners)),
        metrics=tuple(map(placed, facts.metrics)),
        rejected=tuple(map(number, facts.rejected)),
    )
