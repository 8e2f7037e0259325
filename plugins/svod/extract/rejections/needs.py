"""Figures of texts that report nothing: what is wanted, what a building has, labels, prices, misfortunes.

Each is a rule of rejection like those in `rejections`: it sees the number in its place and what it counts.
"""

from __future__ import annotations

import re

from svod.extract.figures.changes import difference
from svod.extract.figures.context import Spot
from svod.extract.figures.counted import Counted
from svod.extract.figures.signs import clause_patterns, is_share, lexicon, ours_to_do, sought, states_result
from svod.extract.words.screened import Screened

_SMALLEST_RESULT = 1000  # roubles: what is less is the price of something
_LISTED = re.compile(r"(?:,|и)\d|\d+,")  # «4, 12 и …» as tokens, nearest first
_NUMBERED = frozenset({"показатель", "строка", "графа", "столбец", "пункт", "раздел"})
_SERVED = frozenset("постоялец подопечный пациент воспитанник участник жилец клиент обитатель".split())
_OF_PLACES = Screened(r"[ \u00a0](?:[а-яё]+[ \u00a0]){1,2}на[ \u00a0](?:[а-яё\d]+)[ \u00a0](?:мест|человек)")
_FEWEST = 5  # «в пункте 640 единиц», but «в пункте 3 договора»
_LEFT_OVER = Screened(r"(?<![а-яё])(?:остат(?:ок|ка|ки)|возвращ[её]н[аоы]?|возврат)(?![а-яё])")
_ELIDED = ("antecedent", "verb", "subject")


_WANTED = Screened(  # «у нас сейчас 26, а надо бы, конечно, вдвое больше»
    r"(?<![а-яё])(?:надо|нужно|хорошо|хотелось)[ \u00a0]бы(?![а-яё])[^.;\d]{0,30}$"
)


def needed(spot: Spot, counted: Counted | None) -> bool:
    """«хоспису нужны 15 волонтёров», «требуются два воспитателя»: what is wanted, not what was done."""
    if _WANTED.search(spot.left_text):
        return True
    if is_share(spot) or spot.number.form == "multiple":
        return False
    if sought(spot, counted) or ours_to_do(spot):
        return False
    words = spot.clause_text if spot.predicates else spot.sentence_text
    found = clause_patterns()["need"].search(words)
    if found is None:
        return False
    told = words.find(spot.scene.low[spot.number.start : spot.number.end])
    if (
        not any(t.start < spot.number.start for t in spot.predicates)
        and 0 <= told < found.start()
        and "," in words[told : found.start()]
    ):
        return False  # «их 45, нужно хотя бы вдвое больше»
    return not any("past" in t.forms[0].grammemes or t.forms[0].pos == "PRTS" for t in spot.predicates)


def harm(spot: Spot, counted: Counted | None) -> bool:
    """«погибли 17 человек», «зарегистрировано 63 преступления»: figures of a misfortune; that it became rarer
    is an outcome.
    """
    if counted is None or spot.number.form == "change" or counted.lemma in _SERVED:
        return False
    if counted.lemma in lexicon()["units"]["harm"]:
        harmed = counted.source == "right"
    else:
        harmed = counted.source == "right" and clause_patterns()["harm"].search(spot.own_text) is not None
    return harmed and difference(spot) is None


def facility(spot: Spot, counted: Counted | None) -> bool:
    """«в корпусе 12 комнат», «есть три койки»: what a building has; what was bought or repaired counts."""
    if counted is None or counted.lemma not in lexicon()["units"]["facility"]:
        return False
    done = any({"past", "tran"} <= t.forms[0].grammemes for t in spot.predicates)
    return not (done or states_result(spot)) or _OF_PLACES.match(spot.right_text) is not None


def label(spot: Spot, counted: Counted | None) -> bool:
    """«автобусы 4, 12 и 28», «телефон 112», «размер 3»: a number that names the thing before it."""
    number = spot.number
    if number.words or number.scaled or is_share(spot) or number.form != "plain":
        return False
    if _is_name_of(spot, counted):
        return True
    counts = counted is not None and counted.source == "right" and number.value >= _FEWEST
    named = bool(spot.left) and spot.left[0].lemma in _NUMBERED and not counts
    if named and len(spot.left) > 1 and spot.left[1].has("PREP"):
        return True  # «по строке 1 рост вызван …»
    if spot.right and spot.right[0].lemma == "раз":
        return False  # «отряд 46 раз выходил на помощь»
    left = list(spot.left)
    while len(left) > 1 and _LISTED.match(left[0].text + left[1].text):
        left = left[1:] if left[0].text[:1].isdigit() else left[2:]
    if not left or left[0].lemma not in lexicon()["labelled"]:
        return False
    if counted is None or counted.source in _ELIDED:
        return True
    another = counted.lemma != left[0].lemma
    return another and (
        counted.source == "quantity"
        or (counted.source == "left" and left[0].has("gent", "plur"))  # «жителей домов 5 и 7»
    )


def _is_name_of(spot: Spot, counted: Counted | None) -> bool:
    """«на 12 канале», «в 5 отряде»: a noun in the singular that no such number counts."""
    after = spot.right[0] if spot.right else None
    if after is None or (counted is not None and counted.source == "right") or spot.number.value % 10 == 1:
        return False
    nouns = [f.grammemes for f in after.forms if f.pos == "NOUN"]
    return bool(nouns) and after.forms[0].pos == "NOUN" and all({"sing", "loct"} <= g for g in nouns)


def too_exact(spot: Spot, counted: Counted | None) -> bool:
    """«коэффициент – 1,41», «9,8 с»: a broken number whose unit is left out counts nothing."""
    if counted is None or counted.source not in _ELIDED or is_share(spot) or spot.number.scaled:
        return False
    if "%" in spot.left_text or "процент" in spot.left_text:  # «45 процентов, сейчас она 33,2»
        return False
    value = spot.number.value
    return spot.number.form == "plain" and value != value.to_integral_value()


def small_sum(spot: Spot, counted: Counted | None) -> bool:
    """«билет 150 рублей»: a price."""
    number = spot.number
    if counted is None or counted.lemma != "рубль" or number.scaled or is_share(spot):
        return False
    if number.form not in ("plain", "range") or _LEFT_OVER.search(spot.clause_text):
        return False
    return (number.value_max or number.value) < _SMALLEST_RESULT


_ASKED_FOR = Screened(
    r"(?<![а-яё])(?:запрашива[а-яё]+|запросил[аои]?|запрошенн[а-яё]+|запросив(?:ши)?)(?![а-яё])"
)


def requested(spot: Spot, counted: Counted | None) -> bool:
    """«запрашиваемая сумма – 2,9 млн», «запросили полмиллиона»: money that was asked for."""
    if counted is None or counted.lemma != "рубль":
        return False
    return _ASKED_FOR.search(spot.own_text) is not None
