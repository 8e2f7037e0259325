"""What is said of each figure: project, period, beneficiary, plan or fact, total, quote and confidence.

Takes figures that were read and kept; decides nothing about which numbers are figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from svod.extract.confidence import confidence_of
from svod.extract.figures.concerned import Concerned
from svod.extract.figures.context import Scene, Spot
from svod.extract.figures.duplicates import Draft
from svod.extract.figures.links import is_part, project_of
from svod.extract.figures.plans import is_planned
from svod.extract.figures.standing import says_now
from svod.extract.layout import tabular
from svod.extract.people.person_units import is_person
from svod.extract.projects.topics import Topics
from svod.extract.times.clause_of_time import in_dateline
from svod.extract.times.dating import period_of
from svod.extract.times.event_days import event_days
from svod.extract.times.income import is_income, is_listed_income
from svod.extract.times.own_time import own_time
from svod.extract.times.periods import TimeSpan, find_times
from svod.extract.times.time_words import Calendar
from svod.extract.times.vague_spans import run_of
from svod.extract.words.screened import search
from svod.language.document import Document
from svod.language.lazy import lazy
from svod.models import Evidence, MetricMention, Period

if TYPE_CHECKING:
    from svod.extract.projects.projects import ProjectSpan
from svod.extract.times.timeline import Timeline, report_year

_MEDIA = frozenset(
    "материал публикация сюжет телесюжет заметка статья репортаж сообщение новость интервью радиосюжет эфир "
    "пост видеосюжет упоминание".split()
)
_PLAN_OF = re.compile(r"план\s+(?:работы|мероприятий|основных)|план-график|дорожная карта", re.I)
_SAID = frozenset({"sentence", "head"})  # a part with a time of its own words
MAX_PARTS = 12  # a part is said near its total
UNIQUE_UP_TO = 200_000  # in longer texts the offsets must do: searching for every quote is not linear


@dataclass
class Teller:
    """Turns kept drafts into mentions. `digest`: the report is a review of other media's items."""

    scene: Scene
    topics: Topics
    timeline: Timeline
    digest: bool

    @property
    def doc(self) -> Document:
        return self.scene.doc

    @property
    def published(self) -> date | None:
        return self.scene.published

    def tell(self, drafts: Sequence[Draft]) -> Iterator[MetricMention]:
        places = {id(d): i for i, d in enumerate(drafts)}
        self.digest = self.digest and any(d.reading is not None and d.reading.unit in _MEDIA for d in drafts)
        concerned = Concerned(self.scene, drafts)
        told: list[MetricMention] = []
        for draft in drafts:
            part_of = self._total_of(draft, drafts, places)
            mention = self._mention(draft, part_of, concerned)
            if part_of is not None and part_of < len(told):
                said = mention.evidence.rule.rpartition("|")[2] in _SAID
                if not (said or says_now(draft.spot) or self._has_time(draft.spot)):
                    mention = replace(mention, period=told[part_of].period)
            told.append(mention)
        yield from told

    def _has_time(self, spot: Spot) -> bool:
        """Its own words say when, if only «в отчётном году»."""
        own = own_time(spot, self.timeline)
        return own is not None and own.kind != "vague"

    def _total_of(self, draft: Draft, drafts: Sequence[Draft], places: dict[int, int]) -> int | None:
        """Index of the total that this figure is said to be a part of."""
        if draft.cell is not None or not is_part(draft.spot, draft.start):
            return None
        at = places[id(draft)]
        for k in range(at - 1, max(-1, at - MAX_PARTS), -1):
            other = drafts[k]
            if other.spot.block_index != draft.spot.block_index:
                return None
            if other.reading is None or other.reading.kind != "count" or is_part(other.spot, other.start):
                continue
            if other.spot.number.value >= draft.spot.number.value:
                return k
        return None

    def _mention(self, draft: Draft, part_of: int | None, concerned: Concerned) -> MetricMention:
        spot, reading = draft.spot, draft.reading
        assert reading is not None
        project, link = project_of(spot, self.topics)
        money = reading.kind == "money"
        cell = draft.cell
        time = own_time(spot, self.timeline) if cell is None else None
        share = reading.kind == "percent" and is_person(reading.unit)
        planned = (
            cell.planned or self._future_column(cell) or self._plan_of_work
            if cell is not None
            else is_planned(spot, money, time, share_of_persons=share)
        )
        if cell is not None:
            period: Period | None = self._cell_period(cell, spot) or run_of(project, self.timeline)
            dated = "cell"
        else:
            period, dated = period_of(
                spot,
                self.timeline,
                project,
                planned=planned,
                money=money,
                award=_is_award(spot, money, reading.unit, project, dated=self.timeline.report is not None),
            )
            whole = self.timeline.whole
            of_issue = self.digest and dated == "borrowed" and whole is not None and period == whole.period
            if of_issue and reading.unit not in _MEDIA:
                period, dated = None, "digest"
        if project is not None and link == "main" and self._beyond_event(time, project):
            project = None
        elif project is not None and link == "main" and self._before_event(time, project):
            project = self.topics.last_lasting(spot.number.start)
        if self.digest and reading.unit in _MEDIA and link in ("main", "reference"):
            project = None
        number = spot.number
        quote_start, quote_end = self._unique(draft)
        rule = f"{reading.rule}|{link}|{dated}"
        return MetricMention(
            value=number.value,
            value_max=number.value_max,
            comparator=draft.comparator,
            kind=reading.kind,
            direction=reading.direction,
            unit=reading.unit,
            beneficiary=concerned.next(project, part_of),
            planned=planned,
            period=period,
            project=project.mention.name if project is not None else None,
            evidence=Evidence(
                start=quote_start,
                end=quote_end,
                quote=self.doc.text[quote_start:quote_end],
                rule=rule,
                confidence=confidence_of(reading.rule, link, dated),
            ),
            part_of=part_of,
        )

    def _beyond_event(self, time: TimeSpan | None, project: ProjectSpan) -> bool:
        """«За последние пять лет», «в этом году»: a figure of a span longer than the event is not its own."""
        if project.mention.kind != "event" or time is None:
            return False
        words = self.doc.text[time.start : time.end].lower()
        return time.kind == "since" or (time.kind == "vague" and words.endswith(("лет", "года", "годы")))

    def _before_event(self, time: TimeSpan | None, project: ProjectSpan) -> bool:
        """«В 2012 году поступило 900 звонков» in a report on an action of 2013: counted before its day."""
        if project.mention.kind != "event" or time is None or time.period is None or time.period.end is None:
            return False
        days = event_days(project, self.timeline)
        return days is not None and days.start is not None and time.period.end < days.start

    @lazy
    def _plan_of_work(self) -> bool:
        """«План работы клуба на первое полугодие» above a table."""
        heads = [b for b in self.scene.layout.blocks if b.kind in ("title", "heading")][:3]
        return any(_PLAN_OF.match(self.doc.text[b.start : b.end]) for b in heads)

    def _future_column(self, cell: tabular.Cell) -> bool:
        """A column of a year after the publication («2026 год» in a report of 2024)."""
        return cell.year is not None and self.published is not None and cell.year > self.published.year

    def _cell_period(self, cell: tabular.Cell, spot: Spot) -> Period | None:
        head = self.doc.text[slice(*cell.column)] if cell.column is not None else ""
        times = find_times(head, self.calendar)
        if not any(in_dateline(head, t) for t in times):  # place and month of writing right above the rows
            dated = [t for t in times if t.period is not None]
            if dated:
                return dated[0].period
            if cell.year is not None and re.fullmatch(r"\D*\d{4}\D{0,14}", head):
                return Period(start=date(cell.year, 1, 1), end=date(cell.year, 12, 31))
        own = find_times(self.doc.text[slice(*cell.label)], self.calendar)
        dated = [t for t in own if t.period is not None]
        if dated:
            return dated[0].period
        ruling = self.timeline.report or self.timeline.lead
        return ruling.period if ruling is not None else None

    @lazy
    def calendar(self) -> Calendar:
        return Calendar(self.published, report_year(self.scene))

    def _unique(self, draft: Draft) -> tuple[int, int]:
        """The quote widened by words until it stands once in the text."""
        text = self.doc.text
        start, end = draft.start, draft.end
        block = draft.spot.block
        for _ in range(12 if len(text) <= UNIQUE_UP_TO else 0):
            quote = text[start:end]
            first = text.find(quote)
            if text.find(quote, first + 1) < 0:
                break
            if start > block.start:
                cut = max(
                    text.rfind(" ", block.start, start - 1),
                    text.rfind("\u00a0", block.start, start - 1),
                    text.rfind("\n", block.start, start - 1),
                )
                start = cut + 1 if cut >= block.start else block.start
            elif end < block.end:
                cut = text.find(" ", end + 1, block.end)
                end = cut if cut > 0 else block.end
            else:
                break
        return start, end


