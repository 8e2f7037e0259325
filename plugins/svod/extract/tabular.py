"""Figures in tables: what a cell counts, by its row's label and its column's head.

Knows the shape of the project's tables only through the layout (rows, heads, cells).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from svod.extract.context import Scene
from svod.extract.counted import in_list, noun_reading, substantive, unit_lemma
from svod.extract.numbers import NumberSpan, find_numbers
from svod.language.document import Token

_MONEY = re.compile(r"руб|₽")
_SCALE = re.compile(r"тыс|млн|млрд")
_PERCENT = re.compile(r"%|процент")
_UNIT_CELL = re.compile(
    r"^(?:чел\.?|человек|ед\.?|шт\.?|%|тыс\.? ?руб\.?|руб\.?|млн ?руб\.?|семей|раз|услуг)$", re.I
)
_PLAN = re.compile(r"план|цел(?:ь|ев)|прогноз|заплан|предусмотр|утвержд", re.I)
_FACT = re.compile(r"факт|исполн|освоен|выполн|отчёт|кассов", re.I)
_SKIP_COLUMN = re.compile(r"^№|п/п|отклон|примеч|ед\. ?изм|единица измерения|возраст|балл|место|ранг", re.I)
_CHANGE = re.compile(r"рост|прирост|темп|динамик|изменени", re.I)
_STAFF = re.compile(
    r"штат|ставк|укомплект|средн\w+ (?:возраст|размер|зарплат)|балл|площад|мест(?:а|о)?(?:$|,)|численность населени",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a table. `label` is the row's, `column` the head above it, `above` the text that rules the table."""

    number: NumberSpan
    label: tuple[int, int]
    column: tuple[int, int] | None
    measure: str  # label's measure, column head and table's head, lower case
    column_text: str

    @property
    def planned(self) -> bool:
        return bool(_PLAN.search(self.column_text)) and not _FACT.search(self.column_text)

    @property
    def change(self) -> bool:
        return bool(_CHANGE.search(self.column_text))

    @property
    def percent(self) -> bool:
        return bool(_PERCENT.search(self.measure))

    @property
    def money(self) -> bool:
        return bool(_MONEY.search(self.measure)) and not self.percent


def cells_of(scene: Scene, index: int) -> list[Cell]:
    """The figures of one row; empty if the row's label makes them no metrics."""
    block = scene.block(index)
    spans = scene.layout.cells(block)
    text = scene.text
    if len(spans) < 2:
        return []
    figures = {k: _figure(text, a, b) for k, (a, b) in enumerate(spans)}
    label_at = next((k for k in figures if figures[k] is None and len(text[slice(*spans[k])]) > 2), None)
    if label_at is None:
        return []
    label = spans[label_at]
    label_text = text[slice(*label)].lower()
    if _STAFF.search(label_text):
        return []
    head = scene.block(block.head) if block.head is not None else None
    columns = scene.layout.cells(head) if head is not None and head.kind == "table_head" else ()
    above = _above(scene, block.head)
    unit_cell = next((text[slice(*s)].lower() for s in spans if _UNIT_CELL.match(text[slice(*s)])), "")
    found = []
    for k, number in figures.items():
        if number is None or k <= label_at:
            continue
        column = (
            columns[k + len(columns) - len(spans)]
            if 0 <= k + len(columns) - len(spans) < len(columns)
            else None
        )
        column_text = text[slice(*column)].lower() if column else ""
        if _SKIP_COLUMN.search(column_text):
            continue
        measure = _measure(label_text, unit_cell, column_text, above)
        found.append(Cell(_scaled(number, measure), label, column, measure, column_text))
    return found


def _measure(label: str, unit_cell: str, column: str, above: str) -> str:
    """The nearest statement of a measure: the row's own, its unit cell, the column's, the table's."""
    for place in (
        label.partition(",")[2] or (label if re.search(r"\(.*\)", label) else ""),
        unit_cell,
        column,
        above,
    ):
        if (
            _MONEY.search(place)
            or _SCALE.search(place)
            or _PERCENT.search(place)
            or _UNIT_CELL.match(place.strip())
        ):
            return place
    return ""


