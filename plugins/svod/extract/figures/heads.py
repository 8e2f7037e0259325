"""The counted noun when it stands before its number, or between the ends of a change."""

from __future__ import annotations

from collections.abc import Sequence

from svod.extract.figures.context import Spot, Stretch, is_predicate
from svod.extract.figures.counted import (
    Counted,
    Source,
    in_list,
    is_modifier,
    is_number,
    noun_reading,
    substantive,
    unit_lemma,
)
from svod.extract.lexicon import load
from svod.extract.people.person_units import is_person
from svod.extract.words.adjectives import ADJECTIVAL, is_adjectival
from svod.extract.words.screened import Screened
from svod.language.document import Token
from svod.language.morph import Form


def inverted_head(spot: Spot) -> Counted | None:
    """«человек тридцать», «Семей — под девяносто», «пунктов обогрева было четыре»: a genitive before the
    number.
    """
    left = spot.left
    if not left:
        return None
    if len(left) > 1 and left[0].text.lower() == "на" and left[1].lemma == "штука":
        left = left[1:]  # «матрасы, штук на тридцать»; «дом, человек на десять» is its capacity
    near = [t for t in left[:4] if t.text[:1].isalpha()]
    if near and near[0] is left[0] and near[0].lemma in ("человек", "штука", "раз"):
        noun = next((t for t in left[1:3] if noun_reading(t.text, "gent", plural=True)), None)
        if noun is None and near[0].lemma == "штука":
            return before_comma(left)  # «на матрасы, штук на тридцать»
        if noun is not None and left[1].text == "," and not is_person(unit_lemma(noun.text)):
            noun = None  # «помогали студенты колледжа технологий, человек сорок»
        if noun is not None and not _governed(left, noun):
            return Counted(
                unit_lemma(noun.text, noun_reading(noun.text, "gent", plural=True)),
                "left",
                noun.start,
                noun.stop,
            )
        return Counted("человек", "left", near[0].start, near[0].stop)
    near_noun = _genitive_before(left) or _own_piece(left)
    if near_noun is not None:
        return near_noun
    clause = _without_place(spot.scene.words(_before_colon(spot)))
    for k, token in enumerate(clause):
        if token.start >= spot.number.start:
            return None
        if not token.text[:1].isalpha() or token.forms[0].pos in ("CONJ", "PRCL", "ADVB"):
            continue
        if _is_of_which(spot, token) or token.text == "ч":  # «в т. ч.»
            continue
        reading = noun_reading(token.text, "gent", plural=True)
        if reading is not None and reading.score > 0.2 and token.forms[0].pos == "NOUN":
            if reading.lemma in ("раз", "процент"):
                return None
            return Counted(unit_lemma(token.text, reading), "left", token.start, token.stop)
        after = clause[k + 1] if k + 1 < len(clause) else None
        if is_modifier(token, after) and token.has("plur", "gent"):
            continue
        if is_predicate(token) or token.forms[0].pos in ("NPRO", "PREP"):
            if token.forms[0].pos == "PREP":
                return None
            continue
        return None
    return None


def _without_place(clause: Sequence[Token]) -> Sequence[Token]:
    """«А по всей республике помощников по уходу 318»: what is counted stands behind where it is."""
    opening = [i for i, t in enumerate(clause[:3]) if t.forms and t.forms[0].pos == "PREP"]
    if not opening or clause[opening[0]].text.lower() not in ("по", "в", "во"):
        return clause
    for i in range(opening[0] + 1, min(opening[0] + 4, len(clause) - 1)):
        if clause[i].lemma in load("rejections")["territory"]:
            return clause[i + 1 :] if noun_reading(clause[i + 1].text, "gent", plural=True) else clause
        if not clause[i].has("ADJF"):
            break
    return clause


def before_comma(left: Sequence[Token]) -> Counted | None:
    """The plural right before the comma that parts «штук» from it."""
    if len(left) < MIN_APART or left[1].text != ",":
        return None
    reading = noun_reading(left[2].text, plural=True)
    if reading is not None and reading.lemma == "деньги":
        return None
    return (
        Counted(unit_lemma(left[2].text, reading), "left", left[2].start, left[2].stop) if reading else None
    )


MIN_APART = 3  # tokens: «матрасы», the comma, «штук»


