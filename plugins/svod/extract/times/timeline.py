"""The time expressions of a report in their order, and the spans that rule whole parts of it: title, lead."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from svod.extract.figures.context import Scene, Stretch
from svod.extract.figures.plan_words import stretch_plans
from svod.extract.layout.noise import without_noise
from svod.extract.projects.topics import Topics
from svod.extract.times.beside import read_together
from svod.extract.times.clause_of_time import founding_verb, in_dateline
from svod.extract.times.frames import DAYS_TOGETHER, held_on, is_verbless, lasts, opening_span
from svod.extract.times.periods import TimeSpan, find_times, times_in
from svod.extract.times.span_signs import Candidate, candidates
from svod.extract.times.time_words import Calendar
from svod.extract.words.screened import Screened, search
from svod.language.lazy import lazy
from svod.models import Period

if TYPE_CHECKING:
    from svod.extract.layout.captions import Caption, Captions
    from svod.extract.layout.segments import Block
    from svod.extract.projects.projects import ProjectSpan


@dataclass(frozen=True)
class Timeline:
    """The time expressions of a report and the spans that rule whole parts of it."""

    scene: Scene
    times: Sequence[TimeSpan]
    report_blocks: tuple[int, ...]  # blocks of title and heading that set a reporting span
    main: ProjectSpan | None = None  # what the report is about
    captions: Captions | None = None
    spans_of_projects: dict[tuple[int, int], Period | None] = field(default_factory=dict, compare=False)

    @lazy
    def report(self) -> TimeSpan | None:
        """The reporting span of the title or of a heading that stands for the whole («Отчёт за 2022 год»)."""
        for index in self.report_blocks:
            block = self.scene.block(index)
            if _aside(self.scene, block):
                continue
            spans = [
                t
                for t in times_in(self.times, block.start, block.end)
                if t.period and (t.reporting or t.rule == "day_to_day" or self._week_of_issue(block, t))
            ]
            spans = [t for t in spans if founding_verb(self.scene, t) is None and not self._to_come(t)]
            if spans:
                return self._sharper(spans[-1])
        return self._as_of

    @lazy
    def _as_of(self) -> TimeSpan | None:
        """«Справка (по состоянию на 1 июля 2023 года)»: up to which day what the report tells was done."""
        heads = (self.scene.block(i) for i in self.report_blocks)
        spans = (t for b in heads for t in times_in(self.times, b.start, b.end) if t.kind == "asof")
        text = self.scene.low
        return next((t for t in spans if t.period and text.startswith("по состоянию", t.start)), None)

    @lazy
    def of_issue(self) -> bool:
        """The report is an issue with the news of its days, which are not the days of each event in it."""
        blocks = [self.scene.block(i) for i in self.report_blocks]
        return any(
            _ISSUE.search(self.scene.text[b.start : b.end])
            or any(self._ends_with_week(b, t) for t in times_in(self.times, b.start, b.end))
            for b in blocks
        )

    def _to_come(self, span: TimeSpan) -> bool:
        """«О работе в 2023 году и задачах на 2024 год»: the year of the tasks is not the report's."""
        before = self.scene.text[max(0, span.start - 60) : span.start + 3].lower()
        return _TASKS.search(before) is not None

    def _sharper(self, span: TimeSpan) -> TimeSpan:
        """«За зиму …» in the title and «сезон, который длился с 15 октября по 15 марта» below it."""
        exact = self.lead if span.rule == "season" else None
        return exact if exact is not None and exact.rule in DAYS_TOGETHER else span

    def _week_of_issue(self, block: Block, span: TimeSpan) -> bool:
        """«Дайджест за 21–27 сентября 2020 года», «Коротко о социальном: 3–9 февраля»."""
        if span.rule not in DAYS_TOGETHER:
            return False
        return self.of_issue or self._ends_with_week(block, span)

    def _ends_with_week(self, block: Block, span: TimeSpan) -> bool:
        before = self.scene.text[block.start : span.start].rstrip(" \u00a0")
        period = span.period
        if span.rule not in DAYS_TOGETHER or before[-1:] not in (":", ",", "("):
            return False
        if period is None or period.start is None or period.end is None:
            return False
        rest = self.scene.text[span.end : block.end].strip(" \u00a0).")
        return not rest and (period.end - period.start).days in _WEEK

    @lazy
    def dialogue(self) -> bool:
        """The text is talk: whole lines ask («— А подростки?»), and each answer has a time of its own."""
        asked = (b for b in self.scene.layout.blocks if b.end - b.start <= _QUESTION)
        return sum(_ASKS.fullmatch(self.scene.text, b.start, b.end) is not None for b in asked) >= _QUESTIONS

    @lazy
    def lead(self) -> TimeSpan | None:
        """What the report's head or opening says it is on («за девять месяцев 2024 года …»)."""
        return opening_span(self.scene, self.times)

    @lazy
    def whole(self) -> TimeSpan | None:
        """What the report is on: its title says so, else its head or opening."""
        return self.report or self.lead

    @lazy
    def candidates(self) -> list[Candidate]:
        """The dated expressions that figures without a time of their own may borrow, in text order."""
        return candidates(
            self.scene, self.times, {"title": self.report, "opening": self.lead, "event": self.held}
        )

    @lazy
    def _candidates_at(self) -> list[int]:
        return [c.span.start for c in self.candidates]

    def candidates_before(self, offset: int) -> int:
        """How many of the candidates begin before the offset."""
        return bisect_left(self._candidates_at, offset)

    @lazy
    def held(self) -> TimeSpan | None:
        """The days of the event that a report without a span of its own tells of."""
        return held_on(self.scene, self.times) if self.whole is None else None

    def place_section(self, index: int) -> Caption | None:
        """The heading of a town or region that the block stands under, as in a digest: «САРАТОВ», «Омск.»."""
        if self.captions is None or len(self._places) < _PLACES:
            return None
        found = (self.captions.opener(index), self.captions.above(index))
        return next((c for c in found if c is not None and c.index in self._places), None)

    @lazy
    def _places(self) -> frozenset[int]:
        """The blocks of the captions that name a place."""
        captions = self.captions.all if self.captions is not None else ()
        return frozenset(c.index for c in captions if self._is_place(c))

    def _is_place(self, caption: Caption) -> bool:
        words = [t for t in self.scene.doc.tokens_in(caption.start, caption.end) if t.text[:1].isalpha()]
        return 0 < len(words) <= _PLACE_WORDS and any("Geox" in f.grammemes for f in words[0].forms)

    def in_stretch(self, stretch: Stretch) -> list[TimeSpan]:
        if stretch.first >= stretch.last:
            return []
        tokens = self.scene.tokens
        return list(times_in(self.times, tokens[stretch.first].start, tokens[stretch.last - 1].stop))


