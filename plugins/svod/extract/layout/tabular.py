"""Figures in tables: what a cell counts, by its row's label and its column's head.

A head may stand over the rows or open a new table among them. A column names a year, plan or fact, a share,
or
what is counted itself («Охват, чел.»); the row's label names it otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from svod.extract.figures.context import Scene
from svod.extract.figures.counted import in_list, noun_reading, substantive, unit_lemma
from svod.extract.figures.numbers import NumberSpan, find_numbers
from svod.extract.layout.stacked_tables import OF_WHICH, is_figure, is_measure, may_measure
from svod.extract.layout.table_measures import (
    MONEY,
    PART,
    PERCENT,
    SCALE,
    SOURCE,
    inherited,
    measure_of,
    stated_above,
    states_measure,
    told_of_money,
)
from svod.extract.layout.verb_columns import people_of, people_of_title
from svod.extract.lexicon import load
from svod.extract.people.person_units import is_person
from svod.language.document import Token
from svod.language.morph import forms

Span = tuple[int, int]

_YEARLY = re.compile(r"((?:19|20)\d\d)(?:\s?(?:г\.?|год))?\s?[:–—]\s?(?=\d)")  # «2021: 38,4»
_PLAN = re.compile(r"план|цел(?:ь|ев)|прогноз|предусмотр|утвержд", re.I)
_FACT = re.compile(r"факт|исполн|освоен|выполн|отчёт|кассов", re.I)
_DONE_PLAN = re.compile(r"(?:ис|вы)полнени[ея]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_CELL = re.compile(r"^(?:за )?(?:19|20)\d\d ?(?:г\.?|год[ауе]?)?(?: ?\([^)]*\))?$", re.I)
_SKIP_COLUMN = re.compile(
    r"^№|п/п|отклон|примеч|ед\. ?изм|единиц\w* измерения|возраст|балл|место|ранг|срок|дата"
    r"|^(?:цена|тариф|длит(?:\.|ельность)|продолжительность)(?![а-яё])",
    re.I,
)
_ASIDE_COLUMN = re.compile(r"^№|п/п|примеч|комментари|причин|ед\.? ?изм|единиц\w* измерения", re.I)
MAX_SHORT = 4  # letters of a word cut short
_MONTH = re.compile(
    r"(?:за )?(?:январ|феврал|март|апрел|ма[йя](?![а-яё])|ию[нл]|август|(?:сент|окт|но|дек)я?бр)"
)
_GENERIC_COLUMN = re.compile(
    r"^(?:количество|кол-во|число|всего|итого|значение|показатель|сумма|результат|объём|объем|год|план|"
    r"факт)?(?:, ?[\w. ]+)?$",
    re.I,
)
_STAFF = re.compile(
    r"штат|ставк|укомплект|средн\w+ (?:возраст|размер|зарплат|балл|продолжит|длительн|срок|заработ"
    r"|доход|стоимост)|балл|площад|численность населени",
    re.I,
)
MIN_PROSE = 3  # words
_ASIDE = re.compile(r"(?<=\d)\s\([^()]*\)$")
_BOUND = re.compile(r"(?:не (?:менее|меньше)|более|свыше|до|около)\s(?=\d)", re.I)
_RULED = re.compile(r"^:?[-–—=_]{2,}:?$")
_TOTAL = re.compile(r"^(?:итого|всего)", re.I)


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a table with its row's label and, if there is one, the head above it (offsets).

    `measure` is the nearest statement of a measure («тыс. руб.», «%», «чел.»), `column_text` the head, lower
    case.
    """

    number: NumberSpan
    label: Span
    column: Span | None
    measure: str
    column_text: str
    in_row: str = ""  # what the row's own cell of the measure says
    beside: Span | None = None  # the head of the figure before in the row

    @property
    def planned(self) -> bool:
        return bool(_PLAN.search(self.column_text)) and not _FACT.search(self.column_text)

    @property
    def year(self) -> int | None:
        """The one year that the column's head names."""
        years = set(map(int, _YEAR.findall(self.column_text)))
        return years.pop() if len(years) == 1 else None

    @property
    def percent(self) -> bool:
        return bool(PERCENT.search(self.measure))

    @property
    def money(self) -> bool:
        return bool(MONEY.search(self.measure)) and not self.percent