def first_plural(tokens: Sequence[Token], source: Source, *cases: str) -> Counted | None:
    """The plural that comes first, perhaps after its adjectives; an adjective may stand for a noun."""
    for k, token in enumerate(tokens):
        top = token.forms[0]
        reading = noun_reading(token.text, *cases, plural=True)
        if reading is not None and top.pos == "NOUN" and not in_list("time_units", reading.lemma):
            if in_list("quantity", reading.lemma) or "Fixd" in reading.grammemes:
                return None
            return Counted(unit_lemma(token.text, reading), source, token.start, token.stop)
        form = next((f for f in token.forms if f.pos in ADJECTIVAL and _is_plural(f, cases)), None)
        if form is None:
            return None
        after = tokens[k + 1] if k + 1 < len(tokens) else None
        if after is None or after.forms[0].pos not in (*ADJECTIVAL, "NOUN"):
            unit = unit_lemma(token.text, form)
            named = (form.pos == "PRTF" and unit not in _OF_PLANS) or in_list("substantivised", unit)
            return Counted(unit, source, token.start, token.stop) if named else None
    return None


_OF_PLANS = frozenset("запланированный намеченный заявленный планируемый имеющийся выделенный".split())


def _is_plural(form: Form, cases: Sequence[str]) -> bool:
    return "plur" in form.grammemes and not form.grammemes.isdisjoint(cases)


_LABELLED = Screened(
    r":[ \u00a0]*(?:(?:план|факт|итого|всего)[а-яё]*[ \u00a0]*)?(?:[—–-][ \u00a0]*)?(?:(?:не|более|менее|"
    r"около|до|свыше)[ \u00a0])*$"
)


_IN_ALL = Screened(
    r",[ \u00a0](?P<aside>(?:увы|правда|конечно|к[ \u00a0](?:сожалению|счастью)),[ \u00a0])?"
    r"(?:всего|общим числом|числом)[ \u00a0](?:(?:около|более|почти|до)[ \u00a0])?$"
)


def counted_up(spot: Spot) -> Counted | None:
    """«занимались их родственники, всего 163», «нянь, увы, всего 11»: the plural right before the comma."""
    found = _IN_ALL.search(spot.left_text)
    if found is None:
        return None
    commas = [k for k, t in enumerate(spot.left) if t.text == ","]
    told = commas[1:] if found["aside"] else commas
    noun = spot.left[told[0] + 1] if told and told[0] + 1 < len(spot.left) else None
    if noun is None or noun.forms[0].pos != "NOUN" or not noun.has("NOUN", "plur"):
        return None
    reading = noun_reading(noun.text, plural=True)
    if reading is None:
        return None
    return Counted(unit_lemma(noun.text, reading), "left", noun.start, noun.stop)


def _is_of_which(spot: Spot, token: Token) -> bool:
    """«в т.ч. на поиск работы: 68»: no hours."""
    return spot.scene.text[max(0, token.start - 2) : token.start] == "т."


def label_head(spot: Spot) -> Counted | None:
    """«подростков, прошедших курс: план – 48»: the genitive that opens the label before the colon."""
    named = _label_of_things(spot)
    if named is not None or not _LABELLED.search(spot.left_text):
        return named
    for token in spot.scene.words(spot.sentence)[:6]:
        if not token.text[:1].isalpha() or _is_of_which(spot, token):
            continue
        reading = noun_reading(token.text, "gent", plural=True)
        if reading is not None and token.forms[0].pos == "NOUN":
            return Counted(unit_lemma(token.text, reading), "left", token.start, token.stop)
        if not token.has("plur", "gent"):
            return None
    return None


_DONE = Screened(
    r"(?:^|[.!?][ \u00a0]+)([а-яё][а-яё \u00a0«»-]{2,60}):[ \u00a0]*"
    r"(?:(?:план|факт|всего|[а-яё]+(?:но|ло|то)(?:сь)?)[ \u00a0]*[–—:-]?[ \u00a0]*)"
    r"(?:(?:не|более|менее|около|до|свыше)[ \u00a0])*$"
)


def _label_of_things(spot: Spot) -> Counted | None:
    """«Групповые выезды: запланировано 6»: the plural that the label before the colon consists of."""
    found = _DONE.search(spot.left_text)
    if found is None:
        return None
    start = spot.number.start - len(spot.left_text) + found.start(1)
    words = [t for t in spot.scene.doc.tokens_in(start, spot.number.start) if t.text[:1].isalpha()]
    return first_plural(words[:4], "left", "nomn")


