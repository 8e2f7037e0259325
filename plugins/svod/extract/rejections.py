"""What a number is when it is no metric: each reason is a small named rule, and the rules stand in one
ordered list.

`./svod explain` prints the reason. A rule sees the number in its place and what it counts, nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from svod.extract.beneficiaries import is_person
from svod.extract.changes import before_is_by, changes_to_level
from svod.extract.context import Spot, is_predicate
from svod.extract.counted import Counted, in_list, percent_follows
from svod.extract.lexicon import load
from svod.language.document import Token

Rule = Callable[[Spot, "Counted | None"], bool]


@dataclass(frozen=True, slots=True)
class Mask:
    """A stretch of text whose digits are part of something else: a phone, a law, an address."""

    start: int
    end: int
    reason: str


@cache
def _lex() -> dict[str, Any]:
    lexicon: dict[str, Any] = load("rejections")
    return lexicon


@cache
def _mask_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile("|".join(f"(?<![а-яёa-z])(?:{p})" for p in patterns)))
        for name, patterns in _lex()["masks"].items()
    )


@cache
def _clause_patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile("|".join(patterns)) for name, patterns in _lex()["clause"].items()}


def find_masks(text: str) -> list[Mask]:
    """Phones, laws, addresses, clock times and the like, in order; where they overlap the first begun
    wins.
    """
    low = text.lower()
    if len(low) != len(text):  # a few letters change length in lower case
        low = text
    found = [
        Mask(m.start(), m.end(), name) for name, pattern in _mask_patterns() for m in pattern.finditer(low)
    ]
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[Mask] = []
    for mask in found:
        if not kept or mask.start >= kept[-1].end:
            kept.append(mask)
    return kept


def mask_at(masks: list[Mask], start: int, end: int) -> Mask | None:
    """The mask that overlaps [start, end), if any."""
    i = bisect_right(masks, start, key=lambda m: m.start) - 1
    for mask in masks[max(i, 0) : i + 2]:
        if mask.start < end and start < mask.end:
            return mask
    return None


def _clause_says(name: str) -> Rule:
    def rule(spot: Spot, counted: Counted | None) -> bool:
        if name in _NOT_OF_SHARES and (_is_percent(spot) or spot.number.form == "multiple"):
            return False
        return _clause_patterns()[name].search(spot.clause_text) is not None

    return rule


_NOT_OF_SHARES = frozenset(
    {"award", "norm", "contents", "price", "threshold", "resolution", "capacity", "idiom"}
)


def _sentence_says(name: str) -> Rule:
    def rule(spot: Spot, counted: Counted | None) -> bool:
        return _clause_patterns()[name].search(spot.sentence_text) is not None

    return rule


def _unit_is(name: str) -> Rule:
    def rule(spot: Spot, counted: Counted | None) -> bool:
        return (
            counted is not None
            and counted.source in ("right", "left")
            and counted.lemma in _lex()["units"][name]
        )

    return rule


def _verbs(spot: Spot) -> set[str]:
    return {t.forms[0].lemma for t in spot.predicates}


def _is_percent(spot: Spot) -> bool:
    return (
        spot.number.form in ("share", "every", "of")
        or percent_follows(spot.scene.text, spot.number.end) is not None
    )


# --- rules ----------------------------------------------------------------------------------------------


def vague(spot: Spot, counted: Counted | None) -> bool:
    """«десятки семей», «тысячи»."""
    return spot.number.form == "vague"


def ordinal(spot: Spot, counted: Counted | None) -> bool:
    """«3-е место», «2-й год»: an ordinal ending on digits."""
    ending = spot.number.ending
    return bool(ending) and ending not in load("numerals")["cardinal_endings"]


def glued(spot: Spot, counted: Counted | None) -> bool:
    """«25-летие», «К-700», «М5»: digits inside a word or a code."""
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
    if number.value != 1 or not number.words or number.scaled or _is_percent(spot):
        return False
    if re.search(
        r"(?:—|–|:|всего|только|лишь|составил\w*|зафиксирован\w*|выявлен\w*|зарегистрирован\w*)[ \u00a0]*$",
        spot.left_text,
    ):
        return spot.right_text.lstrip().startswith("из")
    return True


def year(spot: Spot, counted: Counted | None) -> bool:
    """A bare year."""
    number = spot.number
    if number.words or not 1900 <= number.value <= 2100 or number.scaled or _is_percent(spot):
        return False
    raw = spot.scene.text[number.start : number.end]
    if " " in raw or "\u00a0" in raw or "," in raw:
        return False
    return counted is None or counted.source != "right" or counted.lemma in ("год", "г")


def course(spot: Spot, counted: Counted | None) -> bool:
    """«за шесть занятий научились»: the length of a course."""
    units = ("занятие", "встреча", "урок", "сеанс", "сессия", "тренировка", "лекция")
    return (
        counted is not None
        and counted.lemma in units
        and re.search(r"(?<![а-яё])за[ \u00a0]$", spot.left_text) is not None
    )


def age(spot: Spot, counted: Counted | None) -> bool:
    """«старше 60», «от 4 до 18 лет», «в возрасте 14–17»."""
    left = spot.left_text
    if re.search(
        r"сам(?:ому|ой|ым)[ \u00a0](?:младш|старш|юн|возрастн|пожил|маленьк)[а-яё]+[^,;.\d]{0,25}$", left
    ):
        return True
    if re.search(
        r"(?:старше|младше|моложе|в возрасте|возраст\w*)[ \u00a0—–-]*(?:от |до |с |свыше |более |около )?$",
        left,
    ):
        return True
    if counted is not None and counted.source == "right" and counted.lemma in ("год", "лета"):
        return (
            re.search(
                r"возраст|старше|младше|дет|подрост|девуш|юнош|мужчин|женщин|исполнил", spot.clause_text
            )
            is not None
        )
    return False


def duration(spot: Spot, counted: Counted | None) -> bool:
    """«два года», «40 минут»: a length of time, unless hours were worked."""
    if counted is None or counted.source not in ("right", "left"):
        return False
    if counted.lemma == "час":
        return not (
            _verbs(spot) & set(_lex()["output_verbs"])
            or re.search(r"отработ|проведен|оказан|чел\.?-?час", spot.clause_text)
        )
    return in_list("time_units", counted.lemma)


def measure(spot: Spot, counted: Counted | None) -> bool:
    """«весом 15 килограммов», «за сорок километров»: a measure that is not an output."""
    if (
        counted is None
        or counted.source not in ("right", "left")
        or not in_list("measure_units", counted.lemma)
    ):
        return False
    if _clause_patterns()["contents"].search(spot.clause_text):
        return True
    words = {
        f.lemma
        for t in spot.scene.words(spot.clause)
        for f in t.forms[:2]
        if f.pos in ("VERB", "PRTS", "INFN", "PRTF", "ADJF")
    }
    return not words & set(_lex()["output_verbs"])


def day_number(spot: Spot, counted: Counted | None) -> bool:
    """«5, 12 и 19 числа»."""
    return counted is not None and counted.lemma == "число" and counted.source != "quantity"


def structure(spot: Spot, counted: Counted | None) -> bool:
    """«в четырёх номинациях», «на двух языках»: how a thing is built, not what was done."""
    if counted is None or counted.source != "right" or _is_percent(spot) or spot.number.form == "multiple":
        return False
    return counted.lemma in _lex()["units"]["structure"] and spot.number.value < 100


def rank(spot: Spot, counted: Counted | None) -> bool:
    """«заняла 3 место», «в десятке лучших»."""
    if (
        counted is not None
        and counted.lemma == "место"
        and re.search(r"занял|занима|вышл|поднял", spot.clause_text)
    ):
        return True
    return _clause_patterns()["rank"].search(spot.clause_text) is not None and not _is_percent(spot)


def distributive(spot: Spot, counted: Counted | None) -> bool:
    """«по десять человек», «по 3 занятия на семью»: so many to each; yearly numbers («по сто детей в год»)
    stay.
    """
    if re.search(
        r"(?<![а-яё])по[ \u00a0][а-яё\d]+[ \u00a0](?:[а-яё]+[ \u00a0])?на[ \u00a0]$", spot.left_text
    ):
        return True
    if not re.search(r"(?<![а-яё])по[ \u00a0]$", spot.left_text):
        return False
    if re.match(
        r"[^,;.]{0,40}[ \u00a0]в[ \u00a0]год(?![а-яё])|[ \u00a0]из[ \u00a0](?:них|которых)", spot.right_text
    ):
        return False
    return not _is_percent(spot)


_PER_HEAD = re.compile(
    r"[^,;.()]{0,40}[ \u00a0]на[ \u00a0](?:одн(?:ого|у)|кажд[а-яё]+|человека|семью|реб[её]нка|"
    r"участника|сотрудника|квартиру|группу|место)(?![а-яё])"
)
_RATE = re.compile(
    r"[^,;.()]{0,45}[ \u00a0](?P<per>(?:в|за)[ \u00a0](?:неделю|день|сутки|час|смену|минуту|"
    r"месяц)(?![а-яё])|еже(?:дневно|недельно|месячно))"
)


def per_time(spot: Spot, counted: Counted | None) -> bool:
    """«28 часов в неделю», «до 20 визитов в месяц»: a rate."""
    if _is_percent(spot) or spot.number.form == "multiple":
        return False
    if _PER_HEAD.match(spot.right_text):
        return True
    rate = _RATE.match(spot.right_text)
    if rate is None or re.search(r"вс[её]го|итог", spot.clause_text):
        return False
    words = spot.scene.doc.tokens_in(spot.number.end, spot.number.end + rate.start("per"))
    return not any(is_predicate(t) for t in words)


def population(spot: Spot, counted: Counted | None) -> bool:
    """«в республике проживает свыше 300 тысяч …»."""
    if _clause_patterns()["population"].search(spot.clause_text):
        return True
    if counted is None:
        return False
    if not spot.predicates and is_person(counted.lemma) and counted.source == "right" and _in_territory(spot):
        return True
    if not _verbs(spot) & set(_lex()["residence"]):
        return False
    lemmas = spot.clause_lemmas
    verbs = _verbs(spot)
    if not verbs & {"проживать", "жить", "насчитываться", "насчитывать", "обитать"}:
        return False
    return any(t in lemmas for t in _lex()["territory"]) or any(
        n.type == "LOC" for n in spot.scene.doc.names_in(*_extent(spot))
    )


def _in_territory(spot: Spot) -> bool:
    """«в районе 412 многодетных семей»: so many live there; nothing is said to be done."""
    return (
        re.search(
            r"(?<![а-яё])(?:в|по)[ \u00a0](?:наш[а-яё]+[ \u00a0])?(?:район|област|кра|республик|регион|"
            r"город|сел|округ|стран)[а-яё]{0,3}[ \u00a0](?:сейчас[ \u00a0]|"
            r"всего[ \u00a0])?(?:около[ \u00a0]|более[ \u00a0]|свыше[ \u00a0]|почти[ \u00a0])?$",
            spot.left_text,
        )
        is not None
    )


def _extent(spot: Spot) -> tuple[int, int]:
    tokens = spot.scene.tokens
    return tokens[spot.clause.first].start, tokens[spot.clause.last - 1].stop


def enumeration_head(spot: Spot, counted: Counted | None) -> bool:
    """«два наших проекта: «…» и «…»»: the number only introduces the list after the colon."""
    if counted is None or counted.source != "right" or spot.number.value > 12 or _is_percent(spot):
        return False
    after = spot.scene.text[counted.end : counted.end + 140]
    if re.match(r"[^.!?\n]{0,100}[.!?][ \u00a0—–-]*Перв(?:ый|ая|ое)(?![а-яё])", after):
        return True
    if not re.match(r"[^.,;:()]{0,45}:", after):
        return False
    made = {t.forms[0].pos for t in spot.predicates if t.start < spot.number.start} & {"PRTS"}
    return not made


def base_of_share(spot: Spot, counted: Counted | None) -> bool:
    """The 20 of «6 из 20», «трое из девятнадцати», «один из 15»."""
    if not re.search(
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


def story(spot: Spot, counted: Counted | None) -> bool:
    """An individual's story: the clause's subject is one person («за лето он продал 140 скамеек»)."""
    if spot.number.form in ("multiple",) or _is_percent(spot):
        return _single_person(spot) and spot.number.form == "share"
    return _single_person(spot)


def _single_person(spot: Spot) -> bool:
    words = spot.scene.words(spot.clause)
    if re.search(r"(?<![а-яё])(?:помню|вспоминаю)(?![а-яё])", spot.sentence_text):
        return True
    verbs = [t for t in words if t.forms and t.forms[0].pos == "VERB"]
    if any("plur" in t.forms[0].grammemes for t in verbs):
        return False
    if re.search(
        r"(?<![а-яё])у[ \u00a0](?:него|неё|нее|меня|[а-яё]+ы и [а-яё]+[яа])[ \u00a0]", spot.clause_text
    ):
        return True
    names = [n for n in spot.scene.doc.names_in(*_extent(spot)) if n.type == "PER"]
    if any(spot.scene.text[max(0, n.start - 2) : n.start].lower() in ("у ",) for n in names):
        return True
    singular = [t for t in verbs if {"sing"} <= t.forms[0].grammemes and "neut" not in t.forms[0].grammemes]
    if not singular:
        return False
    if not _has_subject(words, spot) and _lone_subject_before(spot):
        return True
    for token in words:
        if token.start >= spot.number.start:
            break
        if _is_lone_person(token):
            return True
    return any(_nominative(spot, n.start) for n in names)


def _has_subject(words: Sequence[Token], spot: Spot) -> bool:
    return any(
        t.start < spot.number.start and t.forms and t.forms[0].pos in ("NOUN", "NPRO") and t.has("nomn")
        for t in words
    )


def _lone_subject_before(spot: Spot) -> bool:
    """«Семья Гриценко воспитывает …, держит 15 коров»: the subject stands in an earlier clause of the
    sentence.
    """
    scene = spot.scene
    earlier = scene.tokens[spot.sentence.first : spot.clause.first]
    nouns = [t for t in earlier if t.forms and t.forms[0].pos == "NOUN" and t.has("NOUN", "nomn")]
    return bool(nouns) and _is_lone_person(nouns[0])


def _nominative(spot: Spot, offset: int) -> bool:
    token = spot.scene.tokens[min(spot.scene.doc.token_index(offset), len(spot.scene.tokens) - 1)]
    return any("nomn" in f.grammemes and f.score > 0.2 for f in token.forms[:2])


def _is_lone_person(token: Token) -> bool:
    if token.text.lower() in ("он", "она", "я"):
        return True
    top = token.forms[0] if token.forms else None
    if top is None or top.pos != "NOUN" or not {"nomn", "sing"} <= top.grammemes:
        return False
    return top.lemma in _lex()["persons_of_story"] and top.lemma != "человек"


def counter(spot: Spot, counted: Counted | None) -> bool:
    """Views, likes, subscribers, members of a chat: a page's own counters."""
    if re.search(
        r"(?<![а-яё])(?:в (?:нашем )?чате|в (?:нашей )?группе вк|подписан[оы]? на|"
        r"на (?:наш )?канал)(?![а-яё])",
        spot.clause_text,
    ):
        return True
    return _unit_is("counter")(spot, counted) and not any(
        is_predicate(t) for t in spot.scene.words(spot.clause)
    )


