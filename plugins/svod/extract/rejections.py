"""What a number is when it is no metric: each reason is a small named rule, and the rules stand in one
ordered list.

`./svod explain` prints the reason. A rule sees the number in its place and what it counts, nothing else.
"""

from __future__ import annotations

from svod.extract.ages import age, aged, at_hour
from svod.extract.asides import (
    by_tariff,
    for_one_patient,
    habit,
    herd,
    imprint,
    nth_time,
    old_year,
    on_jury,
    page_counter,
    part_of_price,
    regulated,
    surname,
    term_of_programme,
)
from svod.extract.context import Spot, is_predicate
from svod.extract.counted import Counted, in_list
from svod.extract.lexicon import load
from svod.extract.limits import (
    capacity,
    condition,
    daily,
    distributive,
    entitlement,
    in_size_of,
    monthly,
    per_time,
    places,
    population,
    price_of_each,
    rank,
    resolved,
    waiting,
)
from svod.extract.needs import facility, harm, label, needed, small_sum, too_exact
from svod.extract.offers import advised_sum, ceiling_of_sum, fare, length_of_course, regular_sum
from svod.extract.screened import Screened, match, search
from svod.extract.signs import (
    Rule,
    clause_patterns,
    clause_says,
    idiom,
    is_share,
    lexicon,
    sentence_says,
    unit_is,
    verbs_of,
)
from svod.extract.stories import family_of, incidental, private_money, story
from svod.extract.structures import by_results, enumeration_head, partition, scored, structure


def vague(spot: Spot, counted: Counted | None) -> bool:
    """«десятки семей», «тысячи»."""
    return spot.number.form == "vague"


def ordinal(spot: Spot, counted: Counted | None) -> bool:
    """«3-е место», «2-й год»: an ordinal ending on digits."""
    ending = spot.number.ending
    if ending == "м" and spot.right and spot.right[0].has("NOUN", "sing", "loct"):  # «на 42-м месте»
        return True
    return bool(ending) and ending not in load("numerals")["cardinal_endings"]


def glued(spot: Spot, counted: Counted | None) -> bool:
    """«25-летие», «К-700», «М5»: digits inside a word or a code."""
    if counted is not None and counted.source == "right" and len(counted.lemma) == 1:  # «29 925 э»
        return True
    text, number = spot.scene.text, spot.number
    after = text[number.end : number.end + 2]
    before = text[max(0, number.start - 2) : number.start]
    if number.words:
        return after[:1] == "-" and after[1:].isalpha() and number.form == "plain" and not number.collective
    if after[:1] == "-" and after[1:2].isalpha():
        return True
    if after[:1].isalpha() and after[:1] not in "%₽":
        return True
    return bool(before) and (
        before[-1].isalpha() or (before[-1] in "-–‑" and before[:1].isalpha()) or before[-1] in "#@_/№"
    )


def too_small_to_say(spot: Spot, counted: Counted | None) -> bool:
    """Zero is no figure of its own."""
    return spot.number.value == 0


def indefinite_one(spot: Spot, counted: Counted | None) -> bool:
    """«одна девочка», «один из них»: one as an article, unless the clause counts («— один случай», «ещё
    один»).
    """
    number = spot.number
    if number.value != 1 or not number.words or number.scaled or is_share(spot):
        return False
    if search(
        r"(?:—|–|:|всего|только|лишь|составил\w*|зафиксирован\w*|выявлен\w*|зарегистрирован\w*)[ \u00a0]*$",
        spot.left_text,
    ):
        return spot.right_text.lstrip().startswith(("из", "раз "))
    return True


def year(spot: Spot, counted: Counted | None) -> bool:
    """A bare year."""
    number = spot.number
    if number.words or not 1900 <= number.value <= 2100 or number.scaled or is_share(spot):
        return False
    raw = spot.scene.text[number.start : number.end]
    if " " in raw or "\u00a0" in raw or "," in raw:
        return False
    if search(
        r"(?:конкурс|форум|фестивал|сезон|отбор|преми|акци|чемпионат)[а-яё]{0,3}[ \u00a0]$", spot.left_text
    ):
        return True  # «в первом конкурсе 2024 Фонда президентских грантов»
    return counted is None or counted.source != "right" or counted.lemma in ("год", "г")


def course(spot: Spot, counted: Counted | None) -> bool:
    """«за шесть занятий научились»: the length of a course."""
    units = ("занятие", "встреча", "урок", "сеанс", "сессия", "тренировка", "лекция", "смена", "заезд")
    return (
        counted is not None
        and counted.lemma in units
        and search(r"(?<![а-яё])(?:за|после)[ \u00a0]$", spot.left_text) is not None
    )


_MANY_HOURS = 500  # «наговорили полторы тысячи часов»: no course or shift lasts as long