def _before_colon(spot: Spot) -> Stretch:
    """The number's clause, with the one before when a colon leads to nothing but the number («Услуг
    оказано: 12 340»).
    """
    scene, clause = spot.scene, spot.clause
    if (
        scene.tokens[clause.first].text == ":"
        and spot.first == clause.first + 1
        and clause.first > spot.sentence.first
    ):
        return Stretch(scene.clause(clause.first - 1).first, clause.last)
    return clause


_TIME_NOUNS = frozenset(
    "год месяц неделя квартал полугодие лето зима весна осень январь февраль март апрель май июнь июль "
    "август сентябрь октябрь ноябрь декабрь".split()
)


_FILLERS = frozenset(
    "— – - : было был была стало всего уже под около почти более свыше порядка примерно теперь сейчас "
    "принято подано нашлось набралось оказалось оказано проведено зарегистрировано выдано подготовлено "
    "поступило пришло накопилось получилось насчитывается состоит числится ещё итого".split()
)


def named_right_before(spot: Spot) -> Counted | None:
    """«из них женщин – 19 %», «Ложных срабатываний процентов тридцать»: a genitive right before a share."""
    left = spot.left[1:] if spot.left and spot.left[0].lemma == "процент" else spot.left
    found = _genitive_before(left)
    return found if found is not None and found.lemma != "процент" else None


_THEM = frozenset({"них", "которых", "этих"})  # «из них женщин – 21», «в них детей 203»


def _genitive_before(left: Sequence[Token]) -> Counted | None:
    """«мужчин — 9», «семей двадцать»: a genitive plural right before the number, with nothing that governs
    it.
    """
    i = int(bool(left) and left[0].text == "(")  # «по обучению медсестёр (50)»
    bracket = bool(i)
    if len(left) > 1 and left[0].text.lower() == "до" and left[1].text in "–—-":
        i = 1  # «а помощников – до 600»
    while i < len(left) and left[i].text.lower() in _FILLERS:
        i += 1
    if i < len(left) and noun_reading(left[i].text, "gent", plural=True) is None:
        i = _before_phrase(left, i)
    if i >= len(left) or not left[i].text[:1].isalpha() or not left[i].forms:
        return None
    reading = noun_reading(left[i].text, "gent", plural=True)
    named = reading is not None and left[i].forms[0].pos == "NOUN" and reading.score >= 0.2
    if named and reading is not None:
        if reading.lemma == "раз":
            return None
        unit = unit_lemma(left[i].text, reading)
    else:  # «дежурных у нас 21»
        stands = substantive(left[i]) if left[i].has("ADJF", "gent", "plur") else None
        if stands is None or not in_list("substantivised", stands):
            return None
        unit = stands
    at, j = left[i], i + 1
    while j < len(left) and is_adjectival(left[j]):
        j += 1
    first = left[j + 1] if j + 1 < len(left) and left[j].text.lower() == "и" else None
    if first is not None and first.has("gent", "plur") and first.forms[0].pos in ("NOUN", *ADJECTIVAL):
        j += 2  # «сёл и улусов – 23»: the first of the two; «для престарелых и инвалидов» counts neither
        joined = noun_reading(first.text, "gent", plural=True)
        if joined is not None:
            unit, at = unit_lemma(first.text, joined), first
        while j < len(left) and is_adjectival(left[j]):
            j += 1
    before = left[j] if j < len(left) else None
    if before is not None and before.lemma in _TIME_NOUNS:
        before = None
    if before is not None and _is_place(left, j):
        before = None  # «В Кемеровской области победителей 21»
    free = (
        bracket
        or before is None
        or not before.text[:1].isalpha()
        or before.text.lower() in _THEM
        or is_predicate(before)
        or (bool(before.forms) and before.forms[0].pos in ("CONJ", "ADVB", "PRCL"))
    )
    return Counted(unit, "left", at.start, at.stop) if free else None


