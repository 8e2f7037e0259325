"""The report while its figures are read: a number with its sentence, clause, block and neighbours.

Only looks: decides nothing about what a number means. A sentence here never crosses a block, a line or an
emoji that walls use as a bullet. Clauses are stretches with one predicate of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from svod.extract.figures.numbers import NumberSpan
from svod.extract.words.blanked import own_words
from svod.language.by_word import by_word
from svod.language.document import Document, Token
from svod.language.lazy import lazy

if TYPE_CHECKING:
    from svod.extract.layout.segments import Block, Layout
    from svod.extract.projects.projects import ProjectSpan

_PREDICATES = ("VERB", "PRTS", "PRED", "INFN", "ADJS")
_CLAUSE_MARKS = frozenset(",;:—–-")
_HARD_MARKS = frozenset(";:")
MAX_SENTENCE = 150  # tokens; what is longer is no sentence, and work on a number grows with its sentence
MAX_NAME = 500  # characters of a project's name at most
_BULLET = re.compile("[\u2600-\u27bf\U0001f000-\U0010ffff]")  # separates sentences of a wall post


@by_word
def is_bullet(token: Token) -> bool:
    """True for an emoji or dingbat that a wall post uses instead of a full stop."""
    return len(token.text) <= 3 and _BULLET.search(token.text) is not None


@by_word
def is_predicate(token: Token) -> bool:
    """True for a finite verb, short participle or adjective, predicative or infinitive (likeliest
    reading).
    """
    readings = token.forms
    return bool(readings) and readings[0].pos in _PREDICATES and token.text.isalpha()


_PERCENT = re.compile(r"[ \u00a0]{0,2}(?:%|процент\w*|проц\.|п\.[ \u00a0]?п\.|пп\b)")


def percent_follows(text: str, end: int) -> re.Match[str] | None:
    """The percent sign or word right after the number that ends here."""
    return _PERCENT.match(text, end)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens [first, last) of the document."""

    first: int
    last: int

    def __contains__(self, index: object) -> bool:
        return isinstance(index, int) and self.first <= index < self.last