def lone_digit(spot: Spot, counted: Counted | None) -> bool:
    """A list number or a stray digit: nothing counted, nothing said."""
    number = spot.number
    if number.words:
        return False
    block = spot.block
    before = spot.scene.text[block.start : number.start].strip(" \u00a0•-–—*")
    return (
        not before
        and re.match(r"(?:\.\d+)*[.)][ \u00a0]", spot.scene.text[number.end : number.end + 12]) is not None
    )


def capacity(spot: Spot, counted: Counted | None) -> bool:
    """«вмещает 25 человек», «рассчитан на 60 мест»; a project that is «рассчитан на 120 семей» states a
    target.
    """
    found = _clause_patterns()["capacity"].search(spot.clause_text)
    if found is None or _is_percent(spot):
        return False
    target = re.search(
        r"(?:проект|программ|акци|инициатив|грант|кампани)[а-яё]*[^,;]{0,60}рассчитан", spot.clause_text
    )
    return target is None


def waiting(spot: Spot, counted: Counted | None) -> bool:
    """A waiting list; that it became shorter is an outcome."""
    if spot.number.form in ("change", "multiple") or before_is_by(spot) or changes_to_level(spot):
        return False
    return _clause_patterns()["waiting"].search(spot.clause_text) is not None


def resolved(spot: Spot, counted: Counted | None) -> bool:
    """An item of a resolution («РЕШИЛИ: …»): an instruction, not a result."""
    index, steps = spot.block.head, 0
    while index is not None and steps < 3:
        block = spot.scene.block(index)
        head = spot.scene.text[block.start : block.end].lower()
        if re.search(
            r"(?<![а-яё])(?:решили|постановили|решение|рекомендовано|поручено|рекомендации)[ \u00a0]*:?$",
            head,
        ):
            return True
        index, steps = block.head, steps + 1
    return False