def of_them(spot: Spot) -> Counted | None:
    """«из них семей с детьми – 58», «пап из них всего восемь»: the genitive beside «из них»."""
    left = spot.left
    for k, token in enumerate(left[: _NEAR_THEM + 1]):
        if token.text[:1].isdigit() or token.text in ",;:.(":
            return None
        if token.text.lower() not in ("них", "которых") or k + 1 >= len(left):
            continue
        if left[k + 1].text.lower() not in ("из", "среди"):
            return None
        after = next((t for t in reversed(left[:k]) if t.forms and t.forms[0].pos not in _PASSED), None)
        before = left[k + 2] if k + 2 < len(left) else None
        for noun in (after, before if after is None else None):
            reading = noun_reading(noun.text, "gent", plural=True) if noun is not None else None
            if noun is not None and reading is not None and noun.forms[0].pos == "NOUN":
                return Counted(unit_lemma(noun.text, reading), "left", noun.start, noun.stop)
        return None
    return None


_NEAR_THEM = 8  # tokens between «них» and the number
_PASSED = frozenset({"ADJF", "PRTF", "ADVB", "PRCL", "CONJ", "PNCT"})


def _is_place(left: Sequence[Token], j: int) -> bool:
    """The noun at j closes a phrase of place with its preposition: «в Калужской области»."""
    if not left[j].has("NOUN", "loct"):
        return False
    after = left[j + 1] if j + 1 < len(left) else None
    if after is not None and after.has("ADJF"):
        after = left[j + 2] if j + 2 < len(left) else None
    return after is not None and after.text.lower() in ("в", "во", "на")


def _own_piece(left: Sequence[Token]) -> Counted | None:
    """«семей – 318, детей в них – 466»: the genitive that opens the piece after the figure before."""
    comma = next((i for i, t in enumerate(left) if t.text == "," or is_predicate(t) or is_number(t)), None)
    if comma is None or comma == 0 or left[comma].text != ",":
        return None
    joined = comma + 1 < len(left) and any(is_number(t) for t in left[comma + 1 : comma + 5])
    opening = left[comma - 1]
    reading = noun_reading(opening.text, "gent", plural=True)
    if not joined or reading is None or opening.forms[0].pos != "NOUN" or reading.score < 0.2:
        return None
    return Counted(unit_lemma(opening.text, reading), "left", opening.start, opening.stop)


_BRACKETED = Screened(r"\((?:[а-яё]+[ \u00a0])?их(?:,[ \u00a0][а-яё]+,)?[ \u00a0](?:[а-яё]+[ \u00a0]){0,5}$")


def bracketed(spot: Spot) -> Counted | None:
    """«в учебных квартирах (их в республике три)»: the plural right before the bracket."""
    if _BRACKETED.search(spot.left_text) is None:
        return None
    at = next(i for i, t in enumerate(spot.left) if t.text == "(")
    owner = spot.left[at + 1] if at + 1 < len(spot.left) else None
    reading = noun_reading(owner.text, plural=True) if owner is not None else None
    if owner is None or reading is None or owner.forms[0].pos != "NOUN":
        return None
    return Counted(unit_lemma(owner.text, reading), "left", owner.start, owner.stop)


def _before_phrase(left: Sequence[Token], i: int) -> int:
    """Where the words go on before «у нас», «на наших точках»; the place itself if it ends no such phrase."""
    for k in range(i, min(i + 4, len(left))):
        if not left[k].text[:1].isalpha() or not left[k].forms:
            return i
        pos = left[k].forms[0].pos
        if pos == "PREP":
            return k + 1 if k > i and left[k].text.lower() in ("у", "в", "на") else i
        if pos not in ("NOUN", "NPRO", *ADJECTIVAL) or (k == i and pos not in ("NOUN", "NPRO")):
            return i
    return i


def _governed(left: Sequence[Token], noun: Token) -> bool:
    i = left.index(noun)
    before = left[i + 1] if i + 1 < len(left) else None
    return before is not None and bool(before.forms) and before.forms[0].pos == "PREP"


def inner_head(spot: Spot) -> Counted | None:
    """«с 17 человек до 41»: the noun between the two ends of a change."""
    for token in spot.scene.doc.tokens_in(spot.number.start, spot.number.end):
        reading = noun_reading(token.text, "gent") if token.text[:1].isalpha() else None
        if reading is not None and token.forms[0].pos == "NOUN":
            return Counted(unit_lemma(token.text, reading), "right", token.start, token.stop)
    return None
