"""The figure before, which lends a bare number its unit («из них 12», «сорок девять получили …»).

Sees the drafts that were read so far; decides nothing about whether the number is a metric.
"""

from __future__ import annotations

from collections.abc import Sequence

from svod.extract.figures.context import Scene, Spot, is_predicate
from svod.extract.figures.duplicates import Draft
from svod.extract.figures.links import is_part
from svod.extract.figures.part_lines import total_of
from svod.extract.figures.plans import is_plan_in_brackets
from svod.extract.figures.readings import LEAST_SUM, Before
from svod.extract.people.person_units import is_person
from svod.extract.words.agreement import agrees
from svod.extract.words.screened import Screened, match
from svod.language.document import Token

_LENDS_NOTHING = frozenset(
    "vague date duration age name base zero question time list_number code indefinite law address phone "
    "clock norm capacity structure measure unit_price award ordinal".split()
)
_DONE_WITH_THEM = Screened(  # «– отклонено: 22», «– поддержано – 35»
    r"^[ \u00a0•—–*-]*[а-яё]{3,}(?:но|то)(?:[ \u00a0](?:по|из-за|на|к)[ \u00a0][а-яё \u00a0]{3,40})?"
    r"[ \u00a0]*[:–—-][ \u00a0]*$"
)
_DID = Screened(r"^[^а-яё]*[а-яё]+(?:ли|лись)[ \u00a0]$")  # «забрали 516» below «принесли вещи 340 семей»
_IN_BRACKETS = Screened(r"\([^()]{0,30}$")
_PREPOSITIONS = frozenset("из в на с для по от у к".split())
_SEXES = frozenset("женщина мужчина мальчик девочка девушка юноша".split())
NEAR = 120  # figures back: what the sentence and the two before it hold at most
_LISTED = Screened(r"(?:,|(?<![а-яё])и)[ \u00a0](?:ещё[ \u00a0]|еще[ \u00a0])?$")


def _single_person(unit: str) -> bool:
    """«семеро» counts children or men, never families or bodies."""
    return is_person(unit) and unit != "семья"


def figure_before(scene: Scene, drafts: Sequence[Draft], spot: Spot) -> Before | None:
    """The figure before in the same block; figures in brackets do not lend their unit."""
    of_them = match(r"[ \u00a0]*из (?:них|которых|этих)", spot.right_text) is not None
    part = of_them or _PARTS_FOLLOW.search(spot.left_text) is not None
    for draft in reversed(drafts):
        if draft.spot.block_index != spot.block_index and not (
            _next_item(draft.spot, spot) or (of_them and _next_paragraph(draft.spot, spot))
        ):
            break
        near = scene.sentence_number(spot.first) - scene.sentence_number(draft.spot.first)
        if near > 2:
            break
        reading = draft.reading
        if reading is None or reading.kind not in ("count", "money", "percent"):
            continue
        if reading.kind == "money" and (_is_small(spot) or spot.number.form == "every"):
            continue  # «72 контракта на 11 млн рублей, из них на хозяйство – 39»
        if draft.reason in _LENDS_NOTHING or (draft.reason is not None and of_them):
            continue
        if (
            part
            and not spot.is_share
            and reading.kind == "count"
            and draft.spot.number.value < spot.number.value
        ):
            continue  # «186 вещей, включая 24 кресла. 101 из них подарили»
        if near and (is_part(draft.spot, draft.start or draft.spot.number.start) or _one_sex(draft)):
            continue
        aside = draft.in_brackets and not is_plan_in_brackets(draft.spot)
        if aside and not _IN_BRACKETS.search(spot.left_text):
            continue
        same = near == 0
        if spot.number.collective and reading.kind == "count" and not _single_person(reading.unit):
            continue
        if reading.kind == "count" and not agrees(spot, reading.unit):
            continue
        if not of_them and _in_phrase(draft) and _has_subject(drafts, draft, same=same):
            continue
        reason = None if draft.reason in ("restated", "benchmark") else draft.reason
        value = draft.spot.number.value
        return Before(
            reading.unit, reading.kind, reading.counted, draft.spot.number.start, same, reason, value
        )
    return _total_above(scene, drafts, spot) or _total_of_lines(scene, drafts, spot)


def _total_of_lines(scene: Scene, drafts: Sequence[Draft], spot: Spot) -> Before | None:
    draft = total_of(scene, drafts, spot)
    if draft is None or draft.reading is None:
        return None
    reading, at = draft.reading, draft.spot.number
    return Before(reading.unit, reading.kind, reading.counted, at.start, False, None, at.value)


