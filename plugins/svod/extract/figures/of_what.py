"""What a share is of when its own words do not say: the sum or the group that the line above its list names,
money that the sentence counts.

Sees the number in its place and the lines above; knows no figures that were read before.
"""

from __future__ import annotations

import re

from svod.extract.figures.context import Scene, Spot, is_predicate
from svod.extract.figures.counted import Counted
from svod.extract.figures.heads import first_plural
from svod.extract.words.screened import Screened

MAX_LABEL = 130
MAX_ROWS = 12
MAX_WORD = 20
_SIGN = Screened(r"[:–—=-][ \u00a0]*(?:(?:около|более|почти|примерно)[ \u00a0])?$")
_SHARE_ROW = re.compile(r"[:–—-]\s*\d[\d,]*\s?%?\W*$")
_SUM_ROW = Screened(r"[:–—-][ \u00a0]*\d[^;]{0,20}(?:руб|₽)")
_SUM = Screened(r"\d[\d \u00a0,.]*(?:тыс\.?|млн\.?|млрд\.?|миллион[а-яё]*|тысяч[а-яё]*)?\s*(?:руб|₽)")
_OUT_OF = re.compile(r"(?<![а-яё])(?:из|среди)\s", re.IGNORECASE)
_MONEY_NOUNS = frozenset("доход поступление сумма финансирование выручка прибыль ассигнование".split())
_EXECUTION = frozenset("исполнение освоение финансирование".split())


def of_list(spot: Spot) -> Counted | None:
    """«Поступило – 9,8 млн руб.⏎организации – 63 %», «Из всех обращений:⏎1) выплаты – 41 %»."""
    scene, block = spot.scene, spot.block
    label = spot.number.start - block.start  # characters
    if label > MAX_LABEL or not (block.kind == "list_item" or _SIGN.search(spot.left_text)):
        return None
    if any(is_predicate(t) for t in scene.doc.tokens_in(block.start, spot.number.start)):
        return None
    above = _row_above(scene, spot.block_index)
    if above is None:
        return None
    start, end = above
    head = scene.text[start:end]
    place = Counted("рубль", "label", spot.number.start, spot.number.start)
    if _SUM_ROW.search(head.lower()) or (block.kind == "list_item" and _SUM.search(head.lower())):
        return place
    if block.kind != "list_item" or len(head) > MAX_LABEL:
        return None
    for found in _OUT_OF.finditer(head):
        words = [t for t in scene.doc.tokens_in(start + found.end(), end) if t.text[:1].isalpha()]
        while words and words[0].lemma in ("весь", "этот", "общий"):
            words.pop(0)
        group = first_plural(words[:4], "label", "gent")
        if group is not None:
            return group
    return None


def _row_above(scene: Scene, index: int) -> tuple[int, int] | None:
    """The list's head, or the line above the rows of shares."""
    block = scene.block(index)
    if block.kind == "list_item":
        head = scene.block(block.head) if block.head is not None else None
        return (head.start, head.end) if head is not None else None
    for k in range(index - 1, max(-1, index - MAX_ROWS), -1):
        above = scene.block(k)
        if above.kind not in ("paragraph", "lead", "list_item") or above.end - above.start > MAX_LABEL:
            return None
        line = scene.text[above.start : above.end]
        if "%" in line[-6:] and _SHARE_ROW.search(line):
            continue
        return above.start, above.end
    return None


def is_money(spot: Spot, counted: Counted) -> bool:
    """«Поступления сократились на 14 % и составили 31,9 млн рублей», «40 % суммы», «освоение – 99 %» beside a
    sum: a share of roubles. The execution of a plan without a sum beside it is a level of its own.
    """
    if counted.lemma == "сумма":
        return True
    if counted.source == "right" or (counted.lemma not in _MONEY_NOUNS and counted.lemma not in _EXECUTION):
        return False
    if spot.block.kind == "table_row":
        return "руб" in spot.scene.text[spot.block.start : spot.block.end]
    after = spot.scene.doc.tokens_in(counted.end, counted.end + MAX_WORD)
    if counted.lemma in _EXECUTION and after and after[0].has("NOUN", "gent", "sing"):
        return False  # «Исполнение плана – 99,5 %»
    before = spot.scene.text[max(spot.block.start, spot.number.start - MAX_LABEL) : spot.number.start]
    return _SUM.search(before.lower()) is not None or _SUM.search(spot.sentence_text) is not None
