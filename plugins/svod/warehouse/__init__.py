"""PostgreSQL outside dbt: migrations, roles, COPY loading, publish by delta, releases and roll-back.

Loads, reads and publishes. Must not know how a page is fetched, a text is read or the marts are modelled.

Tables that dbt and resolve read (every one carries comments; `\\d+ raw.document_version` shows them):

    raw.source               source_version_id | source_id, title, kind, urls, publisher_name/inn/ogrn,
                             territory_oktmo/iso, owner, licence, silence_days, config, seen_at
    raw.fetch_event          fetch_event_id | source_id, run_id, url, started_at, ended_at, outcome,
                             http_status, items, bytes, etag, last_modified, reason
    raw.snapshot             snapshot_id | source_id, url, sha256_raw, sha256_text, fetched_at, storage_uri, …
    raw.document             document_id | source_id, natural_key, url, first_seen_at
    raw.document_version     version_id | document_id, sha256_text, clean_text, title, title_public, url,
                             published_at, published_on, published_precision, published_basis, seen_at
    raw.document_event       document_event_id | document_id, version_id, kind, occurred_at
    raw.document_state       (view) document_id | version_id, last_event, is_current, since: the state NOW
    raw.extraction_run       extraction_run_id | source_id, extractor_version, config_hash, counts
    raw.version_extraction   version_id + extractor_version: what has been read, even if it held no fact
    raw.report_fact          report_fact_id | version_id, extractor_version, fact (region, published,
                             publisher), value, value_public
    raw.project_mention      project_mention_id | version_id, extractor_version, name, name_public, kind,
                             status, span
    raw.partner_mention      partner_mention_id | …, name, name_public, type, role, project_name, span
    raw.metric_mention       metric_mention_id | …, value, value_max, comparator, kind, direction, unit,
                             beneficiary, planned, period_start, period_end, project_name, part_of_id, span
                             span = start_char, end_char, quote, quote_public, rule_id, confidence
    raw.quarantine           quarantine_id | source_id, stage, code, reason, key, payload, seen_at
    raw.quarantine_decision  decision_id | quarantine_id, action (release, drop); the latest holds
    ops.promotion            the latest row names the extractor version in force (`extractor_version`)
    ops.review               the latest row about a fact_id (= metric_mention_id) holds
    ops.judgement            entity_kind, left_key < right_key, verdict, score, decided_by; the latest holds
    ops.canonical, ops.canonical_name   lasting ids and the names that belong to them

What marts hold = document_state where is_current, joined with the mentions of its version_id by the promoted
extractor version. Ids are 32 hexadecimal digits (text), made only by `svod.warehouse.keys`.

Rules for a table of marts_next, so that it can be published: a primary key; foreign keys by constraint,
inside marts_next; no columns `updated_at` and `release_id` (publish adds them). Found in the catalogue.
"""

from __future__ import annotations

from .connection import connect, sqlalchemy_url
from .load import load
from .migrate import migrate, schema_version
from .promotion import PROMOTED, pending_versions, promoted_extractor, promoted_in
from .publish import publish
from .readings import load_readings
from .records import ExtractorRun, LoadCounts, Mask, PendingVersion, Reading, VersionRange
from .releases import Change, Release, TableChange, changes, prune, releases
from .roles import ROLES, SCHEMAS
from .rollback import rollback

__all__ = [
    "PROMOTED",
    "ROLES",
    "SCHEMAS",
    "Change",
    "ExtractorRun",
    "LoadCounts",
    "Mask",
    "PendingVersion",
    "Reading",
    "Release",
    "TableChange",
    "VersionRange",
    "changes",
    "connect",
    "load",
    "load_readings",
    "migrate",
    "pending_versions",
    "promoted_extractor",
    "promoted_in",
    "prune",
    "publish",
    "releases",
    "rollback",
    "schema_version",
    "sqlalchemy_url",
]
