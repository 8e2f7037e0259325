"""Projects, programmes, services, contests and events named in a report.

A quotation becomes a project by what introduces it; forms of one name are joined; the name is brought to the
nominative. Established measures without quotation marks are offered too: the reader keeps those that own a metric.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from svod.language.document import Document
from svod.models import Evidence, ProjectKind, ProjectMention

from .measures import find_measures
from .project_heads import NOTHING, Head, first_word, head_of
from .project_names import capital, clean, fold, key, nominative
from .project_status import read_status
from .prose import Prose, read_prose
from .quotes import Quote
from .segments import Layout
from .unquoted import find_unquoted

Span = tuple[int, int]
CONFIDENCE = {
    "kind_word": 0.95,
    "kind_phrase": 0.9,
    "right_apposition": 0.85,
    "first_word": 0.75,
    "in_list": 0.85,
    "enumerated": 0.85,
    "launched": 0.75,
    "accompanied": 0.7,
    "acts": 0.7,
    "listed": 0.85,
    "unknown_word": 0.55,
    "measure": 0.7,
}


@dataclass(frozen=True, slots=True)
class ProjectSpan:
    """A project with every place where it is named.

    `umbrella`: a national or state programme over others. `needs_metric`: an established measure without quotation
    marks, a project only if it owns a metric.
    """

    mention: ProjectMention
    occurrences: tuple[Span, ...]
    umbrella: bool
    needs_metric: bool


@dataclass(slots=True)
class _Candidate:
    quote: Quote
    head: Head
    name: str


@dataclass(slots=True)
class _Group:
    """Quotations of one name."""

    members: list[_Candidate] = field(default_factory=list)

    @property
    def accepted(self) -> list[_Candidate]:
        """Empty when the name is an organisation's: a legal form is the last word, else the direct introduction."""
        made = [c for c in self.members if c.head.verdict == "project"]
        others = [c for c in self.members if c.head.verdict == "organisation"]
        if any(c.head.rule == "legal_form" for c in others):
            return []
        if any(c.head.direct for c in others) and not any(c.head.direct for c in made):
            return []
        return made


def read_projects(doc: Document, layout: Layout, published: date | None) -> tuple[ProjectSpan, ...]:
    """All projects of a report, in the order of their first mention."""
    prose = read_prose(doc, layout)
    groups = _join_short(_group(_candidates(prose)))
    spans = [_span(prose, g) for g in groups if g.accepted]
    spans.extend(_unquoted_spans(prose, spans))
    return tuple(sorted(spans, key=lambda s: s.occurrences[0]))


def _candidates(prose: Prose) -> list[_Candidate]:
    found: list[_Candidate] = []
    inside = -1
    for quote in prose.quotes:
        if quote.start < inside:
            continue  # a name inside a name
        head = head_of(prose, quote)
        if _in_signature(prose, quote) and head.verdict != "organisation":
            continue
        text = prose.text[quote.inner : quote.stop]
        if _is_speech(prose, quote, text, head) or is_scare(prose, quote, head):
            continue
        inside = quote.end
        found.append(
            _Candidate(
                quote,
                _own_kind(prose, quote, head),
                _name_of(prose, quote, head),
            )
        )
    _inherit(prose, found)
    return [c for c in found if not _too_long(prose, c)]


_ASKED = {
    "в": ("loct", "accs"), "во": ("loct", "accs"), "на": ("loct", "accs"), "о": ("loct",), "об": ("loct",), "при": ("loct",),
    "по": ("datv",), "к": ("datv",), "благодаря": ("datv",), "с": ("ablt", "gent"), "над": ("ablt",), "под": ("ablt",),
    "из": ("gent",), "для": ("gent",), "от": ("gent",), "до": ("gent",), "без": ("gent",), "после": ("gent",),
    "у": ("gent",), "среди": ("gent",), "около": ("gent",),
}  # fmt: skip


def _name_of(prose: Prose, quote: Quote, head: Head) -> str:
    """The name in the nominative; the word before it says from which case."""
    name = clean(prose.text[quote.inner : quote.stop])
    if head.direct or head.rule in {"enumerated", "kind_phrase", "listed"}:
        return name
    at = prose.index(quote.start) - 1
    before = prose.words[at] if at >= 0 and prose.same_block(prose.words[at].start, quote.start) else None
    if before is None:
        return nominative(name)
    cases = _ASKED.get(before.text.casefold(), ())
    if not cases and before.forms[0].pos == "NOUN" and head.rule in {"accompanied", "first_word"}:
        cases = ("gent",)
    return nominative(name, cases)


