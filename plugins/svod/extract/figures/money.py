"""Sums in roubles, also with the word left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from svod.extract.figures.changes import before_is_by, difference, level_direction
from svod.extract.figures.context import Spot, is_predicate
from svod.extract.figures.counted import Counted, right_head, unit_sets
from svod.extract.figures.heads import inverted_head
from svod.extract.figures.measured_labels import in_roubles
from svod.extract.figures.numbers import NumberSpan
from svod.extract.figures.quantities import quantity_head
from svod.extract.figures.readings import LEAST_SUM, Before, Reading
from svod.extract.people.person_units import is_person
from svod.extract.words.screened import Screened
from svod.models import Direction

_MONEY_NEAR = Screened(
    r"руб|₽|субсиди|грант|средств|сумм|финансир|бюджет|деньг|денег|плат|выдел|потра[чт]|израсход|направлен|обош|"
    r"ушло|покупк|перечисл|собран|собрал|пожертв|стоимост|миллион|на[ \u00a0]сч[её]т|копилк|донат|казн|взнос|"
    r"зарплат|аренд|выруч|наторг|заработ|накидал|скинул|софинанс|смет[аеуы]|расход|долг[аиу]?(?![а-яё])|"
    r"(?:выйдет|вышл[оа]|встанет|встал[оа]?|стои[тл])(?![а-яё])"
)
_PART_OF_THEM = Screened(
    r"(?<![а-яё])(?:из[ \u00a0](?:них|которых)|в[ \u00a0]том[ \u00a0]числе)[ \u00a0](?:[—–-][ \u00a0])?$"
)
_ON_SUM = Screened(  # «31 семья, на сумму 190 200»
    r"(?<![а-яё])сумм(?:у|ой|а|е)(?:[ \u00a0](?:в|около|более|почти|свыше|порядка|составила))*[ \u00a0:–—-]*$"
)
_BY = Screened(r"(?<![а-яё])на[ \u00a0](?:(?:почти|около|более|свыше|примерно)[ \u00a0])?$")
_BOUGHT = frozenset(
    "закупить купить приобрести накупить продать наторговать взыскать оплатить собрать "
    "выделить привлечь оформить вернуть погасить списать возместить оказать выдать "
    "отремонтировать заключить подписать".split()
)
_KOPECKS = re.compile(r"\d(?=[ \u00a0]?(?:руб[а-яё]{0,3}|р)\.?[ \u00a0](\d\d?)[ \u00a0]?коп)")
_GIVEN = Screened(r"(?<![а-яё])(?:дал|выиграл|выручил|заработал)[аи]?[ \u00a0]$")
_ENDS = Screened(r"[ \u00a0]*(?:[,.;!)]|[—–][ \u00a0]|$)")
_SHARED_ROUBLES = Screened(  # «350 и 200 тысяч рублей»
    r"[ \u00a0](?:и|или|против)[ \u00a0][\d,]+[ \u00a0]*(?:тыс|млн|млрд)[а-яё.]*[ \u00a0]*(?:руб|₽)"
)


def read_money(spot: Spot, before: Before | None) -> Reading | None:
    """Sums in roubles, also with the word left out («340 тысяч на ремонт»)."""
    if spot.number.form not in ("plain", "range", "change"):
        return None
    counted = right_head(spot, spot.number.value)
    if counted is not None and counted.lemma == "рубль":
        return Reading("money", "рубль", counted, level_direction(spot) or by_difference(spot), "money/right")
    place = Counted("рубль", "money", spot.number.start, spot.number.end)
    if in_roubles(spot):
        return Reading("money", "рубль", place, None, "money/label")
    if counted is None and spot.number.value >= LEAST_SUM and _ON_SUM.search(spot.left_text):
        return Reading("money", "рубль", place, None, "money/sum")
    if counted is None and (_told_as_sum(spot) or _of_money_before(spot)):
        return Reading("money", "рубль", place, None, "money/told")
    if counted is not None and spot.number.value >= _LARGE and _is_of_money(spot, counted):
        return Reading("money", "рубль", place, None, "money/of")  # «3,4 млн софинансирования»
    if counted is None and _for_so_much(spot):
        return Reading("money", "рубль", place, None, "money/for")
    part = before is not None and before.kind == "money" and _PART_OF_THEM.search(spot.left_text) is not None
    if counted is not None or not spot.number.scaled or (_many_of(spot) and not part):
        return None
    if _SHARED_ROUBLES.match(spot.right_text):
        place = Counted("рубль", "right", spot.number.start, spot.number.end)
        return Reading("money", "рубль", place, None, "money/shared")
    beside_count = before is not None and before.kind == "count" and before.same_sentence
    if beside_count and by_difference(spot) is not None:
        return None  # «собрали 45 тысяч крышечек, на 3 тысячи больше, чем весной»
    if before is not None and before.kind == "count" and _PART_OF_THEM.search(spot.left_text):
        return None  # «помощь получили 40 тыс. семей, из них 3,2 тыс. – впервые»
    millions = spot.number.value >= 1_000_000 and not _counts_persons(spot) and quantity_head(spot) is None
    if spot.number.value < 1000 or not (millions or _money_context(spot, before)) or _many_gifts(spot):
        return None
    direction = level_direction(spot) or by_difference(spot)
    return Reading("money", "рубль", place, direction, "money/elided")


_APPOSED = Screened(  # «дало субсидию, 4,1 миллиона, на …», «деньги на ремонт – 920 000 – собирали»
    r"(?<![а-яё])(?:грант|субсиди|деньг|средств|бюджет|сумм|смет|пожертвован|помощь|сбор|взнос|финансирован)"
    r"[а-яё]*(?:[ \u00a0][а-яё«»-]+){0,6}[ \u00a0]?[,–—:(][ \u00a0]?"
    r"(?:(?:это|всего|около|почти|более|свыше|порядка|примерно|целых|а[ \u00a0]это"
    r"|в[ \u00a0](?:этот|прошлый)[ \u00a0]раз|в[ \u00a0](?:этом|прошлом)[ \u00a0]году)[ \u00a0])*$"
)
_CLOSED = Screened(r"[ \u00a0]*(?:$|[.,;:!)(]|[—–][ \u00a0]|(?:на|для|от|из|и)[ \u00a0])")
_OF_MONEY = frozenset("софинансирование финансирование грант субсидия бюджет средство деньга выручка".split())
_GIFTS = frozenset("пожертвование взнос донат дотация инвестиция отчисление".split())
_LARGE, _MILLION = 100_000, 1_000_000


def _told_as_sum(spot: Spot) -> bool:
    """A verb of spending or earning governs the number, or it is set beside a noun of money."""
    number = spot.number
    if number.value < LEAST_SUM or not _CLOSED.match(spot.right_text):
        return False
    if number.value >= 10 * LEAST_SUM and _APPOSED.search(spot.left_text):
        return True
    verb = next((t for t in spot.left if is_predicate(t)), None)
    if verb is None or verb.forms[0].lemma not in unit_sets()["sum_verbs"]:
        return False
    between = spot.scene.doc.tokens_in(verb.stop, number.start)
    named = (t for t in between if t.forms[0].pos != "PREP")  # «в» is short for a noun too
    return not any(t.text[:1].isdigit() or t.text in ".;:" or t.has("gent", "plur") for t in named)


def _of_money_before(spot: Spot) -> bool:
    """«денег на него дали 2 150 000»."""
    if spot.number.value < LEAST_SUM or not _CLOSED.match(spot.right_text):
        return False
    named = inverted_head(spot)
    return named is not None and named.lemma in ("деньга", "деньги", "средство")


_DONE = frozenset("совершить сделать оформить поступить подключить зарегистрировать".split())


def _many_gifts(spot: Spot) -> bool:
    """«Пожертвований совершено 61 тысяча»: gifts, not roubles."""
    named = inverted_head(spot)
    return named is not None and named.lemma in _GIFTS and not spot.verbs.isdisjoint(_DONE)


def _is_of_money(spot: Spot, counted: Counted) -> bool:
    gifts = spot.number.value >= _MILLION and counted.lemma in _GIFTS  # nobody counts millions of gifts
    return counted.source == "right" and (gifts or counted.lemma in _OF_MONEY)


def _for_so_much(spot: Spot) -> bool:
    """«закупили продуктов на 340 тысяч», «продали поделок на 18 400»."""
    if not (spot.number.scaled or spot.number.value >= 5 * LEAST_SUM) or not _BY.search(spot.left_text):
        return False
    return _ENDS.match(spot.right_text) is not None and difference(spot) is None and bought(spot)


def bought(spot: Spot) -> bool:
    """«закупили продуктов на 340 тысяч»: the verb is of buying, selling or raising."""
    return any(t.forms[0].lemma in _BOUGHT for t in spot.predicates)


def with_kopecks(text: str, numbers: Sequence[NumberSpan]) -> list[NumberSpan]:
    """«684 212 руб. 50 коп.» is one number."""
    added = {m.end(): (m.start(1), Decimal(m[1]) / 100) for m in _KOPECKS.finditer(text)}
    if not added:
        return list(numbers)
    told = {start for start, _ in added.values()}
    return [
        replace(n, value=n.value + added[n.end][1]) if n.end in added else n
        for n in numbers
        if n.start not in told
    ]


def _many_of(spot: Spot) -> bool:
    """«два миллиона беспризорных»: an adjective that stands for the noun, not a sum."""
    after = spot.right[0] if spot.right else None
    return after is not None and after.text.islower() and after.has("ADJF", "plur", "gent")


def _money_context(spot: Spot, before: Before | None) -> bool:
    if _MONEY_NEAR.search(spot.left_text) and not _counts_persons(spot):
        return True
    if _GIVEN.search(spot.left_text) and _ENDS.match(spot.right_text):  # «Дали триста тысяч, взяли станок»
        return True
    if before is not None and before.kind == "money" and before.same_sentence:
        return True
    previous = spot.scene.sentence(max(0, spot.sentence.first - 1))
    earlier = spot.scene.sentence(max(0, previous.first - 1))
    words = (spot.scene.text_of(previous) + " " + spot.scene.text_of(earlier)).lower()
    opening = spot.number.start - spot.scene.tokens[spot.sentence.first].start < 12
    opening = opening and (before is None or before.kind == "money")
    return opening and _MONEY_NEAR.search(words) is not None


def _counts_persons(spot: Spot) -> bool:
    found = inverted_head(spot)
    return found is not None and is_person(found.lemma)


def by_difference(spot: Spot) -> Direction | None:
    return difference(spot) if before_is_by(spot) else None
