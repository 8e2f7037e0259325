"""What a number is when it is no metric: each reason is a small named rule, and the rules stand in one
ordered list.

`./svod explain` prints the reason. A rule sees the number in its place and what it counts, nothing else.
"""

from __future__ import annotations

from svod.extract.figures.baselines import base_of_share, baseline, negated
from svod.extract.figures.context import Spot, is_predicate
from svod.extract.figures.counted import Counted
from svod.extract.figures.signs import (
    Rule,
    clause_says,
    idiom,
    is_share,
    result_words,
    sentence_says,
    unit_is,
)
from svod.extract.lexicon import load
from svod.extract.rejections.ages import age, aged, aged_in_word, at_hour, jubilee, lasting_in_word
from svod.extract.rejections.asides import (
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
    quota,
    regulated,
    surname,
    term_of_programme,
)
from svod.extract.rejections.inhabitants import population
from svod.extract.rejections.lengths import course, day_number, duration, hour_of_day, measure, part_of_month
from svod.extract.rejections.limits import (
    capacity,
    ceiling,
    condition,
    daily,
    distributive,
    entitlement,
    in_size_of,
    monthly,
    norm,
    per_time,
    places,
    price,
    price_of_each,
    rank,
    resolved,
    waiting,
)
from svod.extract.rejections.needs import facility, harm, label, needed, requested, small_sum, too_exact
from svod.extract.rejections.offers import (
    advised_sum,
    ceiling_of_sum,
    dearer,
    fare,
    length_of_course,
    own_share,
    regular_sum,
    rise_by_law,
)
from svod.extract.rejections.stories import family_of, incidental, private_money, story
from svod.extract.rejections.structures import (
    by_results,
    enumeration_head,
    partition,
    per_so_many,
    scored,
    structure,
)
from svod.extract.rejections.surroundings import (
    age_of_one,
    board,
    closing_hour,
    countrywide,
    counts_in_order,
    each_has,
    example,
    house_number,
    made_of,
    rate,
    readers,
    verse,
    weather,
    wished,
)
from svod.extract.words.screened import Screened, match, search
from svod.language.document import Token


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
    if number.value != 1 or not number.words or number.is_rough or is_share(spot):
        return False
    if search(
        r"(?:—|–|:|всего|только|лишь|составил\w*|зафиксирован\w*|выявлен\w*|зарегистрирован\w*)[ \u00a0]*$",
        spot.left_text,
    ):
        told = spot.scene.tokens[spot.first].text.lower() in ("одному", "одной")  # «своя история: одному …»
        return told or spot.right_text.lstrip().startswith(("из", "раз "))
    if (
        _INSTEAD_OF.search(spot.left_text)
        or _AT_LEAST_ONE.search(spot.left_text)
        or _BESIDE_OTHERS.search(spot.left_text)
    ):
        return False
    return not (
        _one_of_those(spot)
        or _thing_before(spot, counted)
        or _last_of_row(spot)
        or _one_more_meant(spot)
        or _one_of_base(spot)
    )


_FROM_MANY = Screened(
    r"(?<![а-яё])из[ \u00a0](?:наших[ \u00a0]|моих[ \u00a0]|всех[ \u00a0]|\d+[ \u00a0])?[а-яё]+(?![а-яё])"
)


def _one_more_meant(spot: Spot) -> bool:
    """«задумано нанять ещё одну медсестру»: a plan counts what is to come."""
    if not spot.left or spot.left[0].text.lower() not in ("ещё", "еще"):
        return False
    return any(t.forms[0].pos == "INFN" and t.start < spot.number.start for t in spot.predicates)


def _one_of_base(spot: Spot) -> bool:
    """«Из 9 жалоб подтвердилась одна»: what is left of many."""
    if _STOPS.match(spot.right_text) is None:
        return False
    told = bool(spot.left) and spot.left[0].has("VERB", "past", "sing")
    return told and _FROM_MANY.search(spot.left_text) is not None


_AT_LEAST_ONE = Screened(  # «пустили только в один», «планируем хотя бы одну школу»
    r"(?<![а-яё])(?:ровно|лишь|только|всего)[ \u00a0](?:(?:в|на|с|для|к|у)[ \u00a0])?$|"
    r"(?<![а-яё])план[а-яё]+[ \u00a0][^.;]{0,60}(?:хотя бы|минимум)[ \u00a0](?:(?:в|на|с|для|к|у)[ \u00a0])?$"
)
_BESIDE_OTHERS = Screened(r"\d[ \u00a0](?:[а-яё]+[ \u00a0]){1,2}и[ \u00a0]$")  # «для 14 мам и одного папы»


