"""Lines that are a label and its figure («– учатся: 52», «Найдены погибшими — 102»), and what they count.

The unit is the label's own noun («осьминожки – 311»), the measure that the list's head states («По сменам
(чел.):»), what the head names («Сопровождаемые:»), or what the line above counts. A list under a sum is
money.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from svod.extract.figures.context import Scene, Spot, is_predicate
from svod.extract.figures.counted import Counted, in_list, noun_reading, substantive, unit_lemma
from svod.extract.figures.duplicates import Draft
from svod.extract.figures.heads import first_plural
from svod.extract.figures.numbers import NumberSpan
from svod.extract.figures.quantities import genitive_after
from svod.extract.figures.readings import LEAST_SUM, Reading
from svod.extract.lexicon import load
from svod.extract.people.person_units import is_person
from svod.extract.words.screened import Screened
from svod.language.document import Token

MAX_LABEL = 130
MAX_NEAR = 6  # blocks from the head of a list that splits a total to its line
MAX_ROWS = 40  # lines of one list that are walked back
_BULLET = re.compile(r"^[^\w«\"(]*(?:\d{1,2}[.)]\s)?")
_SPOKEN = re.compile(r"[.!?;]\s")
_SIGN = Screened(
    r"[:–—=-][ \u00a0]*"
    r"(?:(?:около|более|свыше|почти|порядка|примерно|всего|план|факт|итого|≈|~|>)[ \u00a0:–—-]*){0,2}$"
)
_OVER = Screened(r"\d[ \u00a0]*/[ \u00a0]*$")  # the second of «24 / 27»
_AFTER = re.compile(r"[ \u00a0]*(?:$|[.,;!](?=\s|$)|[(/]|[—–-][ \u00a0]|[^\w\s.,;:()/%-])")
_IN_BRACKETS = re.compile(r"\(([^()]{1,24})\)[^()]{0,20}$")
_MONEY = re.compile(r"руб|₽|(?<![а-яё])(?:тыс|млн|млрд)\.?(?![а-яё])")
_SUM = re.compile(
    r"руб|₽|потра[чт]|израсход|расход|затрат|смет[аеуы]|бюджет|пожертв|собран[оы]|собрали|поступи(?:ло|ли)|"
    r"денежн|деньг|(?<![а-яё])средств(?:а|)(?![а-яё])|финансир|выручк|(?<![а-яё])сумм|гранты?(?![а-яё])|"
    r"(?:привлеч|освоен)[а-яё]*"
)
_SCALES = (("млрд", 10**9), ("млн", 10**6), ("тыс", 1000))
_PEOPLE = re.compile(r"(?<![а-яё])(?:чел|человек|людей|лиц)\.?(?![а-яё])")
_THINGS = re.compile(r"(?<![а-яё])([а-яё]+)\.?$")
_PARTS_FOLLOW = Screened(
    r"(?:из[ \u00a0](?:них|которых)|в[ \u00a0]том[ \u00a0]числе|среди[ \u00a0]них)[ \u00a0]*:?$"
)
_PIECES_OF = re.compile(
    r"^([а-яё]+(?:но|ло|то)[ \u00a0][^.!?:\d]{3,60}),[ \u00a0](?:шт|ед|экз|раз)\.?(?: \([^()]*\))?:?$",
    re.I,
)
WHOLE = 100
_LAST_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[а-яё])")
_IS_YEAR = re.compile(r"(?:19|20)\d\d[ \u00a0]?[–—:-]")  # «2022 – 14,2»
_SPLIT = re.compile(
    r"^(?:[^:;]{0,40}(?:распредел|разбивк|раздел)[а-яё]+\s+по|по|в\s+разрезе|из\s+них|из\s+которых"
    r"|в\s+том\s+числе|в\s+т\.\s?ч|среди\s+них)(?![а-яё])",
    re.I,
)


_SCHOOL = Screened(r"(?<![а-яё])(?:школ[аеыу]|лице[йяю]|гимнази[яию])[ \u00a0]$")


def is_number_of(before: str) -> bool:
    """«Школа 1786, 6 класс – 30 550»: the number is the school's name. `before`: in lower case."""
    return _SCHOOL.search(before) is not None