_QUESTION, _QUESTIONS = 160, 3  # characters of a line that asks; so many make a talk
_ASKS = re.compile(r"\s*[—–-][^\n]*\?\s*")
_PLACES = 2  # one alone is a dateline
_PLACE_WORDS = 2  # of «ГОРНО-АЛТАЙСК», «Омская область»
_WEEK = range(4, 8)  # days less one


def _aside(scene: Scene, block: Block) -> bool:
    """The caption of a calendar («← Март 2023 →»), or a bullet with a figure that looks like a title."""
    text = scene.text[block.start : block.end]
    if _CALENDAR.match(text):
        return True
    return _MARKED.match(text) is not None


_CALENDAR = re.compile(r"\s*(?:←|→|«|»|‹|›|<|>)\s*[А-Яа-яё]+\s+\d{4}\s*(?:←|→|«|»|‹|›|<|>)")
_MARKED = re.compile(r"[^\w\s«\"„“#(\[—–-]+[ \u00a0]*[а-яё][^\n]{0,60}?(?<!\d)\d")


_TASKS = Screened(
    r"(?:задач|план|перспектив|цел)[а-яё]*(?:[ \u00a0]работы)?[ \u00a0]на(?:[ \u00a0]|$)[^,.;]*$"
)


def report_year(scene: Scene) -> int | None:
    """The year that the title says the report is about."""
    heard = False  # a title «Годовой отчёт» above «2024»
    for index in _blocks_of_report(scene):
        block = scene.block(index)
        text = scene.text[block.start : block.end]
        if _aside(scene, block):
            continue
        if heard and (bare := _BARE_YEAR.fullmatch(text)):
            return int(bare[1])
        heard = _REPORT.search(text) is not None
        for span in find_times(text, Calendar(scene.published)):
            if span.kind == "asof" and span.period and span.period.end and "состояни" in text.lower():
                return span.period.end.year
            if span.reporting and span.period and span.period.start and span.kind == "span":
                if founding_verb(scene, _moved(span, block.start)) is not None:
                    continue  # «Проект был внедрён в 2014 году»
                years = {span.period.start.year, (span.period.end or span.period.start).year}
                if len(years) == 1:
                    return years.pop()
    if scene.published:
        return None
    found = _year_of_issue(scene) or _year_of_subtitle(scene) or _year_of_opening(scene)
    return found or _year_of_now(scene) or _only_year(scene)