_INSTEAD_OF = Screened(  # «вместо двух сёл охватили одно»
    r"вместо[ \u00a0][а-яё\d]+[ \u00a0](?:[а-яё]+[ \u00a0]){1,2}[а-яё]+(?:ли|ла|но|ло)[ \u00a0]$"
)
_LISTED = Screened(r"(?:,|(?<![а-яё])(?:и|плюс))[ \u00a0](?:ещё[ \u00a0])?$")
_IN_YEAR = Screened(r"(?<![а-яё])в[ \u00a0](?:поза)?(?:прошлом|этом|нынешнем)(?:[ \u00a0]году)?[ \u00a0]$")


def _last_of_row(spot: Spot) -> bool:
    """«врач, три медсестры, няни и один водитель», «теперь шесть, плюс один врач», «в позапрошлом году три, в
    прошлом один», «инструкторов четверо, спасатель один»: one more after what was counted in the sentence.
    """
    others = [t for t in spot.left if _is_numeral(t) or (t.text.isdigit() and len(t.text) < YEAR_DIGITS)]
    if not others:
        return False
    if _IN_YEAR.search(spot.left_text):
        return True
    between = spot.scene.doc.tokens_in(others[0].stop, spot.number.start)
    if len(between) > MAX_ROW or any(is_predicate(t) for t in between):
        return False
    if _LISTED.search(spot.left_text):
        after = spot.right[0] if spot.right else None
        first = spot.scene.tokens[spot.first]
        if after is None or not after.forms or after.forms[0].pos not in ("NOUN", "ADJF"):
            return False
        lone = after.forms[0].pos == "NOUN" or _STOPS_OR_DASH.match(spot.right_text) is not None
        return lone and after.lemma != "раз" and (first.has("nomn") or first.has("accs"))
    before = spot.left[0]
    return before.has("NOUN", "nomn", "sing") and _STOPS.match(spot.right_text) is not None


_STOPS_OR_DASH = Screened(
    r"[ \u00a0](?:[а-яё-]+(?:ый|ий|ой|ая|яя|ую|юю|ое|ее|ого"
    r"|его)[ \u00a0])?[а-яё-]+(?:[ \u00a0]*(?:[,.;(!]|$)|[ \u00a0][—–-])"
)
YEAR_DIGITS, MAX_ROW = 4, 14
_AMONG_THEM = Screened(r"(?:из них|причём|в том числе|среди них|из которых)[ \u00a0]$")


def _one_of_those(spot: Spot) -> bool:
    """«три прибора: один уехал в район, два …», «19 решены, в том числе одно Верховным судом»: a part of
    what was counted before in the sentence.
    """
    after = spot.right[0] if spot.right else None
    if after is None or not any(t.text[:1].isdigit() or _is_numeral(t) for t in spot.left):
        return False
    if _AMONG_THEM.search(spot.left_text):
        return not after.text.lower().startswith("из")
    if spot.left and spot.left[0].text in ",;" and (after.text in "–—" or after.has("PREP")):
        return True  # «двое поступили в колледж, одна – в университет»
    told = bool(after.forms) and after.forms[0].pos in ("VERB", "PRTS") and "past" in after.forms[0].grammemes
    left = spot.left[1:] if spot.left and spot.left[0].text.lower() == "у" else spot.left
    return told and bool(left) and left[0].text in ",:;(—–"


def _is_numeral(token: Token) -> bool:
    return bool(token.forms) and token.forms[0].pos == "NUMR"


def _thing_before(spot: Spot, counted: Counted | None) -> bool:
    """«жалоба одна», «случай – один»: what was counted stands right before, and nothing follows."""
    before = spot.left[0] if spot.left else None
    if before is None or before.lemma not in result_words()[1]:
        return False
    return before.has("NOUN", "nomn", "sing") and _STOPS.match(spot.right_text) is not None


_STOPS = Screened(r"[ \u00a0]*(?:[,.;(!]|$)")


def year(spot: Spot, counted: Counted | None) -> bool:
    """A bare year, a decade («в начале 90-х»)."""
    number = spot.number
    if number.ending == "х" and not number.words and number.value % 10 == 0 and 10 <= number.value < 100:
        return True
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


_staff_unit = unit_is("staff")
_FAIR = Screened(
    r"ярмарк|работодател|предприяти|банк[а-яё]*[ \u00a0]ваканс|служб[а-яё]+[ \u00a0]занятости|соискател"
)


