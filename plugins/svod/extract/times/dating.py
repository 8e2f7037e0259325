"""The period of one figure: which time expression of the report rules it. Ordered rules, nearest first."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from svod.extract.figures.context import Scene, Spot, Stretch, is_predicate
from svod.extract.figures.plan_words import is_future, stretch_plans
from svod.extract.figures.standing import is_stock, stands_since
from svod.extract.times.borrowed import options, weighed
from svod.extract.times.clause_of_time import in_contrast
from svod.extract.times.event_again import time_of_event_again
from svod.extract.times.own_time import own_time, usable
from svod.extract.times.periods import TimeSpan, times_in
from svod.extract.words.screened import Screened, search
from svod.models import Period

if TYPE_CHECKING:
    from svod.extract.layout.segments import Block
    from svod.extract.projects.projects import ProjectSpan
from svod.extract.times.timeline import Timeline
from svod.extract.times.vague_spans import anniversary, resolved

_NOW_IN_BRACKET = Screened(r"(?<![а-яё])(?:сейчас|сегодня|пока|на данный момент|ныне)(?![а-яё])")


_AHEAD = Screened(
    r"[\d.) \u00a0]*(?:(?:наши|основные)[ \u00a0])?(?:задачи|цели|планы?|перспективы)[ \u00a0]на[ \u00a0]"
)


def _from_head(
    spot: Spot, timeline: Timeline, project: ProjectSpan | None, *, planned: bool
) -> TimeSpan | None:
    """The list's or table's head right above."""
    run_in = _run_in_head(spot)
    index = max((i for i in (spot.block.head, _head_above(spot)) if i is not None), default=None)
    if run_in is not None:
        start, stop = run_in
        if span := next(
            (s for s in times_in(timeline.times, start, stop) if s.period and s.kind != "day"), None
        ):
            return span
    if index is None:
        return None
    block = spot.scene.block(index)
    if (
        spot.block.kind not in ("list_item", "table_row")
        and not _is_dashed(spot.scene, spot.block)
        and not (
            block.kind in ("heading", "list_head")
            and (planned or _AHEAD.match(spot.scene.text[block.start : block.end].lower()))
        )
    ):
        return None
    if block.kind not in ("list_head", "table_head", "heading", "paragraph") and not (
        block.kind == "list_item" and spot.scene.text[block.start : block.end].rstrip().endswith(":")
    ):
        return None  # «7. В 2020 году планируем:» may itself be an item of a list
    spans = [
        s
        for s in usable(spot, times_in(timeline.times, block.start, block.end))
        if not in_contrast(spot.scene, s)
    ]
    dated = [s for s in spans if s.period]
    if not dated and spans and (whole := anniversary(spot, spans[-1], timeline)):
        return replace(spans[-1], period=whole)
    if not dated and spans:
        period, _ = resolved(spot, spans[-1], timeline, project, "head")
        return replace(spans[-1], period=period) if period is not None else None
    return dated[-1] if dated else None


def _run_in_head(spot: Spot) -> tuple[int, int] | None:
    """«3.6. Задачи на 2022 год. Увеличить …», «Сколько (с начала года). Провели …»: a short first sentence
    without a verb, which stands for a heading of its block.
    """
    scene = spot.scene
    at = scene.doc.token_index(spot.block.start)
    for _ in range(_NUMBERED):
        first = scene.sentence(at)
        if first.last >= spot.sentence.first + 1 or first.last <= at:
            return None
        words = [t for t in scene.words(first) if t.text[:1].isalpha()]
        if words:
            if len(words) > _SHORT or any(is_predicate(t) for t in words) or _counts(scene, first):
                return None
            return scene.tokens[first.first].start, scene.tokens[first.last - 1].stop
        at = first.last
    return None


def _from_caption(spot: Spot, timeline: Timeline) -> TimeSpan | None:
    """«II КВАРТАЛ» on a line of its own, «Май.» that opens the paragraph: what stands under it is of then."""
    if timeline.captions is None:
        return None
    text = spot.scene.text
    for caption in (timeline.captions.opener(spot.block_index), timeline.captions.above(spot.block_index)):
        if caption is None:
            continue
        for span in times_in(timeline.times, caption.start, caption.end):
            rest = text[caption.start : span.start] + text[span.end : caption.end]
            where = _WHERE.fullmatch(rest) is not None
            alone = span.kind == "span" and not rest.strip(" \u00a0.:")
            if (alone or (where and span.kind in ("span", "day"))) and span.period is not None:
                return span
    return None


_WHERE = re.compile(
    r",?[ \u00a0][А-ЯЁ][а-яё-]+(?:(?:,|[ \u00a0]и)?[ \u00a0][А-ЯЁ][а-яё-]+)*"
)  # «2–8 мая, Кяхта»


def _counts(scene: Scene, stretch: Stretch) -> bool:
    """A number with a dash or a comma in it or beside it: the line tells a figure, it is no heading."""
    return search(r"\d[ \u00a0]?[,–—]|[–—][ \u00a0]?\d", scene.text_of(stretch)) is not None


_NUMBERED, _SHORT = 4, 7  # «3.6.» may be cut in sentences; words of a heading


def _head_above(spot: Spot) -> int | None:
    """A list's items below a short line without a full stop, which the layout takes for a paragraph."""
    index = spot.block_index
    if not _is_item(spot.scene, spot.block):
        return None
    stop = max(0, index - _LONG_LIST)
    while index > stop and _is_item(spot.scene, spot.scene.block(index)):
        index -= 1
    block = spot.scene.block(index)
    text = spot.scene.text[block.start : block.end].rstrip()
    short = block.kind == "paragraph" and len(text) <= _LINE and (text[-1:].isalnum() or text[-1:] == "?")
    return index if short else None