def is_label_line(scene: Scene, index: int, number: NumberSpan) -> bool:
    """The block is short, and all that stands before the number is its label."""
    block = scene.block(index)
    if block.kind not in ("list_item", "paragraph", "lead", "list_head", "table_row"):
        return False
    before = scene.text[block.start : number.start]
    if len(before) > MAX_LABEL or not any(c.isalpha() for c in before) or is_number_of(before.lower()):
        return False
    label = _BULLET.sub("", before, count=1)
    if _SPOKEN.search(label) or "\n" in label:
        return False
    if _AFTER.match(scene.text[number.end : block.end]) is None:
        return False
    return bool(_SIGN.search(before) or _OVER.search(before)) or block.kind == "list_item"


def labelled(spot: Spot, drafts: Sequence[Draft]) -> tuple[Reading, NumberSpan] | None:
    """What the figure of a label line counts, when no noun is beside the number."""
    scene, number = spot.scene, spot.number
    if number.form not in ("plain", "range") or not is_label_line(scene, spot.block_index, number):
        return None
    if _IS_YEAR.match(scene.text[number.start : number.end + 3]):
        return None
    above = _lines_above(spot, drafts)
    head = _head_text(spot)
    measure = _measure(_text_before(spot)) or _measure(head)
    scale = next((v for word, v in _SCALES if word in measure), 1) if not number.scaled else 1
    share = _share_of_list(spot, above)
    if share is not None:
        return share, number
    in_sums = _MONEY.search(measure) or (
        (above and above[0].reading is not None and above[0].reading.kind == "money")
        or (_SUM.search(head) and not _PEOPLE.search(head))
    )
    if in_sums and number.value * scale >= LEAST_SUM and not number.words:
        place = Counted("рубль", "money", number.start, number.end)
        return Reading("money", "рубль", place, None, "money/list"), _scaled(number, scale)
    counted = _unit(spot, above, head, measure)
    if _PARTS_FOLLOW.search(head):
        counted = _total_of_head(spot, drafts) or counted
    elif counted is None and _splits(head):
        counted = _total_before(spot, drafts)
    if counted is None:
        return None
    return Reading("count", counted.lemma, counted, None, f"count/{counted.source}"), number


def _share_of_list(spot: Spot, above: Sequence[Draft]) -> Reading | None:
    """«– учёба – 41%⏎– протезы – 23»: the sign stands in the first line of the list only."""
    first = above[-1].reading if above else None
    last = above[0].reading if above else None
    if first is None or last is None or not (first.kind == last.kind == "percent"):
        return None
    if spot.number.value > WHOLE or spot.number.words or spot.block.kind != "list_item":
        return None
    return Reading("percent", last.unit, last.counted, None, "percent/list")


def _scaled(number: NumberSpan, scale: int) -> NumberSpan:
    if scale == 1:
        return number
    high = number.value_max * scale if number.value_max is not None else None
    return replace(number, value=number.value * scale, value_max=high)


def _unit(spot: Spot, above: Sequence[Draft], head: str, measure: str) -> Counted | None:
    label = _label(spot)
    stated = _stated_unit(measure)
    if stated is not None:
        return Counted(stated, "label", spot.number.start, spot.number.start)
    own = _own_noun(label)
    split = _splits(head)
    if own is not None and not split:
        return own
    from_head = None if split else _named_in(spot, head)
    if from_head is not None:
        return from_head
    for draft in above:
        reading = draft.reading
        if reading is not None and reading.kind == "count" and (draft.reason is None):
            return Counted(reading.unit, "label", spot.number.start, spot.number.start)
    return None if split else own


