"""What a reader is offered, asked to pay or held to: sums due to one, ceilings, prices, lengths of a course.

Each is a rule of rejection like those in `rejections`: it sees the number in its place and what it counts.
"""

from __future__ import annotations

from svod.extract.figures.changes import changes_to_level
from svod.extract.figures.context import Spot
from svod.extract.figures.counted import Counted
from svod.extract.figures.plan_words import is_plan_word
from svod.extract.figures.signs import is_share
from svod.extract.people.person_units import is_person
from svod.extract.words.screened import Screened

_OWN_SUM = 1_500_000  # roubles: what one person or family may be entitled to stays below
_FARE_MAX = 20_000  # roubles: a ticket or a journey
_UP_TO = Screened(  # «до 250 тысяч», «(до 350 и 200 тысяч соответственно)»
    r"(?<![а-яё])до[ \u00a0](?:[\d \u00a0,]+(?:тыс[а-яё.]*[ \u00a0])?и[ \u00a0])?$"
)
_REGULAR = Screened(r"(?<![а-яё])(?:ежемесячно|единовременно|ежеквартально|разово)[ \u00a0](?:по[ \u00a0])?$")
_SPENT = Screened(r"направ|выдел|потрат|вложи|вклад|израсход|перечисл|собра|собир|освои|бюджет|финансир")
_FARE = Screened(r"(?<![а-яё])(?:проезд|билет|дорог[аи](?![а-яё]))[^.;]{0,50}$")
_COURSE = Screened(  # «курс – 16 встреч», «Курс длинный, 54 часа», «программа из восьми занятий»
    r"(?<![а-яё])(?:курс|программ[аы]|модуль|цикл)(?:[ \u00a0][а-яё]+(?:ый|ий|ой|ая|ен|на|ния|ции))?"
    r"[ \u00a0]?(?:,|[—–-]|это|из|в)[ \u00a0]$"
)
_LESSONS = frozenset("час занятие встреча урок сеанс сессия тренировка лекция неделя месяц модуль".split())


def _happened(spot: Spot) -> bool:
    return any("past" in t.forms[0].grammemes or t.forms[0].pos == "PRTS" for t in spot.predicates)


_OF_EACH = Screened(  # «размер каждого гранта – до 500 тысяч»
    r"размер[ \u00a0](?:каждого|одного)(?:[ \u00a0][а-яё]+)?[ \u00a0]?[–—-]?[ \u00a0]до[ \u00a0]$"
)


def ceiling_of_sum(spot: Spot, counted: Counted | None) -> bool:
    """«на своё дело – до 250 тысяч рублей»: the most that one may get, unless it is to be spent in all."""
    if counted is None or counted.lemma != "рубль":
        return False
    if _OF_EACH.search(spot.left_text) is not None:
        return True
    if spot.number.value > _OWN_SUM:
        return False
    if _UP_TO.search(spot.left_text) is None or changes_to_level(spot):
        return False
    return _SPENT.search(spot.own_text) is None and not any(is_plan_word(t) for t in spot.predicates)


def regular_sum(spot: Spot, counted: Counted | None) -> bool:
    """«На поиск работы – ежемесячно 11 285 рублей»: what one is due, not what was paid out."""
    if counted is None or counted.lemma != "рубль" or spot.number.value > _OWN_SUM:
        return False
    return _REGULAR.search(spot.left_text) is not None and not _happened(spot)


def rise_by_law(spot: Spot, counted: Counted | None) -> bool:
    """«после 80 лет выплата увеличивается вдвое»: what the rules promise everyone, told in the present."""
    if spot.number.form not in ("multiple", "change"):
        return False
    if counted is not None and counted.lemma == "размер":
        return True  # «размер выплаты увеличен в полтора раза»
    if _happened(spot):
        return False
    now = any(t.forms[0].pos == "VERB" and "pres" in t.forms[0].grammemes for t in spot.predicates)
    return now and _DUE.search(spot.clause_text) is not None


_DUE = Screened(
    r"(?<![а-яё])(?:пенси[яи]|выплат[аы]|пособи[ея]|доплат[аы]|надбавк[аи]|оклад|ставк[аи]|льгот[аы])(?![а-яё])"
)


def advised_sum(spot: Spot, counted: Counted | None) -> bool:
    """«Закажите справку, это 900–1200 рублей»: what a reader who is told to do something will pay."""
    if counted is None or counted.lemma != "рубль" or spot.number.value > _OWN_SUM or _happened(spot):
        return False
    words = spot.scene.words(spot.sentence)
    told = any(  # «пришли» is past as well
        t.forms and t.forms[0].pos == "VERB" and "impr" in t.forms[0].grammemes and not t.has("past")
        for t in words
    )
    return told and _SPENT.search(spot.sentence_text) is None


def fare(spot: Spot, counted: Counted | None) -> bool:
    """«проезд за свой счёт (около 900 рублей)», «билет туда – 1 240 рублей»."""
    if counted is None or counted.lemma != "рубль" or spot.number.value > _FARE_MAX or _happened(spot):
        return False
    return _FARE.search(spot.left_text) is not None


def length_of_course(spot: Spot, counted: Counted | None) -> bool:
    """«курс – 16 встреч»: how long a course is; «провели курс, 16 встреч» is rare enough to lose."""
    if counted is None or counted.lemma not in _LESSONS:
        return False
    return _COURSE.search(spot.left_text) is not None


_DEARER = Screened(  # «корм подорожал на 22 процента», «рост цен – на четверть», «зарплата возросла на 3 %»
    r"(?<![а-яё])(?:подорожа|подешеве|(?:рост|повышени|снижени|скач)[а-яё]*[ \u00a0](?:цен|тариф|стоимост)"
    r"|(?:цен[аы]|стоимость|тариф[ы]?)[ \u00a0][^.;]{0,40}(?:вырос|подня|повыс|увелич|подскоч|упал)|инфляци"
    r"|(?:заработн[а-яё]+[ \u00a0]плат|зарплат)[а-яё]*[ \u00a0][^.;]{0,50}(?:вырос|возрос|повыс|увелич))"
    r"[^.;]{0,80}$"
)


def dearer(spot: Spot, counted: Counted | None) -> bool:
    """What things cost or work earns has changed: no result of the activity."""
    if _COSTS.search(spot.left_text) is not None or _COSTLIER.match(spot.right_text) is not None:
        return True
    return _DEARER.search(spot.left_text) is not None and (counted is None or not is_person(counted.lemma))


_COSTLIER = Screened(r"[ \u00a0](?:дороже|дешевле)(?![а-яё])")  # «аппарат стоит вдвое дороже»
_COSTS = Screened(r"(?<![а-яё])(?:цен[аы]|стоимость|тарифы?)[ \u00a0]?[+–-]?$")  # «потом цена +7 %»


_OWN_SHARE = Screened(  # «доля собственного вклада заявителя – от 10 процентов»
    r"(?:вклад|софинансировани)[а-яё]*[ \u00a0](?:[а-яё]+[ \u00a0]){0,4}"
    r"(?:заявител|соискател|участник[а-я]* конкурс|должн)"
    r"|условие[^.;]{0,40}софинансировани[а-яё]*[^.;]{0,60}не[ \u00a0](?:мен|бол)(?:ее|ьше)[ \u00a0]$"
)


def own_share(spot: Spot, counted: Counted | None) -> bool:
    """What a contest asks of those who apply."""
    return is_share(spot) and not _happened(spot) and _OWN_SHARE.search(spot.own_text) is not None
