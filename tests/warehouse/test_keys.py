from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from svod.warehouse.keys import ID_LENGTH, key
from svod.warehouse.storable import storable, storable_json


def test_ids_are_what_they_were_when_they_were_first_given() -> None:
    """An id that changes orphans every row that refers to it: these values are for ever."""
    assert key("document", "a", "b") == "96b175ffae1ffe4a740ebfbc019d871d"
    assert key("x", None, 1, True, Decimal("1.50"), date(2026, 3, 1)) == "ae26597f7d51a9d7aa3b1acb948e2369"


def test_parts_do_not_run_into_each_other() -> None:
    different = {
        key("k", "ab", "c"),
        key("k", "a", "bc"),
        key("k", "abc"),
        key("ka", "b", "c"),
        key("k", "abc", None),
        key("k", "abc", ""),
    }
    assert len(different) == 6


def test_a_number_is_one_number_however_it_is_written() -> None:
    assert key("k", Decimal("10")) == key("k", Decimal("1E+1")) == key("k", Decimal("10.00"))
    assert key("k", Decimal("10")) != key("k", Decimal("10.01"))


@given(st.lists(st.one_of(st.none(), st.text(), st.integers(), st.datetimes(timezones=st.just(UTC)))))
def test_every_key_has_one_length(parts: list[str | int | datetime | None]) -> None:
    assert len(key("k", *parts)) == ID_LENGTH


@given(st.text(alphabet=st.characters()))
def test_storable_texts_keep_their_length_and_what_can_be_kept(text: str) -> None:
    kept = storable(text)
    assert len(kept) == len(text)
    kept.encode("utf-8")
    assert "\x00" not in kept
    assert all(a == b or b == "\ufffd" for a, b in zip(text, kept, strict=True))


def test_any_payload_becomes_json_that_postgres_takes() -> None:
    payload = {"a\x00": ["\ud800", {"b": float("inf"), "c": date(2026, 3, 1)}], "d": (1, None)}
    assert json.loads(storable_json(payload)) == {
        "a\ufffd": ["\ufffd", {"b": "inf", "c": "2026-03-01"}],
        "d": [1, None],
    }
