"""The analysed document: sentences, tokens with their word forms, and named spans, all with offsets.

A text is analysed once and then only looked at. Named entities are found in batches over several
documents, which is where the time goes; the result does not depend on how documents are batched.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from . import cutting
from ._natasha import name_tagger
from .lazy import lazy
from .morph import Form, forms


@dataclass(slots=True, eq=False)  # not frozen: that makes a token thrice as dear, and there are many
class Token:
    """A word, number or mark: `text` is exactly the document's `[start:stop]`. Nobody changes one."""

    start: int
    stop: int
    text: str
    forms: tuple[Form, ...]
    lemma: str  # of the likeliest form

    def has(self, *grammemes: str) -> bool:
        """True if some reading carries all these grammemes at once."""
        for form in self.forms:  # noqa: SIM110 (half the time of `any`)
            if form.grammemes.issuperset(grammemes):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Name:
    """A named span: a person, a place or an organisation, as the NER model sees it."""

    start: int
    stop: int
    type: Literal["PER", "LOC", "ORG"]


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    stop: int


@dataclass(frozen=True)
class Document:
    """A text with its analysis. Tokens, sentences and names are in order and do not overlap their kind."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]

    @lazy
    def _token_starts(self) -> list[int]:
        return [t.start for t in self.tokens]

    @lazy
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    @lazy
    def _name_starts(self) -> list[int]:
        return [n.start for n in self.names]

    def tokens_in(self, start: int, stop: int) -> tuple[Token, ...]:
        """The tokens that begin in [start, stop)."""
        return self.tokens[bisect_left(self._token_starts, start) : bisect_left(self._token_starts, stop)]

    def token_index(self, offset: int) -> int:
        """Index of the first token that begins at or after the offset."""
        return bisect_left(self._token_starts, offset)

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds the offset (the one before, if it falls between two)."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    def names_in(self, start: int, stop: int) -> tuple[Name, ...]:
        """The named spans that touch [start, stop)."""
        first = max(0, bisect_right(self._name_starts, start) - 1)
        last = bisect_left(self._name_starts, stop)
        return tuple(n for n in self.names[first:last] if start < n.stop)


MAX_LINE = 5_000  # a line longer than this is no prose: it is cut into pieces before it is analysed


def _lines(text: str) -> Iterable[tuple[int, str]]:
    """Lines with their offsets: a sentence never runs over a line break here."""
    offset = 0
    for line in text.splitlines(keepends=True):
        for cut in range(0, len(line), MAX_LINE):
            yield offset + cut, line[cut : cut + MAX_LINE]
        offset += len(line)


def _segment(text: str) -> tuple[tuple[Token, ...], tuple[Sentence, ...]]:
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for offset, line in _lines(text):
        for start, stop in cutting.sentences(line):
            base = offset + start
            sentences.append(Sentence(base, offset + stop))
            for a, _, token in cutting.tokens(line[start:stop]):
                for at, piece in _apart(token) if not token.isalnum() else ((0, token),):
                    found = forms(piece)
                    start_ = base + a + at
                    tokens.append(Token(start_, start_ + len(piece), piece, found, found[0].lemma))
    return tuple(tokens), tuple(sentences)


_PICTURES = re.compile(
    "[\u2600-\u27bf\U0001f000-\U0001faff][\u200d\ufe0f\u2600-\u27bf\U0001f000-\U0001faff]*"
)


def _apart(token: str) -> Iterable[tuple[int, str]]:
    """«родителей🙏»: the word and the picture that is glued to it, each with its offset."""
    at = 0
    for found in _PICTURES.finditer(token):
        if found.start() > at:
            yield at, token[at : found.start()]
        yield found.start(), found[0]
        at = found.end()
    if at < len(token):
        yield at, token[at:]


MAX_PASSAGE = 300  # tokens that the NER model sees together
MAX_WORD = 200  # a longer one is no word, and a passage that holds it no prose

Passage = tuple[int, tuple[Token, ...]]  # the text's index and tokens of whole sentences


def _passages(index: int, tokens: tuple[Token, ...], sentences: tuple[Sentence, ...]) -> Iterable[Passage]:
    """Whole sentences up to MAX_PASSAGE tokens (a longer sentence is cut), where a name may stand."""
    starts = [t.start for t in tokens]
    first = 0
    for k, sentence in enumerate(sentences):
        stop = sentences[k + 1].start if k + 1 < len(sentences) else sentence.stop + 1
        end = bisect_left(starts, stop)
        last = k + 1 == len(sentences)
        if last or end - first >= MAX_PASSAGE:
            for cut in range(first, end, 2 * MAX_PASSAGE):
                passage = tokens[cut : min(end, cut + 2 * MAX_PASSAGE)]
                if _readable(passage):
                    yield index, passage
            first = end


def _readable(passage: tuple[Token, ...]) -> bool:
    """False for what holds no capital letter (no name begins there) or is no prose at all."""
    return any(t.text[:1].isupper() for t in passage) and all(len(t.text) <= MAX_WORD for t in passage)


def _find_names(
    segmented: Sequence[tuple[tuple[Token, ...], tuple[Sentence, ...]]],
) -> list[tuple[Name, ...]]:
    """Named spans of each text; the model takes the passages of all texts at once."""
    found: list[list[Name]] = [[] for _ in segmented]
    passages = [p for i, (tokens, sentences) in enumerate(segmented) for p in _passages(i, tokens, sentences)]
    tags = name_tagger()([[t.text for t in tokens] for _, tokens in passages])
    for (index, tokens), tagged in zip(passages, tags, strict=True):
        found[index].extend(_spans(tokens, tagged))
    return [tuple(names) for names in found]


def _spans(tokens: tuple[Token, ...], tags: Sequence[str]) -> Iterable[Name]:
    """BIO tags («B-PER», «I-PER», «O») as spans."""
    begun: tuple[int, int, str] | None = None
    for token, tag in zip(tokens, tags, strict=True):
        mark, _, kind = tag.partition("-")
        if mark == "I" and begun is not None and begun[2] == kind:
            begun = (begun[0], token.stop, kind)
            continue
        if begun is not None:
            yield Name(begun[0], begun[1], begun[2])  # type: ignore[arg-type]
        begun = (token.start, token.stop, kind) if mark in ("B", "I") else None
    if begun is not None:
        yield Name(begun[0], begun[1], begun[2])  # type: ignore[arg-type]


def analyse(texts: Sequence[str], *, names: bool = True) -> list[Document]:
    """Analyse texts; `names=False` leaves the named spans out. Same texts, same result, in any batching."""
    segmented = [_segment(text) for text in texts]
    found = _find_names(segmented) if names else [()] * len(texts)
    return [
        Document(text, tokens, sentences, names=found[i])
        for i, (text, (tokens, sentences)) in enumerate(zip(texts, segmented, strict=True))
    ]