def places(spot: Spot, counted: Counted | None) -> bool:
    """«зал на 300 мест», «осталось пять мест»: capacity, unless they are jobs."""
    if counted is None or counted.lemma != "место" or counted.source != "right":
        return False
    return (
        re.search(r"рабоч\w+[ \u00a0]мест", spot.scene.text[spot.number.start : counted.end].lower()) is None
    )


def family_of(spot: Spot, counted: Counted | None) -> bool:
    """«у них трое детей», «семьи с тремя детьми», «семеро внуков»: children of a family, not of a report."""
    if counted is None or spot.number.value > 12 or _is_percent(spot) or spot.number.form == "multiple":
        return False
    if counted.lemma in ("внук", "внучка", "правнук"):
        return True
    if counted.lemma not in ("ребёнок", "сын", "дочь", "брат", "сестра", "человек"):
        return False
    own = (
        r"(?:(?<![а-яё])у[ \u00a0][а-яё«»]+(?:[ \u00a0]и[ \u00a0][а-яё]+)?|(?<![а-яё])(?:с|где|имеющ\w+|"
        r"имеет|имеют|воспитывающ\w+|воспита\w+|вырасти\w+|родила|подн[яи]\w+))[ \u00a0](?:уже[ \u00a0])?$"
    )
    return re.search(own, spot.left_text) is not None and counted.lemma != "человек"