def _only_year(scene: Scene) -> int | None:
    """The year of all dates, where a report without a date of its own gives several, or one on which
    it is, and none of another.
    """
    spans = [t for t in find_times(scene.text, Calendar(None)) if t.period and t.kind != "compare"]
    firm = len(spans) >= _SEVERAL or any(
        (t.reporting or t.kind == "asof") and founding_verb(scene, t) is None for t in spans
    )
    if not firm or any(t.kind == "since" for t in spans):
        return None
    years = {day.year for t in spans if t.period for day in (t.period.start, t.period.end) if day is not None}
    return years.pop() if len(years) == 1 else None


_SEVERAL = 2  # dates; one may be of long ago


def _moved(span: TimeSpan, by: int) -> TimeSpan:
    return replace(span, start=span.start + by, end=span.end + by)


_BARE_YEAR = re.compile(r"[ \u00a0—–-]*(?:за[ \u00a0])?(20\d\d)(?:[ \u00a0]?(?:г\.|год))?\s*")
_REPORT = re.compile(r"отч[её]т|итоги|доклад", re.I)


def _year_of_issue(scene: Scene) -> int | None:
    """«Выпуск № 37, 21–27 сентября 2020 года»: the year of days in the title, when the report has no date."""
    for index in _blocks_of_report(scene):
        block = scene.block(index)
        for span in find_times(scene.text[block.start : block.end], Calendar(None)):
            if span.period is not None and span.period.end and span.rule in DAYS_TOGETHER:
                return span.period.end.year
    return None


def _year_of_subtitle(scene: Scene) -> int | None:
    """«… за январь – июль 2019 г.» in the line without a verb that follows the title."""
    block = next((b for b in scene.layout.blocks if b.kind in ("lead", "paragraph")), None)
    if block is None or not is_verbless(scene, block):
        return None
    for span in find_times(scene.text[block.start : block.end], Calendar(None)):
        if span.reporting and span.kind == "span" and span.period is not None and span.period.end:
            return span.period.end.year
    return None


def _year_of_opening(scene: Scene) -> int | None:
    """«… показатели за девять месяцев 2025 года» in the opening of a report without a date."""
    prose = [b for b in scene.layout.blocks if b.kind in ("lead", "paragraph", "list_head")][:_OPENING]
    for block in prose:
        for span in find_times(scene.text[block.start : block.end], Calendar(None)):
            if span.rule in _PARTS_OF_YEAR and span.period is not None and span.period.end is not None:
                return span.period.end.year
    return None


_OPENING = 3  # blocks of prose
_PARTS_OF_YEAR = frozenset("months_of_year half_year half_of_year quarter".split())


def _year_of_now(scene: Scene) -> int | None:
    """The year in which a report without a date was written, if it betrays one: «© 2024» or «2024» alone at
    the foot, «до конца 2023-го», «Зима-2026»; else «с начала 2023 года», «по данным на 1 мая 2023 года».
    """
    found = (
        {int(m[1] or m[2]) for m in _YEAR_AT_FOOT.finditer(scene.text[-_FOOT:])}
        or {int(m[1] or m[2]) for m in _YEAR_GOING_ON.finditer(scene.low)}
        or {int(m[1] or m[2]) for m in _YEAR_BEGUN.finditer(scene.low)}
    )
    return found.pop() if len(found) == 1 else None


_FOOT = 200  # characters
_YEAR_AT_FOOT = re.compile(
    r"(?:©|\(c\))[^\n\d]{0,40}(20[0-4]\d)(?!\d)|"
    r"^[ \u00a0]*(20[0-4]\d)(?:[ \u00a0]?г\.|[ \u00a0]год)?[ \u00a0]*$",
    re.M,
)
_YEAR_GOING_ON = Screened(
    r"(?<![а-яё])до[ \u00a0]конца[ \u00a0](20[0-4]\d)(?!\d)|"
    r"(?<![а-яё])(?:лето|зима|осень|весна)-(20[0-4]\d)(?!\d)"
)
_YEAR_BEGUN = Screened(
    r"(?<![а-яё])с[ \u00a0]начала[ \u00a0](20[0-4]\d)(?!\d)|"
    r"(?<![а-яё])по[ \u00a0](?:данным|состоянию)[ \u00a0]на[ \u00a0]\d{1,2}[ \u00a0][а-яё]{3,8}[ \u00a0]"
    r"(20[0-4]\d)(?!\d)"
)
_ISSUE = re.compile(r"дайджест|обзор|мониторинг|выпуск|недел", re.I)


