"""Which pairs of names are worth comparing: of one scope and group, with a rare word or letters in common.

Comparing all pairs of n names costs n²; this costs about n times the size of a small block.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Hashable, Iterator, Mapping, Sequence
from itertools import combinations

from .names import Name, squeeze

RAREST = 2  # a name is looked up by its two rarest words
LARGEST_BLOCK = 400  # names that share a word beyond this are too many to say anything
PREFIX = 6  # letters: names that begin alike may differ by a slip or a hyphen


def candidate_pairs(names: Sequence[Name], settled: Container[int] = ()) -> Iterator[tuple[int, int]]:
    """Index pairs (i < j), each once, in order; without those of two `settled` names."""
    pairs: set[tuple[int, int]] = set()
    for members in _blocks(names).values():
        if 1 < len(members) <= LARGEST_BLOCK:
            new = [i for i in members if i not in settled]
            old = [i for i in members if i in settled]
            pairs.update(combinations(new, 2))
            pairs.update((min(i, j), max(i, j)) for i in new for j in old)
    yield from sorted(pairs)


def _blocks(names: Sequence[Name]) -> Mapping[Hashable, list[int]]:
    frequency = Counter((name.scope, name.group, lemma) for name in names for lemma in set(name.key))
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for index, name in enumerate(names):
        place = (name.scope, name.group)
        rarest = sorted(set(name.key), key=lambda lemma: (frequency[(*place, lemma)], lemma))[:RAREST]
        keys: set[Hashable] = {(*place, "word", lemma) for lemma in rarest}
        keys.add((*place, "words", name.key))
        keys.add((*place, "begins", name.squeezed[:PREFIX]))
        if name.core:
            keys.add((*place, "core", squeeze(name.core)[:PREFIX]))
        if name.short:
            keys.add((*place, "letters", name.short[-3:]))
        initials = "".join(word.text[0] for word in name.full)
        keys.update((*place, "letters", initials[at : at + 3]) for at in range(max(0, len(initials) - 2)))
        for key in keys:
            blocks[key].append(index)
    return blocks
