"""What becomes of a number whose unit was lent by a number that is no figure: it shares that one's fate,
unless its own words tell of something done.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from svod.extract.figures.changes import before_is_by
from svod.extract.figures.context import Spot, is_predicate, piece_of
from svod.extract.figures.counted import Counted
from svod.extract.figures.duplicates import Draft
from svod.extract.figures.links import is_part
from svod.extract.figures.plan_words import is_plan_word
from svod.extract.figures.plans import is_award
from svod.extract.figures.readings import Before
from svod.extract.figures.signs import (
    is_label,
    is_share,
    lexicon,
    result_words,
    states_result,
    told_before_colon,
    verbs_of,
)
from svod.extract.people.person_units import group_of_unit, is_person
from svod.extract.words.screened import Screened
from svod.language.document import Token

NOTHING_DONE = frozenset({"population", "waiting", "statistics", "capacity"})
_NO_TOTALS = NOTHING_DONE | {"condition"}
_GROWING_UP = frozenset({"воспитываться", "расти", "жить", "проживать"})
_RATES = frozenset({"duration", "norm", "capacity", "unit_price", "age", "waiting", "threshold"})
OLDEST = 120  # years
_OF_THEM = Screened(r"^[ \u00a0]?(?:(?:%|процент[а-яё]*)[ \u00a0])?из[ \u00a0](?:них|которых)(?![а-яё])")
_OUT_OF_THEM = Screened(r"(?<![а-яё])из[ \u00a0](?:них|которых)[ \u00a0]$")
_IN_ALL = Screened(r"(?:всего|итого|в общей сложности|в сумме)[ \u00a0](?:[а-яё]+[ \u00a0]){0,2}$")
_CARED_FOR = Screened(
    r"(?:на[ \u00a0](?:нашем[ \u00a0])?(?:сопровождении|обслуживании|попечении)|охвачен[а-яё]*"
    r"|в[ \u00a0](?:проекте|программе)|под[ \u00a0]опекой)[^.;,\d]{0,40}$"
)


def lender_reason(spot: Spot, before: Before | None) -> str | None:
    """Why the number in this sentence that lent its unit is no figure, if that rules out this one too."""
    if before is None or before.reason in (None, "baseline") or not before.same_sentence:
        return None
    if before.reason in NOTHING_DONE and (_served_part(spot) or _done_by_itself(spot)):
        return None
    return before.reason


def _done_by_itself(spot: Spot) -> bool:
    """«В очереди 1 200 сирот, за год квартиры получили 86», «в районе 48 семей, на сопровождении – 31»."""
    if is_share(spot):
        return False
    if _CARED_FOR.search(spot.left_text):
        return True
    done = [t for t in piece_of(spot) if is_predicate(t) and t.forms[0].lemma in result_words()[0]]
    return any("past" in t.forms[0].grammemes or t.forms[0].pos == "PRTS" for t in done)


def parallel_reason(drafts: Sequence[Draft], spot: Spot) -> str | None:
    """«для первого – 14 часов в неделю, для третьего – 28»: a bare number shares the fate of the one
    before.
    """
    last = drafts[-1] if drafts else None
    if last is None or last.spot.sentence != spot.sentence or last.reason not in _RATES:
        return None
    if (is_share(spot) or spot.number.form == "multiple") and last.reason in ("age", "duration"):
        return None
    if any(p.search(t) for p, t in ((_OF_THEM, spot.right_text), (_OUT_OF_THEM, spot.left_text))):
        return None
    if last.reason == "age" and (spot.number.value > OLDEST or before_is_by(spot)):
        return None
    if _IN_ALL.search(spot.left_text):
        return None
    between = spot.scene.doc.tokens_in(last.spot.number.end, spot.number.start)
    return None if any(is_predicate(t) for t in between) or is_label(between) else last.reason


def part_of_rejected(drafts: Sequence[Draft], spot: Spot) -> str | None:
    """«В районе живёт 3 000 семей, из них 830 имеют …»: a part of those who live there, with nothing done
    for it, is no figure either.
    """
    last = drafts[-1] if drafts else None
    if last is not None and last.spot.sentence != spot.sentence and last.reason is not None:
        return _said_again(drafts, spot)
    if last is None or last.reason not in _NO_TOTALS or last.spot.sentence != spot.sentence:
        return None
    if _OR_BY.search(spot.left_text):
        return last.reason
    if is_part(spot, spot.number.start):
        return None if _served_part(spot) else last.reason
    raised = bool(verbs_of(spot) & _GROWING_UP) and not is_share(spot)
    return last.reason if raised and last.reason == "population" else None


MAX_TOLD = 8  # figures back: ages and averages may stand between
_SERVICE = Screened(
    r"(?<![а-яё])(?:служб|центр|проект|клуб|программ|сопровожд|обслужив|уч[её]т|круж|секци|занят|школ|фонд|"
    r"помощ|поддержк|контракт|волонт|группах)"
)


def more_inhabitants(drafts: Sequence[Draft], spot: Spot, counted: Counted | None) -> str | None:
    """«В районе живёт 8 114 человек. … Инвалидов насчитывается 918. Многодетных семей 93»: the next of those
    who live there, as long as nothing is told of them.
    """
    if counted is None or counted.lemma == "рубль" or _SERVICE.search(spot.sentence_text):
        return None
    near = [d for d in drafts[-MAX_TOLD:] if 0 <= spot.block_index - d.spot.block_index <= 1]
    unbroken = takewhile(lambda d: d.reason is not None, reversed(near))
    inhabitants = min(
        (d for d in unbroken if d.reason == "population"), key=lambda d: d.spot.number.start, default=None
    )
    if inhabitants is None:
        return None
    if counted.source != "antecedent" and counted.start < inhabitants.spot.number.start:
        return None  # «Доля охваченных подростков (в районе живёт 2,3 тыс. чел.) – 41 %»
    people = is_person(counted.lemma) or counted.lemma in lexicon()["territory"]
    told = {t.forms[0].lemma for t in spot.predicates if t.forms[0].pos != "ADJS"}
    there_is = {*lexicon()["residence"], "быть", "есть", "составлять", "зимовать"}
    return "population" if people and told <= there_is else None


def _said_again(drafts: Sequence[Draft], spot: Spot) -> str | None:
    """«В округе живут 60 тысяч человек, 4 тысячи из них – инвалиды. Это, по сути, 7 % жителей»."""
    if not is_share(spot) or spot.predicates or _THAT_IS.match(spot.sentence_text) is None:
        return None
    before = drafts[-1].spot.sentence
    reasons = [d.reason for d in drafts[-MAX_TALE:] if d.spot.sentence == before]
    return next((r for r in reasons if r in NOTHING_DONE), None) if None not in reasons else None


_OR_BY = Screened(r",[ \u00a0]или[ \u00a0](?:на[ \u00a0])?$")  # «сократилась на 6 тысяч, или на 0,8 %»
_THAT_IS = Screened(r"[ \u00a0«]*(?:это|что)(?![а-яё])")


def _served_part(spot: Spot) -> bool:
    """«из них 830 получили путёвки»: something was done for a part of those who live there; «проживали 720
    тысяч, из них 563 – в городах» tells nothing done.
    """
    if not is_part(spot, spot.number.start) or not states_result(spot):
        return False
    return any(is_predicate(t) for t in piece_of(spot)) or not any(
        t.forms[0].lemma in lexicon()["residence"] for t in spot.predicates
    )


MAX_TALE = 5  # figures of a text that may tell of nothing
MAX_PASSING = 2  # figures of a report that a page on something else may state
FEWEST_DONE = 2  # things done, paid or planned that a report tells of; one of a single pair of figures


def tells_nothing(drafts: Sequence[Draft]) -> bool:
    """None of a few figures is told as done, going on or planned, or hardly one of more."""
    if len(drafts) <= MAX_TALE and not any(map(_is_firm, drafts)):
        return True
    if any(_counts_many(d) and _tells_fact(d.spot) for d in drafts):
        return False  # «удалось вернуть домой четыре тысячи человек»
    in_words = sum(d.spot.number.words for d in drafts)
    done = sum(map(_states_done, drafts))
    if len(drafts) <= MAX_PASSING and 2 * in_words < len(drafts):
        return False
    return done < min(FEWEST_DONE, (len(drafts) + 1) // 2)


def _is_firm(draft: Draft) -> bool:
    """A cell of a table, or a figure in a clause that tells of something done, awarded, going on or
    planned; what follows a colon is told by the words before it.
    """
    spot = draft.spot
    if draft.cell is not None or spot.number.form in ("multiple", "change") or _tells_fact(spot):
        return True
    if _counts_many(draft):
        return True
    if draft.reading is not None and draft.reading.kind == "money" and is_award(spot):
        return True
    return not spot.predicates and told_before_colon(spot)


def _tells_fact(spot: Spot) -> bool:
    """The clause says that something was done or goes on, or its sentence that it is planned."""
    results = result_words()[0]
    for token in spot.predicates:
        top = token.forms[0]
        if "past" in top.grammemes or top.pos == "PRTS":
            return True
        if "pres" in top.grammemes and (top.lemma in results or top.lemma.removesuffix("ся") in results):
            return True
        if "futr" in top.grammemes and top.lemma in _OPENS:
            return True
    return _plans(spot)


def _plans(spot: Spot) -> bool:
    return any(is_plan_word(t) for t in spot.scene.words(spot.sentence))


_OPENS = frozenset("открыться открыть заработать появиться начать создать построить".split())


def _states_done(draft: Draft) -> bool:
    """A cell of a table, a sum, a change, or a figure in a clause that says what was done or is planned: what
    reports consist of.
    """
    spot, reading = draft.spot, draft.reading
    if draft.cell is not None or spot.number.form in ("change", "multiple") or told_before_colon(spot):
        return True
    if _counts_many(draft) or _AT_WORK.search(spot.left_text):
        return True
    if reading is not None and reading.kind == "money":
        return spot.number.value >= _LARGE
    known = result_words()[0]
    for token in spot.predicates:
        top = token.forms[0]
        if top.lemma in _HOLDS and top.pos == "VERB":
            return True  # «организация объединяет 63 ячейки»
        if top.pos in ("PRTS", "ADJS") and token.has("PRTS"):  # «заняты», «закрыто» may be either
            return True
        if top.pos == "VERB" and top.lemma in known and not top.grammemes.isdisjoint(_TOLD):
            return True
    return _plans(spot)


_MANY = 100
_MAY = frozenset("мочь смочь можно нужно надо необходимо должен обязать разрешаться допускаться".split())


def _counts_many(draft: Draft) -> bool:
    """«в городе больше 140 центров», «на линию поступает 3 тысячи звонков»: no rule and no tale counts
    hundreds of what reports count. People have to be told of, unless they are at work: else they only live
    there.
    """
    spot, reading = draft.spot, draft.reading
    if reading is None or reading.kind != "count" or spot.number.value < _MANY or is_share(spot):
        return False
    _, units, private = result_words()
    if _only_may(spot) or reading.unit in private:
        return False
    if is_person(reading.unit) and group_of_unit(reading.unit) not in ("specialists", "volunteers"):
        return not spot.verbs.isdisjoint(result_words()[0]) or any(_has_acted(t) for t in spot.predicates)
    return is_person(reading.unit) or reading.unit in units


def _only_may(spot: Spot) -> bool:
    """«могут получить», not «смогли отдохнуть», which tells what came of it."""
    may = spot.verbs & _MAY
    could = any(t.forms[0].lemma == "смочь" and "past" in t.forms[0].grammemes for t in spot.predicates)
    return bool(may - {"смочь"} if could else may)


def _has_acted(token: Token) -> bool:
    """«санаторий попросили 23 тысячи ветеранов», «набралось около сотни», «за год компьютером овладеют 400
    человек»: more than that they live there.
    """
    top = token.forms[0]
    told = any(form <= top.grammemes for form in _ACTED)
    return top.pos == "VERB" and told and top.lemma not in _ARE


_ACTED = ({"past", "plur"}, {"past", "neut"}, {"futr", "plur", "3per"})


_ARE = frozenset("быть жить проживать родиться умереть погибнуть насчитываться числиться состоять".split())
_AT_WORK = Screened(  # «в городе действует 52 центра», «будет работать уже 71 клуб»
    r"(?<![а-яё])(?:действу[ею]т|работа[ею]т|функциониру[ею]т|(?:действовать|работать|функционировать))"
    r"[ \u00a0](?:уже[ \u00a0]|более[ \u00a0]|свыше[ \u00a0]|около[ \u00a0]|почти[ \u00a0])?$"
)
_HOLDS = frozenset({"объединять", "насчитывать", "охватывать"})
_LARGE = 10_000  # roubles
_TOLD = frozenset({"plur", "past", "neut"})