def duration(spot: Spot, counted: Counted | None) -> bool:
    """«два года», «40 минут»: a length of time, unless hours were worked."""
    if counted is None or counted.source not in ("right", "left", "discourse", "label"):
        return False
    if counted.lemma == "час":
        happened = any("past" in t.forms[0].grammemes for t in spot.predicates)
        return not (
            (happened and spot.number.value >= _MANY_HOURS)
            or verbs_of(spot) & lexicon()["output_verbs"]
            or search(r"отработ|проведен|оказан|чел\.?-?час", spot.clause_text)
        )
    return in_list("time_units", counted.lemma)


def measure(spot: Spot, counted: Counted | None) -> bool:
    """«весом 15 килограммов», «за сорок километров»: a measure that is not an output."""
    if (
        counted is None
        or counted.source not in ("right", "left", "discourse", "label")
        or not in_list("measure_units", counted.lemma)
    ):
        return False
    if clause_patterns()["contents"].search(spot.clause_text):
        return True
    words = {
        f.lemma
        for t in spot.scene.words(spot.clause)
        for f in t.forms[:2]
        if f.pos in ("VERB", "PRTS", "INFN", "PRTF", "ADJF")
    }
    return not (words & lexicon()["output_verbs"] or _worked_on(spot, counted))


_STUFF = frozenset("килограмм тонна литр куб кубометр центнер".split())


def _worked_on(spot: Spot, counted: Counted) -> bool:
    """«перекололи сорок кубов дров»: so much of a stuff that people dealt with."""
    after = spot.scene.doc.tokens_in(counted.end, counted.end + 30)
    if counted.lemma not in _STUFF or not after or not after[0].has("NOUN", "gent"):
        return False
    return any({"past", "plur"} <= t.forms[0].grammemes for t in spot.predicates)


def day_number(spot: Spot, counted: Counted | None) -> bool:
    """«5, 12 и 19 числа»."""
    return (
        counted is not None
        and counted.lemma == "число"
        and counted.source == "right"
        and spot.number.form in ("plain", "range")
    )


def base_of_share(spot: Spot, counted: Counted | None) -> bool:
    """The 20 of «6 из 20», «трое из девятнадцати», «один из 15»."""
    if _BASE_OF_NAMED.search(spot.left_text) and _BARE.match(spot.right_text):
        return True
    if not search(
        r"(?:^|[ \u00a0(])(?:\d[\d \u00a0]*|[а-яё]+)[ \u00a0]+из[ \u00a0]+(?:их[ \u00a0]|всех[ \u00a0]|"
        r"этих[ \u00a0])?$",
        spot.left_text,
    ):
        return False
    left = [t for t in spot.left if t.text.lower() not in ("из", "их", "всех", "этих")]
    if not left:
        return False
    before = left[0]
    return before.text[:1].isdigit() or any(
        f.pos == "NUMR" or "Anum" in f.grammemes or f.lemma == "один" for f in before.forms
    )


_BASE_OF_NAMED = Screened(  # «в 14 районах из 16»
    r"(?:^|[ \u00a0(])\d[\d \u00a0]*(?:[ \u00a0][а-яё]+){1,3}[ \u00a0]из[ \u00a0]+(?:всех[ \u00a0])?$"
)
_BARE = Screened(r"[ \u00a0]*(?:[,.;)—–]|и[ \u00a0]|а[ \u00a0]|$)")


_counter_unit = unit_is("counter")


def counter(spot: Spot, counted: Counted | None) -> bool:
    """Views, likes, subscribers, members of a chat: a page's own counters."""
    if search(
        r"(?<![а-яё])(?:в (?:нашем )?чате|в (?:нашей )?группе вк|подписан[оы]? на|"
        r"на (?:наш )?канал)(?![а-яё])",
        spot.clause_text,
    ):
        return True
    return _counter_unit(spot, counted) and not any(is_predicate(t) for t in spot.scene.words(spot.clause))


def lone_digit(spot: Spot, counted: Counted | None) -> bool:
    """A list number or a stray digit: nothing counted, nothing said."""
    number = spot.number
    if number.words:
        return False
    block = spot.block
    before = spot.scene.text[block.start : number.start].strip(" \u00a0•-–—*")
    opens = not before or (before[-1] in ".;:" and number.value < 100)  # «… детей. 3. Отделу поручить»
    return (
        opens and match(r"(?:\.\d+)*[.)][ \u00a0]", spot.scene.text[number.end : number.end + 12]) is not None
    )


def told_of_before(spot: Spot, counted: Counted | None) -> bool:
    """«было 30 волонтёров, стало 75», «70 % (было 55 %)»: an unnamed baseline."""
    if search(r"\d[^()]{0,25}\((?:ранее |раньше )?был[оаи]?[ \u00a0–—-]*$", spot.left_text) and match(
        r"[ \u00a0]?(?:%|процент[а-яё]*)?\)", spot.right_text
    ):
        return True
    if not search(
        r"(?<![а-яё])(?:было|был[аи]?|составлял[оаи]?)[ \u00a0](?:всего[ \u00a0]|лишь[ \u00a0]|"
        r"только[ \u00a0])?$",
        spot.left_text,
    ):
        return False
    if search(
        r"(?:19|20)\d\d|прошл\w+ год|январ|феврал|март|апрел|мае|июн|июл|август|сентябр|октябр|ноябр|декабр",
        spot.clause_text,
    ):
        return False
    return (
        match(
            r"[^.;\d]{0,60}(?:,|—|–|и|а)[ \u00a0](?:а[ \u00a0])?(?:стало|теперь|сейчас|сегодня|"
            r"уже)(?![а-яё])",
            spot.right_text,
        )
        is not None
    )