def _text_before(spot: Spot) -> str:
    """The line's own label, lower case, without what leads to the figure."""
    return spot.scene.text[spot.block.start : spot.number.start].lower().rstrip(":–—=- \u00a0")


def _label(spot: Spot) -> list[Token]:
    words = spot.scene.doc.tokens_in(spot.block.start, spot.number.start)
    return [t for t in words if t.text[:1].isalpha()]


def _own_noun(label: Sequence[Token]) -> Counted | None:
    """The plural that opens the label: «осьминожки», «выездные лектории», «пледики и конверты»."""
    for token in label[:4]:
        top = token.forms[0]
        if top.pos in ("ADJF", "PRTF") and token.has("plur"):
            if token is label[-1] and (unit := substantive(token)):
                return Counted(unit, "label", token.start, token.stop)
            continue
        if top.pos != "NOUN" or in_list("time_units", token.lemma) or "Geox" in top.grammemes:
            return None
        reading = noun_reading(token.text, "nomn", plural=True) or noun_reading(
            token.text, "gent", plural=True
        )
        if reading is None or reading.score < 0.05:
            return None
        return Counted(unit_lemma(token.text, reading), "label", token.start, token.stop)
    return None


def _lines_above(spot: Spot, drafts: Sequence[Draft]) -> list[Draft]:
    """The figures of the label lines right above, of the same list, nearest first; of a line the first."""
    scene, found, index = spot.scene, [], spot.block_index
    if _OVER.search(scene.text[scene.block(index).start : spot.number.start]):
        found += [d for d in drafts if d.spot.block_index == index][:1]
    for draft in reversed(drafts):
        at = draft.spot.block_index
        if at == spot.block_index or draft.reason == "list_number" or draft.in_brackets:
            continue
        if at < index - 1 or spot.block_index - at > MAX_ROWS:
            break
        if not is_label_line(scene, at, draft.spot.number) and not _same_list(scene, at, spot.block_index):
            break
        if at == index and found:
            found.pop()
        found.append(draft)
        index = at
    return found


def _same_list(scene: Scene, a: int, b: int) -> bool:
    one, other = scene.block(a), scene.block(b)
    return one.kind == other.kind == "list_item" and one.head == other.head and one.level == other.level


def _head_text(spot: Spot) -> str:
    """The line above the first line of the list, lower case; empty if it is prose."""
    scene, index = spot.scene, spot.block_index
    block = scene.block(index)
    for _ in range(MAX_ROWS):
        index -= 1
        if index < 0:
            return ""
        above = scene.block(index)
        if above.kind in ("list_head", "heading", "table_head"):
            break
        if above.kind not in ("list_item", "paragraph", "lead"):
            return ""
        text = scene.text[above.start : above.end]
        if _opens_rows(text):
            return text.lower()
        if above.kind != "list_item" and block.kind == "list_item":
            if len(text) > MAX_LABEL:
                return ""
            short = _SPLIT.match(text) is not None and index > 0
            return (text + " " + _text(scene, index - 1) if short else text).lower()
        if above.kind != block.kind or len(text) > 2 * MAX_LABEL:
            return ""
    return _text(scene, index).lower()


def _opens_rows(text: str) -> bool:
    """«Выдано изделий, шт. (январь–июнь)», «Проведено занятий – 402, в том числе:»: a line above lines of
    labels that is none of them.
    """
    if len(text) > MAX_LABEL or _SPLIT.match(text):
        return False
    return _PARTS_FOLLOW.search(text.lower()) is not None or _PIECES_OF.match(text) is not None


