"""The days of an event and the run of a project, as the report states them beside the name.

Knows nothing of figures: `dating` decides whose days rule which figure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from svod.extract.figures.context import Scene, Stretch
from svod.extract.times.periods import times_in
from svod.extract.times.time_words import Calendar, month_period
from svod.extract.times.timeline import Timeline
from svod.models import Period

if TYPE_CHECKING:
    from svod.extract.projects.projects import ProjectSpan


def event_days(project: ProjectSpan, timeline: Timeline) -> Period | None:
    """The days of an event, or the span of a project, as stated beside its name; looked for once."""
    key = project.occurrences[0]
    if key not in timeline.spans_of_projects:
        timeline.spans_of_projects[key] = _event_days(project, timeline)
    return timeline.spans_of_projects[key]


def _event_days(project: ProjectSpan, timeline: Timeline) -> Period | None:
    scene = timeline.scene
    event = project.mention.kind in ("event", "contest")
    for start, _ in project.occurrences:
        index = scene.doc.token_index(start)
        if index < len(scene.tokens):
            sentence = scene.sentence(index)
            found = _days_in(timeline, sentence, event)
            if found is None and event and _in_heading(scene, start) and sentence.last < len(scene.tokens):
                found = _days_in(timeline, scene.sentence(sentence.last), event)
            if found is None and not event:
                found = _from_start_to_end(timeline, sentence)
            if found is None and not event and sentence.last < len(scene.tokens):
                after = scene.sentence(sentence.last)
                found = _days_in(timeline, after, event) if _IT.match(scene.text_of(after).lower()) else None
            if found is not None:
                return found
    return (
        (
            _days_by_kind(project, timeline)
            or _counted_days(timeline)
            or _span_of_lead(timeline)
            or _days_of_opening(project, timeline)
            or _season_of_name(project, timeline)
        )
        if event
        else None
    )


_SEASON = re.compile(r"(?<![а-яё])(?:(весенн)|(летн)|(осенн))(?:яя|ий|ее|ие|их)(?![а-яё])", re.I)


def _season_of_name(project: ProjectSpan, timeline: Timeline) -> Period | None:
    """«Летняя кампания 2016 года» without days: the season of the year beside it, or the last such season."""
    named = _SEASON.search(project.mention.name)
    if named is None or named.lastindex is None:
        return None
    first = 3 * named.lastindex
    for _, end in project.occurrences:
        years = [s for s in times_in(timeline.times, end, end + 3) if s.rule == "year" and s.period]
        if years and years[0].period is not None and years[0].period.start is not None:
            return month_period(years[0].period.start.year, first, first + 2)
    published = timeline.scene.published
    if published is not None and first <= published.month < first + 2:
        return Period(start=published.replace(month=first, day=1), end=published)
    year = Calendar(published).year_of(first + 2, 28)
    return month_period(year, first, first + 2) if year else None


def _span_of_lead(timeline: Timeline) -> Period | None:
    """«В период с 1 июня по 31 августа …»: the days between which a campaign went on."""
    lead = timeline.lead
    return lead.period if lead is not None and lead.rule in ("day_to_day", "numeric_span") else None


def _days_of_opening(project: ProjectSpan, timeline: Timeline) -> Period | None:
    """«Марафон «Х» финишировал! … с 1 по 15 июня мы приводили в порядок …»: between which days the one event
    that a report opens with was made, in the past tense.
    """
    scene = timeline.scene
    blocks = [b for b in scene.layout.blocks if b.kind in ("title", "lead", "paragraph", "list_item")]
    opening = blocks[:_OPENING_BLOCKS]
    if not opening or project.occurrences[0][0] > opening[min(2, len(opening) - 1)].end:
        return None
    if project.mention.kind != "event":
        return None  # a contest's days are those of its applications
    others = [p.occurrences[0][0] for p in scene.projects if p is not project]
    for span in times_in(timeline.times, project.occurrences[0][0], opening[-1].end):
        if any(project.occurrences[0][0] < start < span.start for start in others):
            return None
        if span.rule not in _BETWEEN or span.kind != "span" or span.period is None:
            continue
        words = scene.words(scene.clause(scene.doc.token_index(span.start)))
        if any("past" in t.forms[0].grammemes for t in words if t.forms):
            return span.period
    return None


_BETWEEN = frozenset({"day_to_day", "days_of_month", "numeric_span"})


# «Проект «Х» завершён. Он длился с 3 марта 2021 года по 20 мая 2022 года»
_IT = re.compile(r"(?:он|она|оно|проект|программа|инициатива)[ \u00a0][а-яё]")


def _from_start_to_end(timeline: Timeline, sentence: Stretch) -> Period | None:
    """«Проект стартовал 1 декабря 2023 года … завершён 30 ноября 2024 года»: told beside the name, in the
    sentence and the two after it.
    """
    scene = timeline.scene
    first = last = None
    at = sentence.first
    for _ in range(_SENTENCES):
        if at >= len(scene.tokens):
            break
        stretch = scene.sentence(at)
        for span in timeline.in_stretch(stretch):
            day = span.period.start if span.period is not None and span.kind == "day" else None
            if day is None:
                continue
            before = scene.text[max(0, span.start - 40) : span.start].lower()
            first = day if first is None and _BEGAN.search(before) else first
            last = day if last is None and _ENDED.search(before) else last
        at = stretch.last
    return Period(start=first, end=last) if first and last and first < last else None


def begins(scene: Scene, day: int) -> bool:
    """«кампания началась 1 июня»: what is told of it was not done on that day."""
    return _BEGAN.search(scene.text[max(0, day - 40) : day].lower()) is not None


_SENTENCES = 3
_BEGAN = re.compile(r"(?<![а-яё])(?:начал|стартовал|запущен|запустили)[а-яё]*[^.;\d]{0,20}$")
_ENDED = re.compile(r"(?<![а-яё])(?:заверш|законч|окончен|финиширова)[а-яё]*[^.;\d]{0,20}$")


def _in_heading(scene: Scene, offset: int) -> bool:
    """«3. Акция «Х»» stands above «Проходила с 1 по 28 декабря»."""
    block = scene.block_index(offset)
    return block is not None and scene.block(block).kind in ("heading", "list_head")


_DAYS_COUNTED = re.compile(
    r"(?<![а-яё])(?:[а-яё]+|\d+)[ \u00a0](?:дня|дней|суток)(?:[ \u00a0]?[,—–:(])?[ \u00a0]?$"
)
_OPENING_BLOCKS = 8


def _counted_days(timeline: Timeline) -> Period | None:
    """«Три дня, с 9 по 11 сентября, …» at the beginning of a report on an event: the event's days."""
    blocks = timeline.scene.layout.blocks
    end = blocks[min(_OPENING_BLOCKS, len(blocks)) - 1].end if blocks else 0
    for span in times_in(timeline.times, 0, end):
        before = timeline.scene.text[max(0, span.start - 30) : span.start].lower()
        if span.period is not None and span.kind in ("day", "span") and _DAYS_COUNTED.search(before):
            return span.period
    return None


