"""What a time expression tells of whether figures elsewhere in the report borrow it: signs, a few words each.

Its form and length, how long ago it ended, where it stands on the page and in its sentence, what its clause
does, what other spans of the report it holds. Weighs nothing: `borrowed` does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from svod.extract.figures.context import Scene, Stretch, is_predicate
from svod.extract.times import frames
from svod.extract.times.clause_of_time import (
    founded_then,
    in_contrast,
    names_edition,
    plans_there,
    told_then,
)
from svod.extract.times.periods import TimeSpan
from svod.language.document import Token
from svod.models import Period

if TYPE_CHECKING:
    from svod.extract.projects.projects import ProjectSpan

_KINDS = frozenset({"span", "since", "day", "asof"})
MAX_PERIODS = 40  # of a report that are compared with one another
_LENGTHS = ((1, "day"), (9, "week"), (31, "month"), (99, "season"), (363, "part of a year"), (366, "year"))
_AGES = ((7, "a week"), (20, "three weeks"), (49, "weeks"), (119, "months"), (399, "a year"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A dated expression that figures may borrow, the block and the sentence it stands in, and its signs."""

    span: TimeSpan
    period: Period
    block: int
    sentence: Stretch
    projects: tuple[ProjectSpan, ...]  # named in its sentence
    signs: frozenset[str]


def candidates(
    scene: Scene, times: Sequence[TimeSpan], told: Mapping[str, TimeSpan | None]
) -> list[Candidate]:
    """The dated expressions that figures may borrow, in text order. `told`: «title», «opening», … → what it
    says the report is on.
    """
    wholes = {(t.start, t.end): t for t in told.values() if t is not None}
    known_places = {(t.start, t.end) for t in times}
    every = [*times, *(t for place, t in wholes.items() if place not in known_places)]
    every.sort(key=lambda t: t.start)
    dated = [(t, t.period) for t in every if t.period is not None and t.kind in _KINDS]
    of_sentence = Counter(scene.sentence(scene.doc.token_index(t.start)).first for t, _ in dated)
    first = _first_figure(scene, times)
    counts = Counter(period for _, period in dated)
    known = list(counts)[:MAX_PERIODS]
    nested = {period: frozenset(_nested(period, known)) for period in known}
    prose = [i for i, b in enumerate(scene.layout.blocks) if b.kind not in _APART]
    found: list[Candidate] = []
    for span, period in dated:
        index = scene.block_index(span.start)
        if index is None or _dates_itself(scene, span):
            continue
        sentence = scene.sentence(scene.doc.token_index(span.start))
        signs = {
            "any",
            f"rule {span.rule}",
            f"kind {span.kind}",
            f"dated {min(len(found), 4)}",
            f"times {min(counts[period], 3)}",
            f"periods {some(len(counts))}",
            f"in its sentence {min(of_sentence[sentence.first], 3)}",
            *_of_length(period, scene.published),
            *_of_place(scene, span, index, prose),
            *_of_sentence(scene, times, span, sentence),
            *nested.get(period, ()),
            *_of_wholes(span, period, told),
            "before all figures" if span.start < first else "after the first figure",
        }
        if span.reporting:
            signs.add("reporting")
        found.append(Candidate(span, period, index, sentence, _named_in(scene, sentence), frozenset(signs)))
    return found


def _named_in(scene: Scene, sentence: Stretch) -> tuple[ProjectSpan, ...]:
    begin, stop = scene.tokens[sentence.first].start, scene.tokens[sentence.last - 1].stop
    return scene.named_in(begin, stop)


def _of_wholes(span: TimeSpan, period: Period, told: Mapping[str, TimeSpan | None]) -> Iterator[str]:
    """Whether it is what the title, the opening … says the report is on, lies within that, or beside it."""
    for name, whole in told.items():
        if whole is None or whole.period is None:
            continue
        if whole.start == span.start or whole.period == period:
            yield f"of the {name}"
        else:
            yield f"{'within' if holds(whole.period, period) else 'beside'} that of the {name}"


def holds(period: Period, other: Period) -> bool:
    """The other lies within the period; both have first and last days."""
    if period.start is None or period.end is None or other.start is None or other.end is None:
        return False
    return period.start <= other.start and other.end <= period.end


def _dates_itself(scene: Scene, span: TimeSpan) -> bool:
    """«Центр открыт в 2013 году», «тогда как в 2017 году …», «в феврале мы писали», «19 мая комиссия
    заслушала», the year in a project's name: dates nothing else.
    """
    if scene.in_name(span.start, span.end):
        return True
    if names_edition(scene, span):
        return True
    clause = scene.words(scene.clause(scene.doc.token_index(span.start)))
    if span.kind == "day" and frames.speaks(clause):
        return True
    return founded_then(scene, span) or in_contrast(scene, span) or told_then(scene, span)