@dataclass(frozen=True, slots=True)
class _Head:
    columns: tuple[Span, ...] = ()
    index: int | None = None  # the block that it stands in


def read_tables(scene: Scene) -> Iterator[Cell]:
    """The figures of all tables, in text order."""
    head = _Head()
    before: int | None = None
    last = ""  # the measure of the row before
    first = 0  # of the table's blocks
    for index, block in enumerate(scene.layout.blocks):
        if block.kind == "table_head":
            head, first, last = _Head(scene.layout.cells(block), index), index, ""
        elif block.kind == "table_row":
            if before != index - 1:
                head, first, last = _Head(), index, ""
            spans = scene.layout.cells(block)
            if all(_RULED.match(scene.text[a:b]) for a, b in spans):
                before = index  # «|---|---|»: a line drawn below the head
                continue
            if _is_head(scene, spans):
                head = _Head(spans, index)
            else:
                found = list(_cells(scene, index, spans, head, first, last))
                last = found[0].measure if found else last
                yield from found
        before = index if block.kind in ("table_head", "table_row") else before


def in_prose_cell(scene: Scene, index: int, number: NumberSpan) -> bool:
    """A cell with a line of its own that tells something («Выезды на природу, до 120 человек»), no label."""
    block = scene.block(index)
    if block.kind != "table_row" or "\n" not in scene.text[block.start : block.end]:
        return False
    spans = scene.layout.cells(block)
    words = [k for k, s in enumerate(spans) if _figure(scene.text, *s) is None]
    for k in words[1:]:
        start, end = spans[k]
        if start <= number.start < end:
            return len(scene.text[start:end].split()) >= MIN_PROSE and scene.text[start] not in '«"'
    return False


def _is_head(scene: Scene, spans: Sequence[Span]) -> bool:
    """A row of years or words only: the head of the rows that follow."""
    texts = [scene.text[a:b] for a, b in spans]
    figures = [t for t in texts[1:] if _figure(scene.text, 0, 0, t) is not None]
    return len(texts) >= 2 and (not figures or all(_YEAR_CELL.match(t) for t in figures))


def _cells(
    scene: Scene, index: int, spans: Sequence[Span], head: _Head, first: int, last: str
) -> Iterator[Cell]:
    """The figures of a row. `first` is the table's first block, `last` the measure of the row before, which
    holds for its parts too.
    """
    text = scene.text
    figures = {k: _figure(text, a, b) for k, (a, b) in enumerate(spans)}
    named = [k for k in figures if figures[k] is None and len(text[slice(*spans[k])]) > 2]
    label_at = next((k for k in named if not OF_WHICH.match(text[slice(*spans[k])])), None)
    if label_at is None:
        return
    label = spans[label_at]
    label_text = text[slice(*label)].lower()
    if _STAFF.search(label_text):
        return
    above = stated_above(scene, first, head.index if head.index is not None else scene.block(index).head)
    unit_cell = _unit_cell(text, spans[label_at + 1 :])
    column: Span | None = None
    for k, number in figures.items():
        if number is None or k <= label_at:
            continue
        beside, column = column, _column(scene, head, spans, label_at, k)
        yearly = _YEARLY.match(text[slice(*spans[k])])
        if yearly:
            column = (spans[k][0], spans[k][0] + yearly.end(1))
        column_text = text[slice(*column)].lower() if column else ""
        if _SKIP_COLUMN.search(column_text):
            continue
        told = _ASIDE.sub("", text[slice(*spans[k])]).lower()
        measure = (
            told
            if MONEY.search(told) or "%" in told
            else measure_of(label_text, unit_cell, column_text, above)
        )
        measure = measure or inherited(number, label_text, last or told_of_money(scene, first))
        yield Cell(_scaled(number, measure), label, column, measure, column_text, unit_cell, beside)


def _unit_cell(text: str, spans: Sequence[Span]) -> str:
    """The row's cell of the measure: «чел.», or a noun right after the label."""
    cells = [text[slice(*s)] for s in spans]
    known = next((c.lower() for c in cells if is_measure(c)), "")
    if known or len(cells) < 2 or not (may_measure(cells[0]) and is_figure(cells[1])):
        return known
    return cells[0] if noun_reading(cells[0], "nomn") else ""