def negated(spot: Spot, counted: Counted | None) -> bool:
    """«не 40, а 60 школ»: the number that is denied."""
    if search(
        r"(?<![а-яё])не[ \u00a0](?:смогли|смог|удалось|успели|получилось|сумели)[ \u00a0][^,;.\d]{0,40}$",
        spot.left_text,
    ):
        return True
    return (
        search(r"(?<![а-яё])не[ \u00a0]$", spot.left_text) is not None
        and match(r"[^.;]{0,30}, а[ \u00a0]", spot.right_text) is not None
    )


def question(spot: Spot, counted: Counted | None) -> bool:
    """A number in a question claims nothing."""
    words = spot.scene.words(spot.sentence)
    return bool(words) and words[-1].text.endswith("?")


def baseline(spot: Spot, counted: Counted | None) -> bool:
    """«поначалу восемь … возросло до 34»: a baseline without a period of its own."""
    if search(r"(?<![а-яё])вместо[ \u00a0]$", spot.left_text):  # «девять вместо семи»
        return True
    words = (
        r"(?<![а-яё])(?:поначалу|изначально|первоначально|вначале|на старте|(?<!годом )(?<!месяцем )"
        r"(?<!неделей )раньше|прежде)(?![а-яё])[^,;:]*$"
    )
    return search(words, spot.left_text) is not None


def hour_of_day(spot: Spot, counted: Counted | None) -> bool:
    """«с пяти утра», «в 6 вечера»."""
    return (
        match(r"[ \u00a0](?:час\w*[ \u00a0])?(?:утра|вечера|дня|ночи|пополудни)(?![а-яё])", spot.right_text)
        is not None
    )


RULES: tuple[tuple[str, Rule], ...] = (
    ("vague", vague),
    ("question", question),
    ("negated", negated),
    ("time", hour_of_day),
    ("list_number", lone_digit),
    ("zero", too_small_to_say),
    ("ordinal", ordinal),
    ("ordinal", nth_time),
    ("code", glued),
    ("date", year),
    ("date", old_year),
    ("time", at_hour),
    ("age", age),
    ("age", aged),
    ("duration", duration),
    ("duration", course),
    ("duration", length_of_course),
    ("date", day_number),
    ("code", label),
    ("code", too_exact),
    ("measure", unit_is("fraction")),
    ("law", unit_is("law")),
    ("score", unit_is("score")),
    ("counter", counter),
    ("counter", page_counter),
    ("measure", unit_is("nature")),
    ("imprint", imprint),
    ("name", surname),
    ("rank", rank),
    ("award", unit_is("award")),
    ("award", clause_says("award")),
    ("award", on_jury),
    ("staff_plan", unit_is("staff")),
    ("staff_plan", clause_says("staff")),
    ("indefinite", indefinite_one),
    ("base", base_of_share),
    ("measure", measure),
    ("threshold", clause_says("threshold")),
    ("threshold", scored),
    ("norm", distributive),
    ("norm", per_time),
    ("norm", clause_says("norm")),
    ("norm", monthly),
    ("norm", regulated),
    ("norm", in_size_of),
    ("norm", daily),
    ("contents", clause_says("contents")),
    ("capacity", capacity),
    ("population", population),
    ("norm", entitlement),
    ("norm", ceiling_of_sum),
    ("norm", regular_sum),
    ("unit_price", clause_says("price")),
    ("unit_price", price_of_each),
    ("unit_price", small_sum),
    ("unit_price", part_of_price),
    ("unit_price", by_tariff),
    ("unit_price", advised_sum),
    ("unit_price", fare),
    ("average", clause_says("average")),
    ("waiting", waiting),
    ("waiting", needed),
    ("statistics", harm),
    ("resolution", clause_says("resolution")),
    ("resolution", resolved),
    ("baseline", baseline),
    ("baseline", told_of_before),
    ("statistics", sentence_says("statistics")),
    ("business", sentence_says("business")),
    ("private_money", private_money),
    ("private_money", for_one_patient),
    ("condition", condition),
    ("capacity", places),
    ("capacity", facility),
    ("story", family_of),
    ("story", herd),
    ("story", habit),
    ("structure", partition),
    ("structure", term_of_programme),
    ("incidental", incidental),
    ("benchmark", sentence_says("benchmark")),
    ("idiom", idiom),
    ("structure", structure),
    ("structure", by_results),
    ("enumeration_head", enumeration_head),
    ("story", story),
)


def rejection(spot: Spot, counted: Counted | None) -> str | None:
    """The name of the first rule by which this number is no metric; None if none holds."""
    for reason, rule in RULES:
        if rule(spot, counted):
            return reason
    return None
