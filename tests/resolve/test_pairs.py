"""Resolving measured on pairs fixed before its rules: a wrong merge costs more than a missed one."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest

from svod.resolve.candidates import candidate_pairs
from svod.resolve.clusters import Judgement, cluster
from svod.resolve.compare import compare
from svod.resolve.judgements import seed_decisions
from svod.resolve.names import EntityKind, Name, analyse_name

PRECISION_FLOOR = 0.98
RECALL_FLOOR = 0.95
RULES_ONLY_RECALL_FLOOR = 0.94
CLUSTER_FLOOR = 0.95


class Given(NamedTuple):
    """A name as reports give it."""

    entity_kind: EntityKind
    kind: str
    territory: str
    name: str


def pairs() -> list[tuple[Given, Given, bool, str]]:
    with (Path(__file__).parent / "pairs.csv").open(encoding="utf-8", newline="") as lines:
        return [
            (
                Given(r["entity_kind"], r["left_kind"], r["left_territory"], r["left_name"]),
                Given(r["entity_kind"], r["right_kind"], r["right_territory"], r["right_name"]),
                r["same"] == "yes",
                r["why"],
            )
            for r in csv.DictReader(lines)
        ]


def analysed(given: Given) -> Name:
    return analyse_name(given.entity_kind, given.name, given.kind, given.territory)


@pytest.fixture(scope="module")
def groups() -> list[list[Given]]:
    """All names of the file resolved together as in production: candidates, rules, the seed, groups."""
    found: list[list[Given]] = []
    for entity_kind in ("project", "partner"):
        names = sorted({g for a, b, *_ in pairs() for g in (a, b) if g.entity_kind == entity_kind})
        keys = {str(number): given for number, given in enumerate(names)}
        by_key = {key: analysed(given) for key, given in keys.items()}
        judged = [
            Judgement(d.left, d.right, d.verdict == "positive", 0)
            for d in seed_decisions(entity_kind, by_key)
        ]
        ordered = sorted(by_key)
        for i, j in candidate_pairs([by_key[key] for key in ordered]):
            if compare(by_key[ordered[i]], by_key[ordered[j]]).answer == "positive":
                judged.append(Judgement(ordered[i], ordered[j], True, 2))
        found += [[keys[key] for key in group] for group in cluster(by_key, judged)]
    return found


def scores(true: int, found: int, both: int) -> tuple[float, float]:
    return both / found, both / true


def test_the_set_is_large_and_hard() -> None:
    rows = pairs()
    assert len(rows) >= 300
    assert sum(same for *_, same, _ in rows) >= 150
    assert sum(not same for *_, same, _ in rows) >= 150
    hard = Counter(why for *_, why in rows)
    kinds = (
        "одно имя в двух регионах",
        "преобразован",
        "отделение и общество",
        "программа и проект",
        "падеж",
    )
    assert all(hard[kind] >= 1 for kind in kinds)


def test_pairs_by_rules_alone() -> None:
    rows = [(compare(analysed(a), analysed(b)).answer == "positive", same) for a, b, same, _ in pairs()]
    precision, recall = scores(
        sum(s for _, s in rows), sum(f for f, _ in rows), sum(f and s for f, s in rows)
    )
    assert precision >= PRECISION_FLOOR
    assert recall >= RULES_ONLY_RECALL_FLOOR


def test_pairs_in_the_whole_way(groups: list[list[Given]]) -> None:
    of = {given: number for number, group in enumerate(groups) for given in group}
    rows = [(of[a] == of[b], same, a.name, b.name) for a, b, same, _ in pairs()]
    wrong = [(a, b) for found, same, a, b in rows if found and not same]
    precision, recall = scores(
        sum(s for _, s, *_ in rows), sum(f for f, *_ in rows), sum(f and s for f, s, *_ in rows)
    )
    assert precision >= PRECISION_FLOOR, wrong
    assert recall >= RECALL_FLOOR


def test_clusters(groups: list[list[Given]]) -> None:
    """Pairwise F1 over all names: the true groups are those that the file's «yes» pairs join."""
    parent: dict[Given, Given] = {}

    def root(given: Given) -> Given:
        parent.setdefault(given, given)
        while parent[given] != given:
            given = parent[given]
        return given

    for a, b, same, _ in pairs():
        if same:
            parent[root(a)] = root(b)
    # a name that is one thing in two regions is one thing in all of them
    nationwide = {
        (g.entity_kind, g.kind, g.name)
        for a, b, same, _ in pairs()
        for g in (a, b)
        if same and a.territory != b.territory
    }
    first: dict[tuple[str, str, str], Given] = {}
    for given in sorted({g for a, b, *_ in pairs() for g in (a, b)}):
        name = (given.entity_kind, given.kind, given.name)
        if name in nationwide:
            parent[root(given)] = root(first.setdefault(name, given))
    truth: dict[Given, list[Given]] = defaultdict(list)
    for given in {g for a, b, *_ in pairs() for g in (a, b)}:
        truth[root(given)].append(given)
    apart = {frozenset((root(a), root(b))) for a, b, same, _ in pairs() if not same}
    true = {frozenset(pair) for group in truth.values() for pair in combinations(group, 2)}
    # of two names that no chain of pairs speaks about nothing is known
    found = {
        frozenset((a, b))
        for group in groups
        for a, b in combinations(group, 2)
        if root(a) == root(b) or frozenset((root(a), root(b))) in apart
    }
    precision, recall = scores(len(true), len(found), len(true & found))
    assert precision >= PRECISION_FLOOR, [tuple((g.territory, g.name) for g in pair) for pair in found - true]
    assert 2 * precision * recall / (precision + recall) >= CLUSTER_FLOOR


def test_comparing_is_symmetric() -> None:
    for a, b, *_ in pairs():
        left, right = analysed(a), analysed(b)
        assert compare(left, right).answer == compare(right, left).answer, (a.name, b.name)


def test_candidates_miss_no_pair_that_rules_would_join() -> None:
    for a, b, *_ in pairs():
        left, right = analysed(a), analysed(b)
        if compare(left, right).answer == "positive":
            assert list(candidate_pairs([left, right])) == [(0, 1)], (a.name, b.name)
