"""What is compared of a name: its words as lemmas with number, where it belongs, whether it is a branch.

Knows Russian and the lexicon, no table. A name is analysed once; two analysed names meet in compare.py.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from svod.language.morph import Form, forms

from .lexicon import lexicon, region_patterns

EntityKind = Literal["project", "partner"]
FEDERAL = "RU"
_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"[«\"„“]([^«»\"„“”]+)[»\"“”]*\s*$")
_DISTRICT = re.compile(r"\bр-н[а-я]?\b")
_LATIN = str.maketrans("abcdefghijklmnoprstuvxyz", "абцдефгхижклмнопрстувхуз")
_ONE_LETTER_WORDS = "аиоуявкс"
_QUOTES = "«»\"„“”'"
MODIFIERS = frozenset({"ADJF", "PRTF", "NUMR"})
SHORT = 3  # letters below which a word has to be written the same
_UNLIKELY = 0.05  # a reading of a word that is rarer is not considered


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name: `text` as written (lower case, е for ё); readings are (lemma, number) pairs.

    `nominative` are those readings that can stand in a name as it is given. A `free` word was opened from an
    abbreviation: its form says nothing.
    """

    text: str
    readings: frozenset[tuple[str, str]]
    nominative: frozenset[tuple[str, str]]
    known: bool
    modifier: bool  # an adjective or the like: the head noun of the phrase may still follow
    free: bool = False

    @property
    def lemma(self) -> str:
        return _lemmas(self.text)[0]

    def same(self, other: Word) -> bool:
        """The same word in any case; where both may be nominative, in the same number."""
        if self.text == other.text:
            return True
        if min(len(self.text), len(other.text)) < SHORT:
            return False
        if self.nominative and other.nominative and not (self.free or other.free):
            return not self.nominative.isdisjoint(other.nominative)
        return not self.readings.isdisjoint(other.readings)


@dataclass(frozen=True, slots=True)
class Name:
    """A name made comparable. Two names with different scope or group are never the same thing by rule.

    `words` without region, legal form and optional words, in order; `full` with the optional ones; `core` the
    words of a proper name in quotes at the end, if there is one; `initials` single letters; `scope` an ISO
    code, RU, or what the report is about; `group` kinds that writers mix; `short` the letters of a name that
    is, or begins with, one abbreviation; `is_loose_form`: a legal form and a proper name are all there is.
    """

    entity_kind: EntityKind
    text: str
    words: tuple[Word, ...]
    core: tuple[Word, ...]
    full: tuple[Word, ...]
    initials: frozenset[str]
    scope: str
    group: str
    is_branch: bool
    is_loose_form: bool
    short: str | None

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(sorted(word.lemma for word in self.words))

    @property
    def form(self) -> Hashable:
        """Names with the same form are the same thing by any rule."""
        words = tuple(word.text for word in self.full)
        return self.scope, self.group, self.is_branch, self.initials, words, squeeze(self.core)

    @property
    def squeezed(self) -> str:
        return squeeze(self.words)


def squeeze(words: Sequence[Word]) -> str:
    return "".join(word.text for word in words)


def analyse_name(entity_kind: EntityKind, text: str, kind: str, territory: str) -> Name:
    """`kind` of the project or type of the partner; `territory` (ISO) of the reports that use it, or ''."""
    tokens = _tokens(text)
    initials = frozenset(t for t in tokens if len(t) == 1 and t.isalpha() and t not in _ONE_LETTER_WORDS)
    words = [word for token in tokens if token not in initials for word in _open(token)]
    words, region = _take_region(words)
    branch = _is_branch(words)
    core = _core(text) if len(tokens) > 1 else ()
    if entity_kind == "project":
        words = _without_project_head(words, core)
    loose = entity_kind == "partner" and _has_loose_form(words, core)
    words = _without_legal_form(words, text) if entity_kind == "partner" else words
    full = tuple(words)
    words = _without_optional(words, bool(core), branch, entity_kind)
    scope = region or territory
    if branch and region == FEDERAL:
        scope = territory
    elif region is None and not branch and _is_nationwide(entity_kind, tokens, words, kind):
        scope = FEDERAL
    return Name(
        entity_kind=entity_kind,
        text=text,
        words=tuple(words),
        core=core,
        full=full,
        initials=initials,
        scope=scope,
        group=_group(entity_kind, kind),
        is_branch=branch,
        is_loose_form=loose,
        short=_short(text),
    )


