"""A project's name in its sentence, and what the page around it says of time: what the reading of its status
looks at.

Knows words and layout; decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from svod.extract.layout.prose import Prose
from svod.language.document import Token

WINDOW = 9  # words on each side of a name in which a verb speaks of it


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in its sentence, and what the page around it holds."""

    left: str
    right: str
    sentence: str
    anaphoric: str  # the next sentences of the block that go on about it: «Проект стартует 1 сентября»
    later: tuple[Token, ...]  # the next three sentences of the block, up to one that names something else
    tail: str  # what follows in the block, whatever full stops it holds
    section: str  # the caption that it stands under
    counts: bool  # a figure of people or things stands in its sentence beside it
    captions: bool  # its own name is the caption, or opens the block

    @property
    def near(self) -> str:
        return f"{self.left} ■ {self.right}"


def mention(prose: Prose, start: int, end: int) -> Mention:
    a, b = prose.sentence(start)
    stop = b
    b = max(b, min(end + 120, len(prose.text))) if end >= b - 1 else b
    left = prose.slice(_clause(prose, max(a, start - 200), start), start)[-WINDOW:]
    block = prose.block(start)
    opening = _TOPIC.match(prose.text, end) if block is not None and start <= block.start + 3 else None
    begin = opening.end() if opening is not None else end
    right_end = _cut(prose, begin, min(max(b, begin), begin + 160) if opening is None else begin + 160)
    right = prose.slice(begin, right_end)[:WINDOW]
    return Mention(
        left=prose.text[left[0].start : start] if left else "",
        right=prose.text[end : right[-1].stop] if right else "",
        sentence=prose.text[a:b],
        tail=prose.text[end : min(block.end if block is not None else end, end + 90)],
        later=_later(prose, stop, block.end if block is not None else b),
        anaphoric=_anaphoric(prose, stop, block.end if block is not None else stop),
        section=_section(prose, start),
        counts=_FIGURE.search(prose.text, a, start) is not None
        or _FIGURE.search(prose.text, end, b) is not None,
        captions=_captions(prose, start),
    )


_FIGURE = re.compile(
    r"(?<![\d.№-])\d[\d \u00a0]*(?!\d)(?:,\d+)?[ \u00a0]+(?!год|году|года|г\.|январ|феврал|март"
    r"|апрел|ма[яй]\b|июн|июл|август"
    r"|сентябр|октябр|ноябр|декабр)(?=[а-яё])"
)
MAX_FOLLOWING = 3  # sentences
_REFERS = re.compile(
    r"[^а-яё]{0,4}(?:этот |эта |данный |данная |сам |сама |наш |наша )?(?:проект|программа|акция"
    r"|смена|служба|клуб|школа"
    r"|конкурс|форум|фестиваль|марафон|инициатива|он|она|оно|его|её|старт|запуск|реализация"
    r"|срок реализации|участие"
    r"|открытие|закрытие|приём заявок|при[её]м документов|набор)(?![а-яё])",
    re.IGNORECASE,
)


def _following(prose: Prose, stop: int, limit: int) -> Iterator[tuple[int, int]]:
    """The next sentences of the block, up to one that names something else."""
    for _ in range(MAX_FOLLOWING):
        if stop + 1 >= limit:
            return
        a, b = prose.sentence(stop + 1)
        if a < stop or any(mark in prose.text[a:b] for mark in "«„“"):
            return
        yield a, b
        stop = b


def _later(prose: Prose, stop: int, limit: int) -> tuple[Token, ...]:
    """Words of the next sentences of the block, up to one that names something else."""
    following = _following(prose, stop, limit)
    return tuple(word for a, b in following for word in prose.slice(a, min(b, a + 240)))


def _anaphoric(prose: Prose, stop: int, limit: int) -> str:
    """The next sentences that open with what refers to the name, up to one that names something else."""
    told: list[str] = []
    for a, b in _following(prose, stop, limit):
        if b > limit + 1 or not _REFERS.match(prose.text[a:b].lstrip()):
            break
        told.append(prose.text[a : min(b, a + 160)])
    return " ■ ".join(told)


_TOPIC = re.compile(r"[.:]\s+(?=[А-ЯЁ])")  # ««X». Наша акция идёт»: the next sentence speaks of the name
_TURN = re.compile(r",\s+(?:а|но|зато|тогда как)\s")


def _clause(prose: Prose, start: int, end: int) -> int:
    """Where the clause before a name begins: after «, а …», «, но …»."""
    turns = list(_TURN.finditer(prose.text, start, end))
    return turns[-1].end() if turns else start


def _cut(prose: Prose, start: int, end: int) -> int:
    match = re.search(r"[.!?;](?:\s|$)|,\s+(?:а|но|зато|тогда как)\s", prose.text[start:end])
    return start + match.start() if match else end


def _section(prose: Prose, offset: int) -> str:
    index = prose.layout.index_at(offset)
    if index is None:
        return ""
    found = (prose.captions.opener(index), prose.captions.above(index))
    heads = [prose.layout.blocks[index].head]
    texts = [prose.text[c.start : c.end] for c in found if c is not None and c.start < offset]
    texts += [
        prose.text[prose.layout.blocks[h].start : prose.layout.blocks[h].end] for h in heads if h is not None
    ]
    return " | ".join(t[:120] for t in texts).casefold()


def _captions(prose: Prose, offset: int) -> bool:
    caption = prose.caption(offset)
    return caption is not None and caption.start <= offset < caption.end
