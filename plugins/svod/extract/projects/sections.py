"""Whose a section of the report is: the project that its caption names, or none where others have one.

Knows captions, blocks and the places where projects are named; the order of the rules is `links`' own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from svod.extract.figures.beyond import Choice
from svod.extract.figures.context import Spot
from svod.extract.layout.captions import Caption
from svod.extract.projects.topics import Place, Topics, is_plain

if TYPE_CHECKING:
    from svod.extract.projects.projects import ProjectSpan


def by_section(spot: Spot, topics: Topics) -> Choice | None:
    """The project of the caption over the figure; none under one that names no project where others do."""
    over = _over(spot, topics)
    for caption in over:
        named = topics.named_by(caption)
        if named is not None:
            return (named,)
    return (None,) if any(_stands_apart(c, topics) for c in over) else None


def _over(spot: Spot, topics: Topics) -> list[Caption]:
    """The captions over the figure, the nearest first; one of a sort («4. …» ends what «3. …» opened)."""
    opener, above = topics.captions.opener(spot.block_index), topics.captions.above(spot.block_index)
    if opener is not None and above is not None and _sort(opener, topics) == _sort(above, topics):
        return [opener]
    return [c for c in (opener, above) if c is not None]


def quoted_above(spot: Spot, topics: Topics) -> list[Place]:
    """Quoted projects of the captions over the figure's block."""
    for caption in (topics.captions.opener(spot.block_index), topics.captions.above(spot.block_index)):
        if caption is None or topics.scene.block(caption.index).kind == "title":
            continue
        found = [p for p in topics.between(caption.start, caption.end) if not p.project.needs_metric]
        if found:
            return found
    return []


def _stands_apart(caption: Caption, topics: Topics) -> bool:
    """A caption without a project beside captions of its sort with one, unless the whole report is on one."""
    blocks = topics.scene.layout.blocks
    mine = blocks[caption.index]
    if mine.kind == "title" or topics.is_titled or len(topics.scene.projects) < SEVERAL:
        return False
    named: dict[int, ProjectSpan] = {}
    sort = _sort(caption, topics)
    for other, project in topics.captioned:
        if other is caption or _sort(other, topics) != sort:
            continue
        if not (is_plain(project) or project.mention.kind == "program"):
            continue
        named[id(project)] = project
        # «Проект: «Х»» once over «Результаты», «Расходы» is the subject: lines of another kind name two
        if blocks[other.index].kind == mine.kind or len(named) > 1:
            return True
    return False


def divided_from(spot: Spot, project: ProjectSpan, topics: Topics) -> bool:
    """The project is named in one section alone («3. Подростки. …»), and the figure stands in another."""
    if project in topics.titled:
        return False
    mine = _section(spot.block_index, topics)
    if mine is None:
        return False
    its = [_section(topics.scene.block_index(a), topics) for a, _ in project.occurrences]
    sort = _sort(mine, topics)
    return all(c is not None and c is not mine and _sort(c, topics) == sort for c in its)


def _section(index: int | None, topics: Topics) -> Caption | None:
    """The caption that the block stands under: its own, else the one above."""
    if index is None:
        return None
    caption = topics.captions.opener(index) or topics.captions.above(index)
    return None if caption is None or topics.scene.block(caption.index).kind == "title" else caption


def _sort(caption: Caption, topics: Topics) -> tuple[object, ...]:
    """Captions of one sort divide a report alike: numbered ones, openers of one list, lines of their own."""
    block = topics.scene.block(caption.index)
    depth = len(_DIGITS.findall(topics.scene.text, block.start, caption.start))
    if depth:
        return ("numbered", depth)
    return ("opener", block.kind, block.head) if caption.own else ("line",)


def of_paragraph(spot: Spot, topics: Topics) -> Choice | None:
    """A paragraph that names one quoted project, in a report on a contest: that winner's."""
    main = topics.main
    if main is None or main.mention.kind != "contest":
        return None
    block = spot.block
    named = {
        id(p.project): p.project
        for p in topics.between(block.start, block.end)
        if p.project is not main and not p.project.needs_metric and p.project.mention.kind in _WORKS
    }
    return (next(iter(named.values())),) if len(named) == 1 else None


def by_question(spot: Spot, topics: Topics) -> Choice | None:
    """«– Что такое «X»?⏎– Это проект …»: an answer is on the one project that its question names."""
    blocks = topics.scene.layout.blocks
    text = topics.scene.text
    if not text.startswith(_DASHES, spot.block.start) or spot.block.kind not in _SAID:
        return None
    before = topics.between(spot.block.start, spot.number.start)
    own = [p for p in before if not p.project.needs_metric and p.project.mention.kind in _WORKS]
    if own:
        return (own[-1].project,)  # «– Нет. Поэтому с 2019 года есть «Y» …»
    for index in range(spot.block_index - 1, max(-1, spot.block_index - 1 - ANSWER), -1):
        block = blocks[index]
        if block.kind not in _SAID:
            return None
        if text[block.start : block.end].rstrip().endswith("?"):
            named = {id(p.project): p.project for p in topics.between(block.start, block.end)}
            return (next(iter(named.values())),) if len(named) == 1 else None
        if text.startswith(_DASHES, block.start):
            return None  # someone else's words
    return None


_DIGITS = re.compile(r"\d+")
ANSWER = 3  # paragraphs
_DASHES = ("–", "—", "-")
_SAID = frozenset({"paragraph", "lead", "list_item", "list_head"})
SEVERAL = 2  # projects: a report on one stays with it in every section
_WORKS = frozenset({"project", "service", "event", "pilot"})
