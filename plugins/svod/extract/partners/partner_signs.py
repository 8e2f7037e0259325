"""What around one mention of an organisation tells its role: signs, each a few words.

The meanings of the verbs and nouns on both sides, case and preposition, captions, list heads and labels
above, turns of phrase. Weighs nothing: `partner_roles` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from svod.extract.layout.prose import Prose
from svod.extract.partners.org_mentions import OrgMention
from svod.extract.partners.partner_silence import Context
from svod.extract.partners.partner_turns import TURNS
from svod.extract.words.meanings import meanings_in, meanings_of, phrase_start, tense_of
from svod.language.by_word import by_word
from svod.language.document import Token

REACH = 10  # words on either side in which a verb speaks of the name
CLOSE = 2  # words right beside the name
MAX_PHRASE = 5  # words of the noun phrase that the name closes
SPOKEN = 200  # characters of the sentence on either side that are looked at
MAX_LABEL, MAX_CAPTION, MAX_HEAD = 300, 140, 300
_ENDS = frozenset({".", "!", "?", ";"})
_CASES = ("nomn", "accs", "gent", "ablt", "datv", "loct")
_OPENS, _OPENED = re.compile(r"\s*\("), re.compile(r"\(\s*$")
_BY_TYPE = (  # signs that mean another thing for another type of organisation
    "of ",
    "own verb",
    "left verb",
    "direct ",
    "prep ",
    "case ",
    "clause subject",
    "caption",
    "label",
    "title",
    "owner",
    "phrase ",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention with its context; `start..end` is the chain «A, B и C» that it stands in."""

    mention: OrgMention
    context: Context
    start: int
    end: int
    cases: frozenset[str]
    beside_project: bool  # a project is named in its sentence


def of_mention(prose: Prose, seen: Seen) -> set[str]:
    c = seen.context
    found = {
        *_of_words(prose, seen),
        *_of_clause(c),
        *_above(prose, seen.mention.start),
        *_marks(prose, seen),
    }
    found.update(f"turn {turn.__name__}" for turn in TURNS if turn(c))
    found.update([f"{c.type} {s}" for s in found if s.startswith(_BY_TYPE)])
    return found


@by_word
def _means(word: Token) -> tuple[str, ...]:
    return meanings_of(word, "roles")


def _meant(words: Iterable[Token]) -> Iterator[str]:
    for word in words:
        yield from _means(word)


def _of_words(prose: Prose, seen: Seen) -> Iterator[str]:
    """The words of the sentence: the phrase that the name closes, its preposition, verbs on both sides."""
    a, b = prose.sentence(seen.mention.start)
    left = prose.slice(max(a, seen.start - SPOKEN), seen.start)
    right = prose.slice(seen.end, min(max(b, seen.end), seen.end + SPOKEN))
    k = phrase_start(left, MAX_PHRASE)
    preposition = _preposition(left, k)
    if preposition:
        yield f"prep {preposition}"
        if k == len(left):
            yield f"direct {preposition}"
        yield from (f"before {preposition} {s}" for s in _meant(left[max(0, k - 4) : k]))
        yield from (f"prep {preposition} phrase {s}" for s in _meant(left[k:]))
    else:
        yield f"case {_case(seen.cases)}"
    yield from (f"phrase {s}" for s in _meant(left[k:]))
    if k < len(left):
        yield from (f"of {s}" for s in _means(left[-1]))
    yield from _spoken("left", reversed(left[:k]))
    yield from _spoken("own" if seen.context.subject and not preposition else "right", right)
    told = {*_meant(left), *_meant(right)}
    yield from (f"sentence {s}" for s in told)
    yield from (f"gives {s}" for s in ("money", "thing") if {"gives", s} <= told)


def _preposition(left: Sequence[Token], k: int) -> str:
    before = left[k - 1] if k > 0 else None
    return before.text.casefold() if before and before.forms and before.forms[0].pos == "PREP" else ""


def _case(cases: frozenset[str]) -> str:
    return "any" if len(cases) > len(_CASES) // 2 else next((c for c in _CASES if c in cases), "none")


def _spoken(side: str, words: Iterable[Token]) -> Iterator[str]:
    """The nearest verb on one side, and what the words up to it say."""
    for n, word in enumerate(words):
        if n >= REACH or word.text in _ENDS:
            return
        meant = _means(word)
        yield from (f"{side} {s}" for s in meant)
        if n < CLOSE:
            yield from (f"{side} close {s}" for s in meant)
        tense = tense_of(word)
        if tense:
            yield f"{side} {tense}"
        if tense and tense != "participle":
            yield from (f"{side} verb {s}" for s in meant)
            return


def _of_clause(c: Context) -> Iterator[str]:
    """How the organisation stands to the verb of its clause, and what that verb means."""
    clause = c.clause
    if clause is None:
        return
    if c.subject and not clause.preposition and not clause.passive:
        stands = "subject"
    elif clause.passive:
        stands = "agent" if c.agent else "passive"
    else:
        stands = "beside"
    yield f"clause {stands}"
    for meaning in meanings_in("roles").get(clause.verb.replace("ё", "е"), ()):
        yield f"clause {stands} {meaning}"
        yield f"{c.type} clause {stands} {meaning}"


def _above(prose: Prose, start: int) -> Iterator[str]:
    """The captions and the list head that it stands under, and the label of its line: «Партнёры: …»."""
    index = prose.layout.index_at(start)
    if index is not None:
        captions = (prose.captions.opener(index), prose.captions.above(index))
        spans = [(c.start, min(c.end, c.start + MAX_CAPTION)) for c in captions if c is not None]
        head = prose.layout.blocks[index].head
        if head is not None:
            block = prose.layout.blocks[head]
            spans.append((block.start, min(block.end, block.start + MAX_HEAD)))
        for a, b in spans:
            yield from (f"caption {s}" for s in _meant(prose.doc.tokens_in(a, min(b, start))))
    line = prose.text[max(0, start - MAX_LABEL) : start].rpartition("\n")[2]
    label, colon, _ = line.partition(":")
    if colon:
        first = start - len(line)
        yield from (f"label {s}" for s in _meant(prose.doc.tokens_in(first, first + len(label))))


def _marks(prose: Prose, seen: Seen) -> Iterator[str]:
    """Where it stands: kind of block, brackets, a chain, numbers and projects beside it."""
    c, mention, text = seen.context, seen.mention, prose.text
    block = prose.block(mention.start)
    yield f"in {block.kind if block is not None else 'nothing'}"
    if (seen.start, seen.end) != (mention.start, mention.end):
        yield "chain"
    told = {"place": c.place, "owner": c.owner, "title": c.title, "paid in": c.paid_in}
    told |= {"given": c.given, "agent": c.agent}
    yield from (name for name, holds in told.items() if holds)
    yield "project in sentence" if seen.beside_project else "no project in sentence"
    if _OPENS.match(text, seen.end):
        yield "bracket after"
    if _OPENED.search(text[max(0, seen.start - 3) : seen.start]):
        yield "in brackets"
    a, b = prose.sentence(mention.start)
    if any(char.isdigit() for char in text[a : mention.start] + text[mention.end : b]):
        yield "number in sentence"
