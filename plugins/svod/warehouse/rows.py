"""From values to rows of schema raw: columns and their order are stated here once, beside each other.

Pure functions; no connection. A fact whose evidence does not hold becomes a rejection instead of a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from svod.models import (
    Evidence,
    FetchEvent,
    Item,
    MetricMention,
    PartnerMention,
    ProjectMention,
    ReadReport,
    Rejection,
    ReportFacts,
    Snapshot,
)
from svod.sources import Source

from . import keys
from .storable import storable, storable_json, storable_or_none

Row = tuple[object, ...]

READ_BY = ("version_id", "extractor_version", "extraction_run_id")
SPAN = ("start_char", "end_char", "quote", "quote_public", "rule_id", "confidence")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "source": (
        *("source_version_id", "source_id", "title", "kind", "urls", "publisher_name", "publisher_inn"),
        *("publisher_ogrn", "territory_oktmo", "territory_iso", "owner", "licence", "silence_days", "config"),
        "seen_at",
    ),
    "fetch_event": (
        *("fetch_event_id", "source_id", "run_id", "url", "started_at", "ended_at", "outcome", "http_status"),
        *("items", "bytes", "etag", "last_modified", "reason"),
    ),
    "snapshot": (
        *("snapshot_id", "source_id", "run_id", "url", "sha256_raw", "sha256_text", "fetched_at"),
        *("storage_uri", "media_type", "charset", "size_bytes"),
    ),
    "document": ("document_id", "source_id", "run_id", "natural_key", "url", "first_seen_at"),
    "document_version": (
        *("version_id", "document_id", "run_id", "sha256_text", "body_sha256", "clean_text", "title"),
        *("title_public", "url", "media_type", "charset", "selector", "published_at", "published_on"),
        *("published_precision", "published_basis", "seen_at"),
    ),
    "document_event": ("document_event_id", "document_id", "version_id", "run_id", "kind", "occurred_at"),
    "extraction_run": (
        *("extraction_run_id", "source_id", "run_id", "extractor_version", "config_hash", "started_at"),
        *("versions", "projects", "partners", "metrics"),
    ),
    "version_extraction": (*READ_BY, "projects", "partners", "metrics"),
    "report_fact": ("report_fact_id", *READ_BY, "fact", "value", "value_public"),
    "project_mention": ("project_mention_id", *READ_BY, "name", "name_public", "kind", "status", *SPAN),
    "partner_mention": (
        *("partner_mention_id", *READ_BY, "name", "name_public", "type", "role", "project_name"),
        *SPAN,
    ),
    "metric_mention": (
        *("metric_mention_id", *READ_BY, "value", "value_max", "comparator", "kind", "direction", "unit"),
        *("beneficiary", "planned", "period_start", "period_end", "project_name", "part_of_id", *SPAN),
    ),
    "quarantine": ("quarantine_id", "source_id", "run_id", "stage", "code", "reason", "key", "payload"),
}


def source_row(source: Source, seen_at: object) -> Row:
    config = storable_json(source.model_dump(mode="json"))
    publisher, territory = source.publisher, source.territory
    return (
        *(keys.source_version_id(source.id, config), source.id, source.title, source.kind, list(source.urls)),
        *(publisher.name, publisher.inn, publisher.ogrn, territory.oktmo, territory.iso),
        *(source.owner, source.licence, source.expected.silence_days, config, seen_at),
    )


def fetch_event_row(event: FetchEvent, run_id: str) -> Row:
    return (
        keys.fetch_event_id(run_id, event.source_id, event.url, event.started_at),
        *(event.source_id, run_id, storable(event.url), event.started_at, event.ended_at),
        *(event.outcome.value, event.http_status, event.items, event.bytes),
        *(storable_or_none(event.etag), storable_or_none(event.last_modified), storable(event.reason)),
    )


def snapshot_row(snapshot: Snapshot, run_id: str, sha256_text: str | None) -> Row:
    return (
        *(
            keys.snapshot_id(snapshot.url, snapshot.sha256),
            snapshot.source_id,
            run_id,
            storable(snapshot.url),
        ),
        *(snapshot.sha256, sha256_text, snapshot.fetched_at, snapshot.storage_uri),
        *(snapshot.media_type, snapshot.charset, snapshot.size),
    )


def document_row(item: Item, document_id: str, run_id: str, seen_at: object) -> Row:
    return (document_id, item.source_id, run_id, storable(item.natural_key), storable(item.url), seen_at)


def version_row(
    report: ReadReport,
    document_id: str,
    version_id: str,
    run_id: str,
    title_public: str | None,
    seen_at: object,
) -> Row:
    item = report.item
    stated = item.published.date() if item.published else None
    return (
        *(version_id, document_id, run_id, report.sha256_text, item.body_sha256, storable(report.clean_text)),
        *(storable_or_none(report.title), storable_or_none(title_public), storable(item.url)),
        *(item.media_type, item.charset, item.selector, item.published, stated or report.facts.published),
        *(item.published_precision or ("day" if report.facts.published else None), _basis(report), seen_at),
    )


def _basis(report: ReadReport) -> str:
    if report.item.published is not None:
        return report.item.published_basis
    return "text" if report.facts.published else "none"


def rejection_row(rejection: Rejection, run_id: str) -> Row:
    return (
        keys.quarantine_id(rejection.source_id, rejection.stage, rejection.code, rejection.key),
        *(rejection.source_id, run_id, rejection.stage, rejection.code, storable(rejection.reason)),
        *(storable(rejection.key), storable_json(rejection.payload)),
    )


@dataclass(frozen=True, slots=True)
class Masked:
    """Public forms of one report's texts: the whole text (same length) and each name that was asked for."""

    text: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FactRows:
    """The rows of one reading, and what was refused of it."""

    reading: Row
    facts: list[Row]
    projects: list[Row]
    partners: list[Row]
    metrics: list[Row]
    refused: list[tuple[str, str, Evidence]]  # code, reason, evidence


