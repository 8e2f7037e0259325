"""What the reading of projects hands on: a project with its places in the text; and how sure each rule is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from svod.extract.layout.prose import Prose
from svod.models import Evidence, ProjectKind, ProjectMention, ProjectStatus

Span = tuple[int, int]
MAX_NAMES = 300  # more names than this are no report: they are not compared with one another
CONFIDENCE = {
    "kind_word": 0.95,
    "kind_phrase": 0.9,
    "right_apposition": 0.85,
    "first_word": 0.75,
    "in_list": 0.85,
    "enumerated": 0.85,
    "launched": 0.75,
    "named": 0.8,
    "accompanied": 0.7,
    "acts": 0.7,
    "left_network": 0.75,
    "listed": 0.85,
    "opens_topic": 0.8,
    "owned": 0.8,
    "unknown_word": 0.55,
    "measure": 0.7,
}


@dataclass(frozen=True, slots=True)
class ProjectSpan:
    """A project with every place where it is named.

    `umbrella`: a national or state programme over others. `needs_metric`: an established measure without
    quotation marks, a project only if it owns a metric.
    """

    mention: ProjectMention
    occurrences: tuple[Span, ...]
    umbrella: bool
    needs_metric: bool


def make_span(
    prose: Prose,
    name: str,
    kind: ProjectKind,
    status: ProjectStatus | None,
    rule: str,
    evidence: Span,
    places: Sequence[Span],
    *,
    umbrella: bool = False,
    needs_metric: bool = False,
) -> ProjectSpan:
    """A span whose evidence stands at `evidence` and whose mentions are at `places`."""
    start, end = evidence
    proof = Evidence(
        start=start, end=end, quote=prose.text[start:end], rule=rule, confidence=CONFIDENCE.get(rule, 0.6)
    )
    mention = ProjectMention(name=name, kind=kind, status=status, evidence=proof)
    return ProjectSpan(mention, tuple(places), umbrella, needs_metric)