@dataclass(frozen=True)
class Scene:
    """One report with everything that was found in it before its figures are read."""

    doc: Document
    layout: Layout
    projects: tuple[ProjectSpan, ...] = ()
    published: date | None = None
    _clauses: dict[Stretch, tuple[Stretch, ...]] = field(default_factory=dict, compare=False, repr=False)
    ahead: dict[Stretch, bool] = field(default_factory=dict, compare=False, repr=False)  # see `plans`

    @lazy
    def text(self) -> str:
        return self.doc.text

    @lazy
    def low(self) -> str:
        """The text in lower case."""
        return self.text.lower()

    @lazy
    def tokens(self) -> tuple[Token, ...]:
        return self.doc.tokens

    @lazy
    def _named(self) -> tuple[list[int], list[tuple[int, ProjectSpan]]]:
        """Where names of projects begin, in order; where each ends, and whose it is."""
        places = sorted((a, b, i) for i, p in enumerate(self.projects) for a, b in p.occurrences)
        return [a for a, _, _ in places], [(b, self.projects[i]) for _, b, i in places]

    def named_in(self, start: int, end: int) -> tuple[ProjectSpan, ...]:
        """The projects whose name lies within [start, end), each once, in their order."""
        starts, places = self._named
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        within = {id(p) for stop, p in places[first:last] if stop <= end}
        return tuple(p for p in self.projects if id(p) in within) if within else ()

    def in_name(self, start: int, end: int) -> bool:
        """The stretch is a part of a project's name."""
        starts, places = self._named
        last = bisect_right(starts, start)
        first = bisect_left(starts, start - MAX_NAME)
        return any(end <= stop for stop, _ in places[first:last])

    @lazy
    def _block_starts(self) -> list[int]:
        return [b.start for b in self.layout.blocks]

    def block_index(self, offset: int) -> int | None:
        """Index of the block that holds the offset; None between blocks."""
        i = bisect_right(self._block_starts, offset) - 1
        return i if i >= 0 and offset < self.layout.blocks[i].end else None

    def block(self, index: int) -> Block:
        return self.layout.blocks[index]

    @lazy
    def sentences(self) -> tuple[Stretch, ...]:
        """Sentences of the document, cut at blocks, at bullets, and joined over abbreviations."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[Stretch]:
        tokens = self.tokens
        cuts = {self.doc.token_index(s.start) for s in self.doc.sentences}
        cuts |= {self.doc.token_index(b.start) for b in self.layout.blocks}
        ends = {i for i in cuts if not self._abbreviated(i) and not self._goes_on(i)}
        if _BULLET.search(self.text):
            ends |= {i for i, token in enumerate(tokens) if is_bullet(token)}
        first = 0
        for end in (*sorted(i for i in ends if 0 < i < len(tokens)), len(tokens)):
            for begin in range(first, end, MAX_SENTENCE):
                yield Stretch(begin, min(begin + MAX_SENTENCE, end))
            first = end

    def _goes_on(self, i: int) -> bool:
        """«Охват (всего 14 тыс. чел.) – 48 %»: what follows a bracket with a dash begins no sentence."""
        if not 0 < i < len(self.tokens):
            return False
        before, token = self.tokens[i - 1], self.tokens[i]
        return before.text == ")" and token.text in "–—-" and "\n" not in self.text[before.stop : token.start]

    def _abbreviated(self, i: int) -> bool:
        """True if the sentence mark before token i only ends an abbreviation («тыс. руб. на ремонт»)."""
        if (
            not 2 <= i < len(self.tokens)
            or self.tokens[i - 1].text != "."
            or "\n" in self.text[self.tokens[i - 1].stop : self.tokens[i].start]
        ):
            return False
        short = self.tokens[i - 2].text.lower() in _ABBREVIATIONS
        return short and not self.tokens[i].text[:1].isupper()

    @lazy
    def _sentence_starts(self) -> list[int]:
        return [s.first for s in self.sentences]

    def sentence(self, token_index: int) -> Stretch:
        i = bisect_right(self._sentence_starts, token_index) - 1
        return self.sentences[i] if i >= 0 else Stretch(0, 0)

    def sentence_number(self, token_index: int) -> int:
        return bisect_right(self._sentence_starts, token_index) - 1

    def clauses(self, sentence: Stretch) -> tuple[Stretch, ...]:
        """The sentence cut at punctuation, pieces without a predicate joined to the one before."""
        if sentence not in self._clauses:
            self._clauses[sentence] = tuple(self._cut(sentence))
        return self._clauses[sentence]

    def _cut(self, sentence: Stretch) -> Iterator[Stretch]:
        """Pieces without a predicate join the one before, at the beginning and after «:» or «;» the one
        after.
        """
        current, has = None, False
        for piece, predicate, hard in self._pieces(sentence):
            if current is None:
                current, has = piece, predicate
            elif (predicate and has) or hard:
                yield current
                current, has = piece, predicate
            else:
                current, has = Stretch(current.first, piece.last), has or predicate
        if current is not None:
            yield current

    def _pieces(self, sentence: Stretch) -> Iterator[tuple[Stretch, bool, bool]]:
        """(piece, has it a predicate, does it begin after «:» or «;»); brackets belong to what surrounds
        them.
        """
        first, seen, hard, depth = sentence.first, False, False, 0
        for i in range(sentence.first, sentence.last):
            text = self.tokens[i].text
            depth = max(0, depth + (text == "(") - (text == ")"))
            if depth:
                continue
            if text in _CLAUSE_MARKS and i > first:
                yield Stretch(first, i), seen, hard
                first, seen, hard = i, False, text in _HARD_MARKS or self._subordinates(i + 1, sentence.last)
            seen = seen or is_predicate(self.tokens[i])
        yield Stretch(first, sentence.last), seen, hard

    def _subordinates(self, i: int, stop: int) -> bool:
        """«…, куда записаны дни», «…, в которых учатся»: a subordinate clause opens, perhaps after a
        preposition.
        """
        return any(t.lemma in _SUBORDINATORS for t in self.tokens[i : min(i + 2, stop)])

    @lazy
    def _brackets(self) -> list[int]:
        return [i for i, token in enumerate(self.tokens) if token.text in "()"]

    def bracket(self, token_index: int) -> Stretch | None:
        """The words between the brackets around a token, inside its sentence."""
        before = bisect_left(self._brackets, token_index) - 1
        sentence = self.sentence(token_index)
        opened = self._brackets[before] if before >= 0 else -1
        if opened < max(sentence.first, token_index - 40) or self.tokens[opened].text != "(":
            return None
        stop = min(sentence.last, token_index + 40)
        after = self._brackets[before + 1 : bisect_left(self._brackets, stop)]
        closed = next((i for i in after if self.tokens[i].text == ")"), sentence.last)
        return Stretch(opened + 1, closed)

    def clause(self, token_index: int) -> Stretch:
        for clause in self.clauses(self.sentence(token_index)):
            if token_index in clause:
                return clause
        return self.sentence(token_index)

    def words(self, stretch: Stretch) -> Sequence[Token]:
        return self.tokens[stretch.first : stretch.last]

    def text_of(self, stretch: Stretch) -> str:
        if stretch.first >= stretch.last:
            return ""
        return self.text[self.tokens[stretch.first].start : self.tokens[stretch.last - 1].stop]


_SUBORDINATORS = frozenset(
    "который куда где когда если хотя чтобы кто чей откуда пока поскольку потому".split()
)
_ABBREVIATIONS = frozenset(
    [
        "тыс",
        "млн",
        "млрд",
        "трлн",
        "руб",
        "коп",
        "чел",
        "ед",
        "шт",
        "экз",
        "куб",
        "кв",
        "км",
        "м",
        "кг",
        "г",
        "гг",
        "т",
        "ч",
        "мин",
        "сек",
        "стр",
        "ул",
        "им",
        "др",
        "пр",
        "просп",
        "обл",
        "р",
    ]
)


@dataclass(frozen=True)
class Spot:
    """A number in its place. Token ranges are indexes into the document's tokens."""

    scene: Scene
    number: NumberSpan
    block_index: int
    first: int  # first token of the number
    last: int  # first token after it

    @lazy
    def sentence(self) -> Stretch:
        return self.scene.sentence(self.first)

    @lazy
    def bracket(self) -> Stretch | None:
        return self.scene.bracket(self.first)

    @lazy
    def clause(self) -> Stretch:
        """The clause of the number; words in brackets are one of their own if they have a predicate."""
        bracket = self.bracket
        if bracket is not None and any(is_predicate(t) for t in self.scene.words(bracket)):
            return bracket
        return self.scene.clause(self.first)

    @property
    def block(self) -> Block:
        return self.scene.block(self.block_index)

    @lazy
    def left(self) -> tuple[Token, ...]:
        """Tokens of the sentence before the number, nearest first."""
        return tuple(reversed(self.scene.tokens[self.sentence.first : self.first]))

    @lazy
    def right(self) -> tuple[Token, ...]:
        """Tokens of the sentence after the number."""
        return tuple(self.scene.tokens[self.last : self.sentence.last])

    @lazy
    def left_text(self) -> str:
        """Lower-case text of the sentence up to the number (at most 200 characters)."""
        start = self.scene.tokens[self.sentence.first].start
        return self.scene.text[max(start, self.number.start - 200) : self.number.start].lower()

    @lazy
    def right_text(self) -> str:
        stop = self.scene.tokens[self.sentence.last - 1].stop
        return self.scene.text[self.number.end : min(stop, self.number.end + 200)].lower()

    @lazy
    def clause_text(self) -> str:
        return self.scene.text_of(self.clause).lower()

    @lazy
    def own_text(self) -> str:
        """The clause's text without the names and asides that are not said of the number; same offsets."""
        start = self.scene.tokens[self.clause.first].start
        return own_words(self.clause_text, self.number.start - start, self.number.end - start)

    @lazy
    def sentence_text(self) -> str:
        return self.scene.text_of(self.sentence).lower()

    @lazy
    def sentence_prose(self) -> str:
        """The sentence's text without the names and asides that are not said of the number."""
        start = self.scene.tokens[self.sentence.first].start
        return own_words(self.sentence_text, self.number.start - start, self.number.end - start)

    @lazy
    def clause_lemmas(self) -> frozenset[str]:
        return frozenset(t.lemma for t in self.scene.words(self.clause) if t.text[:1].isalpha())

    @lazy
    def sentence_lemmas(self) -> frozenset[str]:
        return frozenset(t.lemma for t in self.scene.words(self.sentence) if t.text[:1].isalpha())

    @lazy
    def predicates(self) -> tuple[Token, ...]:
        """Verbs and the like of the clause; those of names and asides beside the number are no part of it."""
        found = [t for t in self.scene.words(self.clause) if is_predicate(t)]
        start = self.scene.tokens[self.clause.first].start
        return tuple(t for t in found if not self.own_text[t.start - start : t.stop - start].isspace())

    @lazy
    def is_share(self) -> bool:
        """A share or percentage, by its form or by the sign or word after it."""
        return (
            self.number.form in ("share", "every", "of")
            or percent_follows(self.scene.text, self.number.end) is not None
        )

    @lazy
    def verbs(self) -> frozenset[str]:
        """Lemmas of the predicates."""
        return frozenset(t.forms[0].lemma for t in self.predicates)


_PIECE_MARKS = frozenset(",;:()—–")


def piece_of(spot: Spot) -> Sequence[Token]:
    """The words between the nearest commas, dashes or brackets around the number."""
    words = spot.scene.tokens
    first, last = spot.first, spot.last
    while first > spot.sentence.first and words[first - 1].text not in _PIECE_MARKS:
        first -= 1
    while last < spot.sentence.last and words[last].text not in _PIECE_MARKS:
        last += 1
    return words[first:last]


def spot_of(scene: Scene, number: NumberSpan) -> Spot | None:
    """The number in its place; None if it stands outside every block."""
    block = scene.block_index(number.start)
    if block is None:
        return None
    first = scene.doc.token_index(number.start)
    if first and scene.tokens[first - 1].stop > number.start:
        first -= 1
    last = scene.doc.token_index(number.end)
    return Spot(scene, number, block, first, max(last, first + 1))
