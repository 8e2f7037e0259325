"""Hand-made judgements: the seed that people keep beside the warehouse, matched to the names in use."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from svod.config import DBT_PROJECT

from .names import EntityKind, Name, analyse_name
from .store import Decision

SEED = DBT_PROJECT / "seeds" / "judgement_seed.csv"


def seed_decisions(
    entity_kind: EntityKind, names: Mapping[str, Name], seed: Path = SEED
) -> Iterator[Decision]:
    """What the seed says about the names (by key) in use; without territory it means every territory."""
    by_words: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, name in names.items():
        by_words[_lemmas(name)].append(key)
    with seed.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["entity_kind"] == entity_kind]
    for row in rows:
        lefts = _matching(entity_kind, row["left_name"], row["left_territory"], by_words, names)
        rights = _matching(entity_kind, row["right_name"], row["right_territory"], by_words, names)
        for left, right in sorted({_ordered(a, b) for a in lefts for b in rights if a != b}):
            yield Decision(left, right, row["verdict"], None, "seed", row["reason"])


def _matching(
    entity_kind: EntityKind,
    text: str,
    territory: str,
    by_words: Mapping[tuple[str, ...], list[str]],
    names: Mapping[str, Name],
) -> list[str]:
    wanted = analyse_name(entity_kind, text, "", territory)
    found = by_words.get(_lemmas(wanted), [])
    return [
        key
        for key in found
        if not names[key].is_branch and (not territory or names[key].scope == wanted.scope)
    ]


def _lemmas(name: Name) -> tuple[str, ...]:
    return tuple(word.lemma for word in name.words)


def _ordered(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)