def _tokens(text: str) -> list[str]:
    return [t.lower().replace("ё", "е") for t in _WORD.findall(_DISTRICT.sub("района", text))]


def _open(token: str) -> list[Word]:
    """The words that a token stands for: abbreviations and compounds opened, Latin letters as Cyrillic."""
    words = lexicon()
    if token in words.abbreviations:
        return [replace(_word(w), free=True) for w in words.abbreviations[token].split()]
    for prefix, adjective in words.prefixes.items():
        rest = token.removeprefix(prefix)
        if rest != token and rest and _lemmas(rest)[0] in words.compounds:
            return [replace(_word(adjective), free=True), _word(rest)]
    return [_word(token.translate(_LATIN) if token.isascii() else token)]


@lru_cache(maxsize=200_000)
def _lemmas(text: str) -> tuple[str, ...]:
    found = dict.fromkeys(f.lemma.replace("ё", "е") for f in forms(text) if f.score > _UNLIKELY)
    return tuple(found) or (text,)


@lru_cache(maxsize=200_000)
def _word(text: str) -> Word:
    number = lexicon().numbers.get(_lemmas(text)[0])
    if number is not None or text.isdigit():
        value = number or text.lstrip("0") or "0"
        return Word(value, frozenset({(value, "")}), frozenset(), known=True, modifier=True)
    readings = [f for f in forms(text) if f.score > _UNLIKELY]
    pairs = {_reading(f) for f in readings} or {(text, "")}
    nominative = {_reading(f) for f in readings if "nomn" in f.grammemes}
    return Word(
        text,
        frozenset(pairs),
        frozenset(nominative),
        known=any(f.known for f in readings),
        modifier=bool(readings) and readings[0].pos in MODIFIERS,
    )


def _reading(form: Form) -> tuple[str, str]:
    number = "plur" if "plur" in form.grammemes else "sing" if "sing" in form.grammemes else ""
    return form.lemma.replace("ё", "е"), number


def _take_region(words: list[Word]) -> tuple[list[Word], str | None]:
    """The words without the region's, and the region; a region beside Russia wins over Russia."""
    found: str | None = None
    left: list[Word] = []
    at = 0
    while at < len(words):
        length, iso = _region_at(words, at)
        if iso is None:
            left.append(words[at])
            at += 1
            continue
        if found in (None, FEDERAL):
            found = iso
        while left and left[-1].text in ("по", "в", "во", "город", "города"):
            left.pop()
        at += length
    return (left, found) if left else (words, None)


def _region_at(words: Sequence[Word], at: int) -> tuple[int, str | None]:
    for pattern, iso in region_patterns().get(_stem(words[at].lemma), ()):
        span = words[at : at + len(pattern)]
        if len(span) == len(pattern) and all(_fits(w, lemma) for w, lemma in zip(span, pattern, strict=True)):
            following = words[at + len(pattern)].lemma if at + len(pattern) < len(words) else ""
            if following not in ("район", "округ"):
                return len(pattern), iso
    return 0, None


def _stem(lemma: str) -> str:
    return lemma[:5]


def _fits(word: Word, lemma: str) -> bool:
    if lemma in _lemmas(word.text):
        return True
    # a slip in the ending of a long adjective: «калининградскои области»
    return not word.known and len(lemma) > 8 and word.text[:-2] == lemma[: len(word.text) - 2]


def _core(text: str) -> tuple[Word, ...]:
    """The words in the innermost quotes at the end of the name."""
    match = _QUOTED.search(text.strip().rstrip('»”"“') + "»")
    if match is None or match.start() == 0:
        return ()
    tokens = [t for t in _tokens(match.group(1)) if len(t) > 1 or t.isdigit() or t in _ONE_LETTER_WORDS]
    return tuple(word for token in tokens for word in _open(token))


def _is_branch(words: Sequence[Word]) -> bool:
    words_ = lexicon()
    lemmas = [w.lemma for w in words]
    if any(lemma in words_.branches for lemma in lemmas):
        return True
    return any(a in words_.branch_levels and b == "организация" for a, b in pairwise(lemmas)) and any(
        lemma in words_.nationwide for lemma in lemmas
    )


def _without_project_head(words: list[Word], core: tuple[Word, ...]) -> list[Word]:
    lemmas = [w.lemma for w in words]
    if core and lemmas[0] in lexicon().project_heads and len(core) < len(words):
        return list(core)
    for prefix in lexicon().project_prefixes:
        if lemmas[: len(prefix)] == list(prefix) and len(words) > len(prefix) + 1:
            return words[len(prefix) :]
    return words


