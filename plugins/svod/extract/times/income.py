"""Whether a sum is part of an account of what came in and went out: a total stands before it.

Knows the words of accounts; what a sum of an account inherits is decided by `dating`.
"""

from __future__ import annotations

from svod.extract.figures.context import Spot
from svod.extract.words.screened import Screened

_TOTAL = Screened(  # «Поступило: 38 742 910 руб.», «Доходы: 6 214 000 руб.», «Приют обошёлся в 5,3 миллиона»
    r"(?<![а-яё])(?:поступ(?:ил[аио]?|лени[яй])|доход[а-яё]*|собра(?:н[аоы]?|ли)|привлеч[её]н[аоы]?|"
    r"пожертвовани[яй]|бюджет[а-яё]*|обош[её]?л(?:ся|ась|ось|ись)|потрачен[аоы]?|израсходован[аоы]?|расход[а-яё]*)"
    r"[^.\n\d]{0,40}\d"
)
_FAR = 12  # blocks from a total down to the last line of its account


def is_income(spot: Spot) -> bool:
    """«Поступило за год 18 млн, в том числе: Фонд президентских грантов 7 912 000 руб.»"""
    scene, index = spot.scene, spot.block_index
    start = spot.block.start
    if is_listed_income(spot):
        return True
    while spot.block.kind in ("list_item", "table_row") and index > max(0, spot.block_index - _FAR):
        index -= 1
        start = scene.block(index).start
        if scene.block(index).kind in ("title", "heading", "paragraph"):
            break
    return _TOTAL.search(scene.text[start : spot.number.start].lower()) is not None


def is_listed_income(spot: Spot) -> bool:
    """«Откуда деньги? Фонд президентских грантов – 1 192 700 р., частные пожертвования – 318 тыс. р.»"""
    before = spot.scene.text[spot.block.start : spot.number.start].lower()
    return _ACCOUNT.match(before) is not None or _under_account(spot)


def _under_account(spot: Spot) -> bool:
    """The block stands under a heading «Откуда деньги?», «ПРИШЛО», «Поступления за месяц»."""
    scene = spot.scene
    for index in range(spot.block_index - 1, max(-1, spot.block_index - _FAR), -1):
        block = scene.block(index)
        text = scene.text[block.start : block.end]
        if len(text) <= _HEADING and _ACCOUNT.match(text.lower() + " "):
            return True
        if block.kind in ("title", "heading"):
            return False
    return False


_HEADING = 60  # characters
_ACCOUNT = Screened(
    r"[^а-яё\n]{0,6}(?:доходы|пришло|поступило|поступления|откуда[ \u00a0](?:деньги|средства)|касса|сборы|"
    r"деньги,|финансы,|сколько[ \u00a0](?:собрали|потратили))(?:[ \u00a0][а-яё]+){0,3}[ \u00a0]*[.?!:,\n ]"
)
