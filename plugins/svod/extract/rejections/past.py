"""What was done a generation ago and more: the history of a house or a town, not the activity reported."""

from __future__ import annotations

import re
from datetime import MAXYEAR

from svod.extract.figures.context import Spot
from svod.extract.times.periods import TimeSpan, times_in
from svod.extract.times.timeline import Timeline
from svod.extract.words.screened import Screened

GENERATION = 20  # years before the publication
_WAR = Screened(  # «В войну здесь размещался госпиталь»; a title names what a report is about
    r"(?<![а-яё])(?:в|за)[ \u00a0](?:войну|годы[ \u00a0](?:великой[ \u00a0])?(?:отечественной[ \u00a0])?войны"
    r"|военные[ \u00a0]годы)(?![а-яё])"
)
_NOW = Screened(
    r"(?<![а-яё])(?:сегодня|сейчас|теперь|ныне|с тех пор|до сих пор|поныне"
    r"|за (?:эти|все|минувшие|прошедшие)[ \u00a0])"
)


_YEAR = re.compile(  # of any century: time expressions know those that reports are of
    r"(?P<since>(?<![а-яё])со?[ \u00a0])?(?<![\d,.])(?P<year>1[5-9]\d\d)"
    r"(?:-(?:м|го|й)(?![а-яё])|[ \u00a0]г(?:од|г?\.))"
)


def long_past(spot: Spot, timeline: Timeline) -> str | None:
    """«history» if the dates of the figure's sentence, or the last one before it in its block, lie that far
    back («В 1951 году дом передали школе. Детей было 120»). Never without a publication date.
    """
    published = spot.scene.published
    if published is None or _NOW.search(spot.sentence_text):
        return None
    scene, sentence = spot.scene, spot.sentence
    first, last = scene.tokens[sentence.first].start, scene.tokens[sentence.last - 1].stop
    years = _years(spot, timeline, first, last)
    if not years and all("past" in t.forms[0].grammemes for t in spot.predicates):
        years = _years(spot, timeline, spot.block.start, first)[-1:]
        if years and _NOW.search(scene.low[spot.block.start : spot.number.start]):
            return None
    if years:
        return "history" if max(years) <= published.year - GENERATION else None
    return "history" if _WAR.search(scene.low[spot.block.start : spot.number.start]) else None


def _years(spot: Spot, timeline: Timeline, start: int, end: int) -> list[int]:
    """The years in which the time expressions of [start, end) end, in order."""
    told = [(span.start, _latest(span)) for span in times_in(timeline.times, start, end)]
    old = [
        (m.start(), MAXYEAR if m["since"] else int(m["year"]))
        for m in _YEAR.finditer(spot.scene.low, start, end)
    ]
    return [year for _, year in sorted(told + old)]


def _latest(span: TimeSpan) -> int:
    """The year in which the span ends; one that is not known may be of today."""
    day = span.period and (span.period.end or span.period.start)
    return day.year if day else MAXYEAR