def _above(scene: Scene, head: int | None) -> str:
    """Text of the heads above the table, nearest first."""
    parts: list[str] = []
    for _ in range(3):
        if head is None:
            break
        block = scene.block(head)
        if block.kind in ("table_head", "heading", "list_head", "title"):
            parts.append(scene.text[block.start : block.end].lower())
        if block.kind == "table_head" and head > 0 and not parts[1:]:
            before = scene.block(head - 1)
            line = scene.text[before.start : before.end].lower()
            if before.kind in ("paragraph", "heading", "lead", "list_head") and len(line) < 120 and line[-1] not in ".;!?":
                parts.append(line)
        head = block.head
    heading = " ".join(parts)
    in_brackets = re.findall(r"\(([^()]*)\)", heading)
    tails = [part.rpartition(",")[2] for part in parts if "," in part]
    measured = [b for b in (*in_brackets, *tails) if len(b) < 24 and _is_measure(b)]
    return measured[0] if measured else ""


def _is_measure(text: str) -> bool:
    return bool(_MONEY.search(text) or _SCALE.search(text) or _PERCENT.search(text))


def _figure(text: str, start: int, end: int) -> NumberSpan | None:
    """The number of a cell that holds nothing but a number and a measure."""
    body = text[start:end]
    numbers = [n for n in find_numbers(body) if n.form in ("plain", "range")]
    if len(numbers) != 1 or (
        not body[:1].strip("<>≈~+-−–").replace(",", "")[:1].isdigit() and not body[:1].isdigit()
    ):
        return None
    rest = (body[: numbers[0].start] + body[numbers[0].end :]).strip(" \u00a0.<>≈~+%-−–")
    if len(rest) > 12 or re.search(r"(?:19|20)\d\d (?:г|год)", body):
        return None
    n = numbers[0]
    return replace(n, start=n.start + start, end=n.end + start)


def _scaled(number: NumberSpan, measure: str) -> NumberSpan:
    scale = next((v for k, v in (("тыс", 1000), ("млн", 10**6), ("млрд", 10**9)) if k in measure), None)
    if scale is None or number.scaled:
        return number
    high = number.value_max * scale if number.value_max is not None else None
    return replace(number, value=number.value * scale, value_max=high)


def unit_of_label(scene: Scene, cell: Cell, above_unit: str | None) -> str | None:
    """What a row counts: the measure after the comma («…, семей»), else the first noun that is counted."""
    if cell.money:
        return "рубль"
    tokens = [t for t in scene.doc.tokens_in(*cell.label) if t.text[:1].isalpha()]
    tail = _tail_unit(scene, cell)
    if tail:
        return tail
    nouns = _counted_nouns(tokens)
    if nouns:
        return nouns
    return above_unit


def _tail_unit(scene: Scene, cell: Cell) -> str | None:
    label = scene.text[slice(*cell.label)]
    _, comma, tail = label.rpartition(",")
    words = tail.strip(" .()%").split()
    if not comma or not words or len(words) > 2:
        return None
    last = words[-1]
    if _SCALE.match(last.lower()) or last.lower().rstrip(".") in ("ед", "руб", "единиц"):
        return None
    reading = noun_reading(last, "gent")
    if reading is None and last.lower().rstrip(".") not in ("чел", "шт", "экз"):
        return None
    return unit_lemma(last.rstrip("."), reading)


def _counted_nouns(tokens: list[Token]) -> str | None:
    """«Обслужено семей» → семья, «Количество обращений граждан» → обращение, «Дети в них» → ребёнок."""
    after_participle = False
    for token in tokens:
        forms = token.forms
        if forms[0].pos in ("PRTS", "VERB", "ADJS"):
            after_participle = True
            continue
        if in_list("quantity", token.lemma):
            after_participle = True
            continue
        if forms[0].pos in ("ADJF", "PRTF") and token is tokens[-1]:
            return substantive(token)
        if forms[0].pos in ("ADJF", "PRTF", "PREP", "NPRO", "CONJ", "ADVB"):
            if forms[0].pos == "PREP" and after_participle and token.text.lower() in ("с", "в", "на"):
                return None
            continue
        wanted = ("gent",) if after_participle else ("nomn", "gent")
        reading = noun_reading(token.text, *wanted)
        if reading is not None and forms[0].pos == "NOUN":
            return unit_lemma(token.text, reading)
    return None
