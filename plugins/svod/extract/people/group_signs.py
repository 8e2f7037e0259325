"""What speaks for each group as that of people of whom a figure says no more («120 человек»): signs.

Where the group is named, seen from the figure: beside the noun, in the clause, the sentence, the list's head,
the project, the title; in what case and after what preposition; how much of the page is on it; turns of
phrase. Weighs nothing: `borrowed_group` does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from svod.extract.figures.context import Spot
from svod.extract.figures.counted import Counted
from svod.extract.figures.readings import Reading
from svod.extract.people.at_work import are_served
from svod.extract.people.audience import ORDER, Around, group_of_ages, groups_in, renamed
from svod.extract.people.named_groups import SOME_OF_ALL, Named, NamedGroups
from svod.extract.people.told_of import apposed, description, heading, predicated
from svod.models import Beneficiary

if TYPE_CHECKING:
    from svod.extract.projects.projects import ProjectSpan

Group = Beneficiary | None
_SHARES = (0.1, 0.2, 0.4, 0.6, 0.8, 0.95)


@dataclass(frozen=True)
class Asked:
    """A figure whose group is asked for. `label`: the row's label of a table's cell."""

    spot: Spot
    reading: Reading
    label: tuple[int, int] | None
    project: ProjectSpan | None
    around: Around

    @property
    def counted(self) -> Counted | None:
        return self.reading.counted


class Signs(defaultdict[Group, set[str]]):
    """The signs of each group; what speaks for it may weigh otherwise for one group than for another."""

    def __init__(self) -> None:
        super().__init__(set)

    def add(self, group: Group, sign: str) -> None:
        self[group] |= {sign, f"{group}: {sign}"}

    def add_all(self, groups: Sequence[Beneficiary], sign: str) -> None:
        for group in groups:
            self.add(group, sign)


def signs_of(asked: Asked, page: NamedGroups) -> Signs:
    found = Signs()
    _of_figure(found, asked)
    _of_sentence(found, asked, page)
    _of_block(found, asked, page)
    _of_project(found, asked, page)
    _of_page(found, asked, page)
    for group, turn in _turns(asked):
        found.add(group, turn)
    if are_served(asked.spot):
        found.pop("volunteers")
        found.pop("specialists")
    return found


def _of_figure(found: Signs, asked: Asked) -> None:
    spot, reading = asked.spot, asked.reading
    share = "count" if reading.kind == "count" else "share"
    for group in (*ORDER, None):
        found[group] |= {f"{group}", f"{group} of {share}", f"{group} of {reading.unit}"}
    found[None] |= {f"none in {spot.block.kind}", f"none of {spot.number.form}"}
    for verb in spot.verbs:
        found[None].add(f"none, {verb}")
        found["general"].add(f"general, {verb}")


def _of_sentence(found: Signs, asked: Asked, page: NamedGroups) -> None:
    spot, counted = asked.spot, asked.counted
    scene, number = spot.scene, spot.number
    own = scene.doc.token_index(counted.start) if counted is not None else -1
    start, stop = _span(spot)
    if asked.label is not None:
        start, stop = asked.label
    elif counted is not None and not start <= counted.start < stop:
        counted = None
    described = _described(asked)
    named = [n for n in page.between(start, stop) if n.token != own]
    if described[0] < start:  # the noun stands in a sentence before
        named = [*(n for n in page.between(*described) if n.token != own and n not in named), *named]
    where = {n: _where(spot, n, described, asked.label) for n in named}
    for side, row in (
        ("before", [n for n in reversed(named) if n.start < number.start]),
        ("after", [n for n in named if n.start >= number.start]),
    ):
        done: Counter[Beneficiary] = Counter()
        for k, n in enumerate(row):
            name = " in a name" if n.name else ""
            found.add(n.group, f"{where[n]} {side}{name}")
            found[n.group].add(f"{where[n]} {side} {n.role}{name}")
            if not name and not done[n.group]:
                found.add(n.group, f"nearest {side} {min(k, 2)}")
            if counted is not None and n.token - own in (1, 2) and not n.role.count(" "):
                found[n.group].add(f"behind the noun {n.role}")
            done[n.group] += 1
    _of_several(found, where)


def _of_several(found: Signs, where: dict[Named, str]) -> None:
    """The only group of the sentence."""
    people = {n.group for n in where} - {"general", "institutions"}
    if not people:
        for group in ("general", None):
            found.add(group, "nobody in the sentence")
    if len(people) == 1:
        found.add_all(list(people), "only one in the sentence")


def _span(spot: Spot) -> tuple[int, int]:
    tokens = spot.scene.tokens
    return tokens[spot.sentence.first].start, tokens[spot.sentence.last - 1].stop


def _described(asked: Asked) -> tuple[int, int]:
    """Where the words stand that describe the counted persons."""
    counted, spot = asked.counted, asked.spot
    if counted is None:
        return 0, 0
    words = description(spot, counted, "general")
    start = spot.scene.text.find(words, max(0, counted.start - len(words)), counted.end + len(words))
    return (start, start + len(words)) if words and start >= 0 else (0, 0)


def _where(spot: Spot, named: Named, described: tuple[int, int], label: tuple[int, int] | None) -> str:
    if label is not None:
        return "label"
    if described[0] <= named.start < described[1]:
        return "described"
    return "clause" if named.token in spot.clause else "sentence"


def _of_block(found: Signs, asked: Asked, page: NamedGroups) -> None:
    """The sentences beside it, the block above, the heads over it."""
    spot, scene, block = asked.spot, asked.spot.scene, asked.spot.block
    start, stop = _span(spot)
    if spot.sentence.first > 0:
        before = scene.sentence(spot.sentence.first - 1)
        begin = scene.tokens[before.first].start
        for n in page.between(begin, start) if begin >= block.start else ():
            found.add(n.group, "sentence before")
            found[n.group].add(f"sentence before {'in a name' if n.name else n.role}")
    earlier = [g for g in page.groups(block.start, start) if g not in SOME_OF_ALL]
    if len(earlier) == 1:
        found.add(earlier[0], "only one of the block before")
    if stop < block.end and spot.sentence.last < len(scene.tokens):
        after = scene.sentence(spot.sentence.last)
        found.add_all(page.groups(stop, scene.tokens[after.last - 1].stop), "sentence after")
    if block.head is not None:
        head = scene.block(block.head)
        groups = page.groups(head.start, head.end)
        found.add_all(groups, f"head {head.kind}")
        first = [g for g in ORDER if g in groups and g not in SOME_OF_ALL][:1]
        found.add_all(first, "first in order in the head")
    captions = page.captions
    over = {"opener": captions.opener(spot.block_index), "caption": captions.above(spot.block_index)}
    for name, caption in over.items():
        if caption is not None and not caption.start <= spot.number.start < caption.end:
            found.add_all(page.groups(caption.start, caption.end), name)
    above = scene.block(spot.block_index - 1) if spot.block_index else None
    if above is not None and above.kind != "furniture":
        groups = [g for g in page.groups(above.start, above.end) if g not in ("general", "institutions")]
        found.add_all(groups, "block above")
        if len(groups) == 1:
            found.add(groups[0], "only one of the block above")


def _of_project(found: Signs, asked: Asked, page: NamedGroups) -> None:
    if asked.project is None:
        return
    scene = asked.spot.scene
    found.add_all(groups_in(asked.project.mention.name), "name of the project")
    beside: Counter[Beneficiary] = Counter()
    for k, (start, _) in enumerate(asked.project.occurrences[:6]):
        sentence = scene.sentence(scene.doc.token_index(start))
        begin, stop = scene.tokens[sentence.first].start, scene.tokens[sentence.last - 1].stop
        beside.update(page.groups(begin, stop))
        for n in page.between(begin, stop) if k == 0 else ():
            found.add(n.group, "sentence of the project")
            found[n.group].add(f"sentence of the project {n.role}")
    most = max((n for g, n in beside.items() if g not in SOME_OF_ALL), default=0)
    told = [g for g in ORDER if most and beside[g] == most and g not in SOME_OF_ALL]
    found.add_all(told[:1], "most beside the project")


def _of_page(found: Signs, asked: Asked, page: NamedGroups) -> None:
    for name, blocks in (("title", page.titles), ("opening", page.opening)):
        groups = [g for b in blocks for g in page.groups(b.start, b.end)]
        found.add_all(list(dict.fromkeys(groups)), name)
    every = sum(page.counts.values())
    most = max(page.counts.values(), default=0)
    for group, n in page.counts.items():
        found.add(group, f"share of the page {sum(n > s * every for s in _SHARES)}")
        if n == most:
            found.add(group, "most on the page")
            found.add(group, f"most on the page {min(n.bit_length(), 5)}")
    if not every:
        found.add(None, "page of nobody")
    whole = asked.around.report.group
    if whole is not None:
        found.add(whole, "of the report")


def _turns(asked: Asked) -> Iterator[tuple[Group, str]]:
    """Turns of phrase that name the group of people beside them."""
    spot, counted = asked.spot, asked.counted
    begin, stop = asked.label or _described(asked)
    described = spot.scene.low[begin:stop]
    for group, turn in (
        (group_of_ages(described), "aged"),
        (renamed(described), "compound"),
        (apposed(spot, counted), "apposed"),
    ):
        if group is not None:
            yield group, turn
    yield from ((group, "predicated") for group in groups_in(predicated(spot)))
    yield from ((group, "before the colon") for group in groups_in(heading(spot)))
