"""Whether a number says again what the text says beside it: «более половины получателей, 58 %», «12
(двенадцать) семей», «почти 5 тыс. (точнее, 4 890)», «восемь. Восемь – это много».
"""

from __future__ import annotations

from collections.abc import Sequence

from svod.extract.figures.context import Spot, percent_follows
from svod.extract.figures.duplicates import Draft
from svod.extract.figures.numbers import NumberSpan
from svod.extract.figures.readings import Reading
from svod.extract.words.screened import Screened

FEW_BACK = 6
_WHOLE = Screened(
    r"(?:^|[—–-][ \u00a0])(?:из|все|всем|эти)[ \u00a0](?:этих[ \u00a0]|них[ \u00a0])?$"
)  # «Из 12 выпускников десять …»
_NEARLY = 20  # a twentieth: «этих четырёхсот с лишним» are 412
_IS_MUCH = Screened(r"[ \u00a0]*[—–-][ \u00a0](?:это|много|мало)(?![а-яё])")
_EXACTLY = Screened(r"[^.;:\d]{0,40}[,(–—-][ \u00a0]?(?:а[ \u00a0])?(?:точнее|если точно),?[ \u00a0]?$")
_EXACT_SHARE = Screened(r"[^.;:\d]{0,40}[,(–—-][ \u00a0]?(?:или )?$")


def is_restated(
    spot: Spot, reading: Reading | None, after: NumberSpan | None, drafts: Sequence[Draft]
) -> bool:
    """`after` is the next number of the text, `drafts` what was read before."""
    text = spot.scene.low
    last = drafts[-1] if drafts else None
    same = last is not None and last.reason is None and last.spot.number.value == spot.number.value
    if same and last is not None and text[last.spot.number.end : spot.number.start].strip() == "(":
        return True
    if same and _IS_MUCH.match(spot.right_text):
        return True
    if _WHOLE.search(spot.left_text) and any(_is_about(d, spot) for d in drafts[-FEW_BACK:]):
        return True
    if reading is None or after is None:
        return False
    between = text[spot.number.end : after.start]
    if _EXACTLY.match(between):
        return True
    share = spot.number.form == "share" and percent_follows(spot.scene.text, after.end) is not None
    return share and _EXACT_SHARE.match(between) is not None


def _is_about(draft: Draft, spot: Spot) -> bool:
    """The figure is one told before, or its round value."""
    value, other = spot.number.value, draft.spot.number.value
    same_block = draft.spot.block_index in (spot.block_index, spot.block_index - 1)
    return draft.reason is None and same_block and abs(value - other) * _NEARLY <= other
