"""Sentences and tokens as razdel cuts them, without asking its rules where they cannot differ.

razdel tries every rule at every joint. But its tokens depend on little more than the letters between two
blanks, so such a piece is cut once and remembered; and a sentence can only end at a mark that a blank and no
small letter follow. All else is left to razdel itself, and a test compares the two.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from razdel import sentenize, tokenize
from razdel.segmenters.punct import DASHES
from razdel.segmenters.sentenize import SentSplit
from razdel.segmenters.tokenize import ATOM

Cut = tuple[int, int, str]  # start, stop, text

_PIECE = re.compile(r"\S+")
_PLAIN = re.compile(  # most pieces: the marks around a word or a number join nothing
    r"([«(\"]?)([А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*|\d+(?![,.]))([,.;:!?)»\"%]?)"
)
_JOINING = frozenset(DASHES + "_.,/\\")  # may join what stands on their two sides, even over a blank
_SAME_KIND = {"RU": "а", "LAT": "a", "INT": "1", "PUNCT": "!", "OTHER": "Δ"}  # one character for each
MAX_REMEMBERED = 40  # characters of a piece: longer ones do not come again

_MARK = sentenize.split.re
_WINDOW: int = sentenize.split.window
_NEXT_TOKEN = re.compile(r"\s+([^\W\d]+|\d+|[^\w\s])")


def tokens(text: str) -> list[Cut]:
    """razdel's tokens of a text."""
    found: list[Cut] = []
    pieces = _PIECE.findall(text)
    last = len(pieces) - 1
    start = 0
    for i, piece in enumerate(pieces):
        start = text.index(piece, start)
        before = _kind(pieces[i - 1][-1]) if i and piece[0] in _JOINING else ""
        after = _kind(pieces[i + 1][0]) if i < last and piece[-1] in _JOINING else ""
        cut = _cut if len(piece) <= MAX_REMEMBERED else _cut.__wrapped__
        found.extend([(start + a, start + b, token) for a, b, token in cut(piece, before, after)])
        start += len(piece)
    return found


@lru_cache(maxsize=50_000)
def _cut(piece: str, before: str, after: str) -> tuple[Cut, ...]:
    """The tokens of a piece without blanks; `before` and `after` stand for its neighbours."""
    plain = _PLAIN.fullmatch(piece)
    if plain is not None:
        return tuple((*plain.span(i), plain[i]) for i in (1, 2, 3) if plain[i])
    shift = len(before) + bool(before)
    stop = shift + len(piece)
    cut = tokenize(f"{before} {piece} {after}".strip())
    return tuple((t.start - shift, t.stop - shift, t.text) for t in cut if shift <= t.start < stop)


@cache
def _kind(character: str) -> str:
    """A character that razdel's rules for tokens cannot tell from this one when it stands behind a mark."""
    atom = ATOM.match(character)
    return _SAME_KIND[atom.lastgroup] if atom else ""


def sentences(text: str) -> list[tuple[int, int]]:
    """razdel's sentences of a text, start and stop; those of nothing but blanks are left out."""
    cuts = [0, *_ends(text), len(text)]
    found = []
    for a, b in pairwise(cuts):
        piece = text[a:b]
        bare = piece.strip()
        if bare:
            start = a + piece.index(bare)
            found.append((start, start + len(bare)))
    return found


def _ends(text: str) -> list[int]:
    """Where razdel ends a sentence before the end of the text."""
    ends: list[int] = []
    begin = 0
    for mark in _MARK.finditer(text):
        start, stop = mark.span()
        following = _NEXT_TOKEN.match(text, stop, stop + _WINDOW)
        if following is None or (following[1].isalpha() and following[1].islower()):
            continue  # razdel's first three rules join here
        split = SentSplit(text[max(0, start - _WINDOW) : start], mark[1], text[stop : stop + _WINDOW])
        split.buffer = text[begin:start]
        if not sentenize.join(split):
            ends.append(stop)
            begin = stop
    return ends
