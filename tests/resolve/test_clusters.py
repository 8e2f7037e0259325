"""Grouping and lasting ids, on letters: a name is a letter, an id is the name that it was made for."""

from __future__ import annotations

from datetime import UTC, datetime

from svod.resolve.clusters import Judgement, Known, assign, cluster

FIRST, LATER = (Known(datetime(2026, 1, day, tzinfo=UTC), None) for day in (1, 2))
SEED, PERSON, RULE = 0, 1, 2


def same(pair: str, rank: int = RULE) -> Judgement:
    return Judgement(pair[0], pair[1], True, rank)


def apart(pair: str, rank: int = RULE) -> Judgement:
    return Judgement(pair[0], pair[1], False, rank)


def test_names_join_by_way_of_others() -> None:
    assert cluster("abcd", [same("ab"), same("bc")]) == [["a", "b", "c"], ["d"]]


def test_what_a_person_keeps_apart_stays_apart_by_any_way() -> None:
    groups = cluster("abc", [same("ab"), same("bc"), apart("ac", PERSON)])
    assert groups == [["a", "b"], ["c"]]


def test_a_person_wins_over_a_rule_and_the_seed_over_a_person() -> None:
    assert cluster("ab", [same("ab"), apart("ab", PERSON)]) == [["a"], ["b"]]
    assert cluster("ab", [apart("ab", PERSON), same("ab", SEED)]) == [["a", "b"]]


def test_a_judgement_about_unknown_names_is_nothing() -> None:
    assert cluster("a", [same("ax"), apart("ay", PERSON)]) == [["a"]]


def test_the_order_of_judgements_changes_nothing() -> None:
    judgements = [same("ab"), same("bc"), apart("ac", PERSON), same("cd")]
    assert cluster("abcd", judgements) == cluster("dcba", reversed(judgements))


def test_a_new_group_is_called_after_its_first_name() -> None:
    assert assign([["b", "c"], ["a"]], {}, {}).ids == {"a": "a", "b": "b", "c": "b"}


def test_an_id_stays_when_names_are_added() -> None:
    done = assign([["a", "b", "z"]], {"b": "b", "z": "b"}, {"b": FIRST})
    assert done.ids == {"a": "b", "b": "b", "z": "b"}
    assert done.merged == {}


def test_of_two_ids_that_meet_the_older_stays() -> None:
    done = assign([["a", "b"]], {"a": "a", "b": "b"}, {"a": LATER, "b": FIRST})
    assert done.ids == {"a": "b", "b": "b"}
    assert done.merged == {"a": "b"}


def test_a_merge_taken_back_gives_both_their_ids_again() -> None:
    merged = {"a": Known(LATER.created_at, "b"), "b": FIRST}
    done = assign([["a"], ["b"]], {"a": "b", "b": "b"}, merged)
    assert done.ids == {"a": "a", "b": "b"}
    assert done.merged == {}


def test_a_split_leaves_the_id_with_the_name_that_it_was_made_for() -> None:
    done = assign([["a", "c"], ["b"]], {"a": "b", "b": "b", "c": "b"}, {"b": FIRST})
    assert done.ids == {"a": "a", "b": "b", "c": "a"}
