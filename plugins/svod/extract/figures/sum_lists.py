"""Lists of sums («Потратили 1 130 000 ₽:», «– аренда склада 15 тыс»): a figure without its currency is money
there, when the line's own words do not say what else it counts.

That a list is one of sums its head says, the line above its head, or a neighbouring item with roubles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from svod.extract.figures.context import Scene, Spot, is_predicate
from svod.extract.figures.counted import Counted
from svod.extract.figures.duplicates import Draft
from svod.extract.figures.readings import LEAST_SUM, Reading
from svod.extract.layout.labels import is_label_line, is_number_of
from svod.extract.people.person_units import is_person
from svod.extract.words.screened import Screened

HALF_A_MILLION = 500_000
MAX_ROWS = 40
MAX_LABEL = 130
_OVER_SUMS = Screened(
    r"(?<![а-яё])(?:потра[чт]|израсход|расход|затрат|смет[аеуы]|бюджет|пожертв|денежн|ден(?:ьг|ег)|финанс|выручк|"
    r"сумм[аыеу]|^ушло(?![а-яё])|приход|донат|взнос|(?:со)?бра[лн][оиы]?(?![а-яё])|средств[а]?(?![а-яё]))|руб|₽"
)
_PARTS = Screened(  # a head that only parts what the line above it told
    r"^[^а-яё]*(?:из[ \u00a0]|в[ \u00a0]том[ \u00a0]числе|откуда|куда|кто|на[ \u00a0]что|как|это|"
    r"а[ \u00a0]именно|пришл|ушл|поступи|по[ \u00a0]|рассказ|подробн|вот|состав|распредел|разбивк|детал)"
)
_ROUBLES = Screened(r"\d[\d \u00a0,.]*(?:тыс\.?|млн\.?)?[ \u00a0]?(?:руб|₽|р(?:\.|(?![а-яё])))")
_STOPS = Screened(
    r"[ \u00a0]*(?:$|[.,;:!?)(—–«\"]|-[ \u00a0]|[^\w\s]|(?:и|а|но|из|в|во|на|по|с|со|к|за|для|от|до|у|"
    r"одним|двумя)[ \u00a0])"
)
_PLAN_ASIDE = Screened(  # «Оказано 148 320 услуг (план – 145 000)»
    r"\((?:при[ \u00a0])?(?:план|цел|запланировано|обещали|заявляли)[а-яё]*[ \u00a0:–—-]*$"
)
_SPOKEN = Screened(r"[.!?][ \u00a0]+[^\d\s]")
_NUMBERED = Screened(r"\d{1,2}[.)][ \u00a0]+")
_RULE = Screened(r"максим|минимальн|размер|тариф|стоимость|прожиточн|в[ \u00a0]среднем|лимит|до[ \u00a0]$")
_WORDS_OF_LIST = ("list_item", "paragraph", "lead")


def listed_sum(spot: Spot, drafts: Sequence[Draft], reading: Reading | None) -> Reading | None:
    """The number as a sum of such a list; `reading` is what it would count otherwise."""
    number, block = spot.number, spot.block
    if number.form not in ("plain", "range") or number.ending or spot.is_share or number.value < LEAST_SUM:
        return None
    if _PLAN_ASIDE.search(spot.left_text):
        return None
    if block.kind not in _WORDS_OF_LIST or (
        number.words and not number.scaled and number.value < HALF_A_MILLION
    ):
        return None
    label = spot.scene.text[block.start : number.start].lower()
    opening = _NUMBERED.match(label)
    label = label[opening.end() :] if opening else label
    if len(label) > MAX_LABEL or _SPOKEN.search(label) or _RULE.search(label) or is_number_of(label):
        return None
    if block.kind != "list_item" and not is_label_line(spot.scene, spot.block_index, number):
        return None
    if not (_STOPS.match(spot.right_text) or (spot.right and is_predicate(spot.right[0]))):
        return None
    if reading is not None and _names_its_own(spot, reading) and not _is_anothers(spot, drafts, reading):
        return None
    if not _among_sums(spot, drafts):
        return None
    place = Counted("рубль", "money", number.start, number.end)
    return Reading("money", "рубль", place, None, "money/list")


_SPENDING = Screened(
    r"(?<![а-яё])(?:потра[чт]|израсход|расход|затрат|смет[аеуы]|освоен|ушло(?![а-яё])"
    r"|бюджет[ \u00a0](?:проект|программ))"
)
MAX_HEADS, MAX_ABOVE, MAX_LINE = 3, 12, 90  # heads over a line, lines above it, characters of such a line


def heads_over(spot: Spot) -> Iterator[str]:
    """The heads of the list or section that the figure's block stands under, nearest first, in lower case."""
    index, steps = spot.block.head, 0
    while index is not None and steps < MAX_HEADS:
        yield _line(spot.scene, index)
        index, steps = spot.scene.block(index).head, steps + 1


