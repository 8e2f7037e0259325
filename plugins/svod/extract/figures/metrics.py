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
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from svod.extract.figures.antecedents import figure_before, goes_on_list
from svod.extract.figures.bare_sums import rather_in_scale, sum_in_scale
from svod.extract.figures.comparators import comparator_of
from svod.extract.figures.context import Scene, Spot, is_predicate, percent_follows, piece_of, spot_of
from svod.extract.figures.counted import Counted, noun_reading
from svod.extract.figures.duplicates import Draft, without_duplicates
from svod.extract.figures.elided import elided, rather_elided
from svod.extract.figures.fates import (
    MAX_TALE,
    lender_reason,
    more_inhabitants,
    parallel_reason,
    part_of_rejected,
    tells_nothing,
)
from svod.extract.figures.kinds import read_kind
from svod.extract.figures.levels import grown, levels
from svod.extract.figures.mentions import Teller
from svod.extract.figures.money import with_kopecks
from svod.extract.figures.numbers import NumberSpan, find_numbers
from svod.extract.figures.readings import Before, Reading
from svod.extract.figures.restated import is_restated
from svod.extract.figures.shares import is_percent_before
from svod.extract.figures.signs import (
    lexicon,
    private_units,
    states_result,
)
from svod.extract.figures.sum_lists import listed_sum
from svod.extract.layout import tabular
from svod.extract.layout.labels import labelled
from svod.extract.layout.masks import Mask, find_masks, mask_at
from svod.extract.layout.noise import without_noise
from svod.extract.layout.topic import is_long, is_other_news
from svod.extract.people.person_units import is_person
from svod.extract.projects.topics import Topics
from svod.extract.rejections.past import long_past
from svod.extract.rejections.rejections import rejection
from svod.extract.times.own_time import own_time
from svod.extract.times.timeline import timeline_of
from svod.extract.words.screened import Screened, search
from svod.language.document import Document
from svod.models import MetricKind, MetricMention, RejectedNumber

if TYPE_CHECKING:
    from svod.extract.layout.segments import Layout
    from svod.extract.projects.projects import ProjectSpan

_BORROWED = frozenset({"count/antecedent", "percent/antecedent"})
FEWEST = 5  # that take a noun in the genitive plural
MIN_FIGURES = 3  # a report with fewer figures may be a tale
_PIECES = frozenset({"единица", "штука", "человек", "ребёнок", "семья"})
MAX_NUMBERS = 40  # a sentence with more of them is no sentence