_HELD = re.compile(
    r"прош[её]?л|состоял|проход[ия]|ид[её]т|продолжа|старт|провел|провед|провод[ия]|собрал|заверши|отмети|организ|открыл|пришёл|говорили"
)


_DATELINE = re.compile(r"\.\s?[–—-]\s")  # «Калуга, 29 августа. – Акция «Х» завершена»: when it was told


_GOES_ON = re.compile(
    r"(?<![а-яё])(?:ид[её]т|проходит|провод(?:им|ят|ит|ится)|продолжа[ею]т(?:ся)?)(?![а-яё])"
)
_RAN = re.compile(r"ш[её]л |прош[её]?л|длил|вела|вёл|вело|вели|реализов|работал|заверш|закончил|продолжал")


def _days_in(timeline: Timeline, sentence: Stretch, event: bool) -> Period | None:
    """The days of an event, or the run of a project, that this sentence states."""
    spans = [s for s in timeline.in_stretch(sentence) if s.period is not None and s.kind in ("day", "span")]
    text = timeline.scene.text_of(sentence).lower()
    if event:
        days = [s for s in spans if s.kind == "day" or s.rule in ("day_to_day", "days_of_month", "month")]
        days = [s for s in days if not _DATELINE.match(timeline.scene.text[s.end : s.end + 4])]
        days = [s for s in days if not (s.kind == "day" and begins(timeline.scene, s.start))]
        if not days and _GOES_ON.search(text):
            days = [s for s in timeline.in_stretch(sentence) if s.kind == "since" and timeline.report is None]
        if days and days[0].kind == "day" and _OVER.search(_around(timeline, days[0].start, days[0].end)):
            return _until(days[0].period)
        return days[0].period if days and _HELD.search(text) else None
    runs = [s for s in spans if s.rule in ("day_to_day", "numeric_span", "month_to_month", "years_span")]
    return runs[0].period if runs and _RAN.search(text) else None


_OVER = re.compile(r"(?:заверши|закончи)(?:л(?:ся|ась|ось|ись))(?![а-яё])")
_CAMPAIGN = re.compile(r"марафон|акци|кампани|сбор")


def _around(timeline: Timeline, start: int, end: int) -> str:
    """The words of the day's sentence, if it is of a campaign that ran up to the day."""
    scene = timeline.scene
    text = scene.text_of(scene.sentence(scene.doc.token_index(start))).lower()
    return text if _CAMPAIGN.search(text) else ""


def _until(period: Period | None) -> Period | None:
    return Period(start=None, end=period.end) if period is not None else None


def _days_by_kind(project: ProjectSpan, timeline: Timeline) -> Period | None:
    """«Фестиваль состоялся 12 мая»: the event by its kind word, near the beginning of the report."""
    scene = timeline.scene
    start = scene.doc.token_index(project.occurrences[0][0])
    kinds = {t.lemma for t in scene.tokens[max(0, start - 4) : start + 3]} & _EVENT_KINDS
    for sentence in scene.sentences[:40]:
        if any(t.lemma in kinds for t in scene.words(sentence)):
            found = _days_in(timeline, sentence, event=True)
            if found is not None:
                return found
    return None


_EVENT_KINDS = frozenset(
    "фестиваль форум акция слёт смотр конференция праздник ярмарка смена конкурс марафон турнир".split()
)
