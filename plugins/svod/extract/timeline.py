"""The time expressions of a report in their order, and the spans that rule whole parts of it: title, lead."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from svod.extract.context import Scene, Stretch, is_predicate
from svod.extract.noise import without_noise
from svod.extract.periods import TimeSpan, find_times, times_in
from svod.extract.plans import stretch_looks_ahead
from svod.extract.screened import Screened, search
from svod.extract.time_words import Calendar, time_lexicon
from svod.extract.topics import Topics
from svod.language.document import Token
from svod.language.lazy import lazy
from svod.models import Period

if TYPE_CHECKING:
    from svod.extract.projects import ProjectSpan
    from svod.extract.segments import Block


@dataclass(frozen=True)
class Timeline:
    """The time expressions of a report and the spans that rule whole parts of it."""

    scene: Scene
    times: Sequence[TimeSpan]
    report_blocks: tuple[int, ...]  # blocks of title and heading that set a reporting span
    main: ProjectSpan | None = None  # what the report is about
    spans_of_projects: dict[tuple[int, int], Period | None] = field(default_factory=dict, compare=False)

    @lazy
    def report(self) -> TimeSpan | None:
        """The reporting span of the title or of a heading that stands for the whole («Отчёт за 2022 год»)."""
        for index in self.report_blocks:
            block = self.scene.block(index)
            spans = [
                t
                for t in times_in(self.times, block.start, block.end)
                if t.period and (t.reporting or t.rule == "day_to_day" or self._week_of_issue(block, t))
            ]
            spans = [t for t in spans if founding_verb(self.scene, t) is None and not self._to_come(t)]
            if spans:
                return self._sharper(spans[-1])
        return None

    @lazy
    def of_issue(self) -> bool:
        """The report is an issue with the news of its days, which are not the days of each event in it."""
        blocks = [self.scene.block(i) for i in self.report_blocks]
        return any(_ISSUE.search(self.scene.text[b.start : b.end]) for b in blocks)

    def _to_come(self, span: TimeSpan) -> bool:
        """«О работе в 2023 году и задачах на 2024 год»: the year of the tasks is not the report's."""
        before = self.scene.text[max(0, span.start - 60) : span.start + 3].lower()
        return _TASKS.search(before) is not None

    def _sharper(self, span: TimeSpan) -> TimeSpan:
        """«За зиму …» in the title and «сезон, который длился с 15 октября по 15 марта» below it."""
        exact = self.lead if span.rule == "season" else None
        return exact if exact is not None and exact.rule in _DAYS_TOGETHER else span

    def _week_of_issue(self, block: Block, span: TimeSpan) -> bool:
        """«Дайджест за 21–27 сентября 2020 года»."""
        if span.rule not in _DAYS_TOGETHER:
            return False
        return self.of_issue

    @lazy
    def lead(self) -> TimeSpan | None:
        """A reporting span of the report's first paragraph («за девять месяцев 2024 года …»)."""
        text = self.scene.text
        opening = [b for b in self.scene.layout.blocks if b.kind in ("lead", "paragraph", "list_head")][:4]
        for k, block in enumerate(opening):
            if k and not _ABOUT.search(text[block.start : block.end]):
                continue
            spans = [t for t in times_in(self.times, block.start, block.end) if _sets_span(text, t)]
            spans = [
                t for t in spans if not in_contrast(self.scene, t) and founding_verb(self.scene, t) is None
            ]
            if spans:
                return spans[0]
        return None

    def in_stretch(self, stretch: Stretch) -> list[TimeSpan]:
        if stretch.first >= stretch.last:
            return []
        tokens = self.scene.tokens
        return list(times_in(self.times, tokens[stretch.first].start, tokens[stretch.last - 1].stop))


_ABOUT = re.compile(
    r"(?:о результатах|об итогах|отч[её]т о|о ходе|за период|по итогам|отч[её]тный период:?) ", re.I
)