_SILENT = ("furniture", "signature")
_THEIRS = Screened(  # «участники семинара, а их собралось около ста»
    r",[ \u00a0](?:а[ \u00a0])?их[ \u00a0](?:[а-яё]+[ \u00a0]){0,4}$"
)
_DIGEST = re.compile(
    r"дайджест|обзор (?:публикац|сми|пресс|новост|материал)|мониторинг\w* (?:публикац|сми|пресс|"
    r"материал)|выпуск №",
    re.I,
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
        self.timeline = timeline_of(self.scene)
        self.prose = without_noise(self.doc.text)
        self.masks = find_masks(self.prose)
        self.times = list(self.timeline.times)
        self.time_starts = [t.start for t in self.times]
        self.has_prose = any(
            b.kind in ("lead", "paragraph", "list_item", "table_row") for b in self.layout.blocks
        )
        named = any(not p.needs_metric for p in self.projects)
        body = "\n".join(self._text_of(i) for i, b in enumerate(self.layout.blocks) if b.kind not in _SILENT)
        self.other_news = is_other_news(body, named)
        self.digest = any(_DIGEST.search(self._text_of(i)) for i in self.timeline.report_blocks)

    def read(self) -> tuple[tuple[MetricMention, ...], tuple[RejectedNumber, ...]]:
        tables = {i for i, b in enumerate(self.layout.blocks) if b.kind in ("table_row", "table_head")}
        if self.other_news:
            return (), tuple(self._all_rejected("off_topic"))
        self._tables()
        numbers = with_kopecks(self.prose, find_numbers(self.prose))
        sentences = [self.scene.sentence_number(self.doc.token_index(n.start)) for n in numbers]
        crowd = Counter(sentences)
        for at, number in enumerate(numbers):
            index = self.scene.block_index(number.start)
            if index in tables and tabular.in_prose_cell(self.scene, index, number):
                self._number(number, None)
                continue
            if index is None or index in tables or self.layout.blocks[index].kind in _SILENT:
                continue
            if crowd[sentences[at]] > MAX_NUMBERS:
                self._reject(number, "noise")
                continue
            after = numbers[at + 1] if at + 1 < len(numbers) else None
            self._number(number, after)
        self._restore_passing()
        grown(self.drafts)
        for then in levels(self.drafts, self.timeline):
            then.reason = "baseline"
            self._reject(then.spot.number, "baseline")
        self._drop_tale()
        kept, gone = without_duplicates(self.scene, self.drafts)
        for draft, reason in gone:
            self._reject(draft.spot.number, reason)
        metrics = tuple(Teller(self.scene, self.topics, self.timeline, self.digest).tell(kept))
        return metrics, tuple(sorted(self.rejected, key=lambda r: (r.start, r.end)))

    def _all_rejected(self, reason: str) -> Iterator[RejectedNumber]:
        for number in find_numbers(self.prose):
            self._reject(number, reason)
        yield from self.rejected

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
        """A text that states nothing is no report: every figure a word in passing, or none of few told of
        something done, done now or planned (an invitation, a rule of a contest).
        """
        live = [d for d in self.drafts if d.reason is None]
        if not live:
            return
        if len(live) <= MAX_TALE and all(self._faint(d) for d in live):
            reason = "tale"
        elif is_long(self.doc.text) and tells_nothing(live):
            reason = "announcement"
        else:
            return
        for draft in live:
            draft.reason = reason
            self._reject(draft.spot.number, reason)

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
        before = figure_before(self.scene, self.drafts, spot)
        reading = read_kind(spot, before)
        reading = listed_sum(spot, self.drafts, reading) or reading
        scaled = rather_in_scale(spot, self.drafts, reading)
        if scaled is not None:
            reading, spot = scaled[0], replace(spot, number=scaled[1])
        elif reading is None:
            reading, spot = self._without_noun(spot)
        elif before is not None and not before.same_sentence and reading.rule in _BORROWED:
            reading = rather_elided(spot, self.drafts, reading) or reading
        counted = reading.counted if reading else None
        reason = (
            (rejection(spot, counted) if reading is None or reading.rule != "money/list" else None)
            or self._hopeless(spot, reading, before)
            or ("restated" if is_restated(spot, reading, after, self.drafts) else None)
            or part_of_rejected(self.drafts, spot)
            or more_inhabitants(self.drafts, spot, counted)
            or long_past(spot, self.timeline)
        )
        if reason in ("incidental", "measure") and goes_on_list(self.drafts, spot, near=reason == "measure"):
            reason = None
        if reason is not None:
            self._reject(number, reason)
            self.drafts.append(Draft(spot, reading, reason=reason))
            return
        assert reading is not None
        comparator, start = comparator_of(spot, inverted=_inverted(reading, spot))
        end = self._quote_end(spot, reading)
        self.drafts.append(Draft(spot, reading, comparator=comparator, start=start, end=end))

    def _without_noun(self, spot: Spot) -> tuple[Reading | None, Spot]:
        """A label's figure, or one whose noun the words before it hold; a list may state the sum's scale."""
        found = labelled(spot, self.drafts) or sum_in_scale(spot, self.drafts)
        if found is not None:
            return found[0], replace(spot, number=found[1]) if found[1] is not spot.number else spot
        return elided(spot, self.drafts), spot

    def _inside(self, number: NumberSpan) -> str | None:
        """The number is a piece of a date, a phone, a name."""
        i = bisect_right(self.time_starts, number.start) - 1
        for span in self.times[max(0, i) : i + 2]:
            if span.start < number.end and number.start < span.end:
                return "duration" if span.kind == "vague" else "date"
        mask = mask_at(self.masks, number.start, number.end)
        if mask is not None and not (mask.reason in ("law", "address") and self._counts_a_noun(number)):
            return _mask_reason(mask)
        for place in self.topics.between(max(0, number.start - 300), number.end):
            if place.start <= number.start and number.end <= place.end:
                return "name"
        return "name" if _in_quoted_name(self.doc.text, number) else None

    def _counts_a_noun(self, number: NumberSpan) -> bool:
        """«в пункте 640 единиц», «школа № 22, 38 занятий»: no label of the thing before, as a noun in the
        genitive plural follows.
        """
        after = self.doc.tokens_in(number.end, number.end + 25)[:1]
        if number.value < FEWEST or not after or not after[0].text.islower() or len(after[0].text) < FEWEST:
            return False
        found = noun_reading(after[0].text, "gent")
        return found is not None and ("plur" in found.grammemes or found.lemma in _PIECES)

    def _hopeless(self, spot: Spot, reading: Reading | None, before: Before | None) -> str | None:
        if reading is None:
            return "no_unit"
        if reading.counted is not None and reading.counted.source != "right":
            parallel = parallel_reason(self.drafts, spot)
            if parallel is not None:
                return parallel
        elided = reading.counted is not None and reading.counted.source == "antecedent"
        lent = lender_reason(spot, before) if elided else None
        if lent is not None:
            return lent
        if elided and before is not None and before.same_sentence and before.reason not in (None, "baseline"):
            return None
        was = before if elided and before is not None and before.reason == "baseline" else None
        if was is not None and was.unit in lexicon()["units"]["structure"]:
            return "structure"  # «было три головы, стало пять»
        bare = reading.counted is not None and reading.counted.source != "right"
        if spot.block.kind == "title" and self.has_prose and bare:
            return "headline"
        if elided and before is None and not (spot.number.collective or _THEIRS.search(spot.left_text)):
            return "no_unit"
        return None

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
            and not _in_row(self.doc.text[end : counted.start])
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
            comparator, start = comparator_of(spot)  # «не менее 15» in the column of the plan
            end = cell.number.end
            self.drafts.append(Draft(spot, reading, comparator=comparator, start=start, end=end, cell=cell))


_NEXT_IN_ROW = re.compile(r"\s*(?:,|и|или)\s*\d")


def _in_row(between: str) -> bool:
    """«21 и 28 наборов»: the noun belongs to another number too."""
    return _NEXT_IN_ROW.match(between) is not None


_ROUNDED = 20  # above it only tens and fives are rough


def _inverted(reading: Reading, spot: Spot) -> bool:
    """«человек тридцать» is approximate; «пунктов было четыре», «Детей девятнадцать.», «нас двое» are not."""
    counted, number = reading.counted, spot.number
    if number.inverted or is_percent_before(spot):
        return True
    if counted is None or counted.source != "left" or reading.kind != "count" or number.collective:
        return False
    left = spot.left[1:] if spot.left and spot.left[0].text.lower() in ("по", "на") else spot.left
    last = left[0] if left else None
    if last is None:
        return False
    exact = number.value > _ROUNDED and number.value % 5 != 0  # «женщин сорок восемь»
    if counted.lemma != "человек" and number.value <= _ROUNDED and not _told_of(spot):
        exact = True
    if last.start == counted.start and number.words:
        return not exact
    return (
        last.lemma in ("человек", "штука", "раз", "семья")
        and last.text.isalpha()
        and last.text.lower() != "человека"
    )


def _told_of(spot: Spot) -> bool:
    """A verb stands beside the number: «пришли гостей двадцать»; «машин две» only counts them."""
    return any(is_predicate(t) for t in piece_of(spot))


def _mask_reason(mask: Mask) -> str:
    return {"clock": "time", "age_mark": "age"}.get(mask.reason, mask.reason)


SHORT_NAME = 3  # words
_CALLED = Screened(
    r"(?<![а-яё])(?:фонд|проект|клуб|акци|магазин|кафе|центр|групп|компани|движени|сет|организаци|студи)[а-яё]*"
    r"[ \u00a0]$"
)


def _in_quoted_name(text: str, number: NumberSpan) -> bool:
    """A number in a short quotation that is a name: «Сто шагов домой», «Дорогою добра-43»."""
    start = text.rfind("«", max(0, number.start - 60), number.start)
    if start < 0 or "»" in text[start : number.start] or "\n" in text[start : number.start]:
        return False
    end = text.find("»", number.end, number.end + 60)
    if end < 0:
        return False
    if search(r"^,[ \u00a0]?[—–-][ \u00a0]?[а-яё]", text[end + 1 : end + 6]):
        return False  # «Помощь получили 40 семей», — сказали в фонде: speech
    body = text[start + 1 : end]
    if (
        start + 1 == number.start
        and len(body.split()) <= SHORT_NAME
        and _CALLED.search(text[:start][-24:].casefold())
    ):
        return True  # «с фондом «28 петель»», «Фонд «28 петель»»
    return len(body.split()) <= 7 and body[:1].isupper() and not search(r"[!?,;:]|\.(?:\s|$)", body)
