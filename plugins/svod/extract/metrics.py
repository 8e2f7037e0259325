"""The figures of a report: every number is either a metric or rejected with a named reason.

The order is the algorithm: numbers are found, those inside other things (dates, phones, names) are set
aside, each
of the rest is read in its place, rejected or kept, then told its project, period, beneficiary and whether it
is a
plan; at the end repetitions give way to the fullest mention.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from svod.extract import tabular
from svod.extract.beneficiaries import ORDER, beneficiary_of, group_of_unit, groups_in, is_person, said_of
from svod.extract.comparators import comparator_of
from svod.extract.confidence import confidence_of
from svod.extract.context import Scene, Spot, is_predicate, spot_of
from svod.extract.counted import Counted, percent_follows
from svod.extract.dating import Timeline, own_time, period_of
from svod.extract.duplicates import Draft, without_duplicates
from svod.extract.kinds import Before, Reading, read_kind
from svod.extract.links import Topics, is_part, project_of
from svod.extract.numbers import NumberSpan, find_numbers, without_noise
from svod.extract.periods import Calendar, find_times
from svod.extract.plans import is_planned, looks_ahead
from svod.extract.masks import Mask, find_masks, mask_at
from svod.extract.rejections import rejection
from svod.extract.signs import private_units, states_result
from svod.language.document import Document
from svod.models import Beneficiary, Evidence, MetricKind, MetricMention, Period, RejectedNumber

if TYPE_CHECKING:
    from svod.extract.projects import ProjectSpan
    from svod.extract.segments import Layout

_LENDS_NOTHING = frozenset(
    "vague date duration age name base zero question time list_number code indefinite law address phone clock "
    "norm capacity structure measure unit_price".split()
)
_RATES = frozenset({"duration", "norm", "capacity", "unit_price", "age"})
MIN_FIGURES = 3  # a report with fewer figures may be a tale
MAX_TALE = 5
MAX_NUMBERS = 40  # a sentence with more of them is no sentence
MAX_PARTS = 12  # a part is said near its total
UNIQUE_UP_TO = 200_000  # in longer texts the offsets must do: searching for every quote is not linear
_SILENT = ("furniture", "signature")
_DIGEST = re.compile(
    r"дайджест|обзор (?:публикац|сми|пресс|новост|материал)|мониторинг\w* (?:публикац|сми|пресс|"
    r"материал)|выпуск №",
    re.I,
)
_MEDIA = frozenset(
    "материал публикация сюжет телесюжет заметка статья репортаж сообщение новость интервью радиосюжет эфир пост "
    "видеосюжет упоминание".split()
)


def read_metrics(
    doc: Document, layout: Layout, projects: Sequence[ProjectSpan], published: date | None
) -> tuple[tuple[MetricMention, ...], tuple[RejectedNumber, ...]]:
    """All figures of the report in text order, and every number that is none, with the reason."""
    return _Reader(doc, layout, tuple(projects), published).read()


@dataclass
class _Reader:
    doc: Document
    layout: Layout
    projects: tuple[ProjectSpan, ...]
    published: date | None
    rejected: list[RejectedNumber] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.scene = Scene(self.doc, self.layout, self.projects, self.published)
        self.topics = Topics(self.scene)
        self.timeline = _timeline(self.scene)
        self.prose = without_noise(self.doc.text)
        self.masks = find_masks(self.prose)
        self.times = list(self.timeline.times)
        self.time_starts = [t.start for t in self.times]
        self.has_prose = any(
            b.kind in ("lead", "paragraph", "list_item", "table_row") for b in self.layout.blocks
        )
        self.digest = any(_DIGEST.search(self._text_of(i)) for i in self.timeline.report_blocks)

    def read(self) -> tuple[tuple[MetricMention, ...], tuple[RejectedNumber, ...]]:
        tables = {i for i, b in enumerate(self.layout.blocks) if b.kind in ("table_row", "table_head")}
        self._tables()
        numbers = find_numbers(self.prose)
        sentences = [self.scene.sentence_number(self.doc.token_index(n.start)) for n in numbers]
        crowd = Counter(sentences)
        for at, number in enumerate(numbers):
            index = self.scene.block_index(number.start)
            if index is None or index in tables or self.layout.blocks[index].kind in _SILENT:
                continue
            if crowd[sentences[at]] > MAX_NUMBERS:
                self._reject(number, "noise")
                continue
            after = numbers[at + 1] if at + 1 < len(numbers) else None
            self._number(number, after)
        self._restore_passing()
        self._drop_tale()
        kept, gone = without_duplicates(self.scene, self.drafts)
        self.by_noun: dict[tuple[int, str], list[Draft]] = {}
        for draft in kept:
            if draft.reading is not None and draft.reading.counted is not None:
                self.by_noun.setdefault((draft.reading.counted.start, draft.reading.unit), []).append(draft)
        for draft, reason in gone:
            self._reject(draft.spot.number, reason)
        metrics = tuple(self._mentions(kept))
        return metrics, tuple(sorted(self.rejected, key=lambda r: (r.start, r.end)))

    def _restore_passing(self) -> None:
        """A few people mentioned in passing count after all in a report that states figures («двое
        поступили в вузы»).
        """
        if sum(d.reason is None for d in self.drafts) < MIN_FIGURES:
            return
        for draft in self.drafts:
            reading = draft.reading
            if draft.reason != "incidental" or reading is None or not is_person(reading.unit):
                continue
            if reading.unit in private_units() or not any(
                "plur" in t.forms[0].grammemes for t in draft.spot.predicates
            ):
                continue
            draft.reason = None
            draft.comparator, draft.start = comparator_of(draft.spot)
            draft.end = self._quote_end(draft.spot, reading)
            number = draft.spot.number
            self.rejected = [r for r in self.rejected if r.start != number.start]

    def _drop_tale(self) -> None:
        """A text whose every figure is a word in passing, without dates and projects, is a tale, not a
        report.
        """
        live = [d for d in self.drafts if d.reason is None]
        if live and len(live) <= MAX_TALE and all(self._faint(d) for d in live):
            for draft in live:
                draft.reason = "tale"
                self._reject(draft.spot.number, "tale")

    def _faint(self, draft: Draft) -> bool:
        spot = draft.spot
        if (
            draft.cell is not None
            or not spot.number.words
            or draft.reading is None
            or draft.reading.kind != "count"
        ):
            return False
        tokens = self.scene.tokens
        named = self.topics.between(tokens[spot.sentence.first].start, tokens[spot.sentence.last - 1].stop)
        return not named and own_time(spot, self.timeline) is None and not states_result(spot)

    # --- one number ---

    def _number(self, number: NumberSpan, after: NumberSpan | None) -> None:
        reason = self._inside(number)
        spot = spot_of(self.scene, number) if reason is None else None
        if spot is None:
            if reason is not None:
                self._reject(number, reason)
            return
        before = self._before(spot)
        reading = read_kind(spot, before)
        counted = reading.counted if reading else None
        reason = (
            rejection(spot, counted)
            or self._hopeless(spot, reading, before)
            or self._restated(spot, reading, after)
        )
        if reason is not None:
            self._reject(number, reason)
            self.drafts.append(Draft(spot, reading, reason=reason))
            return
        assert reading is not None
        comparator, start = comparator_of(spot, inverted=_inverted(reading, spot))
        end = self._quote_end(spot, reading)
        self.drafts.append(Draft(spot, reading, comparator=comparator, start=start, end=end))

    def _inside(self, number: NumberSpan) -> str | None:
        """The number is a piece of a date, a phone, a name."""
        i = bisect_right(self.time_starts, number.start) - 1
        for span in self.times[max(0, i) : i + 2]:
            if span.start < number.end and number.start < span.end:
                return "duration" if span.kind == "vague" else "date"
        mask = mask_at(self.masks, number.start, number.end)
        if mask is not None:
            return _mask_reason(mask)
        for place in self.topics.between(max(0, number.start - 300), number.end):
            if place.start <= number.start and number.end <= place.end:
                return "name"
        return "name" if _in_quoted_name(self.doc.text, number) else None

    def _before(self, spot: Spot) -> Before | None:
        """The figure before in the same block; figures in brackets do not lend their unit."""
        of_them = re.match(r"[ \u00a0]*из (?:них|которых|этих)", spot.right_text) is not None
        for draft in reversed(self.drafts):
            if draft.spot.block_index != spot.block_index and not self._next_item(draft.spot, spot):
                break
            near = self.scene.sentence_number(spot.first) - self.scene.sentence_number(draft.spot.first)
            if near > 2:
                break
            if draft.reading is None or draft.reading.kind not in ("count", "money", "percent"):
                continue
            if draft.reason in _LENDS_NOTHING or (draft.reason is not None and of_them):
                continue
            if near and is_part(draft.spot, draft.start or draft.spot.number.start):
                continue
            if draft.in_brackets and not spot.left_text.endswith("("):
                continue
            same = near == 0
            reading = draft.reading
            if same and self._in_phrase(draft) and self._subject_draft(draft, spot) is not None:
                continue
            reason = None if draft.reason == "restated" else draft.reason
            value = draft.spot.number.value
            return Before(
                reading.unit, reading.kind, reading.counted, draft.spot.number.start, same, reason, value
            )
        return None

    def _next_item(self, a: Spot, b: Spot) -> bool:
        """«11 из них» in a list item counts what the item before does."""
        near = b.block_index - a.block_index == 1 and b.block.kind == a.block.kind == "list_item"
        return near and re.match(r"[ \u00a0]*из (?:них|которых)", b.right_text) is not None

    def _in_phrase(self, draft: Draft) -> bool:
        """The figure depends on a preposition («из 49 муниципалитетов»): it lends its unit only if nothing
        else can.
        """
        left = draft.spot.left
        after_preposition = bool(left) and left[0].text.lower() in (
            "из",
            "в",
            "на",
            "с",
            "для",
            "по",
            "от",
            "у",
            "к",
        )
        return after_preposition and draft.spot.number.form == "plain"

    def _subject_draft(self, draft: Draft, spot: Spot) -> Draft | None:
        """An earlier figure of the sentence that stands without a preposition and counts persons."""
        for other in self.drafts:
            if other is draft or other.reason is not None or other.reading is None:
                continue
            if (
                other.spot.sentence == spot.sentence
                and not self._in_phrase(other)
                and is_person(other.reading.unit)
            ):
                return other
        return None

    def _hopeless(self, spot: Spot, reading: Reading | None, before: Before | None) -> str | None:
        if reading is None:
            return "no_unit"
        if reading.counted is not None and reading.counted.source != "right":
            parallel = self._parallel_reason(spot)
            if parallel is not None:
                return parallel
        elided = reading.counted is not None and reading.counted.source == "antecedent"
        if elided and before is not None and before.reason not in (None, "baseline") and before.same_sentence:
            return before.reason
        if spot.block.kind == "title" and self.has_prose:
            if reading.counted is not None and reading.counted.source != "right":
                return "headline"
        if elided and before is None and not spot.number.collective:
            return "no_unit"
        return None

    def _parallel_reason(self, spot: Spot) -> str | None:
        """«для первого – 14 часов в неделю, для третьего – 28»: a bare number shares the fate of the one
        before.
        """
        last = self.drafts[-1] if self.drafts else None
        if last is None or last.spot.sentence != spot.sentence or last.reason not in _RATES:
            return None
        between = self.scene.doc.tokens_in(last.spot.number.end, spot.number.start)
        return None if any(is_predicate(t) for t in between) else last.reason

    def _restated(self, spot: Spot, reading: Reading | None, after: NumberSpan | None) -> str | None:
        """«Более половины получателей, 58%»: the exact share follows; «12 (двенадцать) семей»: the same in
        words.
        """
        last = self.drafts[-1] if self.drafts else None
        if last is not None and last.reason is None and last.spot.number.value == spot.number.value:
            if self.doc.text[last.spot.number.end : spot.number.start].strip() == "(":
                return "restated"
        if reading is None or spot.number.form != "share" or after is None:
            return None
        between = self.doc.text[spot.number.end : after.start]
        exact = percent_follows(self.doc.text, after.end)
        return (
            "restated"
            if exact and re.fullmatch(r"[^.;:\d]{0,40}[,(–—-][ \u00a0]?(?:а точнее |точнее |или )?", between)
            else None
        )

    def _quote_end(self, spot: Spot, reading: Reading) -> int:
        end = spot.number.end
        percent = (
            percent_follows(self.doc.text, end) if spot.number.form in ("plain", "range", "change") else None
        )
        if percent is not None and reading.kind in ("percent", "percent_change"):
            return percent.end()
        counted = reading.counted
        if (
            counted is not None
            and counted.source == "right"
            and 0 <= counted.end - end <= 70
            and spot.number.form != "multiple"
        ):
            return max(end, counted.end)
        if self.doc.text[end : end + 1] == "+":
            end += 1
        return end

    def _reject(self, number: NumberSpan, reason: str) -> None:
        quote = self.doc.text[number.start : number.end]
        self.rejected.append(RejectedNumber(start=number.start, end=number.end, quote=quote, reason=reason))

    def _text_of(self, index: int) -> str:
        block = self.scene.block(index)
        return self.doc.text[block.start : block.end]

    # --- tables ---

    def _tables(self) -> None:
        above: str | None = None
        for cell in tabular.read_tables(self.scene):
            spot = spot_of(self.scene, cell.number)
            unit = tabular.unit_of(self.scene, cell, above)
            if spot is None or unit is None:
                self._reject(cell.number, "no_unit")
                continue
            if not (cell.percent or cell.money):
                above = unit
            kind: MetricKind = "percent" if cell.percent else "money" if cell.money else "count"
            reading = Reading(kind, unit, Counted(unit, "left", *cell.label), None, f"table/{kind}")
            start, end = cell.number.start, cell.number.end
            self.drafts.append(Draft(spot, reading, comparator="eq", start=start, end=end, cell=cell))

    # --- what is said about a figure ---

    def _mentions(self, drafts: Sequence[Draft]) -> Iterator[MetricMention]:
        places = {id(d): i for i, d in enumerate(drafts)}
        for draft in drafts:
            yield self._mention(draft, self._total_of(draft, drafts, places))

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

    def _mention(self, draft: Draft, part_of: int | None) -> MetricMention:
        spot, reading = draft.spot, draft.reading
        assert reading is not None
        project, link = project_of(spot, self.topics)
        money = reading.kind == "money"
        cell = draft.cell
        time = own_time(spot, self.timeline) if cell is None else None
        share = reading.kind == "percent" and is_person(reading.unit)
        planned = (
            cell.planned or self._future_column(cell)
            if cell is not None
            else is_planned(spot, money, time, share_of_persons=share)
        )
        if cell is not None:
            period: Period | None = self._cell_period(cell, spot)
            dated = "cell"
        else:
            period, dated = period_of(
                spot, self.timeline, project, planned=planned, award=_is_award(spot, money, project)
            )
            if self.digest and dated in ("report", "lead") and reading.unit not in _MEDIA:
                period, dated = None, "digest"
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
            beneficiary=self._beneficiary(draft, project),
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

    def _future_column(self, cell: tabular.Cell) -> bool:
        """A column of a year after the publication («2026 год» in a report of 2024)."""
        return cell.year is not None and self.published is not None and cell.year > self.published.year

    def _cell_period(self, cell: tabular.Cell, spot: Spot) -> Period | None:
        if cell.year is not None:
            whole = Period(start=date(cell.year, 1, 1), end=date(cell.year, 12, 31))
            if re.fullmatch(r"\D*\d{4}\D{0,14}", cell.column_text) and "квартал" not in cell.column_text:
                return whole
        if cell.column is not None:
            dated = [t for t in find_times(cell.column_text, self.calendar) if t.period is not None]
            if dated:
                return dated[0].period
        own = find_times(self.doc.text[slice(*cell.label)], self.calendar)
        dated = [t for t in own if t.period is not None]
        if dated:
            return dated[0].period
        return self.timeline.report.period if self.timeline.report is not None else None

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.published, _report_year(self.scene))

    def _beneficiary(self, draft: Draft, project: ProjectSpan | None) -> Beneficiary | None:
        spot, reading = draft.spot, draft.reading
        assert reading is not None
        if draft.cell is not None:
            label = self.doc.text[slice(*draft.cell.label)]
            own = group_of_unit(reading.unit)
            named = groups_in(label) if own is not None else []
            return own if own not in (None, "general") else next(iter(named), own)
        if reading.kind == "money":
            return _money_receiver(spot)
        counted = reading.counted
        if counted is not None and counted.source == "antecedent":
            said = said_of(spot) if is_person(reading.unit) else []
            own = group_of_unit(reading.unit)
            if said:
                return min([*said, *([own] if own not in (None, "general") else [])], key=ORDER.index)
            inherited = self._inherited(draft)
            if inherited is not None:
                return inherited
        return beneficiary_of(spot, counted, reading.unit, self._scope(spot, project))

    def _inherited(self, draft: Draft) -> Beneficiary | None:
        """An elided unit belongs to the group of the figure that it was taken from, unless the words around
        say more.
        """
        reading = draft.reading
        assert reading is not None and reading.counted is not None
        for other in self.by_noun.get((reading.counted.start, reading.unit), ()):
            if other is not draft and other.spot.number.start < draft.spot.number.start:
                own = beneficiary_of(
                    other.spot,
                    other.reading.counted if other.reading else None,
                    reading.unit,
                    self._scope(other.spot, None),
                )
                return (
                    own
                    if own in ("veterans_families", "volunteers", "children", "disabled", "elderly")
                    else None
                )
        return None

    def _scope(self, spot: Spot, project: ProjectSpan | None) -> tuple[Beneficiary, ...]:
        """Groups that the project is for, from the sentence that introduces it, and the list's head."""
        found: list[Beneficiary] = []
        if project is not None:
            start = project.occurrences[0][0]
            sentence = self.scene.sentence(self.doc.token_index(start))
            low = self.scene.text_of(sentence).lower()
            for m in re.finditer(r"(?<![а-яё])для[ \u00a0]([^.;:]{3,80})", low):
                found += groups_in(m.group(1))
            if re.search(r"участник\w* сво|мобилизованн", low):
                found.append("veterans_families")
            opening = (
                self.doc.tokens[sentence.first].start if sentence.first < len(self.doc.tokens) else start
            )
            intro = self.doc.text[max(opening, start - 40) : project.occurrences[0][1]]
            named = [
                g
                for g in groups_in(intro)
                if g in ("families", "children", "elderly", "parents", "youth", "disabled")
            ]
            found += named[:1]
        return tuple(found)

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


