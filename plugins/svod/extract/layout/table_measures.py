"""In what the figures of a table are measured: by the row's label or cell, the column, the rows before, the
caption above.
"""

from __future__ import annotations

import re

from svod.extract.figures.context import Scene
from svod.extract.figures.numbers import NumberSpan
from svod.extract.figures.readings import LEAST_SUM
from svod.extract.layout.stacked_tables import is_measure
from svod.extract.people.person_units import is_person
from svod.language.morph import forms

MONEY = re.compile(r"руб|₽")
SCALE = re.compile(r"тыс|млн|млрд")
PERCENT = re.compile(r"%|процент")
PART = re.compile(r"^(?:из (?:них|общего числа)|в том числе|в т\. ?ч\.)[:,]?\s+", re.I)
SOURCE = re.compile(r"бюджет|средств|субсиди|грант|пожертвован|взнос")
_SUMS = re.compile(
    r"(?:(?:весь |общ[а-яё]+ )?(?:приход|расход|остат(?:ок|ки)|доход|бюджет|выручк|затрат|"
    r"пожертвован)[а-яё]*|"
    r"(?:из)?расходовано|потрачено|поступил[ои]|поступления|собрано|перечислено|сумма[а-яё ]*)"
    r"(?=$|[,:(]| (?:всего|средств|денег|за|на|в|из|по|от|с)(?![а-яё]))"
)
_IMPLIED = "руб"
_COUNTING = re.compile(
    r"(?:количеств|числ|дол[яи] |охва|обслуж|провед|обуч(?!ени)|оказан|участн|человек|дет[ие])"
)


def measure_of(label: str, unit_cell: str, column: str, above: str) -> str:
    """The nearest statement of a measure: a share in the column, the row's own, its unit cell, the column,
    the table.
    """
    if PERCENT.search(column):
        return column
    own = label.rpartition(",")[2] if "," in label else (label if re.search(r"\(.*\)", label) else "")
    for place in (own, unit_cell, column, above):
        if states_measure(place) or is_measure(place.strip()):
            return place
    return ""


def states_measure(text: str) -> bool:
    return bool(MONEY.search(text) or SCALE.search(text) or PERCENT.search(text))


def inherited(number: NumberSpan, label: str, last: str) -> str:
    """«Приход 418 200»: a sum by its label; so are the rows below it, and the parts of a row of sums."""
    large = number.value >= LEAST_SUM and not _COUNTING.match(label)
    if MONEY.search(last) and (
        PART.match(label) or SOURCE.search(label) or (large and _names_no_many(label))
    ):
        return last
    return _IMPLIED if large and (last == _IMPLIED or _SUMS.match(label)) else ""


def _names_no_many(label: str) -> bool:
    """«Обучение», «Программа «Передышка»», «от компаний», no «Наборов выдано», «Участники»."""
    opening = label.split()[0].strip("«»,.:")
    if opening in _FROM:
        return True
    readings = forms(opening)
    return (
        bool(readings)
        and readings[0].pos in ("NOUN", "ADJF")
        and not any(
            "plur" in f.grammemes and ("gent" in f.grammemes or is_person(f.lemma)) for f in readings[:2]
        )
    )


_FROM = frozenset({"от", "на", "из"})
_OF_MONEY = re.compile(
    r"(?<![а-яё])(?:деньг|денег|денеж|финанс|доход|расход|смет[аы](?![а-яё])|поступлени|потрачено)", re.I
)


def told_of_money(scene: Scene, first: int) -> str:
    """«Отчёт по деньгам» right above the table: large figures in it are sums."""
    if not first or scene.block(first - 1).kind not in _CAPTIONS:
        return ""
    caption = scene.block(first - 1)
    short = caption.end - caption.start < MAX_CAPTION
    return _IMPLIED if short and _OF_MONEY.search(scene.text, caption.start, caption.end) else ""


MAX_CAPTION = 120  # characters
_CAPTIONS = frozenset(
    {"paragraph", "heading", "lead", "list_head", "list_item", "title"}
)  # «5. Финансы, тыс. руб.»


def stated_above(scene: Scene, first: int, head: int | None) -> str:
    """The measure that the heads above the table state: in brackets or after the last comma."""
    parts: list[str] = []
    if first and scene.block(first - 1).kind in _CAPTIONS:
        caption = scene.block(first - 1)
        if caption.end - caption.start < MAX_CAPTION:
            parts.append(scene.text[caption.start : caption.end].lower())
    for _ in range(3):
        if head is None:
            break
        block = scene.block(head)
        line = scene.text[block.start : block.end].lower()
        if block.kind in ("heading", "list_head", "title"):
            parts.append(line)
        head = block.head
    in_brackets = re.findall(r"\(([^()\d]*)\)", " ".join(parts))
    tails = [part.rpartition(",")[2] for part in parts if "," in part]
    return next((b for b in (*in_brackets, *tails) if len(b) < 24 and states_measure(b)), "")