def _has_loose_form(words: Sequence[Word], core: tuple[Word, ...]) -> bool:
    """The form of a public organisation is written in full, in letters or not at all: its own name counts."""
    if not core:
        return False
    head = [w for w in words if w not in core]
    lemmas = [w.lemma for w in head]
    if not head or "организация" in lemmas or any(w.text.endswith("оо") and len(w.text) <= 6 for w in head):
        return True
    return all(w.text in lexicon().legal_forms for w in head)


def _without_legal_form(words: list[Word], text: str) -> list[Word]:
    words_ = lexicon()
    kept = [w for w in words if w.text not in words_.legal_forms]
    lemmas = [w.lemma for w in kept]
    for phrase in words_.legal_phrases:
        for at in range(len(lemmas) - len(phrase) + 1):
            if lemmas[at : at + len(phrase)] == list(phrase) and len(kept) > len(phrase):
                start = at
                while start > 0 and lemmas[start - 1] in words_.legal_levels:
                    start -= 1
                kept = kept[:start] + kept[at + len(phrase) :]
                lemmas = [w.lemma for w in kept]
                break
    if any(quote in text for quote in _QUOTES):
        capitals = {
            t.lower().replace("ё", "е") for t in _WORD.findall(re.split(r"[«\"„“]", text)[0]) if t.isupper()
        }
        without = [w for w in kept if w.text not in capitals or w.text in words_.abbreviations]
        kept = without or kept
    return kept or words


def _without_optional(
    words: list[Word], has_core: bool, is_branch: bool, entity_kind: EntityKind
) -> list[Word]:
    words_ = lexicon()
    optional = set(words_.optional)
    if entity_kind == "partner":
        optional |= words_.optional_in_partner
    if has_core:
        optional |= words_.optional_beside_proper_name
    if is_branch:
        optional |= words_.optional_in_branch
    kept: list[Word] = []
    for word in words:
        first = kept[0].lemma if kept else ""
        if any(_ends_with(kept, phrase) and word.lemma in implied for phrase, implied in words_.implied):
            continue
        if word.lemma in optional or words_.optional_after.get(first) == word.lemma:
            continue
        kept.append(word)
    return kept or words


def _is_nationwide(entity_kind: EntityKind, tokens: Sequence[str], words: Sequence[Word], kind: str) -> bool:
    opened = [word for token in tokens for word in _open(token)]
    if entity_kind == "partner" and any(w.lemma in lexicon().nationwide for w in opened):
        return True
    group = _group(entity_kind, kind)
    return any((group, form) in _federal() for form in _nationwide_forms(words))


def _nationwide_forms(words: Sequence[Word]) -> tuple[str, str]:
    """By lemmas, so that any case is found, and by letters, so that a hashtag is."""
    return " ".join(w.lemma for w in words), squeeze(words)


@cache
def _federal() -> frozenset[tuple[str, str]]:
    words = lexicon()
    names: list[tuple[EntityKind, str, str]] = [("partner", text, "") for text in words.federal]
    names += [("project", text, kind) for text, kind in words.federal_programmes]
    return frozenset(
        (_group(entity_kind, kind), form)
        for entity_kind, text, kind in names
        for form in _nationwide_forms(_plain(text, entity_kind))
    )


def _plain(text: str, entity_kind: EntityKind) -> list[Word]:
    """The words of a nationwide name, by the same steps as any other's, but for the scope."""
    words, _ = _take_region([word for token in _tokens(text) for word in _open(token)])
    if entity_kind == "partner":
        words = _without_legal_form(words, text)
    return _without_optional(words, bool(_core(text)), is_branch=False, entity_kind=entity_kind)


def _ends_with(words: Sequence[Word], phrase: tuple[str, ...]) -> bool:
    return tuple(w.lemma for w in words[-len(phrase) :]) == phrase


def _group(entity_kind: EntityKind, kind: str) -> str:
    if entity_kind == "partner":
        return "partner"
    return next((group[0] for group in lexicon().kind_groups if kind in group), kind)


def _short(text: str) -> str | None:
    """The letters of a name that is, or begins with, one word in capitals."""
    match = re.match(r"^[«\"]?([А-ЯЁA-Z][а-яё]?[А-ЯЁA-Z]{2,6})(?![\w-])", text.strip())
    return match.group(1).lower().replace("ё", "е") if match else None