def _column(scene: Scene, head: _Head, spans: Sequence[Span], label_at: int, k: int) -> Span | None:
    """The head above the cell: the columns of figures one to one if there are as many of them as the row has
    figures, else counted from the right.
    """
    text = scene.text
    if len(spans) != len(head.columns):
        cells = [j for j in range(label_at + 1, len(spans)) if _is_value(text[slice(*spans[j])])]
        names = [c for c in head.columns if not _ASIDE_COLUMN.search(text[slice(*c)])][1:]
        if len(cells) == len(names) and k in cells:
            return names[cells.index(k)]
    at = k + len(head.columns) - len(spans)
    column = head.columns[at] if 0 <= at < len(head.columns) else None
    captions = len(head.columns) == 1 and column is not None and _is_caption(scene.text[slice(*column)])
    return None if captions else column


def _is_value(body: str) -> bool:
    return is_figure(body) or bool(_YEARLY.match(body))


def _is_caption(head: str) -> bool:
    """The only cell of a head tells what the rows are about, unless it names a measure, a year or a plan."""
    return not (states_measure(head) or _YEAR.search(head) or _PLAN.search(head) or _FACT.search(head))


def _figure(text: str, start: int, end: int, body: str | None = None) -> NumberSpan | None:
    """The number of a cell that holds nothing but a number and a measure."""
    body = text[start:end] if body is None else body
    aside = _ASIDE.search(body)  # «44 (из них 4 онлайн)»
    body = body[: aside.start()] if aside else body
    bound = _BOUND.match(body)
    start, body = (start + bound.end(), body[bound.end() :]) if bound else (start, body)
    yearly = _YEARLY.match(body)
    if yearly:
        start, body = start + yearly.end(), body[yearly.end() :]
    if not body.lstrip("<>≈~+-−– ")[:1].isdigit():
        return None
    numbers = [n for n in find_numbers(body) if n.form in ("plain", "range")]
    if len(numbers) != 1:
        return None
    number = numbers[0]
    rest = (body[: number.start] + body[number.end :]).strip(" \u00a0.<>≈~+%-−–")
    if len(rest) > 12:
        return None
    return replace(number, start=number.start + start, end=number.end + start)


def _scaled(number: NumberSpan, measure: str) -> NumberSpan:
    scale = next((v for k, v in (("тыс", 1000), ("млн", 10**6), ("млрд", 10**9)) if k in measure), None)
    if scale is None or number.scaled:
        return number
    high = number.value_max * scale if number.value_max is not None else None
    return replace(number, value=number.value * scale, value_max=high)


# --- units ----------------------------------------------------------------------------------------------


def unit_of(scene: Scene, cell: Cell, above: str | None) -> str | None:
    """What a cell counts: roubles, what its column names, the measure after the label's comma, the label's
    noun.
    """
    if cell.money:
        return "рубль"
    if cell.percent and _DONE_PLAN.search(cell.column_text):
        return "исполнение"
    if cell.percent and SOURCE.search(scene.text[slice(*cell.label)].lower()):
        return "рубль"
    named = _column_unit(scene, cell)
    if cell.beside is not None and _is_part(scene, cell.column):
        named = _column_unit(scene, replace(cell, column=cell.beside, column_text="")) or named
    if named:
        return named
    label = scene.text[slice(*cell.label)]
    tail = _tail_unit(label)
    begin, end = cell.label
    part = PART.match(label)
    if part:
        begin += part.end()
    if tail:
        end = cell.label[0] + label.rindex(",")
    tokens = [t for t in scene.doc.tokens_in(begin, end) if t.text[:1].isalpha()]
    if part and above and tokens and _describes(tokens):
        return above
    noun = None if _TOTAL.match(label) else _counted_noun(tokens)
    measured = _measured_unit(cell.in_row)
    if (tail or measured) == "человек" and noun is not None and is_person(noun):
        return noun
    return tail or measured or noun or people_of(tokens) or above


