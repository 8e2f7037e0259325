"""Copies of one story are found, look-alikes are kept apart."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from svod.resolve.copies import Copy, Telling, find_copies

DATA: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "copies" / "pairs.yml").read_text(encoding="utf-8")
)
PAIRS: list[dict[str, Any]] = DATA["pairs"]


def other_telling(pair: dict[str, Any]) -> str:
    paragraphs = DATA["stories"][pair.get("other", pair["of"])].strip().split("\n\n")
    kept = [p for number, p in enumerate(paragraphs, start=1) if number not in pair.get("drop", [])]
    text = "\n\n".join([*filter(None, [pair.get("before")]), *kept, *filter(None, [pair.get("after")])])
    for old, new in pair.get("replace", {}).items():
        assert old in text, f"{pair['id']}: {old!r} is not in the story"
        text = text.replace(old, new)
    return text


def found(pair: dict[str, Any]) -> list[Copy]:
    first = Telling("first", DATA["stories"][pair["of"]], date(2024, 3, 1))
    return find_copies([first, Telling("second", other_telling(pair), date(2024, 3, 2))])


def test_there_are_enough_pairs_of_both_kinds() -> None:
    assert len(PAIRS) >= 30
    assert min(sum(p["copy"] for p in PAIRS), sum(not p["copy"] for p in PAIRS)) >= 15
    assert len({p["id"] for p in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize("pair", PAIRS, ids=[p["id"] for p in PAIRS])
def test_a_pair(pair: dict[str, Any]) -> None:
    copies = found(pair)
    assert bool(copies) is pair["copy"]
    for copy in copies:
        assert (copy.report_id, copy.original_id) == ("second", "first")


def test_the_first_publisher_is_the_original_in_any_order() -> None:
    tellings = [
        Telling(pair["id"], other_telling(pair), date(2024, 3, 2 + i)) for i, pair in enumerate(PAIRS[:28])
    ]
    tellings += [Telling(f"first_{k}", v, date(2024, 3, 1)) for k, v in DATA["stories"].items()]
    expected = find_copies(tellings)
    assert {c.original_id for c in expected} >= {"first_dom", "first_lager", "first_kontrakt"}
    assert {c.report_id for c in expected} == {p["id"] for p in PAIRS[:28] if p["copy"]}
    for seed in range(5):
        random.Random(seed).shuffle(tellings)
        assert find_copies(tellings) == expected


def test_short_and_empty_texts_are_copies_only_when_equal() -> None:
    texts = {"a": "", "b": "", "c": "Приём в среду.", "d": "Приём в среду", "e": "Приём в пятницу."}
    assert [(c.report_id, c.original_id) for c in find_copies([Telling(k, v) for k, v in texts.items()])] == [
        ("d", "c")
    ]


def test_a_thousand_stories_are_told_apart_quickly() -> None:
    words = DATA["stories"]["dom"].split()
    tellings = []
    for n in range(1_000):
        rng = random.Random(n)
        tellings.append(Telling(f"s{n}", " ".join(rng.choices(words, k=80)) + f" {n}"))
    assert find_copies(tellings) == []
