"""Deterministic ids: hashes of natural keys. The same thing has the same id in every run, for ever.

Nothing else may make an id. A part is framed by its length, so ("ab", "c") and ("a", "bc") differ, and None
differs from the empty string. Fetch times never take part in the identity of content.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal

from svod.models import MetricMention, PartnerMention, ProjectMention

Part = str | int | float | bool | Decimal | date | datetime | None

ID_LENGTH = 32  # hexadecimal digits, 128 bits


def key(kind: str, *parts: Part) -> str:
    """32 hexadecimal digits for a kind of thing and the parts of its natural key."""
    digest = hashlib.sha256()
    for part in (kind, *parts):
        if part is None:
            digest.update(b"-;")
            continue
        data = _text(part).encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()[:ID_LENGTH]


def _text(part: Part) -> str:
    if isinstance(part, Decimal):
        return format(part.normalize(), "f")  # 10, 10.0 and 1E+1 are one number
    if isinstance(part, date):
        return part.isoformat()
    return str(part)


def source_version_id(source_id: str, config_json: str) -> str:
    return key("source", source_id, config_json)


def fetch_event_id(run_id: str, source_id: str, url: str, started_at: datetime) -> str:
    return key("fetch_event", run_id, source_id, url, started_at)


def snapshot_id(url: str, sha256: str) -> str:
    return key("snapshot", url, sha256)


def document_id(source_id: str, natural_key: str) -> str:
    return key("document", source_id, natural_key)


def version_id(document: str, sha256_text: str) -> str:
    return key("document_version", document, sha256_text)


def document_event_id(document: str, kind: str, version: str | None, occurred_at: datetime) -> str:
    return key("document_event", document, kind, version, occurred_at)


def extraction_run_id(run_id: str, source_id: str, extractor_version: str) -> str:
    return key("extraction_run", run_id, source_id, extractor_version)


def report_fact_id(version: str, extractor_version: str, fact: str, value: str) -> str:
    return key("report_fact", version, extractor_version, fact, value)


def project_mention_id(version: str, extractor_version: str, mention: ProjectMention) -> str:
    at = mention.evidence
    return key("project_mention", version, extractor_version, mention.kind, at.start, at.end, mention.name)


def partner_mention_id(version: str, extractor_version: str, mention: PartnerMention) -> str:
    at = mention.evidence
    return key("partner_mention", version, extractor_version, mention.type, at.start, at.end, mention.name)


def metric_mention_id(version: str, extractor_version: str, mention: MetricMention) -> str:
    at = mention.evidence
    return key(
        "metric_mention",
        version,
        extractor_version,
        mention.kind,
        at.start,
        at.end,
        mention.value,
        mention.value_max,
        mention.unit,
        mention.direction,
        mention.planned,
    )


def quarantine_id(source_id: str, stage: str, code: str, record_key: str) -> str:
    return key("quarantine", source_id, stage, code, record_key)
