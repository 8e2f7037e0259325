"""Numbers that only say from where a change began, what was denied, or of how many a part was.

Each is a rule of rejection like those in `rejections`: it sees the number in its place and what it counts.
"""

from __future__ import annotations

import re

from svod.extract.figures.changes import is_change_verb
from svod.extract.figures.context import Spot, is_predicate
from svod.extract.figures.counted import Counted
from svod.extract.figures.numbers import find_numbers
from svod.extract.figures.plan_words import is_future
from svod.extract.figures.signs import in_territories
from svod.extract.words.screened import Screened, match, search


def base_of_share(spot: Spot, counted: Counted | None) -> bool:
    """The 20 of «6 из 20», «трое из девятнадцати», «один из 15»."""
    if counted is not None and in_territories(counted.lemma) and _GATHERED.search(spot.left_text):
        return False
    ends = _BARE.match(spot.right_text) or (bool(spot.right) and is_predicate(spot.right[0]))
    if ends and (_BASE_OF_NAMED.search(spot.left_text) or _of_so_many(spot)):
        return True
    if not search(
        r"(?:^|[ \u00a0(])(?:\d[\d \u00a0]*(?:,\d)?|[а-яё]+)[ \u00a0]+из[ \u00a0]+(?:их[ \u00a0]"
        r"|всех[ \u00a0]|"
        r"этих[ \u00a0])?$",
        spot.left_text,
    ):
        return False
    if _BEGAN.match(spot.right_text) or _INVERTED.search(spot.left_text):
        return False
    left = [t for t in spot.left if t.text.lower() not in ("из", "их", "всех", "этих")]
    if not left:
        return False
    before = left[0]
    return before.text[:1].isdigit() or any(
        f.pos == "NUMR" or "Anum" in f.grammemes or f.lemma == "один" for f in before.forms
    )


def _of_so_many(spot: Spot) -> bool:
    """«не состоялись две экскурсии из шести»: a numeral, its noun and «из» before a bare number."""
    if not spot.left or spot.left[0].text.lower() != "из" or len(spot.left) < FEWEST_WORDS:
        return False
    numeral = [t for t in spot.left[2:4] if t.forms and t.forms[0].pos == "NUMR"]
    noun = spot.left[1].forms[0] if spot.left[1].forms else None
    return bool(numeral) and noun is not None and noun.pos == "NOUN"


FEWEST_WORDS = 3
_BEGAN = Screened(  # «96 из 131 начавшего»: those who began were reached too
    r"[ \u00a0](?:начавш|обративш|подавш|записавш|пришедш|поступивш|зачисленн|обучавш|участвовавш|приехавш"
    r"|заявивш|принят|отобранн|опрошенн|вошедш|поданн|прошедш|обследованн|осмотренн)[а-яё]+"
)
_INVERTED = Screened(  # «побывало человек семьдесят из одиннадцати сёл»
    r"(?<![а-яё])(?:человек|участников|гостей|ребят|детей|семей|волонт[её]ров)"
    r"[ \u00a0][а-яё\d]+[ \u00a0]из[ \u00a0]$"
)
_BASE_OF_NAMED = Screened(  # «в 14 районах из 16»
    r"(?:^|[ \u00a0(])\d[\d \u00a0]*(?:[ \u00a0][а-яё]+){1,3}[ \u00a0]из[ \u00a0]+(?:всех[ \u00a0])?$"
)


_GATHERED = Screened(  # «Участников набралось 96 из одиннадцати районов»: where they come from
    r"(?<![а-яё])(?:участник|команд|гост|волонт[её]р|ребят|детей|школьник|студент|человек)[а-яё]*[ \u00a0]"
    r"(?:[а-яё]+[ \u00a0]){0,2}\d+[ \u00a0]из[ \u00a0]$"
)
_BARE = Screened(r"[ \u00a0]*(?:[,.;()!?—–]|и[ \u00a0]|а[ \u00a0]|$)")


def negated(spot: Spot, counted: Counted | None) -> bool:
    """«не 40, а 60 школ»: the number that is denied."""
    if search(
        r"(?<![а-яё])не[ \u00a0](?:смогли|смог|удалось|успели|получилось|сумели)[ \u00a0][^,;.\d]{0,40}$",
        spot.left_text,
    ):
        return True
    of_whom = bool(spot.left) and spot.left[0].text.lower() == "у"  # «у четверых динамики нет»
    if not of_whom and _IS_NOT_THERE.match(spot.right_text):
        return True
    return (
        search(r"(?<![а-яё])не[ \u00a0]$", spot.left_text) is not None
        and match(r"[^.;]{0,30}, а[ \u00a0]", spot.right_text) is not None
    )


_IS_NOT_THERE = Screened(
    r"[ \u00a0][а-яё]+(?:[ \u00a0][а-яё]+)?[ \u00a0]нет(?![а-яё])"
)  # «14 уровней нет, их три»