_TASKS = Screened(
    r"(?:задач|план|перспектив|цел)[а-яё]*(?:[ \u00a0]работы)?[ \u00a0]на(?:[ \u00a0]|$)[^,.;]*$"
)


_STRONG = frozenset(
    "months_of_year half_year half_gone half_of_year quarter numeric_span year months report_year".split()
)


_NAMED = Screened(r"период:?[ \u00a0]*$|месяц[а-яё]*,[ \u00a0]$")
_OUR_YEAR = Screened(r"(?:наш|весь|был|уходящ[а-яё]+|прошедш[а-яё]+|минувш[а-яё]+|подводим итоги)[ \u00a0]$")


def _sets_span(text: str, span: TimeSpan) -> bool:
    """«за девять месяцев 2024 года», «за период с 27 марта по 30 июня»: such an expression rules what
    follows.
    """
    if span.period is None or span.period.start is None:
        return False
    before = text[max(0, span.start - 24) : span.start].lower()
    if span.rule == "year" and _OUR_YEAR.search(before):
        return True
    if span.rule in ("numeric_span", "day_to_day", "month_to_month") and _NAMED.search(before):
        return True
    if span.rule == "first_last" or (span.rule in _DAYS_APART and _WENT_ON.search(before_of(text, span))):
        return True
    if span.rule == "since_beginning":
        return "год" in text[span.start : span.end].lower()
    if span.rule == "day_to_day":
        opens = not text[max(0, span.start - 2) : span.start].strip(" \u00a0—–«")
        return opens or "период" in text[max(0, span.start - 10) : span.start].lower()
    return span.rule in _STRONG and text[span.start : span.start + 2].lower() in ("за", "по", "в ", "во")


_DAYS_APART = frozenset({"day_to_day", "month_to_month", "numeric_span"})
_WENT_ON = Screened(  # «Пункт обогрева работал с 1 ноября по 31 марта»
    r"(?<![а-яё])(?:работал|действовал|ш[её]л|длил|проходил|реализовывал|реализован)[а-яё]*[ \u00a0]"
    r"(?:[а-яё]+[ \u00a0]){0,2}$"
)


def before_of(text: str, span: TimeSpan) -> str:
    """The few words before a time expression, lower case."""
    return text[max(0, span.start - 45) : span.start].lower()


def in_contrast(scene: Scene, span: TimeSpan) -> bool:
    """«…, тогда как в 2017 году …»: a year that only serves a comparison dates nothing further on."""
    before = scene.text[max(0, span.start - 24) : span.start].lower()
    return (
        search(
            r"(?:тогда как|в то время как|, а|если|хотя|сравнени\w+,?|чем|раньше|ещё|еще|"
            r"против[ \u00a0][\d ,\u00a0]+(?:[а-яё.]+[ \u00a0])?)[ \u00a0]*$",
            before,
        )
        is not None
    )


_FOUNDED = frozenset(
    "основать создать открыть запустить появиться открыться стартовать учредить возникнуть".split()
)


def founding_verb(scene: Scene, span: TimeSpan) -> Token | None:
    """«был запущен в 2013 году и …»: the verb of founding that the date stands with."""
    if span.kind not in ("span", "day"):
        return None
    clause = scene.clause(scene.doc.token_index(span.start))
    verbs = [t for t in scene.words(clause) if is_predicate(t) and t.lemma != "быть"]
    return verbs[0] if verbs and verbs[0].lemma in _FOUNDED else None


def report_year(scene: Scene) -> int | None:
    """The year that the title says the report is about."""
    for index in _blocks_of_report(scene):
        block = scene.block(index)
        text = scene.text[block.start : block.end]
        for span in find_times(text, Calendar(scene.published)):
            if span.reporting and span.period and span.period.start and span.kind == "span":
                years = {span.period.start.year, (span.period.end or span.period.start).year}
                if len(years) == 1:
                    return years.pop()
    return None if scene.published else _year_of_issue(scene)