def _is_award(spot: Spot, money: bool, unit: str, project: ProjectSpan | None, *, dated: bool) -> bool:
    """`dated`: the report has a span of its own, in which applications came in."""
    if project is not None and project.mention.kind == "contest":
        return (
            money or not dated or unit in _AWARDED or search(r"субсиди|грант", spot.clause_text) is not None
        )
    if not money:
        return search(_WON, spot.clause_text) is not None
    if search(_SPENT, spot.clause_text) is not None or "освоен" in spot.sentence_text:
        return False
    return (
        not (is_income(spot) if dated else is_listed_income(spot))
        and search(_GIVEN, spot.sentence_text) is not None
    )


_GIVEN = (
    r"грант|субсиди|поддержан|победител|конкурс|выдел(?:ен[оаы]?|ил[аио]?)(?![а-яё])|награ"
    r"|получ\w+ поддержку|поддержк[аи] [–—-]|поддержал[аио]? рубл"
)


_WON = (  # «1900 организаций получат поддержку», «победителями стали 38 проектов»
    r"(?<![а-яё])получ(?:ат|ит)[ \u00a0](?:[а-яё]+[ \u00a0])?(?:поддержк|грант|субсиди|финансировани)"
    r"|победител(?:ями|ем)(?:[ \u00a0][а-яё\d]+){0,6}[ \u00a0](?:стал[иао]?|признан[ыао]?)(?![а-яё])"
    r"|ста(?:л[иао]?|нут)[ \u00a0]победител|признан[ыао]?[ \u00a0]победител"
)
_SPENT = (  # what became of a sum is a result, whoever gave it
    r"(?<![а-яё])(?:израсходован|потра[чт]|истра[чт]|освоен|освоил|обош[её]?л|ушл[ои]|уш[её]л|направлен|затра[чт]|"
    r"софинансирован|выруч|заработ|оплачен|закупл|приобрет)"
)
_AWARDED = frozenset("победитель лауреат призёр проект инициатива грант".split())