_INSTEAD = Screened(r"(?<![а-яё])вместо[ \u00a0](?:[а-яё]+(?:ых|нного)[ \u00a0])?$")
_MEANT = Screened(
    r"вместо[ \u00a0](?:запланированн|планируем|намеченн|заявленн|обещанн|ожидавш|ожидаем"
    r"|предусмотренн|плановы|положенн)[а-яё]*[ \u00a0]$"
)
_HOPED_FOR = Screened(  # «больше, чем рассчитывали: 187 вместо 120», «план не выполнен: …»
    r"чем[ \u00a0](?:рассчитыва|планирова|ожида|надея|дума)"
    r"|план[а-яё]*[ \u00a0](?:не[ \u00a0])?(?:пере)?выполн"
)
_DONE_OF_IT = Screened(
    r"(?:[ \u00a0][а-яё]+){0,2}[ \u00a0][а-яё]+(?:ли|ла|ло|но|ны)[ \u00a0](?:(?:всего|лишь|только)[ \u00a0])?"
)
MAX_DONE = 30  # characters in which the number stands
_FEWER = Screened(r"(\d[\d \u00a0]*)(?:[ \u00a0][а-яё]+){0,3}[ \u00a0]вместо[ \u00a0]$")


_BEGAN_WITH = Screened(  # «Начинала служба с пяти нянь», «начиналось с двух ноутбуков»
    r"(?<![а-яё])(?:начинал(?:ось|ся|ась|ись|[аио])?|стартовал[аио]?|начал(?:ось|ся|ась|ись))(?![а-яё])"
    r"(?:[ \u00a0][а-яё]+){0,3}\??[ \u00a0](?:всего[ \u00a0]|лишь[ \u00a0])?со?[ \u00a0]$"
)


def fell_short(spot: Spot) -> bool:
    """«приехали 40 детей вместо пятидесяти», «39 вместо намеченных 45»: fewer than were meant, so what stands
    behind «вместо» was the plan; more than that, or what is to become so, tells of a change.
    """
    if _MEANT.search(spot.left_text) or _HOPED_FOR.search(spot.sentence_text):
        return True
    turned = _DONE_OF_IT.match(spot.right_text)
    if turned is not None:  # «вместо 60 мест создали 41»
        behind = find_numbers(spot.right_text[turned.end() :][:MAX_DONE])
        return bool(behind) and behind[0].start == 0 and behind[0].value < spot.number.value
    fewer = _FEWER.search(spot.left_text)
    if fewer is None or any(is_future(t) for t in spot.predicates):
        return False
    done = re.sub(r"\D", "", fewer[1])
    return int(done) < spot.number.value and not any(is_change_verb(t) for t in spot.predicates)


_BEFORE_IT = Screened(  # «до начала проекта так отвечали лишь 35 %», «до этого планшетов было два»
    r"(?<![а-яё])(?:до[ \u00a0](?:начала|старта|запуска|открытия)(?![а-яё])|перед[ \u00a0](?:стартом"
    r"|началом|курсом)"
    r"|на[ \u00a0]входе(?![а-яё])"
    r"|до[ \u00a0](?:этого|курса|обучения|проекта|занятий|нас)(?![а-яё]))[^.,;:\d]*$"
)
_WAS = Screened(
    r"(?<![а-яё])(?:был[оаи]?|имел[оаи]?сь|насчитывал[а-яё]+)[ \u00a0]"
    r"(?:всего[ \u00a0]|лишь[ \u00a0]|только[ \u00a0])?$"
)
_OF_CONTROL = Screened(r"(?<![а-яё])в[ \u00a0]контрольной[ \u00a0](?:группе[ \u00a0])?[—–-][ \u00a0]$")
_AT_START = Screened(r"(?<![а-яё])на[ \u00a0]старте(?![а-яё])")


def baseline(spot: Spot, counted: Counted | None) -> bool:
    """«поначалу восемь … возросло до 34»: a baseline without a period of its own."""
    if _INSTEAD.search(spot.left_text):  # «девять вместо семи»
        return not fell_short(spot)
    if _BEGAN_WITH.search(spot.left_text):
        return True
    if _OF_CONTROL.search(spot.left_text):
        return True
    if _BEFORE_IT.search(spot.left_text) and (spot.is_share or _WAS.search(spot.left_text)):
        return True
    if _AT_START.search(spot.left_text) and any(is_future(t) for t in spot.predicates):
        return False  # «на старте будет 45 предметов»
    words = (
        r"(?<![а-яё])(?:поначалу|изначально|первоначально|вначале|на старте"
        r"|(?<!на )первое время|на первых порах|(?<!годом )(?<!месяцем )"
        r"(?<!неделей )раньше(?! времени| срока)|прежде)(?![а-яё])[^,;:]*$"
    )
    return search(words, spot.left_text) is not None