def incidental(spot: Spot, counted: Counted | None) -> bool:
    """A few of something in passing («на столе стояли два самовара»): nothing that reports count, and
    nothing done.
    """
    number = spot.number
    if re.search(r"(?<![а-яё])(?:нас|вас)(?:[ \u00a0][а-яё]+)?[ \u00a0]$", spot.left_text) and number.words:
        return True
    if counted is None or counted.source != "right" or _is_percent(spot) or number.form == "multiple":
        return False
    if not number.words or number.value > 10 or number.scaled:
        return False
    _, known, private = _results()
    if counted.lemma in private:
        return True
    if states_result(spot) or re.search(r"всего|итог|вместе|за ", spot.clause_text):
        return False
    finite = any(t.forms[0].pos == "VERB" for t in spot.predicates)
    if counted.lemma in known:
        return finite and is_person(counted.lemma)
    return True


def private_money(spot: Spot, counted: Counted | None) -> bool:
    """Pensions, wages, damage, debts, discounts."""
    if counted is None or (counted.lemma != "рубль" and counted.lemma != "скидка"):
        return False
    return _clause_patterns()["private_money"].search(spot.clause_text) is not None


def partition(spot: Spot, counted: Counted | None) -> bool:
    """«разделились на две команды»."""
    return (
        re.search(
            r"(?:дел(?:ит|ят|ил)|разби|распредел)\w*(?:[ \u00a0]\w+)?[ \u00a0]на[ \u00a0]$", spot.left_text
        )
        is not None
    )