_OF_YEAR = Screened(  # «Отчёт / организации «Х» / за 2021 год» on three lines
    r"(?:^|[\n \u00a0])(?:о работе[ \u00a0])?за[ \u00a0][^\n]{0,40}20\d\d[ \u00a0]?(?:год|г\.)[^\n]{0,10}$"
)


def _blocks_of_report(scene: Scene) -> tuple[int, ...]:
    """Title, and headings before the first paragraph."""
    found: list[int] = []
    for index, block in enumerate(scene.layout.blocks):
        if (
            block.kind == "signature"
            and found
            and _OF_YEAR.search(scene.text[block.start : block.end].lower())
        ):
            found.append(index)  # «Отчёт / организации «Х» / за 2021 год» on three lines
        elif block.kind == "title" or (block.kind == "heading" and len(found) < 4):
            found.append(index)
        elif block.kind == "table_head" and _REPORT.match(scene.text, block.start):
            found.append(index)  # «Отчёт за III квартал» right above the rows
        elif block.kind in ("paragraph", "list_item", "table_row"):
            break
    return tuple(found)


_FOR_THE_NEXT = re.compile(  # «задачи на IV квартал», «план на второе полугодие»
    r"на[ \u00a0](?:[ivx]{1,3}|[1-4](?:-?[а-яё]{1,2})?|перв|втор|трет|четв|ближайш)[а-яё]*[ \u00a0]"
    r"(?:квартал|полугоди|кв\.)"
)


def timeline_of(scene: Scene) -> Timeline:
    calendar = Calendar(scene.published, report_year(scene))

    def future(offset: int) -> bool:
        if _FOR_THE_NEXT.match(scene.low, offset):
            return True
        i = scene.doc.token_index(offset)
        return i < len(scene.tokens) and stretch_plans(scene, scene.clause(i))

    topics = Topics(scene)
    times = find_times(without_noise(scene.text), calendar, future)
    found = Timeline(
        scene,
        read_together(scene.text, [t for t in times if not in_dateline(scene.text, t)]),
        _blocks_of_report(scene),
        topics.main,
        topics.captions,
    )
    if found.held is not None and lasts(found.held, _WEEK.start):
        found = replace(found, times=[t for t in found.times if not _weekday(scene, t)])
    whole = found.report or found.lead
    if whole is None or whole.period is None or (found.report is None and whole.rule == "last_year"):
        return found
    return replace(
        found,
        times=[
            t if future(t.start) else _ended(_inside(scene, _meant(t, whole), whole.period), whole, scene)
            for t in found.times
        ],
    )


def _meant(span: TimeSpan, whole: TimeSpan) -> TimeSpan:
    """«В отчётном периоде»: what the report is on, not its year."""
    return replace(span, period=whole.period) if span.rule == "report_year" else span


def _ended(span: TimeSpan, whole: TimeSpan, scene: Scene) -> TimeSpan:
    """«С марта перешли на видео: снято 37 роликов» in a report on a year that is over: until its end."""
    period, span_of = span.period, whole.period
    if span.kind != "since" or whole.kind != "span" or period is None or span_of is None or not span_of.end:
        return span
    if period.start is None or not (span_of.start and span_of.start <= period.start <= span_of.end):
        return span
    known = scene.published is not None
    if (known and whole.rule not in DAYS_TOGETHER) or (not known and span.rule == "since_beginning"):
        return span
    if period.end != scene.published or (scene.published is not None and span_of.end > scene.published):
        return span
    return replace(span, period=Period(start=period.start, end=span_of.end))


def _weekday(scene: Scene, span: TimeSpan) -> bool:
    """«Во вторник убирали берег» in a report on a week: a day of that week."""
    return span.rule == "near_day" and scene.text[span.start : span.start + 1] in "ВвНн"


def _inside(scene: Scene, span: TimeSpan, whole: Period) -> TimeSpan:
    """A date without a year lies inside the reporting span, not in the weeks after it («в феврале» in a
    report on February to January).
    """
    period = span.period
    if period is None or not (period.start and period.end and whole.start and whole.end):
        return span
    if span.kind not in ("span", "day") or period.start <= whole.end or span.rule not in _WITHOUT_YEAR:
        return span
    if search(r"\d{4}", scene.text[span.start : span.end]) or (period.end.month, period.end.day) == (
        2,
        29,
    ):
        return span
    start, end = (
        period.start.replace(year=period.start.year - 1),
        period.end.replace(year=period.end.year - 1),
    )
    inside = whole.start <= start and end <= whole.end
    return replace(span, period=Period(start=start, end=end)) if inside else span


_WITHOUT_YEAR = frozenset(
    {"month", "months", "day", "days_of_month", "day_to_day", "month_to_month", "season"}
)