def _around(spot: Spot) -> str:
    """The paragraph up to the figure and the rest of its sentence."""
    end = spot.scene.tokens[spot.sentence.last - 1].stop
    return spot.scene.low[max(spot.block.start, spot.number.start - 400) : end]


def post(spot: Spot, counted: Counted | None) -> bool:
    """Posts and rates of pay of one's own staff; vacancies that employers offer are an output."""
    if counted is not None and counted.lemma == "вакансия" and _FAIR.search(_around(spot)):
        return False
    return _staff_unit(spot, counted)


_counter_unit = unit_is("counter")


def counter(spot: Spot, counted: Counted | None) -> bool:
    """Views, likes, subscribers, members of a chat: a page's own counters."""
    if search(
        r"(?<![а-яё])(?:в (?:нашем )?чате|подписа(?:н[оы]?|лись|лось) на (?:наш|групп|канал|рассылк|"
        r"страниц|сообществ|обновлени|новост|газет|нас(?![а-яё]))|на (?:наш )?канал(?![а-яё]))",
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
    if before[-1:] == ":" and number.value > 1:  # «Получили место с нашей помощью: 97. Для сравнения …»
        return False
    return (
        opens and match(r"(?:\.\d+)*[.)][ \u00a0]", spot.scene.text[number.end : number.end + 12]) is not None
    )


def question(spot: Spot, counted: Counted | None) -> bool:
    """A number in a question claims nothing."""
    words = spot.scene.words(spot.sentence)
    if not words or not words[-1].text.endswith("?"):
        return False
    return not (_TAG.search(spot.right_text) or _ASKED_AFTER.search(spot.right_text))


_TAG = Screened(  # «одели 700 ребят, представляете?»
    r"[,—–][ \u00a0](?:правда|да|верно|так|а|не так ли|разве нет|понимаете|представляете|прикиньте"
    r"|представьте|слышите|видите|знаете|каково|круто|здорово)[ \u00a0]?[?!]+$"
)
_ASKED_AFTER = Screened(r"[:;][^:;?]*\?+$")  # «пришло 340, и он расстроился: не доходят?»


RULES: tuple[tuple[str, Rule], ...] = (
    ("vague", vague),
    ("question", question),
    ("negated", negated),
    ("time", hour_of_day),
    ("list_number", lone_digit),
    ("zero", too_small_to_say),
    ("ordinal", ordinal),
    ("ordinal", nth_time),
    ("ordinal", counts_in_order),
    ("anniversary", jubilee),
    ("age", aged_in_word),
    ("duration", lasting_in_word),
    ("code", glued),
    ("date", year),
    ("date", old_year),
    ("date", part_of_month),
    ("time", at_hour),
    ("age", age),
    ("age", aged),
    ("age", age_of_one),
    ("time", closing_hour),
    ("measure", weather),
    ("address", house_number),
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
    ("counter", readers),
    ("story", verse),
    ("idiom", wished),
    ("story", example),
    ("measure", unit_is("nature")),
    ("imprint", imprint),
    ("name", surname),
    ("rank", rank),
    ("award", unit_is("award")),
    ("award", clause_says("award")),
    ("award", on_jury),
    ("award", board),
    ("staff_plan", post),
    ("staff_plan", clause_says("staff")),
    ("indefinite", indefinite_one),
    ("base", base_of_share),
    ("measure", measure),
    ("threshold", clause_says("threshold")),
    ("threshold", own_share),
    ("threshold", scored),
    ("threshold", ceiling),
    ("norm", distributive),
    ("norm", per_time),
    ("norm", norm),
    ("norm", monthly),
    ("norm", regulated),
    ("norm", quota),
    ("norm", in_size_of),
    ("norm", daily),
    ("norm", each_has),
    ("norm", rate),
    ("contents", clause_says("contents")),
    ("capacity", capacity),
    ("population", population),
    ("population", made_of),
    ("norm", entitlement),
    ("norm", ceiling_of_sum),
    ("norm", regular_sum),
    ("norm", rise_by_law),
    ("unit_price", price),
    ("unit_price", price_of_each),
    ("unit_price", small_sum),
    ("unit_price", part_of_price),
    ("unit_price", by_tariff),
    ("unit_price", advised_sum),
    ("unit_price", dearer),
    ("unit_price", fare),
    ("average", clause_says("average")),
    ("waiting", waiting),
    ("waiting", needed),
    ("waiting", requested),
    ("statistics", harm),
    ("statistics", per_so_many),
    ("resolution", clause_says("resolution")),
    ("resolution", resolved),
    ("baseline", baseline),
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
    ("benchmark", countrywide),
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
