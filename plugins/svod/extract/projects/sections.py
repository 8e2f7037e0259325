"""Whose a section of the report is: the project that its caption names, or none where others have one.

Knows captions, blocks and the places where projects are named; the order of the rules is `links`' own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from svod.extract.figures.beyond import Choice
from svod.extract.figures.context import Spot
from svod.extract.layout.captions import Caption
from svod.extract.projects.topics import Place, Topics, is_plain

if TYPE_CHECKING:
    from svod.extract.projects.projects import ProjectSpan


def by_section(spot: Spot, topics: Topics) -> Choice | None:
    """The project of the caption over the figure; none under one that names no project where others do."""
    for caption in (topics.captions.opener(spot.block_index), topics.captions.above(spot.block_index)):
        if caption is None:
            continue
        named = named_by(caption, topics)
        if named is not None:
            return (named,)
        if _stands_apart(caption, topics):
            return (None,)
    return None


def named_by(caption: Caption, topics: Topics) -> ProjectSpan | None:
    """The quoted project of a caption, else the measure that it names."""
    if topics.scene.block(caption.index).kind == "title":
        return None
    places = topics.between(caption.start, caption.end)
    quoted = [p for p in places if not p.project.needs_metric]
    chosen = [p for p in quoted if not p.project.umbrella] or quoted or list(places)
    return chosen[-1].project if chosen else None


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
    for other in topics.captions.all:
        if other.own != caption.own or blocks[other.index].kind != mine.kind or other is caption:
            continue
        if blocks[other.index].head != mine.head and caption.own:
            continue
        named = named_by(other, topics)
        if named is not None and (is_plain(named) or named.mention.kind == "program"):
            return True
    return False


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


ANSWER = 3  # paragraphs
_DASHES = ("–", "—", "-")
_SAID = frozenset({"paragraph", "lead", "list_item", "list_head"})
SEVERAL = 2  # projects: a report on one stays with it in every section
_WORKS = frozenset({"project", "service", "event", "pilot"})
