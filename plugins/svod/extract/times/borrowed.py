"""The period of a figure without a time of its own: the time expression of the report whose signs weigh most,
or none.

The weights are the lexicon's (`borrowed.yml`), fitted on annotated reports.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from math import exp, fsum
from typing import TYPE_CHECKING

from svod.extract.figures.context import Spot
from svod.extract.lexicon import load
from svod.extract.times.event_days import begins
from svod.extract.times.span_signs import Candidate, far, holds, some, tenses
from svod.extract.times.vague_spans import run_of
from svod.extract.words.screened import Screened
from svod.extract.words.weighed import in_favour
from svod.models import Period

if TYPE_CHECKING:
    from svod.extract.projects.projects import ProjectSpan
    from svod.extract.times.timeline import Timeline

Option = tuple[Period | None, frozenset[str]]  # None: the figure has no period

WIDE = 24  # of a report's first dated expressions: what the whole is on stands there
BEFORE, AFTER = 8, 2  # nearest ones before and after the figure
_NOW = Screened(
    r"(?<![а-яё])(?:сейчас|сегодня|ныне|пока|теперь|уже|всего|за вс[её] время|каждый|ежедневно|ежегодно|"
    r"обычно|в среднем)(?![а-яё])"
)


def options(
    spot: Spot, timeline: Timeline, project: ProjectSpan | None, tells: Collection[str]
) -> list[Option]:
    """What the figure may borrow, with the signs of each; the last is to borrow nothing. `tells`: «money»,
    «plan».
    """
    run = run_of(project, timeline)
    near = _near(timeline, spot.number.start)
    in_parts = run is not None and all(c.period != run for _, c in near)
    found: list[Option] = []
    for place, candidate in near:
        if _is_apart(spot, timeline, candidate):
            continue
        if candidate.span.rule == "next_year" and "plan" not in tells:
            continue  # no fact is of the year to come
        if candidate.span.kind == "day" and begins(timeline.scene, candidate.span.start):
            continue
        signs = candidate.signs | frozenset(_between(spot, timeline, place, candidate, project))
        if run is not None:
            signs |= {_beside_run(candidate.period, run)}
        if not (in_parts and {"around the run", "beside its project"} <= signs):
            found.append(
                (candidate.period, signs)
            )  # «летняя кампания 2023 года»: the year is a part of the run
    if in_parts:
        found.append((run, frozenset({"run of the project", "told in parts"})))
    nothing = frozenset(_of_figure(spot, timeline, project, tells))
    return [*found, (None, nothing)]


def weighed(offered: Sequence[Option]) -> Period | None:
    """The period that the signs speak for; its expressions count together."""
    weights = load("borrowed")["weights"]
    scores = [in_favour(signs, weights) for _, signs in offered]
    most = max(scores)
    shares: dict[Period | None, list[float]] = {}
    for (period, _), score in zip(offered, scores, strict=True):
        shares.setdefault(period, []).append(exp(score - most))
    return max(shares, key=lambda period: fsum(shares[period]))


def _near(timeline: Timeline, offset: int) -> list[tuple[int, Candidate]]:
    """The candidates for a figure at the offset, with their places in the order of all."""
    every = timeline.candidates
    at = timeline.candidates_before(offset)
    last = [*range(max(WIDE, at - BEFORE), at), *range(max(WIDE, at), at + AFTER)]
    return [(i, every[i]) for i in (*range(WIDE), *last) if i < len(every)]


def _between(
    spot: Spot, timeline: Timeline, place: int, candidate: Candidate, project: ProjectSpan | None
) -> Iterator[str]:
    """Where the expression stands, seen from the figure."""
    blocks = spot.block_index - candidate.block
    yield f"blocks {far(blocks)}" if blocks >= 0 else "blocks after"
    others = timeline.candidates_before(spot.number.start) - place - 1
    yield f"between {min(others, 3)}" if others >= 0 else "after the figure"
    if spot.block.head == candidate.block:
        yield "in its head"
    if candidate.sentence.last == spot.sentence.first:
        yield "in the sentence before"
    if candidate.sentence.first == spot.sentence.first:
        yield "in its sentence"
    if candidate.projects:
        yield "beside its project" if project in candidate.projects else "beside a project"
    mine, its = _section(timeline, spot.block_index), _section(timeline, candidate.block)
    if candidate.block in mine:
        yield "in its caption"
    yield "same section" if mine & its or not (mine or its) else "other section"


def _is_apart(spot: Spot, timeline: Timeline, candidate: Candidate) -> bool:
    """Another answer of a talk; «САРАТОВ … С начала года занимались 208 детей … ПЕНЗА …»: another town."""
    if candidate.block == spot.block_index or "in a head" in candidate.signs:
        return False
    place = timeline.place_section(candidate.block)
    return timeline.dialogue or (place is not None and place is not timeline.place_section(spot.block_index))


def _beside_run(period: Period, run: Period) -> str:
    if period == run:
        return "run of the project"
    return (
        "around the run" if holds(period, run) else "within the run" if holds(run, period) else "off the run"
    )


def _section(timeline: Timeline, block: int) -> frozenset[int]:
    """The blocks of the captions that the block stands under."""
    if timeline.captions is None:
        return frozenset()
    over = (timeline.captions.opener(block), timeline.captions.above(block))
    return frozenset(c.index for c in over if c is not None)


def _of_figure(
    spot: Spot, timeline: Timeline, project: ProjectSpan | None, tells: Collection[str]
) -> Iterator[str]:
    """What speaks for a figure without a period: a state, a habit, a page of single facts."""
    yield "none"
    yield f"none: block {spot.block.kind}"
    yield f"none: project {project.mention.kind if project is not None else '-'}"
    yield f"none: quarter {4 * spot.number.start // max(1, len(spot.scene.text))}"
    yield f"none: published {spot.scene.published is not None}"
    yield f"none: of {some(len(timeline.candidates))}"
    yield from {f"none: {tense}" for tense in tenses(spot.predicates)}
    yield from {f"none: {m[0]}" for m in _NOW.finditer(spot.sentence_text)}
    yield from (f"none: {told}" for told in tells)
    page: Mapping[str, bool] = {
        "talk": timeline.dialogue,
        "issue": timeline.of_issue,
        "no whole": timeline.whole is None,
    }
    yield from (f"none: {sign}" for sign, held in page.items() if held)