def _year_of_issue(scene: Scene) -> int | None:
    """«Выпуск № 37, 21–27 сентября 2020 года»: the year of days in the title, when the report has no date."""
    for index in _blocks_of_report(scene):
        block = scene.block(index)
        for span in find_times(scene.text[block.start : block.end], Calendar(None)):
            if span.period is not None and span.period.end and span.rule in _DAYS_TOGETHER:
                return span.period.end.year
    return None


_DAYS_TOGETHER = frozenset({"days_of_month", "day_to_day", "numeric_span"})
_ISSUE = re.compile(r"дайджест|обзор|мониторинг|выпуск|недел", re.I)


def _blocks_of_report(scene: Scene) -> tuple[int, ...]:
    """Title, and headings before the first paragraph."""
    found: list[int] = []
    for index, block in enumerate(scene.layout.blocks):
        if block.kind == "title" or (block.kind == "heading" and len(found) < 4):
            found.append(index)
        elif block.kind in ("paragraph", "list_item", "table_row"):
            break
    return tuple(found)


def timeline_of(scene: Scene) -> Timeline:
    calendar = Calendar(scene.published, report_year(scene))

    def future(offset: int) -> bool:
        i = scene.doc.token_index(offset)
        return i < len(scene.tokens) and stretch_looks_ahead(scene, scene.clause(i))

    found = Timeline(
        scene,
        _anchored(scene.text, find_times(without_noise(scene.text), calendar, future)),
        _blocks_of_report(scene),
        Topics(scene).main,
    )
    whole = found.report or found.lead
    if whole is None or whole.period is None:
        return found
    return replace(
        found, times=[t if future(t.start) else _inside(scene, t, whole.period) for t in found.times]
    )


def _anchored(text: str, times: Sequence[TimeSpan]) -> list[TimeSpan]:
    """«За семь месяцев», «за этот же период», «в том же году»: the dates of the last span they can mean."""
    found: list[TimeSpan] = []
    for span in times:
        if span.kind == "vague" and (means := _meaning(text[span.start : span.end].lower(), span.rule)):
            model = next((t for t in reversed(found) if t.period is not None and means(t)), None)
            if model is not None:
                span = replace(span, kind=model.kind, period=model.period, reporting=True)
        found.append(span)
    return found


_COUNTED = re.compile(r"за (?:эти |первые |последние )?(?P<n>[а-яё]+|\d+) (?P<of>месяц|дн|дней|суток)\w*$")


def _meaning(words: str, rule: str) -> Callable[[TimeSpan], bool] | None:
    """Which earlier span an expression without dates can mean; None if it means none."""
    if rule == "that_same":
        return _is_one_year if "год" in words else _is_reporting
    counted = _COUNTED.match(words)
    if counted is None:
        return None
    count = int(counted["n"]) if counted["n"].isdigit() else time_lexicon()["counts"].get(counted["n"])
    length = _months_of if counted["of"] == "месяц" else _days_of
    return (lambda t: length(t) == count) if count else None


def _days_of(span: TimeSpan) -> int | None:
    """Days of «10–11 октября», «с 9 по 11 сентября»."""
    period = span.period
    if span.rule not in _DAYS_TOGETHER or period is None or period.start is None or period.end is None:
        return None
    return (period.end - period.start).days + 1


def _is_one_year(span: TimeSpan) -> bool:
    return span.kind == "span" and _months_of(span) == MONTHS_OF_YEAR


def _is_reporting(span: TimeSpan) -> bool:
    return span.reporting and span.kind in ("span", "since")


MONTHS_OF_YEAR = 12


def _months_of(span: TimeSpan) -> int | None:
    """Months of a span, give or take a few days («с 1 ноября по 31 марта»)."""
    period = span.period
    if span.kind != "span" or period is None or period.start is None or period.end is None:
        return None
    days = (period.end - period.start).days + 1
    months = round(days / MONTH)
    return months if abs(days - MONTH * months) <= A_FEW else None


MONTH, A_FEW = 30.4, 5  # days


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
