"""Canonical projects and partners: which names, in which reports, are one and the same thing.

Names → candidate pairs → judgements (rules here, people by the seed or by rows) → groups → lasting ids;
beside them, which reports are copies of which. Reads raw, writes ops.canonical, ops.canonical_name,
ops.judgement, ops.partner_identifier and ops.telling. Must not know how names were read out of the text, nor
what the marts make of the ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import psycopg

from svod.warehouse import connect, keys

from . import store
from .candidates import candidate_pairs
from .clusters import Assignment, Judgement, assign, cluster
from .compare import compare
from .identifiers import partner_identifiers
from .judgements import seed_decisions
from .names import EntityKind, Name, analyse_name
from .store import Decision, StoredName
from .tellings import update_copies

__all__ = ["ResolveCounts", "resolve"]

RANK = {"seed": 0, "rule": 2}  # anyone else is a person
PERSON = 1
ANALYZE_FROM = 1000  # new names and reports after which the next query must not plan on old statistics


@dataclass(frozen=True, slots=True)
class ResolveCounts:
    """Names in use, the things they stand for, merges of lasting ids in this run, pairs left to people;
    reports that tell what another told first."""

    projects: int
    project_names: int
    partners: int
    partner_names: int
    merged: int
    unsure: int
    copies: int


@dataclass(frozen=True, slots=True)
class _Done:
    names: int
    things: int
    merged: int
    unsure: int
    compared: int


def resolve(dsn: str) -> ResolveCounts:
    """Bring the lasting ids up to date with the names in raw. Running twice is running once."""
    with connect(dsn, name="svod resolve") as conn:
        store.lock(conn)
        projects = _resolve_kind(conn, "project")
        partners = _resolve_kind(conn, "partner")
        names = store.former_names(conn, "partner")
        store.replace_identifiers(conn, partner_identifiers(store.publishers(conn), names))
        copies = update_copies(conn)
        if projects.compared + partners.compared + copies.compared >= ANALYZE_FROM:
            store.refresh_statistics(conn)
    return ResolveCounts(
        projects=projects.things,
        project_names=projects.names,
        partners=partners.things,
        partner_names=partners.names,
        merged=projects.merged + partners.merged,
        unsure=projects.unsure + partners.unsure,
        copies=copies.copies,
    )


def _resolve_kind(conn: psycopg.Connection, entity_kind: EntityKind) -> _Done:
    rules = rules_digest()
    former = store.former_names(conn, entity_kind)
    settled = store.compared_names(conn, entity_kind, rules)
    stored = {key: name for key, (name, _) in former.items()}
    stored.update({name_key(entity_kind, name): name for name in store.names(conn, entity_kind)})
    analysed = {
        key: analyse_name(entity_kind, name.name, name.kind, name.territory) for key, name in stored.items()
    }
    in_force = _decide(conn, entity_kind, analysed, settled)
    judged = [
        Judgement(d.left, d.right, d.verdict == "positive", RANK.get(d.decided_by, PERSON))
        for d in in_force
        if d.verdict == "positive" or (d.verdict == "negative" and d.decided_by != "rule")
    ]
    groups = cluster(stored, judged)
    known = store.known_ids(conn, entity_kind)
    assignment = assign(groups, {key: owner for key, (_, owner) in former.items()}, known)
    _save(conn, entity_kind, groups, stored, assignment)
    unchanged = {key for key in settled if former[key][1] == assignment.ids[key]}
    rows = [(k, stored[k], owner) for k, owner in sorted(assignment.ids.items()) if k not in unchanged]
    store.save_names(conn, entity_kind, rows, rules)
    return _Done(
        names=len(stored),
        things=len(groups),
        merged=sum(known[key].merged_into is None for key in assignment.merged),
        unsure=sum(d.verdict == "unsure" for d in in_force),
        compared=len(rows),
    )


@cache
def rules_digest() -> str:
    """What names are compared by: this package's code and word lists. Other rules compare all names anew."""
    digest = sha256()
    for path in sorted(p for p in Path(__file__).parent.rglob("*") if p.suffix in (".py", ".yml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def name_key(entity_kind: EntityKind, name: StoredName) -> str:
    """The key of a name: what it is called, of what kind, and where."""
    return keys.key(f"{entity_kind}_name", name.name, name.kind, name.territory)


def _decide(
    conn: psycopg.Connection, entity_kind: EntityKind, names: Mapping[str, Name], settled: Container[str]
) -> list[Decision]:
    """All judgements in force, people's before the rules'; those new or changed are written down.

    What the rules said of two `settled` names stands in ops.judgement; said nothing, they are different.
    """
    latest = {(d.left, d.right): d for d in store.decisions(conn, entity_kind)}
    by_rule = {(d.left, d.right): d for d in _rule_decisions(names, settled)}
    by_seed = {(d.left, d.right): d for d in seed_decisions(entity_kind, names)}
    by_people = store.decisions_of_people(conn, entity_kind)
    in_force: dict[tuple[str, str], Decision] = {}
    for pair in latest.keys() | by_rule.keys() | by_seed.keys():
        decision = by_seed.get(pair) or by_people.get(pair) or by_rule.get(pair)
        if decision is not None:
            in_force[pair] = decision
        elif pair in latest and pair[0] in names and pair[1] in names:
            # compared before, or let go by the seed or a person: what the rules say of it today
            verdict = compare(names[pair[0]], names[pair[1]])
            in_force[pair] = Decision(*pair, verdict.answer, verdict.score, "rule", verdict.reason)
    changed = [
        decision
        for pair, decision in sorted(in_force.items())
        if pair not in latest or _says(latest[pair]) != _says(decision)
    ]
    store.add_decisions(conn, entity_kind, changed)
    return list(in_force.values())


def _says(decision: Decision) -> tuple[str, str, str]:
    return decision.verdict, decision.decided_by, decision.reason


def _rule_decisions(names: Mapping[str, Name], settled: Container[str]) -> list[Decision]:
    """Names that are written alike are tied to the first of them; only these are compared with each other.

    Of the firsts, two that are `settled` have been compared before, by these very rules.
    """
    alike: dict[Hashable, list[str]] = defaultdict(list)
    for key in sorted(names):
        alike[names[key].form].append(key)
    found = [
        Decision(first, other, "positive", 1.0, "rule", "written_alike")
        for first, *others in alike.values()
        for other in others
    ]
    firsts = sorted(keys[0] for keys in alike.values())
    old = {i for i, key in enumerate(firsts) if key in settled}
    for i, j in candidate_pairs([names[key] for key in firsts], old):
        verdict = compare(names[firsts[i]], names[firsts[j]])
        if verdict.answer != "negative":
            found.append(
                Decision(firsts[i], firsts[j], verdict.answer, verdict.score, "rule", verdict.reason)
            )
    return found


def _save(
    conn: psycopg.Connection,
    entity_kind: EntityKind,
    groups: Sequence[Sequence[str]],
    stored: Mapping[str, StoredName],
    assignment: Assignment,
) -> None:
    members: dict[str, list[StoredName]] = defaultdict(list)
    for group in groups:
        for key in group:
            members[assignment.ids[key]].append(stored[key])
    main = {key: max(names, key=_fitness) for key, names in members.items()}
    store.save_ids(conn, entity_kind, main, assignment.merged)


def _fitness(name: StoredName) -> tuple[int, int, str]:
    """The main name is the fullest of those that reports use most."""
    return name.mentions, len(name.name), name.name
