"""From judgements on pairs to groups of names that are one thing, and to ids that never change meaning.

Pure: knows no table and no Russian. A negative judgement of a person is never joined over, not even by way
of other names; the strongest judgements are joined first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

MAX_CROSS_CHECK = 10_000  # pairs; two groups so large are not joined by a rule


@dataclass(frozen=True, slots=True)
class Judgement:
    """About two names by their keys, left < right; `rank` is authority: 0 a seed, 1 a person, 2 a rule."""

    left: str
    right: str
    same: bool
    rank: int


@dataclass(frozen=True, slots=True)
class Known:
    """A lasting id as it stands: when it was made and what it was merged into."""

    created_at: datetime
    merged_into: str | None


@dataclass(frozen=True, slots=True)
class Assignment:
    """`ids`: name key → lasting id; `merged`: id → the id it now is part of."""

    ids: Mapping[str, str]
    merged: Mapping[str, str]


def cluster(keys: Iterable[str], judgements: Iterable[Judgement]) -> list[list[str]]:
    """Sorted groups of keys in the order of their first. Of judgements on one pair the lowest rank wins."""
    in_force: dict[tuple[str, str], Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: (-j.rank, j.left, j.right)):
        in_force[judgement.left, judgement.right] = judgement
    apart: dict[str, set[str]] = defaultdict(set)
    for judgement in in_force.values():
        if not judgement.same:
            apart[judgement.left].add(judgement.right)
            apart[judgement.right].add(judgement.left)
    groups = {key: [key] for key in keys}
    for judgement in sorted(in_force.values(), key=lambda j: (j.rank, j.left, j.right)):
        if judgement.same and judgement.left in groups and judgement.right in groups:
            _join(groups, judgement, apart)
    distinct = {id(group): group for group in groups.values()}.values()
    return sorted(sorted(group) for group in distinct)


def _join(groups: dict[str, list[str]], judgement: Judgement, apart: Mapping[str, set[str]]) -> None:
    left, right = groups[judgement.left], groups[judgement.right]
    if left is right or (judgement.rank > 1 and len(left) * len(right) > MAX_CROSS_CHECK):
        return
    small, large = sorted((left, right), key=len)
    others = set(large)
    if any(apart.get(key) and not apart[key].isdisjoint(others) for key in small):
        return
    large.extend(small)
    for key in small:
        groups[key] = large


def assign(
    groups: Sequence[Sequence[str]], assigned: Mapping[str, str], known: Mapping[str, Known]
) -> Assignment:
    """Give every group its id. An id stays with the name it was made for; of ids that meet the oldest stays.

    `assigned`: name key → id of the last time. A new id is the group's smallest name key:
    the same in every warehouse that met the same names first.
    """
    ids: dict[str, str] = {}
    merged: dict[str, str] = {}
    taken: set[str] = set()
    founders = {key for group in groups for key in group}
    for group in sorted(groups, key=lambda g: (not any(key in known for key in g), g)):
        own = [key for key in group if key in known]
        met = {assigned[key] for key in group if key in assigned}
        # an id made for a name that now stands in another group belongs there
        usable = set(own) | {i for i in met if i not in founders}
        usable -= taken
        survivor = min(usable, key=lambda i: (known[i].created_at, i)) if usable else _new_id(group, taken)
        taken.add(survivor)
        taken.update(own)
        for key in group:
            ids[key] = survivor
        merged.update({i: survivor for i in usable if i != survivor})
    return Assignment(ids, merged)


def _new_id(group: Sequence[str], taken: set[str]) -> str:
    return next(key for key in group if key not in taken)
