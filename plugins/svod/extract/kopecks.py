"""Sums told in roubles and kopecks («684 212 руб. 50 коп.»): one number, the kopecks its fraction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from svod.extract.numbers import NumberSpan
from svod.extract.screened import any_case

_ROUBLES = any_case(r"[ \u00a0]?(?:руб(?:л(?:ей|я|ь))?\.?|р\.|₽),?[ \u00a0]")
_KOPECKS = any_case(r"[ \u00a0]?коп(?:е(?:ек|йк[аи])|\.|(?![а-яё]))")
_IN_ROUBLE = 100


def with_kopecks(text: str, numbers: Sequence[NumberSpan]) -> list[NumberSpan]:
    """The numbers, each sum with its kopecks; the kopecks are no number of their own then."""
    return list(_joined(text, numbers))


def _joined(text: str, numbers: Sequence[NumberSpan]) -> Iterator[NumberSpan]:
    taken: NumberSpan | None = None
    for number, after in pairwise((*numbers, None)):
        if number is None or number is taken:
            continue
        if after is not None and _are_kopecks(text, number, after):
            taken = after
            yield replace(number, value=number.value + after.value / Decimal(_IN_ROUBLE))
        else:
            yield number


def _are_kopecks(text: str, roubles: NumberSpan, kopecks: NumberSpan) -> bool:
    whole = roubles.form == kopecks.form == "plain" and 0 <= kopecks.value < _IN_ROUBLE
    between = text[roubles.end : kopecks.start]
    return (
        whole
        and len(between) < len(" рублей,  ") + 1
        and _ROUBLES.match(between) is not None
        and _KOPECKS.match(text[kopecks.end : kopecks.end + 10]) is not None
    )
