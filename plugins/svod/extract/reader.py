"""Reports in, facts out: the one place where the parts of the engine are put together.

Pure and deterministic: the same text gives the same facts, alone or in a batch, in any order. No I/O.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from svod.extract.figures.metrics import read_metrics
from svod.extract.layout.hard_wraps import as_it_came, mended
from svod.extract.layout.prose import read_prose
from svod.extract.layout.segments import segment
from svod.extract.layout.topic import is_far_news
from svod.extract.partners.partners import read_partners
from svod.extract.projects.projects import read_projects
from svod.extract.projects.told_measures import told_of
from svod.extract.publication.publication import read_publication
from svod.extract.publication.regions import read_regions
from svod.language.document import Document, analyse
from svod.models import Evidence, MetricMention, PartnerMention, ProjectMention, ReportFacts, ReportText

BATCH = 64  # reports analysed together


def read(report: ReportText) -> ReportFacts:
    """All facts of one report."""
    return read_many([report])[0]


def read_many(reports: Sequence[ReportText]) -> list[ReportFacts]:
    """The facts of each report, in order."""
    found: list[ReportFacts] = []
    for i in range(0, len(reports), BATCH):
        batch = reports[i : i + BATCH]
        with _uncollected():
            mends = [mended(r.text) for r in batch]
            for report, mend, doc in zip(batch, mends, analyse([m.text for m in mends]), strict=True):
                found.append(as_it_came(_read(report, doc), report.text, mend))
    return found


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keeps the garbage collector from walking over models and lexicons again and again: reading leaves no
    cycles behind (a test sees to it), so there is nothing to collect.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(report: ReportText, doc: Document) -> ReportFacts:
    layout = segment(doc)
    publication = read_publication(doc, layout, report)
    prose = read_prose(doc, layout)
    far = is_far_news(doc.text)
    spans = () if far else read_projects(prose, publication.published)
    metrics, rejected = read_metrics(doc, layout, spans, publication.published)
    told = told_of(prose, spans, metrics)
    if len(told) < len(spans):  # what the others' figures are is read without those
        spans = told
        metrics, rejected = read_metrics(doc, layout, spans, publication.published)
    owners = {m.project for m in metrics}
    spans = tuple(s for s in spans if not s.needs_metric or s.mention.name in owners)
    regions = read_regions(doc, layout, report, publication.publisher)
    return ReportFacts(
        regions=regions,
        published=publication.published,
        publisher=publication.publisher,
        projects=tuple(s.mention for s in spans),
        partners=() if far else read_partners(prose, spans, publication.publisher, regions),
        metrics=metrics,
        rejected=rejected,
    )


# --- JSON ----------------------------------------------------------------------------------------------


def to_json(facts: ReportFacts, file: str | None = None) -> dict[str, Any]:
    """Facts in the schema of the annotated reports, with `file` and, per fact, start, end, confidence and
    rule.
    """
    row: dict[str, Any] = {"file": file} if file is not None else {}
    row["region"] = facts.regions[0] if len(facts.regions) == 1 else (list(facts.regions) or None)
    row["published"] = facts.published.isoformat() if facts.published else None
    row["publisher"] = facts.publisher
    row["projects"] = [_project(p) for p in facts.projects]
    row["partners"] = [_partner(p) for p in facts.partners]
    row["metrics"] = [_metric(m) for m in facts.metrics]
    return row


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "confidence": evidence.confidence,
        "rule": evidence.rule,
    }


def _project(p: ProjectMention) -> dict[str, Any]:
    return {"name": p.name, "kind": p.kind, "status": p.status, **_evidence(p.evidence)}


def _partner(p: PartnerMention) -> dict[str, Any]:
    return {"name": p.name, "type": p.type, "role": p.role, "project": p.project, **_evidence(p.evidence)}


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _metric(m: MetricMention) -> dict[str, Any]:
    period = None
    if m.period is not None:
        period = {
            "start": m.period.start.isoformat() if m.period.start else None,
            "end": m.period.end.isoformat() if m.period.end else None,
        }
    return {
        "value": _number(m.value),
        "value_max": _number(m.value_max),
        "comparator": m.comparator,
        "kind": m.kind,
        "direction": m.direction,
        "unit": m.unit,
        "beneficiary": m.beneficiary,
        "planned": m.planned,
        "period": period,
        "project": m.project,
        "part_of": m.part_of,
        **_evidence(m.evidence),
    }