def _is_item(scene: Scene, block: Block) -> bool:
    return block.kind == "list_item" or _is_dashed(scene, block)


def _is_dashed(scene: Scene, block: Block) -> bool:
    """«— Концертов было 5»: an item of a wall post that the layout takes for a paragraph."""
    return block.kind == "paragraph" and scene.text.startswith(("– ", "— ", "- "), block.start)


_LINE = 60  # characters
_LONG_LIST = 60  # items


def period_of(
    spot: Spot,
    timeline: Timeline,
    project: ProjectSpan | None,
    *,
    planned: bool,
    award: bool,
    money: bool = False,
) -> tuple[Period | None, str]:
    """The period and the rule that gave it: the figure's own words, its list's head, else what it borrows."""
    if spot.bracket is not None and _NOW_IN_BRACKET.search(spot.scene.text_of(spot.bracket).lower()):
        return None, "stock"
    own = own_time(spot, timeline)
    if own is not None and own.kind == "since" and own.rule in _SINCE_DATE and stands_since(spot):
        return None, "stock"
    if own is not None:
        if own.rule == "next_year" and not planned:
            return None, "to_come"  # «86 % семей готовы приехать в следующем году»: what they mean to do
        if planned:
            own = _to_come(spot, own)
        return resolved(spot, own, timeline, project, "sentence")
    head = _from_head(spot, timeline, project, planned=planned)
    if head is not None:
        since = anniversary(spot, head, timeline) if head.rule == "this_year" else None
        return since or head.period, "head"
    if award or is_stock(spot):
        return None, "stock"
    section = None if planned else _from_caption(spot, timeline)
    if section is not None:
        return section.period, "head"
    again = None if planned else time_of_event_again(spot, timeline)
    if again is not None:
        return again, "borrowed"
    tells = {
        "money": money,
        "plan": planned and not (_beside_fact(spot) or _planned_then(spot)),
    }
    borrowed = weighed(options(spot, timeline, project, [told for told, held in tells.items() if held]))
    return borrowed, "none" if borrowed is None else "borrowed"


_SINCE_DATE = frozenset({"since_year", "since_month", "since_day", "since_season"})


