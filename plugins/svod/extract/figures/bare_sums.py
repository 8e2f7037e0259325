"""Sums without their currency, as what was said before them tells: money that was spent, given or raised, and
a sum in the scale of the one beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from svod.extract.figures.context import Spot, is_predicate
from svod.extract.figures.counted import Counted
from svod.extract.figures.duplicates import Draft
from svod.extract.figures.measured_labels import SCALES, YEARS, in_thousands
from svod.extract.figures.numbers import NumberSpan
from svod.extract.figures.readings import FROM_BEFORE, LEAST_SUM, Reading
from svod.extract.lexicon import load
from svod.extract.words.screened import Screened

_BARE = Screened(  # nothing that could be counted follows
    r"[ \u00a0]*(?:$|[.,;:!?)(—–«\"]|-[ \u00a0]|(?:и|а|но|или|из|в|во|на|по|с|со|к|за|для|от|до|у|при|"
    r"уже|ещё|еще|пока|впервые|против|вместо|после|через|как|чем|же|ли|бы|не|раньше|сейчас|там|здесь)"
    r"[ \u00a0])"
)


_PERSONS = frozenset("мы они он она я вы".split())  # «двести тысяч мы отдали на лекарства»


def stands_bare(spot: Spot) -> bool:
    """Nothing that could be counted follows, or the verb does, perhaps behind its pronoun."""
    if _BARE.match(spot.right_text) is not None:
        return True
    after = [t for t in spot.right[:2] if t.text.lower() not in _PERSONS]
    return bool(after) and is_predicate(after[0])


_RULE = Screened(
    r"по закону|максим|самое больш|не больше|не более|положен[оы]|каждо(?:му|й)|на (?:одного|одну|человека)"
)
_SUM_OF = Screened(  # «Бюджет проекта – 1 984 560», «общая сумма поддержки – полмиллиона»
    r"(?<![а-яё])(?:со)?(?:бюджет|сумм|смет|субсиди|грант|финансир|пожертвован|расход|затрат|выручк|доход|взнос|вклад|приход|поступлен"
    r"|остат(?=ок[ \u00a0]на))"
    r"[а-яё]*(?:[ \u00a0][а-яё«»]+){0,4}[ \u00a0]*(?:[–—:-]|составил[аио]?|составля[ею]т|достиг(?:ла|ло|ли)?)"
    r"[ \u00a0](?:(?:около|более|почти|свыше|порядка|примерно|всего)[ \u00a0])?$"
)
_UNGIVEN = Screened(
    r"(?<![а-яё])не[ \u00a0][а-яё]+(?:л|ла|ло|ли)(?![а-яё])[^,;.]{0,40}$"
)  # «не отдал 12 тысяч»
_JOINED_SUM = Screened(
    r"(?:[–—:]|(?<![а-яё])(?:ещё|еще|(?<!штук )(?<!человек )на|дал[аи]?|было|против|плане?|освоен[оы]|ушло"
    r"|остальны[ех]|оставшиеся|потрачен[оы]|собран[оы]|есть|оцен[её]н[оы]?[ \u00a0]в))[ \u00a0]"
    r"(?:(?:почти|около|более|примерно|ещё|еще|уже|пока|лишь|только)[ \u00a0])?$"
)
_COLLECTED = frozenset("собрать выделить внести перевести добавить направить".split())
_FOR = Screened(r"[ \u00a0](?:на|для)[ \u00a0]")
_OF_SUM = Screened(  # «3,4 миллиона, из них 2,9 – грант»
    r"(?<![а-яё])(?:из[ \u00a0](?:них|которых)|в[ \u00a0]том[ \u00a0]числе)[ \u00a0]$"
)
_CAME_TO = Screened(r"(?<![а-яё])(?:вышло|получилось|набралось|собралось|итого)[ \u00a0]$")
_COMPARED = Screened(
    r"(?:год(?:ом|у|а)?|раньше|ранее|прошл[а-яё]+|был[оаи]?|вышло|против|получилось|набралось|план[аеу]?|цель|"
    r"нужн[оаы]|надо|остал[оа]сь|остаток|не[ \u00a0]хват[а-яё]+|собрали|собрано|просили|ещё|еще)(?![а-яё])"
)


def is_sum(spot: Spot, drafts: Sequence[Draft]) -> bool:
    """A sum without its currency: spent, promised, or set beside another sum."""
    number = spot.number
    if number.value < LEAST_SUM or FROM_BEFORE.match(spot.right_text):  # «полторы тысячи из них»
        return False
    verbs = {t.forms[0].lemma for t in spot.predicates}
    if _UNGIVEN.search(spot.left_text) or _RULE.search(spot.left_text[-80:] + spot.right_text[:40]):
        return False
    money = load("units")
    if verbs & set(money["money_verbs"]):
        return True
    if verbs & set(money["giving_verbs"]) and number.scaled:
        return True
    if number.value >= 10 * LEAST_SUM and _SUM_OF.search(spot.left_text):
        return True
    if number.value >= 10 * LEAST_SUM and verbs & _COLLECTED and _FOR.match(spot.right_text):
        return True
    if number.scaled and number.value >= 10 * LEAST_SUM and _MISSING.search(spot.left_text):
        return True
    raised = number.value >= 10 * LEAST_SUM and ("собрать" in verbs or _GOAL.search(spot.left_text))
    if raised and _RAISING.search(spot.sentence_text):
        return True
    if _WENT_ON.search(spot.left_text) or (number.value >= 10 * LEAST_SUM and _one_gave(spot, verbs)):
        return True
    last = next((d for d in reversed(drafts) if _is_beside_sum(d)), None)
    if last is None or last.reading is None or last.reading.kind != "money":
        return False
    near = spot.scene.sentence_number(spot.first) - spot.scene.sentence_number(last.spot.first)
    most = 500 if _CAME_TO.search(spot.left_text) else 20
    alike = Decimal("0.05") <= number.value / max(last.spot.number.value, Decimal(1)) <= most
    return near <= 2 and alike and _COMPARED.search(spot.clause_text) is not None


def _is_beside_sum(draft: Draft) -> bool:
    """A sum, also a price or the like; or another figure, but for a share of a sum."""
    if draft.reading is None or draft.reading.kind == "money":
        return draft.reading is not None
    return draft.reason is None and draft.reading.unit != "рубль"


_WENT_ON = Screened(  # «Больше всего ушло на отопление (51 400)», «на корм уходит 12 000»
    r"(?<![а-яё])(?:ушл[оаи]|уш[её]л|уход(?:ит|ят|ило))[ \u00a0](?:у[ \u00a0]нас[ \u00a0])?на[ \u00a0]"
    r"[а-яё][а-яё \u00a0]{2,40}[(–—:][ \u00a0]?$|"
    r"(?<![а-яё])на[ \u00a0][а-яё][а-яё \u00a0]{2,40}[ \u00a0]"
    r"(?:ушл[оаи]|уш[её]л|уход(?:ит|ят|ило))[ \u00a0]$"
)
_MISSING = Screened(r"(?<![а-яё])(?:недостающи[ех]|оставшиеся)[ \u00a0]$")  # «закрыл недостающие сто тысяч»
_GOAL = Screened(r"(?<![а-яё])цель[ \u00a0](?:[–—-][ \u00a0])?$")
_RAISING = Screened(r"(?<![а-яё])(?:сбор(?![а-яё]|ник)|сбора(?![а-яё])|донат|пожертвован|деньг|денег)")
_IN_CASH = Screened(
    r"(?<![а-яё])(?:наличными|переводами|переводом|на[ \u00a0](?:сч[её]т|карту)|копилк|в[ \u00a0]ящик|донат)"
)


def _one_gave(spot: Spot, verbs: set[str]) -> bool:
    """«приют получил 214 000», «38 500 принесли наличными»: one got or gave it, or many in cash; what many
    got or gave else may be counted.
    """
    if not verbs & set(load("units")["giving_verbs"]):
        return False
    told = [t.forms[0].grammemes for t in spot.predicates if t.forms[0].pos == "VERB"]
    alone = bool(told) and all("past" in g and not g.isdisjoint(("masc", "femn")) for g in told)
    return alone or _IN_CASH.search(spot.clause_text) is not None


def sum_in_scale(spot: Spot, drafts: Sequence[Draft]) -> tuple[Reading, NumberSpan] | None:
    """«ушло 340 тыс., ещё 120 – на мебель»: a sum in the scale of the one before it."""
    number = spot.number
    last = next((d for d in reversed(drafts) if d.reading is None or d.reading.rule != "money/scale"), None)
    if last is None or last.reason is not None or last.reading is None or last.reading.kind != "money":
        return None
    near = last.spot.sentence == spot.sentence and last.spot.number.scaled
    if not near or number.form != "plain" or number.scaled or number.value >= LEAST_SUM or spot.is_share:
        return None
    broken = number.value != number.value.to_integral_value() and _OF_SUM.search(spot.left_text) is not None
    if not stands_bare(spot) or not (broken or _JOINED_SUM.search(spot.left_text)):
        return None
    known = {*load("units")["giving_verbs"], *load("units")["money_verbs"], "остаться", "быть"}
    later = [t.forms[0].lemma for t in spot.predicates if t.start > last.spot.number.start]
    if not known.issuperset(later):
        return None  # «собрали 400 тысяч, обучили ещё 30»
    said = spot.scene.text[last.spot.number.start : last.spot.number.end].lower()
    scales = [v for v, words in ((10**6, ("млн", "милл")), (1000, ("тыс",))) if any(w in said for w in words)]
    if not scales or number.value * scales[0] > 5 * last.spot.number.value:
        return None
    scale = scales[0]
    place = Counted("рубль", "money", number.start, number.end)
    return Reading("money", "рубль", place, None, "money/scale"), replace(number, value=number.value * scale)


NEAR = 40  # figures back: no sentence holds more of them
_NO_SUBJECT = frozenset({"antecedent", "left", "discourse"})
_MONEY_NOUNS = frozenset("деньга деньги средство рубль".split())


def rather_in_scale(
    spot: Spot, drafts: Sequence[Draft], reading: Reading | None
) -> tuple[Reading, NumberSpan] | None:
    """A sum in scale where another reading counts what an earlier sentence did, or money itself: «бюджет –
    275 тысяч рублей: 200 дало министерство», «потрачено денег 40 миллионов при плане 144».
    """
    stated = in_thousands(spot) or (_in_stated_scale(spot) if reading is None else None)
    if stated is not None or reading is None or reading.kind != "count" or reading.counted is None:
        return stated
    source, unit = reading.counted.source, reading.counted.lemma
    own = reading.counted.start >= spot.scene.tokens[spot.sentence.first].start
    if source not in _NO_SUBJECT or (own and unit not in _MONEY_NOUNS and not _REST.search(spot.left_text)):
        return None
    if any(_may_part(d, spot) for d in drafts[-NEAR:] if d.spot.sentence == spot.sentence):
        return None  # «заключено 72 на 11 млн рублей, из них на хозяйство – 39»
    return sum_in_scale(spot, drafts)


def _may_part(draft: Draft, spot: Spot) -> bool:
    """A count of the same sentence that the number may be a part of."""
    counts = draft.reading is not None and draft.reading.kind == "count" and draft.reason is None
    return counts and draft.spot.number.value >= spot.number.value


_REST = Screened(r"(?<![а-яё])остальные[ \u00a0]$")
_STATED = Screened(  # «Бюджет (в млн рублей): 2022 – 14,2; …»
    r"[(,][ \u00a0]?(?:в[ \u00a0])?(?P<scale>тыс|млн|млрд)[а-яё.]*[ \u00a0](?:руб[а-яё.]*|₽)"
    r"[)]?[ \u00a0]?[:–—-]"
)
MAX_STATED = 160
_LED = Screened(r"[:–—=-][ \u00a0]?$")


def _in_stated_scale(spot: Spot) -> tuple[Reading, NumberSpan] | None:
    number = spot.number
    if number.form != "plain" or number.scaled or number.words or spot.is_share or number.value in YEARS:
        return None
    if not _LED.search(spot.left_text) or not stands_bare(spot):
        return None
    near = max(spot.block.start, number.start - MAX_STATED)
    stated = _STATED.search(spot.scene.low[near : number.start])
    if stated is None:
        return None
    place = Counted("рубль", "money", number.start, number.end)
    value = number.value * SCALES[stated["scale"]]
    return Reading("money", "рубль", place, None, "money/scale"), replace(number, value=value)
