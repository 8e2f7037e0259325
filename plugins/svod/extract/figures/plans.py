"""Fact or plan: whether a figure is a target, from its own clause and, in pairs «план – факт», its own
half.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from svod.extract.figures.context import Scene, Spot, Stretch, is_predicate, piece_of
from svod.extract.figures.counted import is_number
from svod.extract.figures.plan_marks import (
    is_asked_for,
    is_sought,
    plan_stands_before_bracket,
    told_as_fact,
    told_as_plan,
)
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
from svod.extract.words.screened import Screened
from svod.language.document import Token

_NOW = Screened(
    r"(?<![а-яё])(?:сейчас|теперь|сегодня|на данный момент|на сегодня(?:шний[ \u00a0]день)?|пока"
    r"|уже(?![ \u00a0]в[ \u00a0](?:следующ|будущ|ближайш))|ныне|фактически)(?![а-яё])"
)
_TASK = Screened(
    r"(?<![а-яё])(?:задач[а-яё]{1,2}|цел(?:ь|и|ью|ей|ям))(?:[ \u00a0]*[—–:-])?[ \u00a0]"
    r"(?!пять|шесть|девять|десять)[а-яё]+(?:(?<!ос)т[ьи]|чь)(?:ся)?(?![а-яё])"
)
_LEFT_TO_DO = Screened(  # «до конца года надо провести ещё 60 занятий»
    r"(?<![а-яё])(?:надо|нужно|необходимо|предстоит|осталось|оста[её]тся|решен[оы]|поручено|условились)"
    r"[ \u00a0](?:[а-яё]+[ \u00a0]){0,2}?"
    r"[а-яё]+(?:(?<!ос)т[ьи]|чь)(?:ся)?(?![а-яё])"
)
_WHAT_FOR = Screened(  # «На что уйдут деньги? 1,9 млн – кровля», «Что купим: …, всего 16 позиций»
    r"(?<![а-яё])(?:на[ \u00a0]что|что|куда|кому)[ \u00a0](?:[а-яё]+[ \u00a0]){0,2}"
    r"(?:пойд[её]т|пойдут|уйд[её]т|уйдут|потратим|направим|(?:за)?купим|сделаем|будет|будем)(?![а-яё])"
    r"[^.;!?:]{0,40}[?:]"
)
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
    r"получ(?:ит|ат)(?![а-яё])|"
    r"(?<![а-яё])(?:грант|субсиди)[а-яё]+[ \u00a0]на[ \u00a0][^;:]{5,60}?[ \u00a0]получ(?:ит|ат)(?![а-яё])"
)
_NEXT_YEAR = Screened(
    r"(?<![а-яё])(?:нового|следующего|следующем|будущего|будущем)[ \u00a0]год[ау](?![а-яё])"
)
_FOR_THE_YEAR = Screened(r"утвержд[её]н[оаы]?[ \u00a0][^,;]{0,60}$")
_DECIDED = Screened(  # «по решению комиссии поддержку получат 23 организации»: chosen already
    r"(?<![а-яё])(?:по|согласно)[ \u00a0](?:решени|итог|результат)[а-яё]+[ \u00a0](?:[а-яё]+[ \u00a0]){0,2}"
    r"(?:конкурс|комисси|жюри|отбор|совет|экспертиз|голосовани)"
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
    return plan_stands_before_bracket(spot.left_text)


def is_planned(spot: Spot, money: bool, time: TimeSpan | None, *, share_of_persons: bool = False) -> bool:
    """True if the figure is a plan or target. `share_of_persons`: a share of people who plan something is a
    fact.
    """
    left = spot.left_text
    if _now(spot):
        return False
    if told_as_fact(left):
        return False
    if (
        told_as_plan(left)
        or _OF_MEANT.match(spot.right_text)
        or (money and is_sought(left))
        or (is_asked_for(left) and not _by_persons(spot))
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
    if futures and (_to_come(spot, time) or _NEXT_YEAR.search(spot.clause_text)):
        return True
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
        return not (awards and _wins(spot))
    if _to_come(spot, time):
        return True
    if any("past" in t.forms[0].grammemes for t in spot.predicates):
        return _governed_from_before(spot)
    if money and _GRANT_OF.search(left):
        return False
    return (
        _governed_from_before(spot)
        or _under_plan_head(spot)
        or _bare_infinitive(spot)
        or _asked_what_for(spot)
    )


def _wins(spot: Spot) -> bool:
    """«грант получат 12 организаций» is settled; «поддержку получат 252 семьи» is to come."""
    won = _WINS.search(spot.clause_text)
    return won is not None and not ("поддержк" in won[0] and _by_persons(spot))


def _by_persons(spot: Spot) -> bool:
    """«Помощи просили 40 семей»: who asked is counted."""
    noun = next((t for t in spot.right[:3] if t.forms and t.forms[0].pos == "NOUN"), None)
    return noun is not None and ("anim" in noun.forms[0].grammemes or noun.lemma == "семья")


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
    if plan.start < spot.number.end:  # «640 вместо запланированных 500, консультаций юриста – 71»
        own = next(iter(words[i + 1 : i + 2]), None)
        return plan.has("PRTF") and own is not None and is_number(own) and own.start != spot.number.start
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
    """«посадили 60 лип, все приживутся», «отряд – это 26 ребят – отвезёт корм»: the future belongs to a
    clause of its own after the figure.
    """
    if future.start < spot.number.end:
        return False
    words = spot.scene.doc.tokens_in(spot.number.end, future.start)
    if _ASIDE.search(spot.left_text) and any(t.text in "–—" for t in words):
        return True
    told = any("past" in t.forms[0].grammemes for t in spot.predicates if t.start < spot.number.start)
    if not told and spot.scene.tokens[spot.clause.first].text != ":":
        return False
    return any(a.text == "," and b.text.lower() in _GOES_ON for a, b in pairwise(words))


_ASIDE = Screened(r"[ \u00a0][–—-][ \u00a0]это[ \u00a0](?:[а-яё]+[ \u00a0])?$")


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
    if _THANKS.search(spot.sentence_text):
        return False
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


_THANKS = Screened(r"(?<![а-яё])(?:спасибо|благодарим|благодарны)(?![а-яё])")


def _asked_what_for(spot: Spot) -> bool:
    """The question or head before asks what will be bought or done."""
    before = spot.scene.low[max(spot.block.start, spot.number.start - AROUND) : spot.number.start]
    if _WHAT_FOR.search(before):
        return True
    head = spot.scene.block(spot.block.head) if spot.block.head is not None else None
    return head is not None and _WHAT_FOR.search(spot.scene.low[head.start : head.end]) is not None


def _is_told(token: Token) -> bool:
    """A past verb that plans nothing."""
    top = token.forms[0] if token.forms else None
    told = top is not None and top.pos == "VERB" and "past" in top.grammemes
    return told and not is_plan_word(token) and token.lemma not in plan_words("weak_verbs") | {"быть"}


def _last_sentence(scene: Scene, start: int, end: int) -> Sequence[Token]:
    """What stands right before the list: «Обещали писать честно. Сначала цифры:» plans nothing."""
    words = scene.doc.tokens_in(start, end)
    for k in range(len(words) - 2, 0, -1):
        after = words[k + 1].text
        if words[k].text in (".", "!", "?", "…") and not (after.islower() or after in ",;:)"):
            return words[k + 1 :]  # not «304 тыс. рублей»
    return words


def _bare_infinitive(spot: Spot) -> bool:
    """«— Открыть ещё три кабинета»: nothing but infinitives, and nothing achieved before them."""
    predicates = spot.predicates
    if (
        not predicates
        or any(t.forms[0].pos != "INFN" or t.text.lower() == "есть" for t in predicates)
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
    before = scene.doc.tokens_in(scene.tokens[spot.sentence.first].start, predicates[0].start)
    supposed = any(t.lemma == "если" for t in before[-2:])  # «людей, если смотреть по журналу, 230»
    return not supposed and all(t.forms[0].pos == "INFN" for t in before if is_predicate(t))


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
        or infinitives  # «планируется открыть пункт, приобрести 500 единиц»
    )
    words = _outside_brackets(spot, _unquoted(spot, before))
    told = {t.forms[0].pos for t in spot.predicates if "past" in t.forms[0].grammemes}
    if "VERB" in told or ("PRTS" in told and not any(is_future(t) for t in words)):
        linked = any(t.text.lower() == "чтобы" for t in opening)  # «заложено 94 млн, в этом году выделен 81»
    if opening[0].text == ":" and any(t.forms[0].pos == "PRTS" for t in spot.predicates):
        linked = False  # «Учатся и те, кто будет рядом: обучены 30 педагогов»
    return linked and (looks_ahead(words) or weak_plan([*words, *opening]) or opens_plan(words))
