"""Which established measures a page tells of as of projects, once it is known which figures are theirs: one
with a figure or two may be only how another project works.

Signs weigh for and against each. The weights are the lexicon's (`measures.yml`), fitted on annotated reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from svod.extract.layout.prose import Prose
from svod.extract.lexicon import load
from svod.extract.projects.project_spans import ProjectSpan, Span
from svod.extract.words.declension import adjective_forms, noun_forms
from svod.extract.words.kind_words import lemma
from svod.extract.words.weighed import in_favour
from svod.models import MetricMention

EARLY = 700  # characters that open the report
MOST = 4  # figures, other projects, eighths of the page's figures: beyond it they are many
SEVERAL = 3  # cases that a form may stand for


def told_of(
    prose: Prose, spans: Sequence[ProjectSpan], metrics: Sequence[MetricMention]
) -> tuple[ProjectSpan, ...]:
    """All but the measures with figures that are no projects; `metrics` as read with every one of the
    `spans`.
    """
    figures: dict[str | None, list[MetricMention]] = {}
    for metric in metrics:
        figures.setdefault(metric.project, []).append(metric)
    others = sum(not s.needs_metric or s.mention.name in figures for s in spans) - 1
    return tuple(
        s
        for s in spans
        if not (s.needs_metric and s.mention.evidence.rule == "measure" and s.mention.name in figures)
        or is_told(of_measure(prose, s, figures[s.mention.name], len(metrics), others))
    )


def is_told(signs: Iterable[str]) -> bool:
    return in_favour(signs, load("measures")["weights"]) > 0


def of_measure(
    prose: Prose, span: ProjectSpan, own: Sequence[MetricMention], figures: int, others: int
) -> frozenset[str]:
    """The signs of a measure with its `own` of the page's `figures`, beside so many `others`."""
    found = {"any", f"figures {min(len(own), MOST)}", f"others {min(others, MOST)}"}
    found.add(f"eighths {min(8 * len(own) // figures, MOST)}")
    if any(not m.planned for m in own):
        found.add("reached")
    if span.occurrences[0][0] < EARLY:
        found.add("early")
    return frozenset(found.union(*(_of_mention(prose, place) for place in span.occurrences)))


def _of_mention(prose: Prose, place: Span) -> Iterator[str]:
    """Its noun and the case; where it stands in its block."""
    a, b = place
    words = prose.slice(a, b)
    head = next((w for w in words if w.forms and w.forms[0].pos == "NOUN"), words[0])
    forms = {(case, number) for case, number, _ in noun_forms(head.text)}
    adjective = next((w for w in reversed(words) if w.start < head.start and w.has("ADJF")), None)
    if adjective is not None:
        forms = forms & {(case, number) for case, number, _ in adjective_forms(adjective.text)} or forms
    cases = sorted({case for case, _ in forms})
    yield f"head {lemma(head)}"
    if cases:
        yield f"case {' or '.join(cases) if len(cases) <= SEVERAL else 'any'}"
    if prose.text[a].isupper() and not prose.is_sentence_start(a):
        yield "capital inside"
    block = prose.block(a)
    if block is None:
        return
    if block.head is not None:
        yield "has head"
    if not re.search(r"\w", prose.text[block.start : a]):
        yield f"opens {block.kind}"