def _total_of_head(spot: Spot, drafts: Sequence[Draft]) -> Counted | None:
    """What the first figure of the sentence counts that leads to the parts («занятий – 40, в том числе:»)."""
    for index in range(spot.block_index - 1, max(-1, spot.block_index - MAX_ROWS), -1):
        if _PARTS_FOLLOW.search(_text(spot.scene, index).lower()) is None:
            continue
        told = [
            d
            for d in drafts
            if d.spot.block_index == index and d.reason is None and d.reading and d.reading.kind == "count"
        ]
        last = next((d for d in told if d.spot.sentence == told[-1].spot.sentence), None)
        if last is None or last.reading is None:
            return None
        return Counted(last.reading.unit, "label", spot.number.start, spot.number.start)
    return None


def _text(scene: Scene, index: int) -> str:
    block = scene.block(index)
    return scene.text[block.start : block.end][:400]


def _measure(head: str) -> str:
    """What the head says in brackets or after its last comma: «(чел.)», «, тыс. руб.:»."""
    body = head.rstrip(": \u00a0")
    bracket = _IN_BRACKETS.search(body)
    if bracket:
        return bracket[1]
    tail = body.rpartition(", ")[2] if ", " in body else ""
    return tail if len(tail) <= 16 and (_MONEY.search(tail) or _PEOPLE.search(tail)) else ""


def _stated_unit(measure: str) -> str | None:
    if not measure or _MONEY.search(measure) or "план" in measure or "факт" in measure:
        return None
    if _PEOPLE.search(measure):
        return "человек"
    word = _THINGS.search(measure.strip(" ."))
    reading = noun_reading(word[1], "gent", plural=True) if word and " " not in measure.strip() else None
    return unit_lemma(word[1], reading) if word and reading is not None and reading.known else None


def _named_in(spot: Spot, head: str) -> Counted | None:
    """«Сопровождаемые:», «Наши выпускники сейчас:»: the plural that the head consists of."""
    pieces = _PIECES_OF.match(head)
    if pieces is None and (not head.endswith(":") or len(head) > 60):
        return None
    scene = spot.scene
    start = scene.low.rfind(head, 0, spot.block.start)
    head = pieces[1] if pieces is not None else head
    words = [t for t in scene.doc.tokens_in(max(0, start), start + len(head)) if t.text[:1].isalpha()]
    if any(is_predicate(t) for t in words):
        return _done_in(words)
    while words and words[0].forms[0].pos in ("ADVB", "PRCL", "CONJ"):
        words = words[1:]
    found = first_plural(words, "label", "nomn")
    return (
        found
        if found is not None and (is_person(found.lemma) or in_list("substantivised", found.lemma))
        else None
    )


def _done_in(words: Sequence[Token]) -> Counted | None:
    """«Поступило обращений:», «Обратились за помощью:»: what was done, or people who did it."""
    for k, token in enumerate(words):
        if is_predicate(token):
            after = genitive_after(words[k + 1 : k + 5])
            if after is not None and "neut" in token.forms[0].grammemes:
                return replace(after, source="label")
            persons = token.forms[0].lemma in load("units")["person_verbs"]
            if persons and "plur" in token.forms[0].grammemes:
                return Counted("человек", "label", token.start, token.stop)
    return None


def _splits(head: str) -> bool:
    """«По сменам:», «Заключено 3 207 контрактов. Распределение по направлениям:»."""
    return _SPLIT.match(_LAST_SENTENCE.split(head)[-1]) is not None


def _total_before(spot: Spot, drafts: Sequence[Draft]) -> Counted | None:
    """A list that splits a total («По сменам:») counts what the last figure before it does, persons or what
    stands right above it («заключено 3 207 контрактов. Распределение по направлениям:»).
    """
    for draft in reversed(drafts):
        if draft.spot.number.value < spot.number.value:
            continue
        if spot.block_index - draft.spot.block_index > MAX_ROWS:
            return None
        reading = draft.reading
        whole = spot.block_index - draft.spot.block_index <= MAX_NEAR or (
            reading is not None and is_person(reading.unit)
        )
        if draft.reason is None and reading is not None and reading.kind == "count" and whole:
            return Counted(reading.unit, "label", spot.number.start, spot.number.start)
    return None
