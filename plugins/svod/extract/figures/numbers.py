"""Finds every number of a text, in digits and in words, and says what it is worth.

Knows nothing of what is counted: a `NumberSpan` has a place, a value and a form. Years, prices, ages are
numbers too; what a number means is decided elsewhere. One pass, linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from svod.extract.figures.number_atoms import SPACE, Atom, atoms_of, ordinals, words
from svod.extract.lexicon import load
from svod.language.morph import forms

NumberForm = Literal["plain", "range", "change", "share", "every", "of", "multiple", "vague"]

_GAP = re.compile(rf"{SPACE}{{1,3}}$")
_OVER = re.compile(rf"{SPACE}+с{SPACE}+(?:лишним|небольшим|хвостиком|лишком){SPACE}+")
_HALF = re.compile(rf"{SPACE}+с{SPACE}+половиной(?:{SPACE}+|\b)")
_DASH = re.compile(rf"{SPACE}?[-–—‑−]{SPACE}?|…|{SPACE}?\.\.\.?{SPACE}?")
_TO = re.compile(
    rf"(?P<middle>(?:{SPACE}?%|{SPACE}+[а-яё]+\.?){{0,3}}){SPACE}+до{SPACE}+"
    rf"(?:почти{SPACE}+|более{SPACE}+чем{SPACE}+|порядка{SPACE}+|примерно{SPACE}+|уже{SPACE}+)?$"
)
_FROM = re.compile(
    rf"(?<![а-яёА-ЯЁ])(от|со|с){SPACE}+"
    rf"(?:(?:почти|примерно|около|нынешних|прежних|сегодняшних|прошлогодних){SPACE}+)?$",
    re.I,
)
_OF = re.compile(rf"{SPACE}+из{SPACE}+(?:каждых{SPACE}+)?$")
_FRACTION = re.compile(r"(?<![\d/.,-])([1-9])/([2-9]|10)(?![\d/])(?!-)")
_MULTIPLE_TAIL = re.compile(rf"{SPACE}+раза?(?![а-яё])")
_MULTIPLE_HEAD = re.compile(
    rf"(?<![а-яёА-ЯЁ])в{SPACE}+(?:(?:почти|примерно|около|порядка|целых|среднем|более{SPACE}+чем|"
    rf"больше{SPACE}+чем|менее{SPACE}+чем){SPACE}+)?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """One number: `[start, end)` covers it with scale words and, in ranges, with both ends.

    `value` is the low end of a range and the final level of a change («с 35 до 52»); a share, «каждый
    пятый» and «8 из 10» are in percent. `words` is true when no digit stands in it.
    """

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None = None
    form: NumberForm = "plain"
    words: bool = False
    ending: str = ""  # what is glued to the digits: «ти», «й»
    scaled: bool = False  # тыс., млн … stand in it
    over: bool = False  # «десять с лишним тысяч»
    collective: bool = False  # двое, трое
    base: Decimal | None = None  # «8 из 10»: 10; «с 35 до 52»: 35
    inverted: bool = False  # «тысяч пять»

    @property
    def is_rough(self) -> bool:
        """«тысяча», «более тонны»: no article, even where it is one."""
        return self.scaled or self.over or self.inverted


_NOMINATIVE = frozenset("полтора полторы два две три четыре пять шесть семь восемь девять десять".split())
_BEFORE_NUMBER = frozenset("тысяч тысячи миллиона миллионов сотни сотен десятка десятков".split())


def _is_nominative(word: str) -> bool:
    return any("nomn" in f.grammemes or "accs" in f.grammemes for f in forms(word))


def _is_short_of_scale(group: Decimal, last: Atom) -> bool:
    return last.kind == "hundreds" and 100 <= group < 1000


_RANK = {"ones": 1, "teens": 2, "tens": 2, "hundreds": 3}


class _Cardinals:
    """Joins atoms into cardinals: «двести тридцать», «2 млн 150 тыс.», «10 с лишним тысяч»."""

    def __init__(self, text: str, atoms: list[Atom]) -> None:
        self.text = text
        self.atoms = atoms
        self.genitive = frozenset(load("numerals")["genitive_scales"])
        self.askers = frozenset(load("numerals")["genitive_askers"])

    def adjacent(self, i: int) -> bool:
        """True if atom i follows atom i-1 with nothing but a blank (or a full stop and a blank after тыс)."""
        if not 0 < i < len(self.atoms):
            return False
        between = self.text[self.atoms[i - 1].end : self.atoms[i].start]
        if self.atoms[i - 1].text in ("тыс", "млн", "млрд", "трлн"):
            between = between.removeprefix(".") or " "
        return len(between) <= 3 and (_GAP.match(between) is not None or between == "")

    def at(self, i: int) -> tuple[NumberSpan, int] | None:
        """The number that begins with atom i, and the index of the atom after it."""
        first = self.atoms[i]
        if first.kind in ("word", "multiple", "fraction", "code"):
            return self._fraction_of_scale(i) if first.kind == "fraction" else None
        if first.text in _BEFORE_NUMBER:
            return self._inverted(i) or self._straight(i)
        return self._straight(i)

    def _inverted(self, i: int) -> tuple[NumberSpan, int] | None:
        """«тысяч пять», «тысячи три», «миллиона полтора», «тысяч двадцать пять»: about so many."""
        scale, after = self.atoms[i], i + 1
        if after >= len(self.atoms) or not self.adjacent(after):
            return None
        low = self.atoms[after].text
        if low not in _NOMINATIVE and self.atoms[after].kind not in ("teens", "tens", "digits"):
            return None
        if self.atoms[after].kind != "digits" and words().get(low, ("",))[0] and not _is_nominative(low):
            return None  # «около тысячи двадцати человек»
        found = self._straight(after)
        if found is None or found[0].scaled or found[0].value >= 100 or found[0].ending:
            return None
        span, j = found
        return replace(span, start=scale.start, value=span.value * scale.value, scaled=True, inverted=True), j

    def _straight(self, i: int) -> tuple[NumberSpan, int] | None:
        first = self.atoms[i]
        total, group, rank, limit = Decimal(0), Decimal(0), 9, Decimal("1e18")
        digits = first.kind == "digits"
        any_group = over = scaled = False
        j, end, ending = i, first.end, first.ending
        while j < len(self.atoms):
            atom = self.atoms[j]
            if j > i and not self.adjacent(j) and not over:
                break
            if atom.kind == "digits":
                if any_group or atom.value >= limit or (scaled and not digits):
                    break
                group, any_group, digits, rank = atom.value, True, True, 0
                ending = atom.ending
            elif atom.kind in _RANK:
                mine = _RANK[atom.kind]
                if mine >= rank or (any_group and mine == 2 and atom.kind == "teens" and rank == 2):
                    break
                group, any_group = group + atom.value, True
                rank = 1 if atom.kind == "teens" else mine
            elif atom.kind in ("one_half", "collective", "half"):
                if any_group or scaled:
                    break
                group, any_group, rank = atom.value, True, 0
            elif atom.kind in ("scale", "scales"):
                if not any_group and atom.kind == "scales" and not self._genitive_alone(j):
                    break
                if atom.value >= limit:
                    break
                total += (group if any_group else Decimal(1)) * atom.value
                group, any_group, rank, limit, scaled = Decimal(0), False, 9, atom.value, True
                ending = ""
            else:
                break
            end = atom.end
            j += 1
            half = _HALF.match(self.text, end)
            if half and any_group and j < len(self.atoms):
                group += Decimal("0.5")
                end = half.start() + len(half.group().rstrip())
                j = self._skip(j, half.end())
                over = j < len(self.atoms) and self.atoms[j].kind in ("scale", "scales")
                if not over:
                    break
                continue
            lot = _OVER.match(self.text, end)
            if lot and any_group:
                after = self._skip(j, lot.end())
                if after < len(self.atoms) and self.atoms[after].kind in ("scale", "scales"):
                    j, over = after, True
                    continue
        if j == i:
            return None
        if limit >= 1_000_000 and scaled and _is_short_of_scale(group, self.atoms[j - 1]):
            group *= 1000  # «миллион двести», «три миллиона семьсот»
        if (
            scaled
            and self.atoms[j - 1].text in ("тыс", "млн", "млрд", "трлн")
            and self.text[end : end + 1] == "."
        ):
            end += 1
        span = NumberSpan(
            first.start,
            end,
            total + group,
            words=not any(a.kind == "digits" for a in self.atoms[i:j]),
            ending=ending,
            scaled=scaled,
            over=bool(_OVER.search(self.text, first.start, end)),
            collective=first.kind == "collective",
        )
        return span, j

    def _skip(self, j: int, offset: int) -> int:
        while j < len(self.atoms) and self.atoms[j].start < offset:
            j += 1
        return j

    def _genitive_alone(self, j: int) -> bool:
        before = self.atoms[j - 1].text if j else ""
        return self.atoms[j].text in self.genitive and before in self.askers

    def _fraction_of_scale(self, i: int) -> tuple[NumberSpan, int] | None:
        """«четверть миллиона», «треть тысячи»."""
        part, scale = self.atoms[i], self.atoms[i + 1] if i + 1 < len(self.atoms) else None
        if scale is None or scale.value < 1000 or not self.adjacent(i + 1):
            return None
        if scale.kind not in ("scale", "scales"):
            return None
        share = {Decimal(50): 2, Decimal("33.3"): 3, Decimal(25): 4}[part.value]
        value = (scale.value / share).to_integral_value()
        return NumberSpan(part.start, scale.end, value, words=True, scaled=True), i + 2


_DIGITS = re.compile(r"\d+")


_AND_MORE = re.compile(rf"{SPACE}+и{SPACE}+(?:(?:почти|ещё|еще|около){SPACE}+){{0,2}}")


def _completes(text: str, a: NumberSpan, b: NumberSpan) -> bool:
    """«1 миллион и почти 200 тысяч рублей»: millions of roubles and the thousands that go with them."""
    if not (a.scaled and b.scaled) or a.value < 1_000_000 or a.value % 1_000_000 or b.value >= 1_000_000:
        return False
    return text[b.end : b.end + 4].strip().startswith("руб")


def _joined(text: str, a: NumberSpan, b: NumberSpan) -> NumberSpan | None:
    """Two neighbours as one span: a range, a change, «8 из 10»; None if they are two numbers."""
    between = text[a.end : b.start]
    if len(between) > 60 or "\n" in between:
        return None
    lead = _FROM.search(text, max(0, a.start - 24), a.start)
    to = _TO.match(between)
    if lead and to:
        low = _same_scale(a, b, falling=lead.group(1).lower() != "от")
        if lead.group(1).lower() == "от":
            return (
                replace(b, start=lead.start(), value=low, value_max=b.value, form="range")
                if low < b.value
                else None
            )
        return replace(b, start=lead.start(), form="change", base=low)
    if _DASH.fullmatch(between):
        if a.inverted and not b.scaled:  # «тысяч 50–60»
            told = _DIGITS.search(text, a.start, a.end)
            b = replace(b, value=b.value * a.value / Decimal(told[0])) if told else b
            if told and a.value < b.value:
                return replace(a, end=b.end, value_max=b.value, form="range")
        low = _same_scale(a, b)
        near = b.value <= 2 * a.value  # «семей двадцать пять – тридцать»
        if len(between) > 1 and not near and not a.words and a.value in _YEARS:
            return None  # «(первое полугодие 2021 – 12480 звонков)»
        if len(between) > 1 and text[max(0, a.start - 3) : a.start].rstrip(" \u00a0").endswith("№"):
            return None  # «школа № 10 — 7,8 млн рублей»
        tight = len(between) == 1 or (a.words == b.words and (not a.words or near))
        if low < b.value and a.words == b.words and tight and not a.ending:
            return replace(b, start=a.start, value=low, value_max=b.value, form="range")
        return None
    if _AND_MORE.fullmatch(between) and _completes(text, a, b):
        return replace(b, start=a.start, value=a.value + b.value)
    if re.fullmatch(rf"{SPACE}+(?:или|либо){SPACE}+", between) and a.value < b.value <= a.value + 2:
        return replace(b, start=a.start, value=a.value, value_max=b.value, form="range")
    of_each = "кажд" in between or "кажд" in text[max(0, a.start - 7) : a.start]  # «двое из каждых трёх»
    if _OF.fullmatch(between) and a.value < b.value and (of_each or b.value in (10, 100)) and not b.scaled:
        return NumberSpan(a.start, b.end, _percent(a.value, b.value), form="of", words=a.words, base=b.value)
    return None


_YEARS = range(1990, 2100)


def _same_scale(a: NumberSpan, b: NumberSpan, *, falling: bool = False) -> Decimal:
    """«10–12 тысяч», falling «с 7 до 4 тысяч»: the scale of the second number holds for the first."""
    if a.scaled or not b.scaled or a.value >= 1000:
        return a.value
    for scale in (Decimal("1e9"), Decimal("1e6"), Decimal("1e3")):
        if b.value >= scale and (falling or a.value * scale <= b.value):
            return a.value * scale
    return a.value


_SHARING = ("кажд", "наполовину", "вполовину", "удво", "утро", "учетвер")  # words that may make a share


def _fractions(text: str, atoms: list[Atom]) -> Iterator[NumberSpan]:
    """Shares: половина, две трети, пятая часть, 3/4, каждый седьмой, каждый 5-й; and вдвое, удвоилось."""
    for m in _FRACTION.finditer(text):
        top, bottom = Decimal(m[1]), Decimal(m[2])
        if top < bottom:
            yield NumberSpan(m.start(), m.end(), _percent(top, bottom), form="share")
    every, denominators = ordinals("every"), ordinals("fraction_denominators")
    verbs = load("numerals")["multiple_verbs"]
    for i, atom in enumerate(atoms):
        if atom.kind == "word" and not atom.text.startswith(_SHARING) and atom.text not in denominators:
            continue
        after = atoms[i + 1] if i + 1 < len(atoms) and len(text[atom.end : atoms[i + 1].start]) <= 2 else None
        before = atoms[i - 1] if i and text[atoms[i - 1].end : atom.start] in (" ", "\u00a0", "\n") else None
        if atom.text in ("наполовину", "вполовину"):
            yield NumberSpan(atom.start, atom.end, Decimal(50), form="share", words=True)
        elif atom.kind == "fraction":
            if (
                before
                and before.kind in ("ones", "digits")
                and atom.text in ("трети", "третей", "третям", "третях", "третями")
            ):
                yield NumberSpan(
                    before.start, atom.end, _percent(before.value, Decimal(3)), form="share", words=True
                )
            elif before and before.kind in ("ones", "digits") and atom.text.startswith("четверт"):
                yield NumberSpan(
                    before.start, atom.end, _percent(before.value, Decimal(4)), form="share", words=True
                )
            elif not (after and after.kind in ("scale", "scales") and after.value >= 1000):
                yield NumberSpan(atom.start, atom.end, atom.value, form="share", words=True)
        elif atom.text in denominators and after and after.text in ("часть", "части", "частью"):
            yield NumberSpan(
                atom.start, after.end, _percent(Decimal(1), denominators[atom.text]), form="share", words=True
            )
        elif atom.text in denominators and before and before.kind == "ones" and atom.text[-1] in "хая":
            yield NumberSpan(
                before.start,
                atom.end,
                _percent(before.value, denominators[atom.text]),
                form="share",
                words=True,
            )
        elif re.match(r"кажд(?:ый|ая|ое|ого|ой|ому|ую|ым|ом)$", atom.text) and after:
            ordinal = every.get(after.text) or (
                after.value if after.kind == "digits" and after.ending else None
            )
            if ordinal and ordinal > 1:
                yield NumberSpan(
                    atom.start, after.end, _percent(Decimal(1), ordinal), form="every", words=True
                )
        elif atom.kind == "multiple":
            yield NumberSpan(atom.start, atom.end, atom.value, form="multiple", words=True)
        elif atom.text.startswith(("удво", "утро", "учетвер")) and forms(atom.text)[0].lemma in verbs:
            if not atom.text.endswith(("ся", "сь", "ие", "ия", "ию")) and not (
                after and after.text[:4] in ("числ", "коли")
            ):
                continue  # «удвоила каждый рубль»
            yield NumberSpan(
                atom.start, atom.end, Decimal(verbs[forms(atom.text)[0].lemma]), form="multiple", words=True
            )


def _percent(top: Decimal, bottom: Decimal) -> Decimal:
    share = (top * 100 / bottom).quantize(Decimal("0.1"))
    return share.normalize() if share != share.to_integral_value() else share.to_integral_value()


def _shared_scales(text: str, spans: list[NumberSpan]) -> Iterator[NumberSpan]:
    """«соответственно 4,5 и 12 млн рублей»: the scale of the second holds for the first too."""
    for a, b in pairwise([*spans, None]):
        assert a is not None
        joined = b is not None and re.fullmatch(rf"{SPACE}+(?:и|или|против){SPACE}+", text[a.end : b.start])
        if joined and b is not None and a.form == b.form == "plain" and not a.words and not b.words:
            each = "соответственно" in text[b.end : b.end + 40]  # «350 и 200 тысяч рублей соответственно»
            value = _same_scale(a, b, falling=each)
            yield replace(a, value=value, scaled=a.scaled or value != a.value)
        else:
            yield a


def _multiples(text: str, spans: list[NumberSpan]) -> Iterator[NumberSpan]:
    """«в 1,5 раза»: a multiple, with its preposition and «раза» inside the span."""
    for span in spans:
        tail = _MULTIPLE_TAIL.match(text, span.end)
        head = _MULTIPLE_HEAD.search(text, max(0, span.start - 24), span.start) if tail else None
        if tail and head and span.form in ("plain", "range"):
            yield replace(span, start=head.start(), end=tail.end(), form="multiple")
        else:
            yield span


def find_numbers(text: str) -> list[NumberSpan]:
    """All numbers of the text in order, without overlaps. Bare «десятки», «тысячи» come as form "vague"."""
    atoms = list(atoms_of(text))
    cardinals = _Cardinals(text, atoms)
    plain: list[NumberSpan] = []
    i = 0
    while i < len(atoms):
        if atoms[i].kind == "word":
            plain.extend(_a_ton(text, atoms[i : i + 2]))
            i += 1
            continue
        found = cardinals.at(i)
        if found:
            plain.append(found[0])
            i = found[1]
            continue
        if (
            atoms[i].kind == "scales"
            and atoms[i].value <= 1_000_000
            and not (plain and plain[-1].end == atoms[i].end)
        ):
            plain.append(NumberSpan(atoms[i].start, atoms[i].end, Decimal(0), form="vague", words=True))
        i += 1
    joined: list[NumberSpan] = []
    for span in plain:
        last = joined[-1] if joined else None
        one = _joined(text, last, span) if last and last.form == "plain" and span.form == "plain" else None
        if one:
            joined[-1] = one
        else:
            joined.append(span)
    spans = [*_multiples(text, list(_shared_scales(text, joined))), *_fractions(text, atoms)]
    return _without_overlaps(spans)


_ABOUT, _ABOVE = frozenset({"около", "почти", "порядка"}), frozenset({"более", "больше", "свыше"})


def _a_ton(text: str, pair: list[Atom]) -> Iterator[NumberSpan]:
    """«почти тонну продуктов», «более тонны груза»: one, which no word says."""
    if len(pair) != 2 or pair[1].text not in ("тонну", "тонны") or pair[0].text not in _ABOUT | _ABOVE:
        return
    if len(text[pair[0].end : pair[1].start]) == 1:
        over = pair[0].text in _ABOVE
        yield NumberSpan(pair[0].start, pair[0].end, Decimal(1), words=True, over=over, inverted=not over)


def _without_overlaps(spans: list[NumberSpan]) -> list[NumberSpan]:
    """Keeps the longer of two overlapping spans."""
    kept: list[NumberSpan] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if kept and span.start < kept[-1].end:
            if span.end - span.start > kept[-1].end - kept[-1].start:
                kept[-1] = span
            continue
        kept.append(span)
    return kept
