"""The rename test: proper names and figures of an annotated report replaced by others of the same kind.

What was learnt by heart fails on the renamed report; what was understood does not. Persons, places and the
words
inside quoted names change to others of the same gender and form; figures change to others of the same size
and
grammar (a number that governs «семей» still does). Dates, phones and what stands outside of a figure stay.
"""

from __future__ import annotations

import copy
import re
from functools import cache

from svod.extract.figures.numbers import find_numbers
from svod.language.morph import analyzer

from .scorer import Report

# Replacements by gender; nouns of quoted names by gender and animacy. All are ordinary Russian words.
NAMES = {
    ("Surn", "masc"): "Кузовлев Дорофеев Лапшин Ромашов Тихвинский".split(),
    ("Surn", "femn"): "Кузовлева Дорофеева Лапшина Ромашова Тихвинская".split(),
    ("Name", "masc"): "Аркадий Вениамин Глеб Захар Платон".split(),
    ("Name", "femn"): "Агния Варвара Зоя Ульяна Римма".split(),
    ("Patr", "masc"): "Аркадьевич Глебович Захарович Тарасович Егорович".split(),
    ("Patr", "femn"): "Аркадьевна Глебовна Захаровна Тарасовна Егоровна".split(),
}
NOUNS = {
    ("masc", "inan"): "причал родник компас фонарь ковчег парус берег колодец".split(),
    ("femn", "inan"): "пристань тропа звезда беседка калитка радуга палитра поляна".split(),
    ("neut", "inan"): "крыльцо облако лукошко перо весло кольцо".split(),
    ("masc", "anim"): "журавль странник кузнец ласточонок лодочник".split(),
    ("femn", "anim"): "птица хозяйка ласточка мастерица".split(),
}
_WORD = re.compile(r"[А-Яа-яЁё]+")
_QUOTED = re.compile(r"«[^»\n]{1,90}»")


def renamed(report: Report) -> Report:
    """The report with other names and other figures, in text and gold alike."""
    text, gold = report.text, copy.deepcopy(report.gold)
    figures = _new_figures(text, gold)
    words = _name_words(text, gold)
    swap = _Swap(figures, words)
    for metric in gold.get("metrics") or []:
        _renumber(metric, swap)
        metric["project"] = swap.quoted(metric["project"]) if metric.get("project") else None
        metric["quote"] = swap.text(metric["quote"])
    for row in gold.get("projects") or []:
        row["name"] = swap.quoted(row["name"])
    for row in gold.get("partners") or []:
        row["name"] = swap.name(row["name"])
    return Report(report.number, swap.text(text), gold)


class _Swap:
    """One consistent replacement over texts and names."""

    def __init__(self, figures: dict[str, str], words: frozenset[str]) -> None:
        self.figures = figures
        self.words = words

    def text(self, text: str) -> str:
        def word(m: re.Match[str]) -> str:
            return _other_person(m[0]) or m[0]

        quoted = _QUOTED.sub(lambda m: _WORD.sub(lambda w: self._name_word(w[0]), m[0]), text)
        people = _WORD.sub(word, quoted)
        return _FIGURE.sub(lambda m: self.figures.get(m[0], m[0]), people)

    def name(self, name: str) -> str:
        """A gold name: all of it if it is a quoted name's content, else what stands in its quotation
        marks.
        """
        if "«" in name:
            return self.text(name)
        return self.quoted(name)

    def quoted(self, name: str) -> str:
        """A gold name that stands in quotation marks as a whole, whatever marks are inside it."""
        return self.text(f"«{name}»")[1:-1]

    def _name_word(self, word: str) -> str:
        if _lemma(word) not in self.words:
            return word
        return _other_noun(word) or word


_FIGURE = re.compile(r"(?<![\d.,/№-])\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)|(?<![\d.,:/№-])\d+(?![\d:/]|[.,]\d)")


def _new_figures(text: str, gold: dict) -> dict[str, str]:  # type: ignore[type-arg]
    """Figures of the gold quotes that stand in no date: their digits → other digits."""
    table: dict[str, str] = {}
    for metric in gold.get("metrics") or []:
        for m in _FIGURE.finditer(metric["quote"]):
            digits = re.sub(r"\D", "", m[0])
            value = int(digits)
            if 1900 <= value <= 2100 or re.search(
                rf"(?<!\d){digits}[ \u00a0](?:{_MONTHS}|лет|час|мину)", text
            ):
                continue
            table[m[0]] = _like(m[0], _other_figure(value))
    return table


