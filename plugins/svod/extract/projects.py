"""Projects, programmes, services, contests and events named in a report.

A quotation becomes a project by what introduces it; forms of one name are joined; the name is brought to the
nominative. Established measures without quotation marks are offered too: the reader keeps those that own a metric.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from svod.language.document import Document
from svod.models import Evidence, ProjectKind, ProjectMention

from .measures import find_measures
from .project_heads import NOTHING, Head, head_of
from .project_names import capital, clean, fold, key, nominative
from .project_status import read_status
from .prose import Prose, read_prose
from .quotes import Quote
from .segments import Layout

Span = tuple[int, int]
CONFIDENCE = {
    "kind_word": 0.95,
    "kind_phrase": 0.9,
    "right_apposition": 0.85,
    "first_word": 0.75,
    "in_list": 0.85,
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
        return [c for c in self.members if c.head.verdict == "project"]


def read_projects(doc: Document, layout: Layout, published: date | None) -> tuple[ProjectSpan, ...]:
    """All projects of a report, in the order of their first mention."""
    prose = read_prose(doc, layout)
    groups = _join_short(_group(_candidates(prose)))
    spans = [_span(prose, g) for g in groups if g.accepted]
    spans.extend(_measure_spans(prose, spans))
    return tuple(sorted(spans, key=lambda s: s.occurrences[0]))


def _candidates(prose: Prose) -> list[_Candidate]:
    found: list[_Candidate] = []
    inside = -1
    for quote in prose.quotes:
        if quote.start < inside:
            continue  # a name inside a name
        head = head_of(prose, quote)
        text = prose.text[quote.inner : quote.stop]
        if _is_speech(prose, quote, text, head):
            continue
        inside = quote.end
        found.append(_Candidate(quote, head, clean(text) if head.direct else nominative(clean(text))))
    _inherit(prose, found)
    return found


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
    return bool(re.match(r"^,\s?[–—-]", after)) or len(text.split()) > 14


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
    for before, after in reversed(list(zip(found, found[1:], strict=False))):
        if before.head is NOTHING and after.head.rule == "right_apposition" and _listed(prose, before, after):
            before.head = replace(after.head, rule="in_list")


def _listed(prose: Prose, before: _Candidate, after: _Candidate) -> bool:
    return _LIST_JOINT.match(prose.text[before.quote.end : after.quote.start]) is not None


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


def _measure_spans(prose: Prose, spans: Sequence[ProjectSpan]) -> list[ProjectSpan]:
    named = {fold(s.mention.name) for s in spans}
    taken = [o for s in spans for o in s.occurrences]
    found: dict[str, list[tuple[Span, ProjectKind]]] = {}
    for measure in find_measures(prose):
        if fold(measure.name) in named or any(a <= measure.start < b for a, b in taken):
            continue
        found.setdefault(measure.name, []).append(((measure.start, measure.end), measure.kind))
    made: list[ProjectSpan] = []
    for name, places in found.items():
        (start, end), kind = places[0]
        occurrences = tuple(place for place, _ in places)
        evidence = Evidence(
            start=start,
            end=end,
            quote=prose.text[start:end],
            rule="measure",
            confidence=CONFIDENCE["measure"],
        )
        status = read_status(prose, kind, occurrences)
        made.append(
            ProjectSpan(
                ProjectMention(name=name, kind=kind, status=status, evidence=evidence),
                occurrences,
                False,
                True,
            )
        )
    return made