def _in_signature(prose: Prose, quote: Quote) -> bool:
    block = prose.block(quote.start)
    return block is not None and block.kind == "signature"


def is_scare(prose: Prose, quote: Quote, head: Head) -> bool:
    """«серебряных» волонтёров, встреча «без галстуков»: words set off, not a name."""
    text = prose.text[quote.inner : quote.stop].strip()
    if text[:1].isupper() or not text[:1].isalpha():
        return False
    return first_word(prose, quote) is None or len(text.split()) == 1


def _own_kind(prose: Prose, quote: Quote, head: Head) -> Head:
    """A kind word in the name itself says more than one that stands far from it."""
    own = first_word(prose, quote)
    if own is not None and head.verdict == "project" and not head.direct and head.rule == "launched":
        return replace(head, kind=own.kind)
    return head


_LETTER = re.compile(r"[^\W\d_]")


def _is_speech(prose: Prose, quote: Quote, text: str, head: Head) -> bool:
    """Words that someone says, or no name at all."""
    if not _LETTER.search(text) or len(text) > 300:
        return True
    if head.direct and head.verdict != "none":
        return False
    if re.search(r"[.!?…]\s+\S", text) or re.search(r"[,.…]$", text):
        return True
    after = prose.text[quote.end : quote.end + 4]
    return bool(re.match(r"^,\s?[–—-]", after))


def _too_long(prose: Prose, candidate: _Candidate) -> bool:
    """More than a name, unless it stands where only a name can stand."""
    words = prose.text[candidate.quote.inner : candidate.quote.stop].split()
    named = candidate.head.direct or candidate.head.rule in {"enumerated", "in_list"}
    return len(words) > 14 and not named


_LIST_JOINT = re.compile(r"^(?:\s*,|\s+(?:и|или|а также)|\s*,\s*(?:и|а также))\s+$")


def _inherit(prose: Prose, found: list[_Candidate]) -> None:
    """«проекты «A», «B» и «C»», and «A», «B» — в этих проектах: neighbours in a list share a head."""
    for before, after in zip(found, found[1:], strict=False):
        if (
            after.head is NOTHING
            and before.head.verdict in {"project", "thing"}
            and _listed(prose, before, after)
        ):
            after.head = replace(before.head, rule="in_list")
            after.name = clean(prose.text[after.quote.inner : after.quote.stop])
    for before, after in reversed(list(pairwise(found))):
        if before.head is NOTHING and after.head.rule == "right_apposition" and _listed(prose, before, after):
            before.head = replace(after.head, rule="in_list")


def _listed(prose: Prose, before: _Candidate, after: _Candidate) -> bool:
    """Nothing but «,» and «и» between them, or a complement without a verb («проекту «A» по профилактике и «B»»)."""
    between = prose.text[before.quote.end : after.quote.start]
    if _LIST_JOINT.match(between):
        return True
    if len(between) > 120 or not re.search(r"(?:,|\sи)\s+$", between) or re.search(r"[.!?;:«»]", between):
        return False
    return not any(
        f.pos in {"VERB", "INFN", "PRTS", "GRND"}
        for w in prose.slice(before.quote.end, after.quote.start)
        for f in w.forms[:1]
    )


def _group(found: Sequence[_Candidate]) -> list[_Group]:
    groups: dict[tuple[str, ...], _Group] = {}
    for candidate in found:
        groups.setdefault(key(candidate.name), _Group()).members.append(candidate)
    return list(groups.values())


def _join_short(groups: list[_Group]) -> list[_Group]:
    """A name cut short («Ключи» for «Ключи от лета») is an occurrence of the long one."""
    kept: list[_Group] = []
    for group in groups:
        short = key(group.members[0].name)
        longer = [g for g in groups if g is not group and g.accepted and _cut(short, key(g.members[0].name))]
        if len(longer) == 1 and not any(c.head.direct for c in group.members):
            longer[0].members.extend(group.members)
        else:
            kept.append(group)
    return kept