def names_of(facts: ReportFacts) -> Iterator[str]:
    """Every name in the facts that reaches the marts beside the quotes."""
    yield from (p.name for p in facts.projects)
    yield from (p.name for p in facts.partners)
    if facts.publisher:
        yield facts.publisher


def fact_rows(
    version_id: str, clean_text: str, facts: ReportFacts, extractor: str, run: str, masked: Masked
) -> FactRows:
    by = (version_id, extractor, run)
    refused: list[tuple[str, str, Evidence]] = []

    def holds(evidence: Evidence) -> bool:
        problem = _evidence_problem(evidence, clean_text)
        if problem:
            refused.append((*problem, evidence))
        return problem is None

    projects = [_project_row(m, by, masked) for m in facts.projects if holds(m.evidence)]
    partners = [_partner_row(m, by, masked) for m in facts.partners if holds(m.evidence)]
    good: dict[int, MetricMention] = {}
    for index, metric in enumerate(facts.metrics):
        if not holds(metric.evidence):
            continue
        problem = _metric_problem(metric)
        if problem:
            refused.append((*problem, metric.evidence))
        else:
            good[index] = metric
    ids = {i: keys.metric_mention_id(version_id, extractor, m) for i, m in good.items()}
    metrics = [_metric_row(m, ids[i], _total(m, ids[i], ids), by, masked) for i, m in good.items()]
    reading = (*by, len(projects), len(partners), len(metrics))
    return FactRows(reading, list(_report_facts(facts, by, masked)), projects, partners, metrics, refused)


def _evidence_problem(evidence: Evidence, text: str) -> tuple[str, str] | None:
    if (
        evidence.start < 0
        or evidence.end <= evidence.start
        or text[evidence.start : evidence.end] != evidence.quote
    ):
        return "evidence_mismatch", "the quote does not stand at its offsets in the text"
    if not 0 <= evidence.confidence <= 1:
        return "confidence_out_of_range", f"confidence {evidence.confidence} is not within 0-1"
    return None


def _metric_problem(metric: MetricMention) -> tuple[str, str] | None:
    if not metric.value.is_finite() or (metric.value_max is not None and not metric.value_max.is_finite()):
        return "value_not_finite", f"value {metric.value} is no number"
    if metric.value_max is not None and metric.value_max < metric.value:
        return "range_reversed", f"the range {metric.value}-{metric.value_max} ends before it starts"
    return None


def _total(metric: MetricMention, own: str, ids: Mapping[int, str]) -> str | None:
    """The id of the figure that this one is a part of; a part of itself or of a refused figure has none."""
    total = ids.get(metric.part_of) if metric.part_of is not None else None
    return None if total == own else total


def _span(evidence: Evidence, masked: Masked) -> Row:
    return (
        *(evidence.start, evidence.end, storable(evidence.quote)),
        *(storable(masked.text[evidence.start : evidence.end]), evidence.rule, evidence.confidence),
    )


def _project_row(mention: ProjectMention, by: Row, masked: Masked) -> Row:
    version, extractor = str(by[0]), str(by[1])
    return (
        *(keys.project_mention_id(version, extractor, mention), *by, storable(mention.name)),
        *(storable(masked.names[mention.name]), mention.kind, mention.status),
        *_span(mention.evidence, masked),
    )


def _partner_row(mention: PartnerMention, by: Row, masked: Masked) -> Row:
    version, extractor = str(by[0]), str(by[1])
    return (
        *(keys.partner_mention_id(version, extractor, mention), *by, storable(mention.name)),
        *(
            storable(masked.names[mention.name]),
            mention.type,
            mention.role,
            storable_or_none(mention.project),
        ),
        *_span(mention.evidence, masked),
    )


def _metric_row(metric: MetricMention, own: str, total: str | None, by: Row, masked: Masked) -> Row:
    period = metric.period
    return (
        *(own, *by, metric.value, metric.value_max, metric.comparator, metric.kind, metric.direction),
        *(storable(metric.unit), metric.beneficiary, metric.planned),
        *(period.start if period else None, period.end if period else None),
        *(storable_or_none(metric.project), total),
        *_span(metric.evidence, masked),
    )


def _report_facts(facts: ReportFacts, by: Row, masked: Masked) -> Iterator[Row]:
    stated = [("region", region, region) for region in facts.regions]
    if facts.published:
        stated.append(("published", facts.published.isoformat(), facts.published.isoformat()))
    if facts.publisher:
        stated.append(("publisher", storable(facts.publisher), storable(masked.names[facts.publisher])))
    for fact, value, public in stated:
        yield keys.report_fact_id(str(by[0]), str(by[1]), fact, value), *by, fact, value, public