def _inverted(reading: Reading, spot: Spot) -> bool:
    """«человек тридцать» is approximate; «пунктов было четыре» is not."""
    counted = reading.counted
    if counted is None or counted.source != "left" or reading.kind != "count":
        return False
    last = spot.left[0] if spot.left else None
    if last is not None and last.start == counted.start and spot.number.words:
        return True
    return (
        last is not None
        and last.lemma in ("человек", "штука", "раз", "семья")
        and last.text.isalpha()
        and last.text.lower() != "человека"
    )


def _mask_reason(mask: Mask) -> str:
    return {"clock": "time", "age_mark": "age"}.get(mask.reason, mask.reason)


def _in_quoted_name(text: str, number: NumberSpan) -> bool:
    """A number in a short quotation that is a name: «Сто шагов домой», «Дорогою добра-43»."""
    start = text.rfind("«", max(0, number.start - 60), number.start)
    if start < 0 or "»" in text[start : number.start] or "\n" in text[start : number.start]:
        return False
    end = text.find("»", number.end, number.end + 60)
    if end < 0:
        return False
    body = text[start + 1 : end]
    return len(body.split()) <= 7 and body[:1].isupper() and not re.search(r"[.!?,;:]", body)


def _is_award(spot: Spot, money: bool, project: ProjectSpan | None) -> bool:
    if project is not None and project.mention.kind == "contest":
        return True
    return (
        money and re.search(r"грант|субсиди|поддержан|конкурс|выделен|награ", spot.sentence_text) is not None
    )