_MONTHS = "январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр"


def _other_figure(value: int) -> int:
    """Another number of the same length and grammar; larger ones stay larger."""
    if value < 5:
        return value
    if value < 20:
        return {5: 6, 6: 7, 7: 8, 8: 9, 11: 12, 12: 13, 13: 14, 14: 15, 15: 16, 16: 17, 17: 18, 18: 19}.get(
            value, value
        )
    digits = str(value)
    lead = int(digits[0])
    return (
        int(str(lead + 1) + digits[1:])
        if lead < 9 and value not in (100, 1000) and len(digits) > 2
        else value
    )


def _like(pattern: str, value: int) -> str:
    """The value written as the pattern is (with its separators)."""
    digits = list(str(value).zfill(sum(c.isdigit() for c in pattern)))  # «00 коп.»
    out = []
    for c in reversed(pattern):
        out.append(digits.pop() if c.isdigit() else c)
    return "".join(reversed(out))


def _renumber(metric: dict, swap: _Swap) -> None:  # type: ignore[type-arg]
    """The gold value follows its digits, scaled as before; figures that are not said in their quote stay."""
    old, new = _values(metric["quote"]), _values(swap.text(metric["quote"]))
    for key in ("value", "value_max"):
        if metric.get(key) is None:
            continue
        for a, b in zip(old, new, strict=False):
            if (
                a
                and abs(float(metric[key]) / float(a) - round(float(metric[key]) / float(a))) < 1e-9
                and b != a
            ):
                metric[key] = float(b) * round(float(metric[key]) / float(a))
                break


def _values(quote: str) -> list[float]:
    found: list[float] = []
    for span in find_numbers(quote):
        if span.form in ("plain", "range", "change", "multiple"):
            found.append(float(span.value))
            if span.value_max is not None:
                found.append(float(span.value_max))
    return found


def _name_words(text: str, gold: dict) -> frozenset[str]:  # type: ignore[type-arg]
    """Lemmas of nouns that occur in gold names of projects and nowhere outside of quotation marks."""
    inside = {
        _lemma(w)
        for row in gold.get("projects") or []
        for w in _WORD.findall(row["name"])
        if len(w) > 3 and _is_plain_noun(w)
    }
    outside = {_lemma(w) for w in _WORD.findall(_QUOTED.sub(" ", text))}
    plural = {_lemma(w) for q in _QUOTED.findall(text) for w in _WORD.findall(q) if _is_plural(w)}
    return frozenset(inside - outside - plural)


def _is_plural(word: str) -> bool:
    """Plurals are not replaced, so a name that has one in the text keeps that word in the gold too."""
    tag = analyzer().parse(word.lower())[0].tag
    return tag.POS == "NOUN" and "plur" in tag


@cache
def _lemma(word: str) -> str:
    return str(analyzer().parse(word.lower())[0].normal_form)


def _is_plain_noun(word: str) -> bool:
    tag = analyzer().parse(word.lower())[0].tag
    return (
        tag.POS == "NOUN"
        and not {"Name", "Surn", "Patr", "Geox", "Abbr"} & set(tag.grammemes)
        and "sing" in tag
    )


@cache
def _other_noun(word: str) -> str | None:
    reading = analyzer().parse(word.lower())[0]
    tag = reading.tag
    pool = NOUNS.get((str(tag.gender), str(tag.animacy)))
    if tag.POS != "NOUN" or pool is None or "plur" in tag:
        return None
    return _inflected(pool[sum(map(ord, reading.normal_form)) % len(pool)], {"sing", tag.case}, word)


@cache
def _other_person(word: str) -> str | None:
    if not word[:1].isupper():
        return None
    reading = analyzer().parse(word)[0]
    for kind in ("Surn", "Name", "Patr"):
        if kind in reading.tag and reading.score > 0.3 and "sing" in reading.tag and reading.tag.gender:
            pool = NAMES[kind, str(reading.tag.gender)]
            return _inflected(
                pool[sum(map(ord, reading.normal_form)) % len(pool)], {"sing", reading.tag.case}, word
            )
    return None


def _inflected(lemma: str, grammemes: set[str], like: str) -> str | None:
    form = analyzer().parse(lemma)[0].inflect({g for g in grammemes if g})
    if form is None:
        return None
    word = str(form.word)
    return word.capitalize() if like[:1].isupper() else word