def _to_come(spot: Spot, span: TimeSpan) -> TimeSpan:
    """«В июне ждём всех, планируем вывести двести», «во втором полугодии добавят»: a plan's month without a
    year is the next one, not the last.
    """
    period, now, text = span.period, spot.scene.published, spot.scene.text[span.start : span.end]
    if now is None or period is None or not (period.start and period.end) or period.end >= now:
        return span
    if span.rule not in _WITHOUT_YEAR or any(c.isdigit() for c in text[-6:]):
        return span
    if any("past" in t.forms[0].grammemes for t in spot.predicates):
        return span
    ahead = stretch_plans(spot.scene, spot.sentence) or any(map(is_future, spot.predicates))
    if not ahead or (period.end.month, period.end.day) == (2, 29):
        return span
    step = now.year - period.end.year
    step += period.end.replace(year=now.year) < now
    later = Period(
        start=period.start.replace(year=period.start.year + step),
        end=period.end.replace(year=period.end.year + step),
    )
    return replace(span, period=later)


_WITHOUT_YEAR = frozenset(
    {
        "month",
        "months",
        "day",
        "days_of_month",
        "day_to_day",
        "month_to_month",
        "season",
        "half_year",
        "quarter",
    }
)


def _beside_fact(spot: Spot) -> bool:
    """Plan and fact side by side share the fact's period: «86 семей (по плану – 70)»."""
    if spot.bracket is not None and _PLAN_ASIDE.match(spot.scene.text_of(spot.bracket).lower()):
        return True
    if (
        search(r"(?<![а-яё])факт|при плане|к[ \u00a0](?:[а-яё]+[ \u00a0])?росписи", spot.sentence_text)
        is not None
    ):
        return True
    if _PLAN_BRACKET.search(spot.sentence_text):
        return True
    head = spot.block.head
    if head is not None and _PLAN_AND_FACT.search(_text(spot.scene, head)):
        return True
    if _PLAN_MET.search(spot.sentence_text):
        return True
    return _PLAN_NAMED.search(spot.left_text) is not None and any(
        "past" in t.forms[0].grammemes or t.forms[0].pos == "PRTS"
        for t in spot.scene.words(spot.sentence)
        if is_predicate(t)
    )


def _planned_then(spot: Spot) -> bool:
    """«Планировали 80 детей, не потянули», «44 подопечным (планировали 30)»: a plan of the time told of."""
    verbs = [t.forms[0] for t in spot.predicates]
    if "чем " in spot.clause_text:
        return False  # «вдвое больше, чем ожидали»
    return any(v.lemma in _PLANNING and v.pos == "VERB" and "past" in v.grammemes for v in verbs)


_PLANNING = frozenset(
    "планировать запланировать намечать наметить рассчитывать ожидать ждать закладывать предполагать "
    "предполагаться планироваться".split()
)


def _text(scene: Scene, index: int) -> str:
    block = scene.block(index)
    return scene.text[block.start : block.end].lower()


_PLAN_AND_FACT = Screened(r"план[а-яё]*[^.\n]{0,12}факт")
_PLAN_NAMED = Screened(  # «оборудован 31 подъезд при плановом показателе 26», «по плану было 180»
    r"(?<![а-яё])вместо[ \u00a0]$|"
    r"(?<![а-яё])(?:по|при|вместо|из|от|против)[ \u00a0](?:[а-яё]+[ \u00a0])?"
    r"(?:план|запланирован|намечен|ожида|обещан|заявлен|предполага)"
    r"[а-яё]*[^,;.]{0,20}$"
)


_PLAN_MET = (
    Screened(  # «План – 6 500 – перевыполнен», «В заявке значилось 90», «запланировано 6, проведено 4»
        r"(?<![а-яё])(?:план[а-яё]{0,2}[ \u00a0,(][^.;]{0,80}выполн|в[ \u00a0]заявке[ \u00a0\n][^.;]{0,30}"
        r"(?:значил|стоял|напис|указ|обещ)|(?:запланирован|намечен|планировал)[а-яё]*[ \u00a0]\d+,)"
    )
)
_PLAN_BRACKET = Screened(r"\d[^()]{0,40}\((?:по[ \u00a0])?план[а-яё]{0,2}[ \u00a0][–—-]?[ \u00a0]?\d")
_PLAN_ASIDE = re.compile(r"(?:(?:по|при|в)[ \u00a0])?план[а-яё]{0,2}(?![а-яё])")
