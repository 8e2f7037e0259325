"""Then and now: «было девять, теперь 22», «сейчас 47 (начинали с пяти)» — one figure with a direction, and
what it began from.

Sees the figures of a report after each was read; knows neither projects nor periods, only whether a level of
the past names a time of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from svod.extract.figures.context import Spot
from svod.extract.figures.duplicates import Draft
from svod.extract.people.person_units import is_person
from svod.extract.times.own_time import own_time
from svod.extract.times.timeline import Timeline
from svod.extract.words.screened import Screened

_THEN = Screened(
    r"(?<![а-яё])(?:был[аои]?|насчитывал[аои]сь|числил[аои]сь|составлял[аои]?)(?:[ \u00a0][а-яё]+н[аоы])?"
    r"(?:[ \u00a0](?:всего|лишь|только|у|около|почти|порядка|примерно))*[ \u00a0–—-]*$|"
    r"(?<![а-яё])(?:когда начинали|на старте|вначале|тогда)(?![а-яё])[^.;\d]{0,40}$|"
    r"(?<![а-яё])(?:сначала|сперва|поначалу|раньше(?! времени| срока)|прежде|первое время|изначально"
    r"|первоначально|до этого|до того"
    r"|(?:до|перед)[ \u00a0](?:обучени|курс|проект|занят|программ|начал|запуск|открыти|тренинг|пандеми|ковид"
    r"|карантин)[а-яё]*)"
    r"(?![а-яё])[^.;\d]{0,60}$|"
    r"(?<![а-яё])нач(?:ал|инал)[аио]?(?:с[ья])?[ \u00a0]с[ \u00a0](?:групп|отряд|команд|компани)[а-яё]+"
    r"[ \u00a0](?:в|из)[ \u00a0]$"
)
_NOW = Screened(
    r"(?<![а-яё])(?:теперь|сейчас|сегодня|стал[аои]?|нынче|ныне|уже|остал[аои]сь|в конце|к концу|на выходе"
    r"|к[ \u00a0](?:январю|февралю|марту|апрелю|маю|июню|июлю|августу|сентябрю|октябрю|ноябрю|декабрю|лету"
    r"|осени|зиме|весне)"
    r"|после[ \u00a0](?:обучени|курс|проект|занят|программ|тренинг)[а-яё]*)(?![а-яё])[^.,;:\d]{0,80}$"
)
_MEANT = Screened(r"(?<![а-яё])(?:заложен|предусмотрен|планир|по заявке|в заявке|намеч|рассчит)")
_BEGAN = Screened(
    r"(?<![а-яё])(?:когда начинали|на старте|вначале|изначально|первоначально)(?![а-яё])[^.;\d]{0,40}$|"
    r"(?<![а-яё])вместо[ \u00a0]$"
)
_INSTEAD = Screened(r"(?<![а-яё])вместо[ \u00a0]$")
_WHEN_BEGAN = Screened(r"(?<![а-яё])когда начинали(?![а-яё])[^.;\d]{0,40}$")
_OF_THEM = Screened(r"[ \u00a0](?:из|среди)[ \u00a0](?:них|которых)")
_PAST_TIME = Screened(  # «годом ранее», «осенью»: a level that names its time is a figure of its own
    r"(?:19|20)\d\d|прошл[а-яё]+[ \u00a0]|год(?:ом|у)?[ \u00a0](?:ранее|раньше|назад)"
    r"|(?<![а-яё])(?:весной|летом|осенью|зимой|январ|феврал|март|апрел|мае|июн|июл|август|сентябр|октябр|ноябр|декабр)"
)
_DATED_THEN = Screened(r"(?:19|20)\d\d[^.!?]{0,40}(?<![а-яё])тогда(?![а-яё])[^.;\d]{0,40}$")
_ELIDED = ("antecedent", "discourse", "label", "verb", "subject", "left")


def levels(drafts: Sequence[Draft], timeline: Timeline) -> Iterator[Draft]:
    """Gives the levels of today their direction; yields the unnamed levels of the past that stand beside."""
    for a, b in pairwise([d for d in drafts if _may_be_level(d)]):
        if _is_left_of(a, b) or _set_against(a, b):
            _tell_direction(a, b)
        pair = _then_and_now(a, b)
        if pair is None:
            continue
        then, now = pair
        dated = _names_its_time(then.spot, timeline)
        if not dated or (_says(_NOW, now) and a.spot.sentence == b.spot.sentence):
            _tell_direction(then, now)
        if then.reason is None and not dated:
            yield then


def grown(drafts: Sequence[Draft]) -> None:
    """«Начинали впятером. Сегодня добровольцев 140», «в нём 14 школ, а начинали с пяти»: what began small."""
    for draft in drafts:
        reading, spot = draft.reading, draft.spot
        if not _may_be_level(draft) or reading is None or reading.direction is not None or draft.reason:
            continue
        before = spot.scene.text[
            max(spot.block.start, spot.number.start - _SEEN_BACK) : spot.number.start
        ].lower()
        people = is_person(reading.unit) and _says(_TODAY, draft) and _BEGAN_SMALL.search(before)
        after = spot.scene.low[spot.number.end : min(spot.block.end, spot.number.end + _SEEN_AFTER)]
        began = _BEGAN_AFTER.match(after) if _says(_TODAY, draft) else _BEGAN_NEXT.match(after)
        if people or began:
            draft.reading = replace(reading, direction="up")


_TODAY = Screened(r"(?<![а-яё])(?:теперь|сейчас|сегодня|нынче|ныне)(?![а-яё])[^.,;:\d]{0,60}$")
_BEGAN_AFTER = Screened(
    r"[^.;\d]{0,40}(?:[ \u00a0]из[ \u00a0]\d+[ \u00a0]?)?[,(—–][ \u00a0]?(?:(?:а|но)[ \u00a0])?"
    r"(?:в[ \u00a0][а-яё]+[ \u00a0])?начинал[аио]?[ \u00a0](?:мы[ \u00a0])?со?[ \u00a0]"
)
_BEGAN_NEXT = Screened(  # «Нас 540 семей. Начинали с двенадцати», «стало 35, а начинали мы с двенадцати»
    r"(?:[ \u00a0][а-яё]+){0,3}(?:[^а-яё\d,;:(]{1,6}|,[ \u00a0]а[ \u00a0])"
    r"начинал[аио]?[ \u00a0](?:мы[ \u00a0])?со?[ \u00a0]"
)
_SEEN_AFTER = 100  # characters
_SEEN_BACK = 250  # characters
_BEGAN_SMALL = Screened(
    r"(?<![а-яё])(?:раньше|прежде|сначала|поначалу)(?![а-яё])[^.;!?\d]{0,40}(?:(?:вдво|втро)[её]м|вчетвером"
    r"|впятером)|"
    r"(?<![а-яё])начина(?:ли|ла|лось|л)(?![а-яё])[^.;!?\d]{0,40}(?:(?:вдво|втро)[её]м|вчетвером|впятером"
    r"|вшестером|всемером"
    r"|[ \u00a0]с[ \u00a0](?:пары|нуля|одно|двух|тр[её]х|четыр[её]х|пяти|шести|семи|восьми|девяти"
    r"|десят|\d{1,2}(?!\d)))"
)
_LEFT = Screened(
    r"(?<![а-яё])остал(?:ось|ись|ся|ась)[ \u00a0](?:всего[ \u00a0]|лишь[ \u00a0]|только[ \u00a0])?$"
)


def _is_left_of(a: Draft, b: Draft) -> bool:
    """«было до 300 волонтёров, а в октябре осталось двенадцать»."""
    together = a.spot.sentence == b.spot.sentence and _says(_LEFT, b) and _same_thing(a, b)
    return together and a.spot.number.value > b.spot.number.value


_IF_THEN = Screened(r"(?<![а-яё])если[ \u00a0][^.;]*$")
_SO_NOW = Screened(
    r",[ \u00a0]то[ \u00a0](?!(?:[^\d.;]*[ \u00a0])?(?:19|20)\d\d)[^.;]*$"
)  # years are two levels


def _set_against(a: Draft, b: Draft) -> bool:
    """«Если в сентябре пришло пять семей, то в мае уже девятнадцать»: the two are compared."""
    if a.spot.sentence != b.spot.sentence or not _same_thing(a, b):
        return False
    start, end = a.spot.number.end, b.spot.number.start
    between = a.spot.scene.low[start:end]
    return _IF_THEN.search(a.spot.left_text) is not None and _SO_NOW.search(between) is not None


def _tell_direction(then: Draft, now: Draft) -> None:
    reading, before, after = now.reading, then.spot.number.value, now.spot.number.value
    if reading is None or reading.direction is not None or now.reason is not None or before == after:
        return
    if then.reading is not None and then.reading.kind == reading.kind:
        now.reading = replace(reading, direction="up" if after > before else "down")


def _may_be_level(draft: Draft) -> bool:
    if draft.cell is not None or draft.reading is None or draft.reason not in (None, "baseline"):
        return False
    return draft.spot.number.form in ("plain", "range", "share", "every", "of")


def _then_and_now(a: Draft, b: Draft) -> tuple[Draft, Draft] | None:
    """The pair in the order of time, if one of two neighbours tells of then and the other of now."""
    scene = a.spot.scene
    apart = scene.sentence_number(b.spot.first) - scene.sentence_number(a.spot.first)
    if apart > 1 or a.spot.block_index != b.spot.block_index or _OF_THEM.match(b.spot.right_text):
        return None
    if not _same_thing(a, b) or any(_MEANT.search(d.spot.clause_text) for d in (a, b)):
        return None
    if _says(_THEN, a) and _says(_NOW, b):
        return a, b
    if apart == 0 and _says(_THEN, b) and (_says(_NOW, a) or b.in_brackets):
        return b, a
    if a.reason is not None:
        return None
    left = b.spot.left_text
    if apart or not _BEGAN.search(left):
        return (b, a) if _WHEN_BEGAN.search(left) else None
    planned = b.reason != "baseline" and _INSTEAD.search(left) is not None
    return None if planned else (b, a)


def _says(pattern: Screened, draft: Draft) -> bool:
    return pattern.search(draft.spot.left_text) is not None


def _same_thing(a: Draft, b: Draft) -> bool:
    """The same unit, or the second has none of its own; shares may stand against persons («каждый десятый, а
    на выходе – 27 человек»).
    """
    assert a.reading is not None and b.reading is not None
    elided = b.reading.counted is not None and b.reading.counted.source in _ELIDED
    if a.reading.kind != b.reading.kind:
        return (
            a.spot.sentence == b.spot.sentence and a.reading.kind == "percent" and b.reading.kind == "count"
        )
    people = a.reading.unit == "человек" and is_person(b.reading.unit)
    return a.reading.unit == b.reading.unit or elided or people


def _names_its_time(spot: Spot, timeline: Timeline) -> bool:
    if _PAST_TIME.search(spot.clause_text):
        return True
    if _DATED_THEN.search(spot.left_text):
        return True  # «появились в июне 2023 года; тогда их было одиннадцать»
    time = own_time(spot, timeline)
    return time is not None and time.period is not None