def told_of_before(spot: Spot, counted: Counted | None) -> bool:
    """«было 30 волонтёров, стало 75»: the first number is an unnamed baseline."""
    if not re.search(
        r"(?<![а-яё])(?:было|был[аи]?|составлял[оаи]?)[ \u00a0](?:всего[ \u00a0]|лишь[ \u00a0]|"
        r"только[ \u00a0])?$",
        spot.left_text,
    ):
        return False
    if re.search(
        r"(?:19|20)\d\d|прошл\w+ год|январ|феврал|март|апрел|мае|июн|июл|август|сентябр|октябр|ноябр|декабр",
        spot.clause_text,
    ):
        return False
    return (
        re.match(
            r"[^.;\d]{0,60}(?:,|—|–|и|а)[ \u00a0](?:а[ \u00a0])?(?:стало|теперь|сейчас|сегодня|"
            r"уже)(?![а-яё])",
            spot.right_text,
        )
        is not None
    )


def condition(spot: Spot, counted: Counted | None) -> bool:
    """«первым 50 посетителям», «команда из пяти человек должна …», «необходимо представить три работы»."""
    if re.search(r"(?<![а-яё])перв(?:ым|ые|ых|ыми)[ \u00a0]$", spot.left_text):
        return True
    return _clause_patterns()["condition"].search(spot.clause_text) is not None and not _is_percent(spot)


