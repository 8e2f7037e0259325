"""Measures that the label before a number states: «Расходы, тыс. руб. – 1 240,5», «Охвачено (чел.): 67»,
«Доля довольных, %: 91».
"""

from __future__ import annotations

from dataclasses import replace

from svod.extract.figures.context import Spot
from svod.extract.figures.counted import Counted
from svod.extract.figures.heads import inverted_head, label_head
from svod.extract.figures.numbers import NumberSpan
from svod.extract.figures.quantities import quantity_head
from svod.extract.figures.readings import Reading
from svod.extract.people.person_units import is_person
from svod.extract.words.screened import Screened

_LED = r"[)]?[ \u00a0]?(?:[:–—=-][ \u00a0]?)?$"
_BEGUN = r"[,(][ \u00a0]?(?:в[ \u00a0])?"
_ROUBLES = Screened(rf"{_BEGUN}(?:рубл(?:ях|ей|и)|руб\.?|₽){_LED}")
_PERSONS = Screened(rf"{_BEGUN}(?:человек|чел\.?){_LED}")
_PERCENT = Screened(rf"{_BEGUN}(?:%|процент(?:ов|ах|ы)){_LED}")
_SCALED = Screened(
    rf"{_BEGUN}(?P<scale>тыс|млн|млрд)(?:яч[а-яё]*|\.)?[ \u00a0]"
    rf"(?P<of>руб(?:лей|\.)?|₽|чел(?:овек|\.)?){_LED}"
)
YEARS = range(1990, 2100)  # «(в млн рублей): 2022 – 14,2»
SCALES = {"тыс": 1000, "млн": 10**6, "млрд": 10**9}


def in_roubles(spot: Spot) -> bool:
    """«Поступления, руб. – 38 416 200»."""
    return _ROUBLES.search(spot.left_text) is not None


def in_percent(spot: Spot) -> bool:
    """«административные расходы, % – 8,7»."""
    return spot.number.form in ("plain", "range") and _PERCENT.search(spot.left_text) is not None


def in_persons(spot: Spot) -> Counted | None:
    """«Обслужено, чел. – 122», «Число получателей услуг (чел.): 40»: the persons that the label names."""
    return _persons(spot) if _PERSONS.search(spot.left_text) else None


def _persons(spot: Spot) -> Counted:
    for named in (quantity_head(spot), inverted_head(spot), label_head(spot)):
        if named is not None and is_person(named.lemma):
            return named
    return Counted("человек", "label", spot.number.start, spot.number.end)


def in_thousands(spot: Spot) -> tuple[Reading, NumberSpan] | None:
    """«Расходы на проект, тыс. руб. 1 240,5»: the number with the scale that its label states."""
    number = spot.number
    if number.form != "plain" or number.scaled or number.words or number.value in YEARS:
        return None
    found = _SCALED.search(spot.left_text)
    if found is None:
        return None
    value = replace(number, value=number.value * SCALES[found["scale"]])
    if found["of"].startswith("чел"):
        persons = _persons(spot)
        return Reading("count", persons.lemma, persons, None, "count/scale"), value
    place = Counted("рубль", "money", number.start, number.end)
    return Reading("money", "рубль", place, None, "money/scale"), value
