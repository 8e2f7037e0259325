"""The analysed document: sentences, tokens with their word forms, and named spans, all with offsets.

A text is analysed once and then only looked at. Named entities are found in batches over several
documents, which is where the time goes; the result does not depend on how documents are batched.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import razdel

from ._natasha import ner_model
from .morph import Form, forms


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark: `text` is exactly the document's `[start:stop]`."""

    start: int
    stop: int
    text: str

    @property
    def forms(self) -> tuple[Form, ...]:
        return forms(self.text)

    @property
    def lemma(self) -> str:
        return self.forms[0].lemma

    def has(self, *grammemes: str) -> bool:
        """True if some reading carries all these grammemes at once."""
        return any(all(g in form.grammemes for g in grammemes) for form in self.forms)


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

    @cached_property
    def _token_starts(self) -> list[int]:
        return [t.start for t in self.tokens]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    @cached_property
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
        for s in razdel.sentenize(line):
            if not s.text.strip():
                continue
            sentences.append(Sentence(offset + s.start, offset + s.stop))
            base = offset + s.start
            tokens.extend(Token(base + t.start, base + t.stop, t.text) for t in razdel.tokenize(s.text))
    return tuple(tokens), tuple(sentences)


MAX_PASSAGE = 1_500  # what the NER model is given at once: its memory grows with the longest of a batch
NER_BATCH = 16


def _passages(text: str) -> Iterable[tuple[int, str]]:
    """Stretches of whole lines with something to read; only a single line is longer than MAX_PASSAGE."""
    start = end = 0
    for offset, line in _lines(text):
        if end > start and offset + len(line) - start > MAX_PASSAGE:
            yield start, text[start:end]
            start = offset
        end = offset + len(line)
    if end > start:
        yield start, text[start:end]


def _readable(passage: str) -> bool:
    """False for what holds no capital letter (no name begins there) or is no prose at all."""
    return any(c.isupper() for c in passage) and max(map(len, passage.split()), default=0) <= MAX_WORD


MAX_WORD = 200


def _find_names(texts: Sequence[str]) -> list[tuple[Name, ...]]:
    """Named spans of each text. Passages of like length go to the model together; padding changes nothing."""
    found: list[list[Name]] = [[] for _ in texts]
    passages = [(i, start, p) for i, t in enumerate(texts) for start, p in _passages(t) if _readable(p)]
    passages.sort(key=lambda item: len(item[2]))
    model = ner_model()
    for at in range(0, len(passages), NER_BATCH):
        batch = passages[at : at + NER_BATCH]
        for (i, start, _), markup in zip(batch, model.map([p for _, _, p in batch]), strict=True):
            found[i].extend(Name(start + s.start, start + s.stop, s.type) for s in markup.spans)
    return [tuple(sorted(names, key=lambda n: n.start)) for names in found]


def analyse(texts: Sequence[str], *, names: bool = True) -> list[Document]:
    """Analyse texts; `names=False` leaves the named spans out. Same texts, same result, in any batching."""
    found = _find_names(texts) if names else [()] * len(texts)
    return [Document(text, *_segment(text), names=found[i]) for i, text in enumerate(texts)]
