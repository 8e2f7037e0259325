"""Fact or plan: whether a figure is a target, from its own clause and, in pairs «план – факт», its own
half.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from svod.extract.figures.context import Scene, Spot, Stretch, is_predicate, piece_of
from svod.extract.figures.plan_words import (
    is_future,
    is_plan_word,
    looks_ahead,
    may_plan,
    opens_plan,
    plan_words,
    weak_plan,
)
from svod.extract.times.periods import TimeSpan
from svod.extract.words.screened import Screened, Several
from svod.language.document import Token

_FACT_NEAR = Screened(
    r"(?:факт(?:ически)?|исполнен\w*|выполнен\w*|"
    r"освоен\w*)(?:[ \u00a0]*[–—:-])?[ \u00a0]*(?:[а-яё]+[ \u00a0]){0,3}$"
)
_PLAN_NEAR = Screened(
    r"(?<![а-яё-])(?:план(?:[ \u00a0](?:по|на)[ \u00a0][а-яё]+(?=[ \u00a0]в[ \u00a0]$))?|"
    r"(?:по|при|в)[ \u00a0]план(?:е|у|ах)|(?:от|из)[ \u00a0](?:[а-яё]+[ \u00a0])?плана(?=[ \u00a0]*[–—-])|"
    r"планов\w+[ \u00a0]\w+)(?:[ \u00a0]*[–—:-]|"
    r"[ \u00a0]в)?[ \u00a0]*(?:не[ \u00a0](?:менее|более|меньше)[ \u00a0]|[а-яё]+[ \u00a0])?$"
)
_NOW = Screened(
    r"(?<![а-яё])(?:сейчас|сегодня|на данный момент|на сегодня|пока"
    r"|уже(?![ \u00a0]в[ \u00a0](?:следующ|будущ|ближайш))|ныне|фактически)(?![а-яё])"
)
_TARGET = Screened(
    r"(?<![а-яё])(?:целев\w+[ \u00a0](?:показател|значени|ориентир)\w*|(?:наша[ \u00a0])?(?:цель|задача)"
    r"(?:[ \u00a0](?:сбора|проекта|года|акции|кампании|сезона|месяца"
    r"|на[ \u00a0](?:год|сезон|месяц|квартал)))?"
    r"(?:[ \u00a0]был[аои]?)?)[ \u00a0]*[–—:-]?[ \u00a0]*"
    r"(?:(?!достигну|выполнен|исполнен|не[ \u00a0])[а-яё]+[ \u00a0]){0,2}$"
)
_TASK = Screened(
    r"(?<![а-яё])(?:задач[а-яё]{1,2}|цел(?:ь|и|ью|ей|ям))(?:[ \u00a0]*[—–:-])?[ \u00a0]"
    r"(?!пять|шесть|девять|десять)[а-яё]+(?:ть|ти|чь)(?:ся)?(?![а-яё])"
)
_LEFT_TO_DO = Screened(  # «до конца года надо провести ещё 60 занятий»
    r"(?<![а-яё])(?:надо|нужно|необходимо|предстоит|осталось|оста[её]тся|решен[оы]|поручено|условились)"
    r"[ \u00a0](?:[а-яё]+[ \u00a0]){0,2}?"
    r"[а-яё]+(?:ть|ти|чь)(?:ся)?(?![а-яё])"
)
_AWAITED = Screened(  # «План на всё лето — 5 000 человек», «при цели в 80 тысяч», «впереди ещё девять»
    r"(?<![а-яё])впереди(?:,|[ \u00a0][—–-])?[ \u00a0](?:у[ \u00a0]нас[ \u00a0])?(?:[а-яё]+[ \u00a0]){0,2}$|"
    r"(?<![а-яё])(?:при[ \u00a0](?:[а-яё]+м[ \u00a0])?(?:задании|квоте)"
    r"|из[ \u00a0]квоты)[ \u00a0](?:в[ \u00a0])?$|"
    r"(?<![а-яё])план[ \u00a0]на[ \u00a0](?:[а-яё]+[ \u00a0]){1,3}[–—-][ \u00a0](?:[а-яё]+[ \u00a0])?$|"
    r"(?<![а-яё])при[ \u00a0](?:цели|задаче)[ \u00a0](?:в[ \u00a0])?(?:[а-яё]+[ \u00a0])?$|"
    r"(?<![а-яё])жд(?:[её]м|ут|[её]т)[ \u00a0](?:(?!помощ|очеред)[а-яё]+[ \u00a0]){0,3}$|"
    r"(?<![а-яё])(?:хотя|хоть|а|но|как)[ \u00a0](?:[а-яё]+[ \u00a0])?ждал[аи]?[ \u00a0](?:[а-яё]+[ \u00a0])?$"
)
_HOPED = Screened(
    r"(?<![а-яё])(?:мечтал|заявлял|рассчитывал|надеял|ожидал|закладывал|планировал)[а-яё]*[ \u00a0]"
    r"[^,;:.\d]{0,25}$"
)
_PLAN_IN_BRACKETS = Screened(
    r"(?<![а-яё-])план(?:а|у|ом)?[ \u00a0](?:[а-яё]+[ \u00a0]){0,7}\((?:[а-яё]+[ \u00a0]){0,2}$"
)
_PLAN_WAS = Screened(  # «План, доведённый до центров, – 6 500 – перевыполнен», «в плане стояло 2 100»
    r"^[ \u00a0—–-]*(?:наш|первоначальный|годовой)?[ \u00a0]?план(?:,[^,.;\d]{0,70},)?"
    r"[ \u00a0]*(?:[–—-]|был[ои]?|составлял)[ \u00a0]*(?:[а-яё]+[ \u00a0]){0,2}$|"
    r"(?<![а-яё])в[ \u00a0]планах?[ \u00a0](?:было|стоял[ои]?|значил[а-яё]+|записано|числил[а-яё]+)[ \u00a0]$"
)
_INSTEAD = Screened(r"(?<![а-яё])вместо[ \u00a0](?:[а-яё]+[ \u00a0])?$")  # kept only if it was the plan
SEEKS = Screened(  # «на проект нужно 640 000 рублей», «надо собрать 900 тысяч»
    r"(?<![а-яё])(?:нуж(?:ен|на|но|ны)|требу(?:ется|ются)|необходим[оаы]?|надо|оста[её]тся|осталось"
    r"|не хватает|предстоит)"
    r"(?:[ \u00a0](?:ещё|еще|будет|нам|всего|пока|собрать|найти|привлечь|добрать|накопить|набрать"
    r"|минимум|примерно|около|порядка|не менее)){0,4}[ \u00a0]*[~≈]?[ \u00a0]*$"
)
_AGREED = Screened(
    r"(?<![а-яё])договор[её]нност[ьи][ \u00a0](?:о|об|на)[ \u00a0][^.,;\d]{0,60}$|"
    r"(?<![а-яё])договорил(?:ись|ась|ся)[ \u00a0](?:о|об|на)[ \u00a0](?:[а-яё]+[ \u00a0]){0,2}$"
)
_APPROPRIATED = Screened(  # «97 % к бюджетной росписи (180 млн рублей)»
    r"(?:роспис[ьи]|лимит(?:ам|ов)|ассигновани(?:ям|й)|назначени(?:ям|й))[ \u00a0]*\([^()]{0,12}$"
)
_SECOND_OF_PAIR = Screened(r"\d[ \u00a0]*/[ \u00a0]*$")  # «Обучено (план / факт): 20 / 31»
_MEANT = Screened(r"(?<![а-яё])[а-яё]+(?:ть|ти)[ \u00a0]собирал[а-яё]+[ \u00a0]$")  # «набрать собирались 30»
_NUMBERED_AIM = Screened(r"^[ \u00a0]*(?:цель|задача)[ \u00a0]*(?:№[ \u00a0]?)?\d")
_GOES_ON = frozenset("все они его её их это мы каждый каждая но".split())
_AWARD = Screened(r"грант|субсиди|победител")
_SUM_OF_AWARDS = Screened(  # «Сумма, которую получат победители, составит 8 млн рублей»
    r"(?<![а-яё])(?:сумм|объ[её]м|поддержк|финансировани|бюджет)[а-яё]*(?![а-яё])[^.;]{0,120}?"
    r"[ \u00a0](?:составит|составят|превысит|достигнет)[ \u00a0](?:[а-яё]+[ \u00a0]){0,3}$"
)
_AWARDED = Screened(
    r"победител|поддержанн|грант[а-яё]*[ \u00a0](?:получат|получит)|(?:получат|получит)[ \u00a0]"
)
_PLANNED_THAT = Screened(
    r"(?<![а-яё])(?:планируется|предполагается|ожидается|прогнозируется),[ \u00a0]что(?![а-яё])"
)
_GRANT_OF = Screened(
    r"\((?:сумма[ \u00a0])?(?:грант|субсиди)[а-яё]*[ \u00a0](?:[–—-][ \u00a0]|на[ \u00a0]"
    r"|в[ \u00a0])?[^()]{0,20}$"
)
_WINS = Screened(
    r"(?<![а-яё])получ(?:ит|ат)[ \u00a0](?:[а-яё]+[ \u00a0])?(?:поддержк|грант|субсиди|финансирован)|"
    r"(?<![а-яё])(?:поддержк|грант|субсиди|финансирован)[а-яё]+[ \u00a0](?:[а-яё]+[ \u00a0]){0,2}"
    r"получ(?:ит|ат)(?![а-яё])"
)
_FOR_THE_YEAR = Screened(r"утвержд[её]н[оаы]?[ \u00a0][^,;]{0,60}$")
_DECIDED = Screened(  # «по решению комиссии поддержку получат 23 организации»: chosen already
    r"(?<![а-яё])(?:по|согласно)[ \u00a0](?:решени|итог|результат)[а-яё]+[ \u00a0](?:[а-яё]+[ \u00a0]){0,2}"
    r"(?:конкурс|комисси|жюри|отбор|совет|экспертиз|голосовани)"
)
_APPLICATION = Screened(
    r"в[ \u00a0]заявк[еу](?:[,:]?[ \u00a0][а-яё]+){0,5}(?:,[ \u00a0][а-яё]+)?[:]?[ \u00a0]*$|"
    r"(?<![а-яё])по[ \u00a0]заявке[ \u00a0](?:[а-яё]+[ \u00a0])?$"
)
_FACT_BEFORE = Several((None, p) for p in (_FACT_NEAR, _SECOND_OF_PAIR))
_PLAN_BEFORE = Several(
    (None, p)
    for p in (
        _AWAITED,
        _HOPED,
        _MEANT,
        _PLAN_NEAR,
        _PLAN_WAS,
        _INSTEAD,
        _AGREED,
        _PLAN_IN_BRACKETS,
        _APPLICATION,
        _TARGET,
        _APPROPRIATED,
    )
)
_OPENING = frozenset('«"“„')
_CLOSING = frozenset('»"”“')
MAX_NAME = 8  # tokens between quotes: what is longer is speech
_HOPEFUL = frozenset(
    "рассчитывать надеяться собираться намереваться стремиться мечтать готовиться готовый намеренный "
    "хотеть".split()
)


def is_award(spot: Spot) -> bool:
    """«50 тысяч рублей получит общество слепых»: a sum that is given, told in the future tense."""
    return any(
        is_future(t) and t.forms[0].lemma in plan_words("award_verbs")
        for t in spot.scene.words(spot.sentence)
    )


def is_plan_in_brackets(spot: Spot) -> bool:
    """«План по набору на год (90 человек)»: the aside says what the plan was."""
    return _PLAN_IN_BRACKETS.search(spot.left_text) is not None


def is_planned(spot: Spot, money: bool, time: TimeSpan | None, *, share_of_persons: bool = False) -> bool:
    """True if the figure is a plan or target. `share_of_persons`: a share of people who plan something is a
    fact.
    """
    left = spot.left_text
    if _now(spot):
        return False
    if _FACT_BEFORE.any(left) and not _INSTEAD.search(left):
        return False
    if (
        _PLAN_BEFORE.any(left)
        or _OF_MEANT.match(spot.right_text)
        or (money and SEEKS.search(left))
        or (_FOR_THE_YEAR.search(left) and "исполнен" in spot.right_text)
    ):
        return True
    clause = _outside_brackets(spot, _unquoted(spot, spot.clause))
    if (share_of_persons and _persons_plan(spot)) or _they_hope(spot):
        return False
    if any(may_plan(t) for t in clause):
        clause = [t for t in clause if not _of_another(spot, t)]
    if any(is_plan_word(t) for t in clause) or weak_plan(clause) or _aims(spot):
        return not _fact_after_plan(spot)
    futures = [t for t in clause if is_future(t) and not _of_what_follows(spot, t)]
    if futures:
        awards = all(t.forms[0].lemma in plan_words("award_verbs") for t in futures)
        if awards and money and _to_be_spent(spot, futures):
            return True
        if awards and _DECIDED.search(spot.sentence_text):
            return False
        if money and _SUM_OF_AWARDS.search(left) and _AWARDED.search(spot.sentence_text):
            return _PLANNED_THAT.search(left) is not None
        if money and (awards or _AWARD.search(spot.clause_text) is not None):
            return _governed_from_before(spot)
        return not (awards and _WINS.search(spot.clause_text) is not None)
    if _to_come(spot, time):
        return True
    if any("past" in t.forms[0].grammemes for t in spot.predicates):
        return _governed_from_before(spot)
    if money and _GRANT_OF.search(left):
        return False
    return _governed_from_before(spot) or _under_plan_head(spot) or _bare_infinitive(spot)


_AWARDING = Screened(r"конкурс|грант|субсиди|победител|жюри|заявк|комисси|поддержк|преми|сертификат|награ")


def _to_be_spent(spot: Spot, futures: Sequence[Token]) -> bool:
    """«на замену печей направят 2,3 миллиона»: nobody is named who gives, nobody has won."""
    if not all("plur" in t.forms[0].grammemes and t.forms[0].lemma in _SPENDS for t in futures):
        return False
    start = max(spot.block.start, spot.number.start - AROUND)
    end = min(spot.block.end, spot.number.end + AROUND)
    return not _AWARDING.search(spot.scene.text[start:end].lower())


AROUND = 600  # characters of a block: what is further off says nothing of the sum
_SPENDS = frozenset({"выделить", "направить", "распределить", "добавить"})


def _now(spot: Spot) -> bool:
    """«(сейчас – 56)», «Сейчас в проекте 25 пар, осенью добавится ещё десять»: its own words say so."""
    piece = list(piece_of(spot))
    alone = spot.bracket is not None and piece[0].start == spot.number.start
    words = list(spot.scene.words(spot.bracket)) if alone and spot.bracket is not None else piece
    said = spot.scene.text[words[0].start : words[-1].stop].lower()
    return _NOW.search(said) is not None and not (looks_ahead(words) or weak_plan(words))


def _they_hope(spot: Spot) -> bool:
    """«На своё дело рассчитывают 1 307 предпринимателей», «54 семьи готовы платить»: the plan is that of the
    persons counted, their number is a fact.
    """
    noun = next((t for t in spot.right[:3] if t.forms and t.forms[0].pos == "NOUN"), None)
    if noun is None or not ("anim" in noun.forms[0].grammemes or noun.lemma == "семья"):
        return False
    hoping = [t for t in spot.predicates if {f.lemma for f in t.forms[:2]} & _HOPEFUL]
    if not hoping or "plur" not in hoping[0].forms[0].grammemes or "1per" in hoping[0].forms[0].grammemes:
        return False
    if hoping[0].start > spot.number.start:
        return not any(t.start < spot.number.start for t in spot.predicates)
    between = spot.scene.doc.tokens_in(hoping[0].stop, spot.number.start)
    return all(t.forms and t.forms[0].pos in ("ADVB", "PRCL", "COMP") for t in between)


def _of_another(spot: Spot, plan: Token) -> bool:
    """«их в республике три, каждая рассчитана на четверых», «как и обещали – не выше 15»: the plan word has a
    figure of its own, or only confirms this one.
    """
    i = spot.scene.doc.token_index(plan.start)
    words = spot.scene.tokens
    near = [t.text.lower() for t in words[max(spot.sentence.first, i - 2) : i]]
    if near[-1:] == ["как"] or near == ["как", "и"]:
        return is_plan_word(plan) or is_future(plan)
    if plan.start < spot.number.end:
        return False
    between = words[spot.last : i]
    cut = max((k for k, t in enumerate(between) if t.text in ",;("), default=None)
    if cut is None:
        return False
    after = words[spot.last + cut + 1 : min(i + 8, spot.sentence.last)]
    ended = next((k for k, t in enumerate(after) if t.text in ",;)"), len(after))
    return any(t.text[:1].isdigit() or (t.forms and t.forms[0].pos == "NUMR") for t in after[:ended])


def _aims(spot: Spot) -> bool:
    """An aim or what is left to do, told by an infinitive, or by one more of a row of them."""
    if any(p.search(spot.clause_text) is not None for p in (_TASK, _LEFT_TO_DO)):
        return True
    goes_on = bool(spot.predicates) and all(t.forms[0].pos == "INFN" for t in spot.predicates)
    return goes_on and _LEFT_TO_DO.search(spot.left_text) is not None


def _unquoted(spot: Spot, stretch: Stretch) -> list[Token]:
    """The words of a clause without the names in quotes («акция «Соберём портфель»» plans nothing)."""
    kept: list[Token] = []
    quoted: list[Token] = []
    for token in spot.scene.words(stretch):
        if quoted:
            quoted.append(token)
            if token.text in _CLOSING:
                if len(quoted) > MAX_NAME or any(t.start == spot.number.start for t in quoted):
                    kept += quoted
                quoted = []
        elif token.text in _OPENING:
            quoted = [token]
        else:
            kept.append(token)
    return kept + quoted


def _outside_brackets(spot: Spot, words: list[Token]) -> list[Token]:
    """Without what brackets say of another figure: «86 семей (по плану – 70), в них 112 детей»."""
    kept: list[Token] = []
    depth = 0
    for token in words:
        depth += token.text == "("
        if not depth or spot.bracket is not None:
            kept.append(token)
        depth -= token.text == ")" and depth > 0
    return kept


def _of_what_follows(spot: Spot, future: Token) -> bool:
    """«посадили 60 лип, все приживутся»: the future belongs to a clause of its own after the figure."""
    if future.start < spot.number.end or not any(
        "past" in t.forms[0].grammemes for t in spot.predicates if t.start < spot.number.start
    ):
        return False
    words = spot.scene.doc.tokens_in(spot.number.end, future.start)
    return any(a.text == "," and b.text.lower() in _GOES_ON for a, b in pairwise(words))


def _persons_plan(spot: Spot) -> bool:
    """«60 % опрошенных планируют вернуться»: the plan is theirs, the share is a fact."""
    after = [t for t in spot.predicates if t.start > spot.number.start]
    return (
        bool(after)
        and (is_plan_word(after[0]) or weak_plan(after))
        and not any(t.start < spot.number.start for t in spot.predicates)
    )


def _under_plan_head(spot: Spot) -> bool:
    """The list's head or the heading above speaks of what is to come («Планируется:», «Задачи на 2025
    год»).
    """
    index, steps = spot.block.head, 0
    while index is not None and steps < 2:
        block = spot.scene.block(index)
        if block.kind in ("list_head", "heading", "table_head"):
            words = _last_sentence(spot.scene, block.start, block.end)
            if _NUMBERED_AIM.search(spot.scene.text[block.start : block.end].lower()):
                return False  # «Цель 2. Занятость»: a section of a report on aims
            if any(_is_told(t) for t in words):
                return False  # «Что обещали и что сделали»
            if looks_ahead(words) or weak_plan(words) or opens_plan(words):
                return True
        index, steps = block.head, steps + 1
    return False


def _is_told(token: Token) -> bool:
    """A past verb that plans nothing."""
    top = token.forms[0] if token.forms else None
    told = top is not None and top.pos == "VERB" and "past" in top.grammemes
    return told and not is_plan_word(token) and token.lemma not in plan_words("weak_verbs") | {"быть"}


def _last_sentence(scene: Scene, start: int, end: int) -> Sequence[Token]:
    """What stands right before the list: «Обещали писать честно. Сначала цифры:» plans nothing."""
    words = scene.doc.tokens_in(start, end)
    for k in range(len(words) - 2, 0, -1):
        if words[k].text in (".", "!", "?", "…"):
            return words[k + 1 :]
    return words


def _bare_infinitive(spot: Spot) -> bool:
    """«— Открыть ещё три кабинета»: nothing but infinitives, and nothing achieved before them."""
    predicates = spot.predicates
    if (
        not predicates
        or any(t.forms[0].pos != "INFN" for t in predicates)
        or predicates[0].start > spot.number.start
    ):
        return False
    scene = spot.scene
    if any({f.lemma for f in t.forms[:2]} & plan_words("achieved") for t in scene.words(spot.sentence)):
        return False
    if scene.tokens[spot.sentence.first].lemma == "если":  # «Если говорить о филиале, в нём 40 членов»
        return False
    index = spot.block.head
    if index is not None and scene.block(index).kind == "list_head":
        head = scene.block(index)
        words = scene.doc.tokens_in(head.start, head.end)
        return not any("past" in f.grammemes for t in words for f in t.forms[:1])
    return spot.clause.first == spot.sentence.first


def _fact_after_plan(spot: Spot) -> bool:
    """«закладывали 60, собрали 71» inside one clause: a past indicative nearer to the number than the plan
    word.
    """
    for token, before in pairwise([*spot.left, None]):
        assert token is not None
        if token.start < spot.scene.tokens[spot.clause.first].start:
            return False
        if (
            is_plan_word(token)
            or is_future(token)
            or token.lemma in plan_words("openers") | plan_words("weak_verbs")
        ):
            return False
        if token.text.lower() in _RESOLVED:
            return False
        if is_predicate(token) and "past" in token.forms[0].grammemes and token.forms[0].lemma != "быть":
            return before is None or before.lemma != "быть"  # «должно быть проведено»
    return False


_RESOLVED = frozenset({"решено", "поручено", "условились"})
_OF_MEANT = Screened(r"[ \u00a0](?:намеченн|запланированн|задуманн|обещанн|заявленн)(?:ых|ого)(?![а-яё])")


def _to_come(spot: Spot, time: TimeSpan | None) -> bool:
    """A date after the publication date, with no past tense beside it."""
    published = spot.scene.published
    if time is None or time.period is None or published is None:
        return False
    begin = time.period.start or time.period.end
    if begin is None or begin <= published:
        return False
    if time.kind == "asof" and any("past" in t.forms[0].grammemes for t in spot.predicates):
        return False
    return not any("past" in t.forms[0].grammemes for t in spot.predicates)


def _governed_from_before(spot: Spot) -> bool:
    """The plan word stands in the clause right before this one («планируется, что …», «хотели, чтобы …»)."""
    clauses = spot.scene.clauses(spot.sentence)
    index = next((i for i, c in enumerate(clauses) if spot.first in c), 0)
    if index == 0:
        return False
    infinitives = bool(spot.predicates) and all(t.forms[0].pos == "INFN" for t in spot.predicates)
    while infinitives and index > 1:
        found = [t.forms[0].pos for t in spot.scene.words(clauses[index - 1]) if is_predicate(t)]
        if any(pos != "INFN" for pos in found):
            break
        index -= 1  # «Задачи на год: заключить 150 контрактов; охватить 90 семей»
        if opens_plan(spot.scene.words(clauses[index - 1])):
            return True
    before: Stretch = clauses[index - 1]
    opening = spot.scene.tokens[spot.clause.first : spot.clause.first + 3]
    linked = (
        opening[0].text == ":"
        or any(t.text.lower() in ("что", "чтобы", "и", "а", "ещё", "еще", "в", "из") for t in opening)
        or not spot.predicates
    )
    words = _outside_brackets(spot, _unquoted(spot, before))
    if any("past" in t.forms[0].grammemes and t.forms[0].pos == "VERB" for t in spot.predicates):
        linked = any(t.text.lower() == "чтобы" for t in opening)
    if opening[0].text == ":" and any(t.forms[0].pos == "PRTS" for t in spot.predicates):
        linked = False  # «Учатся и те, кто будет рядом: обучены 30 педагогов»
    return linked and (looks_ahead(words) or weak_plan([*words, *opening]) or opens_plan(words))
