"""Slovnet's NER model, run over many passages at once: the same weights and the same tags, less work.

Slovnet pads passages to a rectangle, copies every window of a convolution and decodes batch by batch. Here
passages stand one after another with an empty row between (it is the convolution's own padding), what a word
gives to the first layer is kept for the next time it stands somewhere, and all passages are decoded together.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Indexes = NDArray[np.intp]

ROWS = 512  # words and empty rows that are in the layers at once: bounds memory, and they stay in the cache
# words whose share in the first layer is kept, 3 KB each: about as many as a thousand reports hold
KNOWN_WORDS = 40_000
_GAP = ""  # no word is empty: stands for the empty row between passages
KERNEL = 3  # the convolutions see a word and its neighbours


class Tagger:
    """BIO tags of passages by a loaded slovnet NER (`slovnet.NER`); knows the layout of that model alone."""

    def __init__(self, ner: Any, known_words: int = KNOWN_WORDS) -> None:
        model = ner.infer.model
        self._tags: list[str] = list(ner.infer.decoder.tags_vocab.items)
        first, *rest = model.encoder.layers
        self._first = _Layer(first)
        self._opening = _Opening(ner.infer.encoder, model.emb, self._first.weight, known_words)
        self._rest = [_Layer(layer) for layer in rest]
        self._proj: Floats = model.head.proj.weight.array
        self._bias: Floats = model.head.proj.bias.array
        self._transitions: Floats = model.head.crf.transitions.array

    def __call__(self, passages: Sequence[Sequence[str]]) -> list[list[str]]:
        """A tag for each word of each passage («B-PER», «I-PER», «O»); no passage may be empty
        or longer than `known_words`.
        """
        order = sorted(range(len(passages)), key=lambda i: -len(passages[i]))  # long ones first
        scores = [s for part in _parts([passages[i] for i in order]) for s in self._scores(part)]
        tagged: list[list[str]] = [[] for _ in passages]
        for i, tags in zip(order, _best_paths(scores, self._transitions), strict=True):
            tagged[i] = [self._tags[t] for t in tags]
        return tagged

    def _scores(self, passages: Sequence[Sequence[str]]) -> list[Floats]:
        """Per passage, words × tags."""
        words: list[str] = [_GAP]
        stops: list[int] = []
        for passage in passages:
            words.extend(passage)
            stops.append(len(words))
            words.append(_GAP)
        gaps = np.array([0, *stops])
        features = self._first.summed(self._opening.of(words))
        features[gaps] = 0
        for layer in self._rest:
            features = layer(features)
            features[gaps] = 0
        scores = np.matmul(features, self._proj) + self._bias
        return [scores[a + 1 : b] for a, b in pairwise(gaps)]


class _Opening:
    """What each word gives to the first layer, multiplied once a word and kept; the gap gives nothing."""

    def __init__(self, encoder: Any, embedding: Any, weight: Floats, capacity: int) -> None:
        self._encoder = encoder
        self._embedding = embedding
        self._weight = weight
        self._rows: dict[str, int] = {_GAP: 0}
        self._table: Floats = np.zeros((capacity, weight.shape[1]), dtype=np.float32)
        self._lock = threading.Lock()  # rows and table change together

    def of(self, words: Sequence[str]) -> Floats:
        with self._lock:
            new = [w for w in dict.fromkeys(words) if w not in self._rows]
            if len(self._rows) + len(new) > len(self._table):
                self._rows = {_GAP: 0}
                new = [w for w in dict.fromkeys(words) if w != _GAP]
            if new:
                self._learn(new)
            rows = self._rows
            return self._table[[rows[w] for w in words]]

    def _learn(self, words: list[str]) -> None:
        ids, shapes = self._encoder.item(words)
        first = len(self._rows)
        self._rows.update(zip(words, range(first, first + len(words)), strict=True))
        vectors = self._embedding(np.array(ids), np.array(shapes))
        np.matmul(vectors, self._weight, out=self._table[first : first + len(words)])


class _Layer:
    """Convolution, ReLU and batch norm over rows × channels."""

    def __init__(self, layer: Any) -> None:
        weight: Floats = layer.conv.weight.array  # filters × channels × kernel
        self.filters, channels, kernel = weight.shape
        if kernel != KERNEL or layer.conv.padding != 1:
            raise ValueError(f"NER model with a kernel of {kernel}, not {KERNEL}")
        # side by side: what a row gives to the row after it, to itself, to the row before it
        self.weight = np.ascontiguousarray(weight.transpose(1, 2, 0).reshape(channels, kernel * self.filters))
        self.bias: Floats = layer.conv.bias.array
        norm = layer.norm
        self.scale: Floats = norm.weight.array / norm.std.array
        self.shift: Floats = norm.bias.array - norm.mean.array * self.scale

    def __call__(self, features: Floats) -> Floats:
        return self.summed(np.matmul(features, self.weight))

    def summed(self, given: Floats) -> Floats:
        n = self.filters
        out = given[:, n : 2 * n] + self.bias
        out[1:] += given[:-1, :n]
        out[:-1] += given[1:, 2 * n :]
        np.maximum(out, 0, out=out)
        out *= self.scale
        out += self.shift
        return out


def _parts(passages: Iterable[Sequence[str]]) -> Iterable[list[Sequence[str]]]:
    """Passages in parts of about ROWS words."""
    part: list[Sequence[str]] = []
    size = 0
    for words in passages:
        if part and size + len(words) > ROWS:
            yield part
            part, size = [], 0
        part.append(words)
        size += len(words) + 1
    if part:
        yield part


def _best_paths(scores: Sequence[Floats], transitions: Floats) -> list[list[int]]:
    """Viterbi over all passages at once (longest first): the likeliest tags of each."""
    if not scores:
        return []
    sizes = [len(s) for s in scores]
    emitted = np.zeros((sizes[0], len(scores), len(transitions)), dtype=np.float32)
    for k, s in enumerate(scores):
        emitted[: len(s), k] = s
    running = np.searchsorted(-np.array(sizes), -np.arange(sizes[0]), side="left")  # passages longer than t
    best = emitted[0].copy()
    back = np.zeros(emitted.shape, dtype=np.int8)
    for t in range(1, sizes[0]):
        n = running[t]
        paths = best[:n, :, None] + transitions + emitted[t, :n, None, :]
        back[t, :n] = paths.argmax(axis=1)
        best[:n] = paths.max(axis=1)
    return _traced(best.argmax(axis=1), back, running, sizes)


def _traced(last: Indexes, back: NDArray[np.int8], running: Indexes, sizes: Sequence[int]) -> list[list[int]]:
    """The paths read backwards from their last tags."""
    tags = np.zeros(back.shape[:2], dtype=np.intp)
    everyone = np.arange(len(sizes))
    at = last.copy()
    for t in range(sizes[0] - 1, 0, -1):
        n = running[t]
        tags[t, :n] = at[:n]
        at[:n] = back[t, everyone[:n], at[:n]]
    tags[0] = at
    return [tags[:size, k].tolist() for k, size in enumerate(sizes)]
