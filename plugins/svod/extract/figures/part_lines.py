"""Lines of their own that tell parts of the figure on a line above: «Заключено контрактов: 151 ⏎ в т.ч. на
поиск работы: 68 ⏎ на открытие своего дела: 32».
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from svod.extract.words.agreement import agrees

if TYPE_CHECKING:
    from svod.extract.figures.context import Scene, Spot
    from svod.extract.figures.duplicates import Draft

_OF_THEM = re.compile(
    r"[•▪*–—\- ]*(?:из[ \u00a0](?:них|которых)|в[ \u00a0]том[ \u00a0]числе|в[ \u00a0]т\.[ \u00a0]?ч\.)", re.I
)
_FOR = re.compile(r"[•▪*–—\- ]*(?:на|для|по|в|во|с|от|у|через)[ \u00a0][^\d:\n–—]{2,60}[ \u00a0]?[:–—]", re.I)
_LABEL_BEFORE = re.compile(r"[:–—][ \u00a0]*$")
MOST = 12  # lines of parts under one figure


def total_of(scene: Scene, drafts: Sequence[Draft], spot: Spot) -> Draft | None:
    """The counted figure of the line above those of which this line tells a part; the part is the smaller."""
    if _LABEL_BEFORE.search(spot.left_text) is None:
        return None
    above = _line_above(scene, spot.block_index)
    if above is None:
        return None
    for draft in reversed(drafts):
        if draft.spot.block_index < above:
            return None
        reading = draft.reading
        if draft.spot.block_index > above or reading is None or draft.reason is not None or draft.in_brackets:
            continue
        if reading.kind == "count" and agrees(spot, reading.unit):
            return draft if draft.spot.number.value > spot.number.value else None
    return None


def _line_above(scene: Scene, index: int) -> int | None:
    for back in range(MOST):
        block = scene.block(index - back)
        if index - back < 1 or block.kind not in ("lead", "paragraph", "list_item"):
            return None
        if _OF_THEM.match(scene.text, block.start):
            return index - back - 1
        if _FOR.match(scene.text, block.start) is None:
            return None
    return None
