"""Why each fact was read and why each other number was not: the debug view, as text and as one HTML page.

Shows what the engine returned; decides nothing and reads nothing again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from svod.models import Evidence, MetricMention, PartnerMention, ProjectMention, ReportFacts

_WIDTH = 60
_STYLE = """
body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0
1rem;color:#1b1f24;background:#fff}
mark{border-radius:.2rem;padding:0 .15rem}.metric{background:#b7e4c7}.project{background:#cfe2ff}
.partner{background:#ffe5b4}.rejected{background:#f1f1f1;color:#666;text-decoration:line-through}
pre{white-space:pre-wrap;font:inherit}table{border-collapse:collapse;font-size:.9rem}
td,th{border-bottom:1px solid #ddd;padding:.25rem .6rem;text-align:left;vertical-align:top}
"""


@dataclass(frozen=True, slots=True)
class Remark:
    """A stretch of the text with what the engine says of it."""

    start: int
    end: int
    kind: str  # metric, project, partner, rejected
    label: str


def explain_text(text: str, facts: ReportFacts) -> str:
    """One line a fact: place, quote, what was read, rule and confidence; then every other number with its
    reason.
    """
    lines = [f"regions: {', '.join(facts.regions) or '–'}"]
    lines.append(f"published: {facts.published or '–'}   publisher: {facts.publisher or '–'}")
    for title, kind in (
        ("PROJECTS", "project"),
        ("PARTNERS", "partner"),
        ("METRICS", "metric"),
        ("NO METRIC", "rejected"),
    ):
        remarks = [r for r in _remarks(facts) if r.kind == kind]
        lines.append(f"\n{title} ({len(remarks)})")
        lines.extend(f"  {r.start:>6}  {_cut(text[r.start : r.end])}  →  {r.label}" for r in remarks)
    return "\n".join(lines) + "\n"


def explain_html(text: str, facts: ReportFacts, title: str = "explain") -> str:
    """A page that needs nothing else: the text with highlighted spans, and a table of all of them."""
    remarks = sorted(_remarks(facts), key=lambda r: (r.start, -r.end))
    rows = "".join(
        f"<tr><td>{r.start}</td><td><mark class='{r.kind}'>{escape(_cut(text[r.start : r.end]))}</mark></td>"
        f"<td>{escape(r.label)}</td></tr>"
        for r in remarks
    )
    return (
        f"<!doctype html><html lang='ru'><head><meta charset='utf-8'><title>{escape(title)}</title>"
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1>"
        f"<pre>{''.join(_highlighted(text, remarks))}</pre>"
        f"<table><tr><th>at</th><th>quote</th><th>why</th></tr>{rows}</table></body></html>\n"
    )


def _remarks(facts: ReportFacts) -> Iterator[Remark]:
    for project in facts.projects:
        yield _remark("project", project.evidence, _project(project))
    for partner in facts.partners:
        yield _remark("partner", partner.evidence, _partner(partner))
    for metric in facts.metrics:
        yield _remark("metric", metric.evidence, _metric(metric))
    for number in facts.rejected:
        yield Remark(number.start, number.end, "rejected", number.reason)


def _remark(kind: str, evidence: Evidence, label: str) -> Remark:
    return Remark(
        evidence.start, evidence.end, kind, f"{label}  [{evidence.rule}, {evidence.confidence:.2f}]"
    )


def _project(p: ProjectMention) -> str:
    return f"{p.name} ({p.kind}, {p.status or '–'})"


def _partner(p: PartnerMention) -> str:
    return f"{p.name} ({p.type}, {p.role or '–'})"


def _metric(m: MetricMention) -> str:
    value = f"{m.value.normalize():f}" + (f"–{m.value_max.normalize():f}" if m.value_max is not None else "")
    parts = [m.comparator, value, m.kind, m.unit, m.direction, m.beneficiary, "plan" if m.planned else None]
    if m.period is not None:
        parts.append(f"{m.period.start or '…'} – {m.period.end or '…'}")
    parts.append(f"project: {m.project}" if m.project else None)
    parts.append(f"part of #{m.part_of}" if m.part_of is not None else None)
    return ", ".join(p for p in parts if p)


def _highlighted(text: str, remarks: list[Remark]) -> Iterator[str]:
    """The text with marks; where spans overlap, the one that begins first is shown."""
    at = 0
    for remark in remarks:
        if remark.start < at:
            continue
        yield escape(text[at : remark.start])
        body = escape(text[remark.start : remark.end])
        yield f"<mark class='{remark.kind}' title='{escape(remark.label, quote=True)}'>{body}</mark>"
        at = remark.end
    yield escape(text[at:])


def _cut(quote: str) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= _WIDTH else flat[: _WIDTH - 1] + "…"
