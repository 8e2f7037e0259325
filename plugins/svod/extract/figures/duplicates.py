"""Repetitions: a figure said twice or rounded in the headline is kept once, at its fullest mention in the
body.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from svod.extract.figures.context import Scene, Spot
from svod.extract.figures.readings import Reading
from svod.extract.layout.tabular import Cell
from svod.extract.people.person_units import group_of_unit
from svod.extract.words.screened import Screened
from svod.models import Comparator


@dataclass(slots=True)
class Draft:
    """A number on its way to a metric. `reason` is set when it was rejected but may still lend its unit."""

    spot: Spot
    reading: Reading | None
    reason: str | None = None
    comparator: Comparator = "eq"
    start: int = 0
    end: int = 0
    cell: Cell | None = None

    @property
    def in_brackets(self) -> bool:
        text, number = self.spot.scene.text, self.spot.number
        opened = text.rfind("(", max(0, number.start - 40), number.start)
        return opened >= 0 and ")" not in text[opened : number.start]

    @property
    def elided(self) -> bool:
        counted = self.reading.counted if self.reading else None
        return counted is not None and counted.source in ("antecedent", "money", "label", "discourse")


def without_duplicates(scene: Scene, drafts: Sequence[Draft]) -> tuple[list[Draft], list[tuple[Draft, str]]]:
    """The drafts to keep in text order, and those dropped as repetitions."""
    live = sorted((d for d in drafts if d.reason is None), key=lambda d: d.spot.number.start)
    same: dict[tuple[str, Decimal], list[Draft]] = {}
    for draft in live:
        if draft.reading is not None:
            same.setdefault((draft.reading.kind, draft.spot.number.value), []).append(draft)
    kept: list[Draft] = []
    gone: list[tuple[Draft, str]] = []
    dropped: set[int] = set()
    for draft in live:
        if any(id(o) not in dropped and _repeats(scene, draft, o) for o in _rivals(scene, draft, live, same)):
            dropped.add(id(draft))
            gone.append((draft, "repeated"))
        else:
            kept.append(draft)
    return kept, gone


MAX_RIVALS = 30


def _rivals(
    scene: Scene, draft: Draft, live: Sequence[Draft], same: dict[tuple[str, Decimal], list[Draft]]
) -> list[Draft]:
    """What a figure may repeat: the same value anywhere, and for a headline or a lead any figure."""
    if _opens(scene, draft) or (draft.comparator == "approx" and draft.spot.number.scaled):
        return [d for d in live[:MAX_RIVALS] if d is not draft]
    if draft.reading is None:
        return []
    others = same.get((draft.reading.kind, draft.spot.number.value), [])
    return [d for d in others[:MAX_RIVALS] if d is not draft]


def _repeats(scene: Scene, draft: Draft, other: Draft) -> bool:
    """True if `draft` only repeats or rounds `other`."""
    a, b = draft.reading, other.reading
    if a is None or b is None or a.kind != b.kind or draft.cell or other.cell:
        return False
    if _MORE.search(draft.spot.left_text) or _MORE.search(other.spot.left_text):
        return False
    mine, theirs = scene.block(draft.spot.block_index).kind, scene.block(other.spot.block_index).kind
    if mine == "title" and theirs != "title":
        rounds = _rounds(draft.spot.number.value, other.spot.number.value) or _about(draft, other)
        return rounds and (
            a.unit == b.unit
            or a.kind == "money"
            or (draft.spot.number.value == other.spot.number.value or _akin(a.unit, b.unit))
        )
    if _foretells(scene, draft, other):
        return True
    if _made_exact(draft, other):
        return True
    if mine == theirs == "title" and draft.spot.block_index < other.spot.block_index:
        return draft.spot.number.value == other.spot.number.value and _akin(a.unit, b.unit)
    if theirs == "title" or draft.spot.number.value != other.spot.number.value:
        return False
    if (
        draft.spot.number.value_max != other.spot.number.value_max
        or a.unit != b.unit
        or a.direction != b.direction
    ):
        return False
    if draft.elided != other.elided:
        return (
            draft.elided
            and draft.spot.number.start > other.spot.number.start
            and draft.spot.block_index != other.spot.block_index
        )
    if draft.spot.number.value < 10 and a.kind == "count":
        return False
    if mine == theirs == "list_item" and _head(scene, draft) == _head(scene, other):
        return False  # «– 40 лекций в школах; – 40 лекций в училищах»
    later = draft.spot.number.start > other.spot.number.start
    return later and (draft.spot.block_index != other.spot.block_index or _told_again(draft, other))


LEAST_TOLD_AGAIN = 1000
_MORE = Screened(r"(?<![а-яё])ещ[её][ \u00a0]$")  # «жильё получит ещё тысяча детей»


def _told_again(draft: Draft, other: Draft) -> bool:
    """«семьям выплатили более 9 миллионов … За год им выплатили более 9 млн»: one round sum, one verb, in two
    sentences of a paragraph.
    """
    a, b = draft.spot, other.spot
    if a.sentence == b.sentence or a.number.value < LEAST_TOLD_AGAIN or draft.comparator != other.comparator:
        return False
    return draft.comparator in ("gt", "approx") and not a.verbs.isdisjoint(b.verbs)


def _opens(scene: Scene, draft: Draft) -> bool:
    """A headline, or the lead of the report: it may round what the body says exactly."""
    return scene.block(draft.spot.block_index).kind in ("title", "lead")


def _made_exact(draft: Draft, other: Draft) -> bool:
    """«почти 186 млн рублей», then «185,7 млн рублей»: money said roughly and right after exactly."""
    a, b = draft.reading, other.reading
    said, exact = draft.spot.number.value, other.spot.number.value
    if a is None or b is None or a.kind != "money" or draft.comparator != "approx" or said == exact:
        return False
    later = 0 < other.spot.block_index - draft.spot.block_index <= _SOON
    return later and other.comparator == "eq" and abs(said - exact) <= exact * Decimal("0.005")


_SOON = 4  # blocks


def _foretells(scene: Scene, draft: Draft, other: Draft) -> bool:
    """«свыше 1,3 тыс. команд» in the lead, «1347 команд» below: the lead cut the figure down to round
    hundreds, both count the same.
    """
    a, b = draft.reading, other.reading
    said, exact = draft.spot.number.value, other.spot.number.value
    if a is None or b is None or a.unit != b.unit or a.direction != b.direction or not _opens(scene, draft):
        return False
    cut = draft.comparator in ("gt", "approx") or draft.spot.number.scaled  # «18 тыс.» for 18,7 тыс.
    if not cut or other.comparator != "eq" or said < 10 or said == exact:
        return False
    if said > exact:  # «почти 560», then «557»
        near = Decimal("1.05") if said % 1000 == 0 else Decimal("1.02")  # «почти 6 тыс.», then «5 860»
        return draft.comparator == "approx" and said <= exact * near and said % 10 == 0
    if draft.spot.number.value_max is not None or other.spot.number.start < draft.spot.number.start:
        return False
    if draft.comparator == "gt" and exact - said <= said * Decimal("0.003"):
        return True  # «более 715 тысяч», then «716,3 тысячи»
    step = Decimal(10) ** int(said.normalize().as_tuple().exponent)  # the last digit that was said
    return exact - said < step and exact - said <= said * Decimal("0.1")


def _head(scene: Scene, draft: Draft) -> int | None:
    return scene.block(draft.spot.block_index).head


def _akin(a: str, b: str) -> bool:
    return group_of_unit(a) is not None and group_of_unit(b) is not None


def _about(headline: Draft, other: Draft) -> bool:
    """«больше трёхсот» in the headline for 327 in the body, «почти 200 тысяч» for 188 тысяч."""
    said, exact = headline.spot.number.value, other.spot.number.value
    if headline.comparator == "approx" and exact < said <= exact * Decimal("1.1"):
        return True
    return headline.comparator in ("gt", "ge", "approx") and said < exact <= said * Decimal("1.15")


def _rounds(rounded: Decimal, exact: Decimal) -> bool:
    """True if the first number is the second or its rounding (within 5 %)."""
    if exact == 0:
        return rounded == 0
    return abs(rounded - exact) / exact <= Decimal("0.05")
