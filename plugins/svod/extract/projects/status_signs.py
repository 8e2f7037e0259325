"""What around a project's name tells how far it is: signs, each a few words, gathered over all its mentions.

Tense, aspect and meaning of the verbs on both sides, the case or preposition that the name stands in, days
before and after the publication, the next sentences, the place on the page, what the page is. Weighs nothing:
`project_status` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date
from functools import cache

from svod.extract.layout.prose import Prose
from svod.extract.lexicon import load
from svod.extract.projects.status_days import day_signs
from svod.extract.projects.status_mentions import Mention, mention
from svod.extract.words.meanings import meanings_of, phrase_start, tense_of
from svod.extract.words.screened import Screened, any_case
from svod.language.by_word import by_word
from svod.language.document import Token
from svod.models import ProjectKind

Span = tuple[int, int]
MAX_MENTIONS = 12
REACH = 12  # words on either side in which a verb speaks of the name
CLOSE = 6  # words after a name in the nominative in which its own verb stands
SPOKEN = 260  # characters of the sentence on either side that are looked at
MAX_PAGE = 3000  # words of the page whose tenses are counted
_ENDS = frozenset({".", "!", "?", ";", "«", "»"})
_GROUPS: dict[str, str] = {"event": "occasion", "contest": "occasion", "grant": "project", "pilot": "project"}


def signs_of(
    prose: Prose, kind: ProjectKind, spans: Sequence[Span], published: date | None, *, unquoted: bool
) -> frozenset[str]:
    """The signs of one project whose names stand at `spans`."""
    found = {"any", f"kind {_GROUPS.get(kind, kind)}", f"mentions {min(len(spans), 4)}"}
    if unquoted:
        found.add("unquoted")
    for start, end in spans[:MAX_MENTIONS]:
        found.update(_of_mention(prose, mention(prose, start, end), start, end, published))
    found.update(_of_page(prose, published))
    return frozenset(found)


@by_word
def _meant(word: Token) -> tuple[str, ...]:
    return meanings_of(word, "status")


def _of_mention(prose: Prose, m: Mention, start: int, end: int, published: date | None) -> Iterator[str]:
    block = prose.block(start)
    yield f"in {block.kind if block is not None else 'nothing'}"
    if m.captions:
        yield "caption"
    if m.counts:
        yield "counted"
    a, b = prose.sentence(start)
    left = prose.slice(max(a, start - SPOKEN), start)
    right = prose.slice(end, min(max(b, end), end + SPOKEN))
    phrase = phrase_start(left, CLOSE)
    role = _role(left, phrase)
    yield role
    yield from _spoken("left", reversed(left[:phrase]))
    yield from (f"phrase {s}" for w in left[phrase:] for s in _meant(w))
    yield from _spoken("own" if role in _SUBJECT else "right", right)
    tenses = {t for w in (*left, *right) if (t := tense_of(w))}
    yield from (f"sentence {t}" for t in tenses)
    yield from (f"sentence {s}" for w in (*left, *right) for s in _meant(w))
    yield from (f"next {t}" for w in m.later if (t := tense_of(w)))
    yield from (f"next {s}" for w in m.later for s in _meant(w))
    days = set(day_signs(f"{m.sentence} ■ {m.anaphoric}", published, tenses))
    yield from days
    yield from _of_outlook(prose, m, start)
    yield from _together(m, tenses, days)
    if _MONEY.search(m.tail):
        yield "sum after"


def _together(m: Mention, tenses: Set[str], days: Set[str]) -> Iterator[str]:
    """What only several signs of one sentence tell together."""
    present = bool(tenses & {"pres impf", "pres perf"})
    past = bool(tenses & {"past perf", "past impf"})
    if days & {"day ahead", "month ahead", "later"} and not past:
        yield "day ahead and nothing past"
    if _told("meant").search(m.sentence) or (tenses & {"futr perf", "futr impf"}):
        yield "meant" if past or present else "meant and nothing told"
    if days & {"season past", "span over"} and past and not present:
        yield "season past and nothing told"
    begun = _told("begun").search(m.near) is not None
    if begun and "since long" not in days and "year past" not in days:
        yield "begun lately" if _told("fresh").search(m.sentence) or m.captions else "begun"
    if m.section == "" and not m.captions and not m.counts and _told("bought").search(m.sentence):
        yield "bought"


_SUBJECT = frozenset({"as nomn", "as bare"})
_MONEY = any_case(r"\d[\d\s.,]*(?:руб|₽|тыс|млн|миллион)")


def _role(left: Sequence[Token], phrase: int) -> str:
    """The preposition before the phrase («в рамках» as one), else the case of its first word."""
    before = left[phrase - 1] if phrase > 0 else None
    first = left[phrase] if phrase < len(left) else None
    if before is not None and before.forms and before.forms[0].pos == "PREP":
        within = first is not None and first.lemma == "рамка"
        return "within" if within else f"after {before.text.casefold()}"
    if first is None:
        return "as bare"
    cases = {c for f in first.forms if f.pos in {"NOUN", "ADJF", "PRTF"} for c in f.grammemes}
    return f"as {next((c for c in _CASES if c in cases), 'none')}"


_CASES = ("nomn", "accs", "gent", "ablt", "datv", "loct")


def _spoken(side: str, words: Iterable[Token]) -> Iterator[str]:
    """The nearest verb on one side, and what the words up to it say."""
    for n, word in enumerate(words):
        if n >= REACH or word.text in _ENDS:
            return
        tense = tense_of(word)
        yield from (f"{side} {s}" for s in _meant(word))
        if tense and tense != "participle":
            near = side if side != "own" or n < CLOSE else "right"
            yield f"{near} {tense}"
            return
        if tense:
            yield f"{side} {tense}"


@cache
def _told(name: str) -> Screened:
    """Any of the patterns that the lexicon lists under a name, as whole words."""
    listed = "|".join(p.replace(" ", "[ \u00a0]") for p in load("status")[name])
    return any_case(f"(?<![а-яё])(?:{listed})(?![а-яё])")


def _of_outlook(prose: Prose, m: Mention, start: int) -> Iterator[str]:
    """Words of what lies ahead and of what is over: beside the name, in its sentence, before and after it."""
    block = prose.block(start)
    a, _ = prose.sentence(start)
    before = prose.text[max(block.start if block is not None else a, a - 80) : a]
    for told in ("ahead", "over"):
        pattern = _told(told)
        if pattern.search(m.near):
            yield f"{told} beside"
        elif pattern.search(m.sentence):
            yield f"{told} in sentence"
        if m.anaphoric and pattern.search(m.anaphoric):
            yield f"{told} next"
    if before and _told("ahead").search(before):
        yield "ahead before"
    if m.section and _told("ahead").search(m.section):
        yield "ahead in caption"


def _of_page(prose: Prose, published: date | None) -> Iterator[str]:
    if published is None:
        yield "page undated"
    top = " ".join(
        prose.text[b.start : min(b.end, b.start + 600)].casefold()
        for b in prose.layout.blocks[:12]
        if b.kind in {"title", "heading", "lead"}
    )
    yield from (f"page {name}" for name, pattern in _tops().items() if pattern.search(top))
    tenses = [t[:4] for w in prose.words[:MAX_PAGE] if (t := tense_of(w)) and " " in t]
    for tense in ("past", "pres", "futr"):
        share = tenses.count(tense) / max(len(tenses), 1)
        yield f"page {tense} {sum(share >= bound for bound in (0.1, 0.3, 0.6))}"


@cache
def _tops() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in load("status")["pages"].items()}