@cache
def _results() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    lexicon = load("results")
    return frozenset(lexicon["verbs"]), frozenset(lexicon["units"]), frozenset(lexicon["private"])


def negated(spot: Spot, counted: Counted | None) -> bool:
    """«не 40, а 60 школ»: the number that is denied."""
    if re.search(
        r"(?<![а-яё])не[ \u00a0](?:смогли|смог|удалось|успели|получилось|сумели)[ \u00a0][^,;.\d]{0,40}$",
        spot.left_text,
    ):
        return True
    return (
        re.search(r"(?<![а-яё])не[ \u00a0]$", spot.left_text) is not None
        and re.match(r"[^.;]{0,30}, а[ \u00a0]", spot.right_text) is not None
    )


def states_result(spot: Spot) -> bool:
    """True if the clause says that something was done, given, attended or is to be done."""
    results = _results()[0]
    return any(t.forms[0].pos in ("PRTS", "INFN") or t.forms[0].lemma in results for t in spot.predicates)


def private_units() -> frozenset[str]:
    """Nouns of a private life («внук», «подруга»)."""
    return _results()[2]


def question(spot: Spot, counted: Counted | None) -> bool:
    """A number in a question claims nothing."""
    words = spot.scene.words(spot.sentence)
    return bool(words) and words[-1].text.endswith("?")


def baseline(spot: Spot, counted: Counted | None) -> bool:
    """«поначалу восемь … возросло до 34»: a baseline without a period of its own."""
    words = (
        r"(?<![а-яё])(?:поначалу|изначально|первоначально|вначале|на старте|раньше|прежде)(?![а-яё])[^,;:]*$"
    )
    return re.search(words, spot.left_text) is not None


def hour_of_day(spot: Spot, counted: Counted | None) -> bool:
    """«с пяти утра», «в 6 вечера»."""
    return (
        re.match(
            r"[ \u00a0](?:час\w*[ \u00a0])?(?:утра|вечера|дня|ночи|пополудни)(?![а-яё])", spot.right_text
        )
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
    ("code", glued),
    ("date", year),
    ("age", age),
    ("duration", duration),
    ("duration", course),
    ("date", day_number),
    ("score", _unit_is("score")),
    ("counter", counter),
    ("rank", rank),
    ("award", _unit_is("award")),
    ("award", _clause_says("award")),
    ("staff_plan", _unit_is("staff")),
    ("staff_plan", _clause_says("staff")),
    ("indefinite", indefinite_one),
    ("base", base_of_share),
    ("measure", measure),
    ("threshold", _clause_says("threshold")),
    ("norm", distributive),
    ("norm", per_time),
    ("norm", _clause_says("norm")),
    ("contents", _clause_says("contents")),
    ("capacity", capacity),
    ("population", population),
    ("unit_price", _clause_says("price")),
    ("average", _clause_says("average")),
    ("waiting", waiting),
    ("resolution", _clause_says("resolution")),
    ("resolution", resolved),
    ("baseline", baseline),
    ("baseline", told_of_before),
    ("statistics", _sentence_says("statistics")),
    ("private_money", private_money),
    ("condition", condition),
    ("capacity", places),
    ("story", family_of),
    ("structure", partition),
    ("incidental", incidental),
    ("benchmark", _sentence_says("benchmark")),
    ("idiom", _clause_says("idiom")),
    ("structure", structure),
    ("enumeration_head", enumeration_head),
    ("story", story),
)


def rejection(spot: Spot, counted: Counted | None) -> str | None:
    """The name of the first rule by which this number is no metric; None if none holds."""
    for reason, rule in RULES:
        if rule(spot, counted):
            return reason
    return None