_APART = frozenset({"title", "furniture", "signature"})


def _first_figure(scene: Scene, times: Sequence[TimeSpan]) -> int:
    """Where the first sentence that tells a figure begins."""
    return next(
        (scene.tokens[s.first].start for s in scene.sentences if frames.has_figure(scene, times, s)),
        len(scene.text),
    )


def some(number: int) -> str:
    """«0», «1», «2», «3-4», «5+»."""
    return str(number) if number < 3 else "3-4" if number < 5 else "5+"


def far(number: int) -> str:
    """«0», «1», «2-3», «4-8», «9+»."""
    return str(max(number, 0)) if number < 2 else "2-3" if number < 4 else "4-8" if number < 9 else "9+"


def _of_length(period: Period, published: date | None) -> Iterator[str]:
    """How long it lasted, and how long it has been over."""
    start, end = period.start, period.end
    length = "open"
    if start is not None and end is not None:
        days = (end - start).days + 1
        length = next((name for most, name in _LENGTHS if days <= most), "years")
    if published is None:
        age = "of unknown age"
    elif start is not None and start > published:
        age = "to come"
    elif end is None:
        age = "without end"
    elif end >= published:
        age = "till now"
    else:
        past = (published - end).days
        age = f"over for {next((name for most, name in _AGES if past <= most), 'years')}"
    yield from (f"length {length}", age, f"length {length}, {age}")


def _of_place(scene: Scene, span: TimeSpan, index: int, prose: Sequence[int]) -> Iterator[str]:
    """The kind of its block, how far down the page, how far in its block."""
    block = scene.block(index)
    yield f"block {block.kind}"
    if block.kind == "title":
        yield "at title"
    else:
        order = bisect_right(prose, index) - 1
        yield f"at {far(order)}"
    if block.kind in ("title", "heading"):
        yield "in a head"
    before = scene.doc.token_index(span.start)
    at, number = scene.doc.token_index(block.start), 0
    while number < 2:
        following = scene.sentence(at).last
        if following > before or following <= at:
            break
        at, number = following, number + 1
    yield f"sentence {number}"


def _of_sentence(scene: Scene, times: Sequence[TimeSpan], span: TimeSpan, sentence: Stretch) -> Iterator[str]:
    """What its clause and sentence do: tell a figure, found, compare, plan, speak, name a project."""
    clause = scene.clause(scene.doc.token_index(span.start))
    words = scene.words(clause)
    yield from {f"clause {tense}" for tense in tenses(words)}
    if frames.opens_sentence(scene, span, sentence):
        yield "opens"
    if frames.has_figure(scene, times, clause):
        yield "figure in clause"
    elif frames.has_figure(scene, times, sentence):
        yield "figure in sentence"
    if frames.speaks(words):
        yield "speaks"
    if any(t.lemma in frames.TOLD for t in scene.words(sentence)):
        yield "reports"
    if plans_there(scene, span):
        yield "plans"
    if scene.text[span.start - 1 : span.start] == "(":
        yield "bracket"
    first = scene.text[span.start : span.end].lower().split()[:1]
    yield f"word {first[0] if first and len(first[0]) < 4 and first[0].isalpha() else '-'}"
    opening = scene.words(clause)[:3]
    if opening and opening[0].text == "," and any(t.lemma in _RELATIVE for t in opening[1:]):
        yield "subordinate"


_RELATIVE = frozenset({"который", "кто", "где", "куда", "откуда"})


def tenses(words: Sequence[Token]) -> Iterator[str]:
    """Tense and aspect of each predicate; «none» where there is no predicate."""
    any_found = False
    for word in words:
        if is_predicate(word):
            any_found = True
            form = word.forms[0]
            tense = next((t for t in ("past", "futr", "pres") if t in form.grammemes), form.pos)
            aspect = next((a for a in ("impf", "perf") if a in form.grammemes), "-")
            yield f"{tense} {aspect}"
    if not any_found:
        yield "none"


def _nested(period: Period, others: Sequence[Period]) -> Iterator[str]:
    """Whether it lies inside another span of the report, and how many it holds."""
    apart = [p for p in others if p != period]
    if any(holds(p, period) for p in apart):
        yield "inside another"
    held = sum(holds(period, p) for p in apart)
    if held:
        yield f"holds {min(held, 2)}"