def _measured_unit(measure: str) -> str | None:
    """«чел.» → человек, «семей» → семья; None for pieces, sums and shares, whose thing the label names."""
    word = measure.split()[-1].rstrip(".") if measure else ""
    if not word or word.startswith(("ед", "шт", "раз")) or states_measure(word):
        return None
    unit = unit_lemma(word, noun_reading(word, "gent") or noun_reading(word))
    cut = len(word) <= MAX_SHORT and unit == word and not forms(word)[0].known
    return None if cut else unit  # «усл.»


def _describes(tokens: Sequence[Token]) -> bool:
    """«в том числе замещающих», «из них от подростков»: the part has no noun of its own."""
    if tokens[0].forms[0].pos == "PREP":
        return True
    return all(t.forms[0].pos in ("ADJF", "PRTF", "ADVB", "CONJ") for t in tokens)


def _column_unit(scene: Scene, cell: Cell) -> str | None:
    """«Охват, чел.», «Участники»: a column that says what it counts; years, plans and «Количество» do not."""
    if cell.column is None or cell.percent:
        return None
    text = scene.text[slice(*cell.column)]
    tail = _tail_unit(text)
    if tail:
        return tail
    if any(p.search(cell.column_text) for p in (_PLAN, _FACT, _YEAR)) or _MONTH.match(text.lower()):
        return None
    if _GENERIC_COLUMN.match(text.strip()):
        return None
    words = [t for t in scene.doc.tokens_in(*cell.column) if t.text[:1].isalpha()]
    return _counted_noun(words) or (people_of(words) and people_of_title(scene))


def _is_part(scene: Scene, column: Span | None) -> bool:
    """«в т.ч. на учёте», «из них впервые»: a column that counts some of what the one before counts."""
    part = PART.match(scene.text[slice(*column)]) if column is not None else None
    if column is None or part is None:
        return False
    words = [t for t in scene.doc.tokens_in(column[0] + part.end(), column[1]) if t.text[:1].isalpha()]
    return not words or _describes(words)


def _tail_unit(label: str) -> str | None:
    """«…, семей», «…, чел.»."""
    _, comma, tail = label.rpartition(",")
    words = tail.strip(" .()%").split()
    if not comma or not words or len(words) > 2 or forms(words[0])[0].pos == "PRTF":
        return None  # «…, получивших консультации» measures nothing
    last = words[-1]
    if SCALE.match(last.lower()) or last.lower().rstrip(".") in ("ед", "руб", "единиц", "шт", "штук"):
        return None
    reading = noun_reading(last, "gent")
    if reading is None and last.lower().rstrip(".") not in ("чел", "экз"):
        return None
    return unit_lemma(last.rstrip("."), reading)


def _counted_noun(tokens: Sequence[Token]) -> str | None:
    """«Обслужено семей» → семья, «Количество обращений граждан» → обращение, «Дети в них» → ребёнок."""
    governed = False
    for k, token in enumerate(tokens):
        top = token.forms[0]
        if top.pos in ("PRTS", "VERB", "ADJS") or in_list("quantity", token.lemma):
            governed = True
            continue
        if top.pos in ("ADJF", "PRTF") and token is tokens[-1]:
            return substantive(token)
        if governed and top.pos == "PRTF" and {"actv", "plur"} <= top.grammemes and not _of_many(tokens, k):
            return "человек"  # «Доля сохранивших ремиссию»
        if top.pos in ("ADJF", "PRTF", "PREP", "NPRO", "CONJ", "ADVB"):
            if top.pos == "PREP" and governed:  # «Отказано по причине отсутствия машин»
                verb = tokens[k - 1].forms[0]
                return load("units")["verb_nouns"].get(verb.lemma) if verb.pos == "PRTS" else None
            continue
        reading = noun_reading(token.text, "gent") if governed else noun_reading(token.text, "nomn", "gent")
        if reading is not None and _is_thing(token):
            return unit_lemma(token.text, reading)
    return None


def _of_many(tokens: Sequence[Token], k: int) -> bool:
    """A genitive plural follows: «прошедших обучение семей»."""
    after = [t for t in tokens[k + 1 : k + 4] if _is_thing(t)]
    return any(noun_reading(t.text, "gent", plural=True) for t in after)


def _is_thing(token: Token) -> bool:
    return token.forms[0].pos == "NOUN" and not in_list("time_units", token.lemma)