def lines_above(spot: Spot) -> Iterator[str]:
    """The short lines right above the figure's block, nearest first, in lower case: a list without marks."""
    for index in range(spot.block_index - 1, max(-1, spot.block_index - MAX_ABOVE), -1):
        block = spot.scene.block(index)
        if block.end - block.start > MAX_LINE:
            return
        yield _line(spot.scene, index)


def is_spent(spot: Spot) -> bool:
    """A line of a list of expenses: wages, benefits and prices in it are what the work cost."""
    return any(_SPENDING.search(line) for line in chain(heads_over(spot), lines_above(spot)))


_MONEY_FROM = Screened(  # «пожертвования граждан и компаний», «взносы участников»
    r"^[^а-яё]*(?:[а-яё]+(?:ые|ие|ый|ий|ая|ое)[ \u00a0])?"
    r"(?:пожертвовани|взнос|средств|субсиди|грант|донат|перевод|платеж|доход|выручк|расход|затрат)"
)


def _names_its_own(spot: Spot, reading: Reading) -> bool:
    """«Порций – 5 460», «жертвователей 1 911», «роздано – 1 200»: the line says what it counts."""
    counted = reading.counted
    if reading.kind != "count" or counted is None or counted.source == "right":
        return True
    if _MONEY_FROM.search(spot.scene.low[spot.block.start : spot.number.start]):
        return False
    if counted.start < spot.block.start:
        return any(t.forms[0].pos == "PRTS" for t in spot.predicates)
    if is_person(reading.unit):
        return True
    noun = spot.scene.tokens[spot.scene.doc.token_index(counted.start)]
    return counted.source != "antecedent" and {"gent", "plur"} <= noun.forms[0].grammemes


def _is_anothers(spot: Spot, drafts: Sequence[Draft], reading: Reading) -> bool:
    """«обувь, 83 пары – 99 600»: the noun before the number is what the number before it counts."""
    last = drafts[-1] if drafts else None
    if last is None or last.reading is None or last.reading.counted is None or reading.counted is None:
        return False
    here = last.spot.block_index == spot.block_index and reading.counted.source != "right"
    return here and last.reading.counted.start == reading.counted.start


def _among_sums(spot: Spot, drafts: Sequence[Draft]) -> bool:
    scene = spot.scene
    first = _first_line(scene, spot.block_index)
    near = [d for d in drafts if first - 2 <= d.spot.block_index <= spot.block_index and _is_money(d)]
    if any(d.spot.block_index >= first for d in near):
        return True
    if any(_ROUBLES.search(line) for line in _lines_below(scene, spot.block_index)):
        return True
    head = _line(scene, first - 1)
    if len(head) > 2 * MAX_LABEL:
        return False
    if _OVER_SUMS.search(head) or any(d.spot.block_index == first - 1 for d in near):
        return True
    titled = first > 0 and scene.block(first - 1).kind in ("heading", "list_head")
    return bool(near) and _PARTS.search(head) is not None and (titled or head.endswith(":"))


def _is_money(draft: Draft) -> bool:
    return (
        draft.reading is not None and draft.reading.kind == "money" and draft.spot.number.value >= LEAST_SUM
    )


def _first_line(scene: Scene, index: int) -> int:
    """The first block of the list or of the lines that are labels and figures."""
    block = scene.block(index)
    for k in range(index - 1, max(-1, index - MAX_ROWS), -1):
        above = scene.block(k)
        same = above.kind == block.kind and above.head == block.head
        if not same or (block.kind != "list_item" and not _ends_in_figure(scene, k)):
            return k + 1
    return max(0, index - MAX_ROWS + 1)


_FIGURE_ENDS = Screened(
    r"[:–—-][ \u00a0]*\d[\d\s\u00a0,.]*(?:тыс\.?|млн\.?)?(?:[ \u00a0]?(?:руб[а-яё.]*|₽|р\.))?[;,.]?$"
)


def _ends_in_figure(scene: Scene, index: int) -> bool:
    line = _line(scene, index)
    return len(line) <= MAX_LABEL and _FIGURE_ENDS.search(line[-40:]) is not None


def _lines_below(scene: Scene, index: int) -> Iterator[str]:
    block = scene.block(index)
    for k in range(index + 1, min(index + 6, len(scene.layout.blocks))):
        below = scene.block(k)
        if below.kind != block.kind or below.head != block.head:
            return
        if block.kind != "list_item" and not _ends_in_figure(scene, k):
            return
        yield _line(scene, k)[: 2 * MAX_LABEL]


def _line(scene: Scene, index: int) -> str:
    if index < 0:
        return ""
    block = scene.block(index)
    return scene.text[block.start : block.end].lower()