def _cut(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return 0 < len(short) < len(long) and (long[: len(short)] == short or long[-len(short) :] == short)


def _span(prose: Prose, group: _Group) -> ProjectSpan:
    best = max(
        group.accepted,
        key=lambda c: (c.head.direct, CONFIDENCE.get(c.head.rule, 0.5), len(c.name), -c.quote.start),
    )
    occurrences = tuple(sorted((c.quote.start, c.quote.end) for c in group.members))
    kind = best.head.kind or "project"
    status = read_status(prose, kind, occurrences)
    quote = best.quote
    evidence = Evidence(
        start=quote.start,
        end=quote.end,
        quote=prose.text[quote.start : quote.end],
        rule=best.head.rule,
        confidence=CONFIDENCE.get(best.head.rule, 0.5),
    )
    mention = ProjectMention(name=capital(best.name), kind=kind, status=status, evidence=evidence)
    return ProjectSpan(
        mention, occurrences, umbrella=best.head.word in {"нацпроект", "госпрограмма"}, needs_metric=False
    )


@dataclass(slots=True)
class _Found:
    """A project without quotation marks: its places and what is known of it."""

    name: str
    kind: ProjectKind
    rule: str
    sure: bool
    places: list[Span]


def _unquoted_spans(prose: Prose, spans: Sequence[ProjectSpan]) -> list[ProjectSpan]:
    """Established measures and definite phrases that are not a quoted project's already."""
    named = {fold(s.mention.name) for s in spans}
    taken = sorted((min(a, _phrase_start(prose, a)), b) for s in spans for a, b in s.occurrences)
    found: dict[tuple[str, ...], _Found] = {}
    for unquoted in find_unquoted(prose):
        _add(
            found, unquoted.name, unquoted.kind, unquoted.rule, unquoted.sure, (unquoted.start, unquoted.end)
        )
    covered = taken + sorted(p for f in found.values() for p in f.places)
    led = any(_leads(prose, s) for s in spans)
    for measure in find_measures(prose):
        if not (measure.weak and led) and not any(a <= measure.start < b for a, b in covered):
            proper = prose.text[measure.start].isupper() and not prose.is_sentence_start(measure.start)
            _add(found, measure.name, measure.kind, "measure", proper, (measure.start, measure.end))
    return [_unquoted_span(prose, f) for f in _fullest(found) if fold(f.name) not in named]


def _leads(prose: Prose, span: ProjectSpan) -> bool:
    """A quoted project of the title or the lead: what the report is about."""
    blocks = [prose.block(a) for a, _ in span.occurrences]
    return span.mention.kind not in {"program", "event"} and any(
        b is not None and b.kind in {"title", "lead"} for b in blocks
    )


def _phrase_start(prose: Prose, offset: int) -> int:
    """Where the phrase before a quoted name begins: «Университет третьего возраста «Золотой возраст»»."""
    words = prose.slice(max(prose.sentence(offset)[0], offset - 80), offset)[-4:]
    for k in range(len(words) - 1, -1, -1):
        if words[k].forms[0].pos not in {"NOUN", "ADJF"}:
            return words[k].stop
    return words[0].start if words else offset


def _add(
    found: dict[tuple[str, ...], _Found], name: str, kind: ProjectKind, rule: str, sure: bool, place: Span
) -> None:
    known = found.setdefault(key(name), _Found(name, kind, rule, sure, []))
    known.sure = known.sure or sure
    known.places.append(place)


def _fullest(found: dict[tuple[str, ...], _Found]) -> list[_Found]:
    """A phrase that begins or ends a longer one, or a measure inside it, is the longer one's mention."""
    kept: list[_Found] = []
    for _, one in sorted(found.items(), key=lambda item: (-len(item[0]), item[1].places[0])):
        longer = next((k for k in kept if _is_same(one, k)), None)
        if longer is None:
            kept.append(one)
        else:
            longer.places = sorted([*longer.places, *one.places])
    return kept


def _is_same(short: _Found, long: _Found) -> bool:
    """The short phrase opens the long one, or is the measure that a pilot project brings in."""
    left, right = key(short.name), key(long.name)
    if long.rule == "pilot_phrase" and short.rule == "measure":
        return any(right[i : i + len(left)] == left for i in range(len(right)))
    return short.kind == long.kind and right[: len(left)] == left


def _unquoted_span(prose: Prose, one: _Found) -> ProjectSpan:
    start, end = one.places[0]
    evidence = Evidence(
        start=start,
        end=end,
        quote=prose.text[start:end],
        rule=one.rule,
        confidence=CONFIDENCE.get(one.rule, 0.7),
    )
    status = read_status(prose, one.kind, one.places, "running")
    mention = ProjectMention(name=one.name, kind=one.kind, status=status, evidence=evidence)
    return ProjectSpan(mention, tuple(one.places), umbrella=False, needs_metric=not one.sure)
