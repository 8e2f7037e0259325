"""Numbers as text: what is found, what it is worth."""

from __future__ import annotations

import itertools

import pytest

from svod.extract.figures.numbers import find_numbers
from svod.extract.layout.noise import without_noise

CASES = """
двадцать три специалиста = 23
двести тридцать пять = 235
2 млн 150 тыс. рублей = 2150000
8 тысяч 112 человек = 8112
5 млн 872,4 тыс. рублей = 5872400
2\u00a0487\u00a0350 рублей = 2487350
1.326 раз = 1326
12'400 = 12400
полторы тысячи школьников = 1500
полторы сотни = 150
полтора десятка = 15
полсотни волонтёров = 50
четверть миллиона рублей = 250000
два с половиной миллиона = 2500000
десять с лишним тысяч = 10000
двадцать одна тысяча пятьсот = 21500
Миллион двести тысяч = 1200000
свыше четырёхсот = 400
тридцати одной няне = 31
трое = 3
80-ти пенсионерам = 80
от 60 до 65 = 60..65
25–30 детей = 25..30
пять-шесть семей = 5..6
10–12 тысяч = 10000..12000
с 5,6 тысячи до 2,7 тысячи = 2700
с 44 до 71 = 71
8 из 10 = 80
восемь из десяти = 80
половина = 50
две трети = 66.7
три четверти = 75
3/4 семей = 75
пятая часть = 20
каждый седьмой = 14.3
каждому второму = 50
вдвое = 2
в 1,5 раза = 1.5
в полтора раза = 1.5
удвоилось = 2
4,5 и 12 млн рублей = 4500000 12000000
около тысячи = 1000
тысячи семей = 0
десятки семей = 0
семью и сорока = 40
"""


@pytest.mark.parametrize("line", list(CASES.strip().splitlines()))
def test_number(line: str) -> None:
    text, _, wanted = line.rpartition(" = ")
    found = []
    for span in find_numbers(text):
        value = f"{span.value.normalize():f}"
        found.append(value if span.value_max is None else f"{value}..{span.value_max.normalize():f}")
    assert " ".join(found) == wanted


def test_spans_are_in_order_and_apart() -> None:
    text = "С 35 до 52% выросла доля; из 128 заявок победили 19, каждая пятая — впервые, вдвое больше."
    spans = find_numbers(text)
    assert len(spans) == 5
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


def test_noise_keeps_every_place() -> None:
    text = "а 5 семей " + "9" * 400 + " б"
    assert len(without_noise(text)) == len(text)
    assert [s.value for s in find_numbers(without_noise(text))] == [5]
