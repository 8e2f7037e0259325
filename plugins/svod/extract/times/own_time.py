"""The time expression of a figure's own clause or sentence, and which expressions there can date it.

Whether a figure without one inherits the time of its paragraph or report is decided by `dating`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from svod.extract.figures.context import Spot, is_predicate
from svod.extract.figures.plan_words import stretch_looks_ahead
from svod.extract.times.clause_of_time import founding_participle, founding_verb, names_edition
from svod.extract.times.periods import TimeSpan
from svod.extract.times.timeline import Timeline
from svod.extract.words.screened import Screened, search
from svod.models import Period

_BESIDE = 4  # characters: «план на год (25 тыс. человек) выполнен на 57 %»


def usable(spot: Spot, spans: Iterable[TimeSpan]) -> list[TimeSpan]:
    """Expressions that can date the figure: no comparisons, and «сегодня» only with a past tense."""
    past = any("past" in t.forms[0].grammemes for t in spot.predicates)
    found = [s for s in spans if s.kind != "compare" and _tells_day(spot, s, past)]
    found = [
        s
        for s in found
        if s.kind != "vague" or not _AFTERWARDS.match(spot.scene.text[s.start : s.end].lower())
    ]
    found = [s for s in found if s.kind != "day" or not _is_dateline(spot, s)]
    found = [s for s in found if not names_edition(spot.scene, s)]
    found = [s for s in found if not _HOLIDAY.match(spot.scene.text, s.start)]
    found = [s for s in found if s.rule != "plan_year" or 0 <= spot.number.start - s.end <= _BESIDE]
    found = [s for s in found if not _began_then(spot, s)]
    if past and not stretch_looks_ahead(spot.scene, spot.clause):
        found = [s for s in found if not _still_to_come(spot, s)]
    return [s for s in found if same_bracket(spot, s)]


_HOLIDAY = re.compile(
    r"(?:на|к)[ \u00a0](?:8[ \u00a0]Марта|23[ \u00a0]Февраля|9[ \u00a0]Мая)"
)  # what a gift is for


def _began_then(spot: Spot, span: TimeSpan) -> bool:
    """«Клуб, открытый в мае 2019 года, провёл 30 встреч»: the meetings are not of that May."""
    if span.kind not in ("span", "day") or not founding_participle(spot.scene, span):
        return False
    between = spot.scene.doc.tokens_in(span.end, spot.number.start)
    return any(is_predicate(t) or t.text == "," for t in between)


def _is_dateline(spot: Spot, span: TimeSpan) -> bool:
    """«Томск, 22 мая 2024 г. Ещё четверо получили ключи»: where and when it was written."""
    if span.start - spot.block.start > _PLACE:
        return False
    return _PLACED.fullmatch(spot.scene.text[spot.block.start : span.start]) is not None


_PLACE = 40  # characters
_PLACED = re.compile(r"(?:г\.[ \u00a0]?)?[А-ЯЁ][А-Яа-яё -]+,[ \u00a0]?")


def _tells_day(spot: Spot, span: TimeSpan, past: bool) -> bool:
    """«Сегодня вручили 12 ключей» tells the day; «сегодня их 232», «сегодня работают трое» what is now."""
    if span.rule != "near_day":
        return True
    if not past or not spot.scene.text[span.start : span.end].lower().startswith("сегодня"):
        return past
    beside = spot.scene.doc.tokens_in(span.end, span.end + 40)[:3]
    return any(is_predicate(t) and {"past", "perf"} <= set(t.forms[0].grammemes) for t in beside)


_AFTERWARDS = Screened(
    r"через[ \u00a0]"
)  # «через полгода после выпуска работают 38»: how long after, not when


def _still_to_come(spot: Spot, span: TimeSpan) -> bool:
    """«с 2 апреля начинает приём школа, записались уже 12»: what is done already is not of that day."""
    published, period = spot.scene.published, span.period
    return span.kind == "span" and bool(published and period and period.start and period.start > published)


def same_bracket(spot: Spot, span: TimeSpan) -> bool:
    """What brackets say of time («(в 2017 году – 34)») concerns the figures inside them."""
    scene = spot.scene
    around = scene.bracket(min(scene.doc.token_index(span.start), len(scene.tokens) - 1))
    if around is None or spot.first in around:
        return True
    inside = scene.text[scene.tokens[around.first].start : scene.tokens[around.last - 1].stop].strip(
        "() \u00a0"
    )
    said = scene.text[span.start : span.end]
    if span.end >= spot.number.start or not inside.startswith(said):
        return False
    # «в смене «Островок» (1–18 июня, база школы № 2) отдохнули 25 детей»
    return re.fullmatch(r"(?:,[ \u00a0](?:[^\d–—]|№[ \u00a0]?\d+)+)?", inside[len(said) :]) is not None


def own_time(spot: Spot, timeline: Timeline) -> TimeSpan | None:
    """The expression of the figure's own clause or sentence: the last before it, else the first after it in
    the clause.
    """
    in_clause = usable(spot, timeline.in_stretch(spot.clause))
    in_sentence = usable(spot, timeline.in_stretch(spot.sentence))
    compared = _compared_in_aside(spot, timeline) or _compared_before(spot, timeline)
    if compared is not None:
        return compared
    founded = _since_founded(spot, in_sentence)
    if founded is not None and not any(s.end <= spot.number.start for s in in_clause):
        return founded
    beside = next((s for s in in_sentence if s.start >= spot.number.end and _by_dash(spot, s)), None)
    if beside is not None:
        return beside
    for spans in (in_clause, in_sentence):
        before = [
            s
            for s in spans
            if s.end <= spot.number.start and not _of_another_verb(spot, s) and not _now_since(spot, s)
        ]
        dated = [s for s in before if s.kind != "vague"]
        if before:
            return _last_of(before, dated)
        if spans is in_clause:
            after = [s for s in spans if s.start >= spot.number.end]
            if after and not _parted(spot, after[0]):
                return after[0]
    after = [s for s in in_sentence if s.start >= spot.number.end and s.kind in ("span", "since")]
    if after and search(
        r"(?:и|—|–|-)[ \u00a0](?:это|всё|все)[ \u00a0](?:только[ \u00a0]|лишь[ \u00a0])?(?:за[ \u00a0])?$",
        spot.scene.text[spot.number.end : after[0].start].lower(),
    ):
        return after[0]
    if after and _BEGINNING.search(spot.scene.low[spot.number.end : after[0].end]):
        return after[0]
    return None


_BEGINNING = Screened(r"^[^\d;]{0,90}, начиная[ \u00a0]с[ \u00a0][^,]*$")


def _now_since(spot: Spot, span: TimeSpan) -> bool:
    """«В 2022-м визитов было 1 312, сейчас в команде девять»: what follows the other time is of now."""
    return _NOW_AFTER.search(spot.scene.low[span.end : spot.number.start]) is not None


_NOW_AFTER = Screened(
    r"[,;:.–—][ \u00a0](?:а[ \u00a0]|но[ \u00a0]|и[ \u00a0]|хотя[ \u00a0])?(?:[а-яё]+[ \u00a0]){0,4}?"
    r"(?:сейчас|теперь|сегодня|нынче|ныне)(?![а-яё])"
)


def _since_founded(spot: Spot, spans: list[TimeSpan]) -> TimeSpan | None:
    """«Услугу запустили 3 февраля, и ею воспользовались 409 человек»: from that day on."""
    before = [s for s in spans if s.end <= spot.number.start and s.period is not None and s.period.start]
    if not before or not _BY_IT.search(spot.clause_text):
        return None
    span, published = before[-1], spot.scene.published
    founding = founding_verb(spot.scene, span)
    if founding is None or founding.start >= spot.scene.tokens[spot.clause.first].start or published is None:
        return None
    assert span.period is not None
    return replace(span, kind="since", period=Period(start=span.period.start, end=published))


_BY_IT = Screened(
    r"^[, \u00a0—–-]*(?:и[ \u00a0]|а[ \u00a0])?(?:за это время[ \u00a0]|с тех пор[ \u00a0]|уже[ \u00a0])?"
    r"(?:ею|ей|им|ими|там|здесь|тут|в нём|в ней|через не(?:го|ё|е)|её|его|сюда|туда)[ \u00a0]"
)
_THERE = Screened(r"^(?:там|тогда|тогда же)[ \u00a0]")


def _compared_in_aside(spot: Spot, timeline: Timeline) -> TimeSpan | None:
    """«Это меньше, чем в январе (там было 530 тысяч)», «больше, чем в 2019-м (10 845)»: the aside is of the
    time compared with.
    """
    if spot.bracket is None:
        return None
    aside = spot.scene.text_of(spot.bracket).lower()
    if not _THERE.search(aside) and not _BARE_FIGURE.fullmatch(aside):
        return None
    opened = spot.scene.tokens[spot.bracket.first].start
    spans = [s for s in timeline.in_stretch(spot.sentence) if s.end <= opened and s.kind == "compare"]
    return spans[-1] if spans and opened - spans[-1].end <= _BESIDE else None


_BARE_FIGURE = re.compile(r"\(?[\d \u00a0,]+(?:[а-яё]+)?\)?")


def _compared_before(spot: Spot, timeline: Timeline) -> TimeSpan | None:
    """«Меньше, чем в позапрошлом году, когда обращений было 402»: the figure of the time compared with."""
    start = spot.scene.tokens[spot.clause.first].start
    if _WHEN.match(spot.scene.low, start) is None:
        return None
    spans = [
        s for s in timeline.in_stretch(spot.sentence) if 0 <= start - s.end <= 1 and s.period is not None
    ]
    return spans[-1] if spans else None


_WHEN = re.compile(r",[ \u00a0]когда[ \u00a0]")


def _by_dash(spot: Spot, span: TimeSpan) -> bool:
    """«63,5 млн – в 2020-м, 83,3 млн – в 2021-м»: after each figure its time."""
    between = spot.scene.text[spot.number.end : span.start].lower()
    return (
        span.kind == "span"
        and search(r"^[ \u00a0]?(?:[а-яё₽]+\.?[ \u00a0])?[–—-][ \u00a0]?$", between) is not None
    )


def _of_another_verb(spot: Spot, span: TimeSpan) -> bool:
    """«стартовал в январе и охватывает девять районов»: the date belongs to the past verb, the figure to
    the present.
    """
    founding = founding_verb(spot.scene, span)
    if founding is not None and any(max(founding.start, span.end) < t.start for t in spot.predicates):
        return True
    near = [t for t in spot.predicates if span.end <= t.start < spot.number.start]
    if not near or "pres" not in near[-1].forms[0].grammemes or near[-1].forms[0].pos != "VERB":
        return False
    return any("past" in t.forms[0].grammemes for t in spot.predicates if t.start < span.start)


_NEAR = 40  # characters


def _last_of(before: list[TimeSpan], dated: list[TimeSpan]) -> TimeSpan:
    last = before[-1]
    if len(before) > 1 and before[-2].rule == "since_opened" and last.start - before[-2].end <= _NEAR:
        return before[-2]  # «с момента запуска службы в сентябре 2021 года»
    if last.rule == "last_season":
        return last
    if last.kind == "vague" and dated:
        return dated[-1]
    return last


def _parted(spot: Spot, span: TimeSpan) -> bool:
    """Another figure or a comma between this one and the expression: the expression is not this figure's.
    The commas of a list («звонков от детей, подростков и взрослых поступило за май») part nothing, nor does
    where it was («нуждающихся в 36 епархиях с июня получили»).
    """
    between = _WHERE.sub("", _LIST.sub("", spot.scene.text[spot.number.end : span.start]))
    return bool(search(r"[\d,;—–(]", between))


_WHERE = re.compile(r"[ \u00a0](?:в|во|из|на)[ \u00a0]\d+[ \u00a0][а-яё]+(?:[ \u00a0][а-яё]+)?(?=[ \u00a0])")
_LIST = re.compile(r"(?:[а-яё]+,[ \u00a0]){1,4}[а-яё]+[ \u00a0]и[ \u00a0]")