def _money_receiver(spot: Spot) -> Beneficiary | None:
    """«НКО региона получат 41,3 млн рублей»: groups that receive a sum are its subject."""
    if not re.search(r"получ(?:ат|ит|или|ил|ают)|объ[её]м поддержки|поддержано", spot.sentence_text):
        return None
    groups = [g for g in groups_in(spot.clause_text) if g in ("institutions", "families")]
    return groups[0] if groups else None


def _report_year(scene: Scene) -> int | None:
    """The year that the title says the report is about."""
    for index in _report_blocks(scene):
        block = scene.block(index)
        text = scene.text[block.start : block.end]
        for span in find_times(text, Calendar(scene.published)):
            if span.reporting and span.period and span.period.start and span.kind == "span":
                years = {span.period.start.year, (span.period.end or span.period.start).year}
                if len(years) == 1:
                    return years.pop()
    return None


def _report_blocks(scene: Scene) -> tuple[int, ...]:
    """Title, and headings before the first paragraph."""
    found: list[int] = []
    for index, block in enumerate(scene.layout.blocks):
        if block.kind == "title" or (block.kind == "heading" and len(found) < 4):
            found.append(index)
        elif block.kind in ("paragraph", "list_item", "table_row"):
            break
    return tuple(found)


def _timeline(scene: Scene) -> Timeline:
    calendar = Calendar(scene.published, _report_year(scene))
    ahead: dict[int, bool] = {}

    def future(offset: int) -> bool:
        i = scene.doc.token_index(offset)
        if i >= len(scene.tokens):
            return False
        clause = scene.clause(i)
        if clause.first not in ahead:
            ahead[clause.first] = looks_ahead(scene.words(clause))
        return ahead[clause.first]

    return Timeline(
        scene,
        find_times(without_noise(scene.text), calendar, future),
        _report_blocks(scene),
        Topics(scene).main,
    )
