"""The time of an event that the next sentence goes on with: «12 мая прошёл слёт … На слёте наградили …»."""

from __future__ import annotations

import re

from svod.extract.figures.context import Spot
from svod.extract.times.timeline import Timeline
from svod.language.morph import forms
from svod.models import Period

_AT_IT = re.compile(  # «На заседании рассмотрено …», «Всего в ходе этой ярмарки …»
    r"(?:всего |также |кроме того, )?(?:на|в ходе|во время|в рамках|за время)[ \u00a0]"
    r"(?:эт[а-яё]+[ \u00a0])?(?P<noun>[а-яё-]{4,})"
)
_THEN = re.compile(r"тогда[ \u00a0](?!как)")
_CAME = re.compile(r"(?:всего[ \u00a0])?(?:присутствовал|собрал(?:ось|ись)|пришл[ио])[а-яё]*[ \u00a0]")


def time_of_event_again(spot: Spot, timeline: Timeline) -> Period | None:
    """The one time of the sentence before: its day, whose event this one names again or counts who came to;
    any, if this one opens with «тогда».
    """
    scene = spot.scene
    if spot.sentence.first == 0:
        return None
    text = scene.text_of(spot.sentence).lower()
    before = scene.sentence(spot.sentence.first - 1)
    again = _AT_IT.match(text)
    if again is not None:
        lemmas = {f.lemma for f in forms(again["noun"]) if f.pos == "NOUN"}
        if not any(t.forms and t.forms[0].lemma in lemmas for t in scene.words(before)):
            return None
    elif _CAME.match(text) is None and _THEN.match(text) is None:
        return None
    found = {s.period for s in timeline.in_stretch(before) if s.period is not None}
    told = found.pop() if len(found) == 1 else None
    if told is None or told.start is None or told.end is None:
        return None
    return told if told.start == told.end or _THEN.match(text) else None