_PARTS_FOLLOW = Screened(
    r"(?<![а-яё])(?:из[ \u00a0](?:них|которых)|в[ \u00a0]том[ \u00a0]числе|среди[ \u00a0]них)"
    r"[ \u00a0]*:?[ \u00a0]*$"
)
_MARK_ONLY = Screened(r"^[ \u00a0•▪*–—-]*$")


def _total_above(scene: Scene, drafts: Sequence[Draft], spot: Spot) -> Before | None:
    """«Принято 40 детей, из них:⏎– 31 передан …⏎– 9 устроены …»: the items are parts of the head's figure."""
    head = spot.block.head
    if head is None or spot.block.kind != "list_item" or _MARK_ONLY.search(spot.left_text) is None:
        return None
    block = scene.block(head)
    if _PARTS_FOLLOW.search(scene.text[max(block.start, block.end - 40) : block.end].lower()) is None:
        return None
    for draft in drafts:
        reading = draft.reading
        if draft.spot.block_index != head or draft.in_brackets or draft.reason is not None:
            continue
        if reading is not None and reading.kind == "count" and agrees(spot, reading.unit):
            at = draft.spot.number
            return Before(reading.unit, reading.kind, reading.counted, at.start, False, None, at.value)
    return None


def _is_small(spot: Spot) -> bool:
    """Too little for a sum; in its own sentence something else may have been counted before the sum."""
    number = spot.number
    return number.form == "plain" and number.value < LEAST_SUM and not number.scaled and not spot.is_share


def goes_on_list(drafts: Sequence[Draft], spot: Spot, *, near: bool) -> bool:
    """«играют 16 артистов с инвалидностью и девять актёров»: one more item after a figure that counts.
    `near`: right after it («22 рейса, 6 400 км пути»).
    """
    last = drafts[-1] if drafts else None
    if last is None or last.reason is not None or last.spot.sentence != spot.sentence:
        return False
    if _LISTED.search(spot.left_text) is None:
        return False
    if near and spot.number.start - last.end > len(", и ещё "):
        return False
    return not any(is_predicate(t) for t in spot.scene.doc.tokens_in(last.spot.number.end, spot.number.start))


def _next_item(a: Spot, b: Spot) -> bool:
    """«11 из них» in a list item counts what the item before does."""
    near = b.block_index - a.block_index == 1 and b.block.kind == a.block.kind == "list_item"
    if near and a.block.head == b.block.head and _DONE_WITH_THEM.search(b.left_text):
        return True
    if near and _DID.search(b.left_text):
        return True
    return near and match(r"[ \u00a0]*из (?:них|которых)", b.right_text) is not None


def _next_paragraph(a: Spot, b: Spot) -> bool:
    """«… зарегистрировано 400 кандидатов.⏎⏎В этом году половина из них …»: the next paragraph opens so."""
    near = b.block_index - a.block_index == 1 and {a.block.kind, b.block.kind} <= {"lead", "paragraph"}
    return near and b.sentence.first == b.scene.doc.token_index(b.block.start)


def _one_sex(draft: Draft) -> bool:
    """«Приняли 300 человек. Женщин сорок. С инвалидностью — 60»: what follows is a part of all."""
    counted = draft.reading.counted if draft.reading else None
    return counted is not None and counted.source == "left" and counted.lemma in _SEXES


def _in_phrase(draft: Draft) -> bool:
    """The figure depends on a preposition («из 49 муниципалитетов»): it lends its unit only if nothing else
    can.
    """
    left = draft.spot.left
    if not left or draft.spot.number.form != "plain":
        return False
    if left[0].text.lower() in _PREPOSITIONS:
        return True
    return left[0].text.lower() == "и" and _preposition(left[1:]) is not None


def _preposition(left: Sequence[Token]) -> Token | None:
    """«из Хабаровска, Комсомольска-на-Амуре и 15 районов»: what governs the nouns that the number is joined
    to.
    """
    for token in left[:12]:
        if token.text.lower() in _PREPOSITIONS:
            return token
        if token.text != "," and not (token.forms and token.forms[0].pos in ("NOUN", "ADJF", "CONJ")):
            return None
    return None


def _has_subject(drafts: Sequence[Draft], phrase: Draft, *, same: bool) -> bool:
    """An earlier figure of the phrase's sentence stands without a preposition: it counts persons, or the
    phrase says from where («241 заявка из 33 районов»).
    """
    governor = _preposition(phrase.spot.left)
    origin = governor is not None and governor.text.lower() == "из"
    if not same and not origin:
        return False
    for other in drafts[-NEAR:]:
        if other is phrase or other.reason is not None or other.reading is None or _in_phrase(other):
            continue
        if other.spot.sentence != phrase.spot.sentence or other.reading.kind != "count":
            continue
        if is_person(other.reading.unit) or (origin and other.spot.number.end < phrase.spot.number.start):
            return True
    return False
