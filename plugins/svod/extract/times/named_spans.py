"""The span of a report whose title or first words only name a month or a season: the one just over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from svod.extract.figures.context import Scene
from svod.extract.times.periods import TimeSpan, times_in
from svod.extract.times.time_words import month_period
from svod.extract.words.screened import any_case
from svod.models import Period

OPENING = 8  # blocks of prose in which a report says what it is on
FIRST = 3  # sentences or paragraphs that open it
JUST = 20  # days in which what is over is still reported on
PROSE = frozenset({"lead", "paragraph", "list_head", "list_item", "heading"})
HEAD = PROSE | {"title", "table_head", "table_row"}


def month_named(scene: Scene, times: Sequence[TimeSpan]) -> TimeSpan | None:
    """«СЕНТЯБРЬ: КОРОТКО О ДЕЛАХ», «Октябрь отшумел, пора подбивать итоги»: the month just over or nearly so,
    that the title or one of the first paragraphs opens a sentence with.
    """
    now, prose = scene.published, 0
    for block in scene.layout.blocks if now is not None else ():
        if block.kind not in HEAD:
            continue
        prose += block.kind not in ("title", "heading")
        if now is None or prose > FIRST:
            return None
        named = _MONTH.search(scene.text[block.start : block.end])
        if named is None or any(
            t.kind != "vague" for t in times_in(times, block.start, block.start + named.end())
        ):
            continue
        month = MONTHS.index(named[1].lower()) + 1
        period = month_period(now.year - (month > now.month), month)
        assert period.start is not None and period.end is not None
        if (now - period.end).days > JUST or (now - period.start).days < JUST:
            return None
        period = Period(start=period.start, end=min(now, period.end))
        return TimeSpan(
            block.start + named.start(1), block.start + named.end(1), "span", period, "month_named", True
        )
    return None


MONTHS = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()
_MONTH = any_case(
    rf"(?:^|[.!?…][ \u00a0]+)[^\w«]{{0,4}}({'|'.join(MONTHS)})"
    r"(?=[ \u00a0]?[:!—–-]|[ \u00a0](?!будет|жд[её]т|впереди|принес[её]т|обеща|стан|план)[а-яё])"
)


def season_named(scene: Scene, times: Sequence[TimeSpan]) -> TimeSpan | None:
    """«Трудовое лето: как это было», «вернулись с летних маршрутов»: the season of the title, just over or
    nearly so.
    """
    now = scene.published
    if now is None:
        return None
    for block in scene.layout.blocks[: 2 * OPENING]:
        if block.kind not in ("title", "heading"):
            if block.kind in ("paragraph", "list_item"):
                return None
            continue
        named = _SEASON.search(scene.text[block.start : block.end])
        if named is None or any(True for t in times_in(times, block.start, block.end) if t.kind != "vague"):
            continue
        first = 3 * (named.lastindex or 4)
        year = now.year - (first == 12 and now.month < 12) - (first != 12 and now.month < first)
        start = date(year, first, 1)
        end = month_period(year + (first == 12), (first + 1) % 12 + 1).end
        assert end is not None
        if (now - start).days >= _WELL_ON and (now - end).days <= _OVER:
            period = Period(start=start, end=min(now, end))
            at = block.start + named.start()
            return TimeSpan(at, block.start + named.end(), "span", period, "season_named", True)
    return None


_SEASON = any_case(
    r"(?<![а-яё])(?:(весенн[а-яё]+|весн(?:а|ы|у|ой|е))|(летн[а-яё]+|лет(?:о|ом|а))|"
    r"(осенн[а-яё]+|осень[ю]?|осени)|(?:зимн[а-яё]+|зим(?:а|ы|у|ой|е)|зимовк[а-яё]))(?![а-яё])"
)
_WELL_ON, _OVER = 45, 75  # days since its beginning, days since its end
