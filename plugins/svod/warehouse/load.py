"""Loads what one fetch of one source saw: one transaction, fenced by a lock per source, safe to repeat.

The same load twice adds nothing. Late or overlapping attempts are harmless: a report's state is decided by
when it was observed at the source, not by when the load happened to run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import LiteralString, TypeVar

import psycopg

from svod.errors import WarehouseError
from svod.models import FetchResult, Item, ReadReport, Rejection
from svod.sources import Source

from . import keys, rows
from .connection import connect, fence
from .copy import Buffer, merge_rows
from .health import refresh_health
from .promotion import promote_first
from .readings import ReadingWriter
from .records import ExtractorRun, LoadCounts, Mask, Reading
from .sightings import Sighting, record_returns, record_sightings, record_withdrawals

CHUNK = 500  # reports in memory at once
ANALYZE_FROM = 1000  # new readings after which the next query must not plan on old statistics
ANALYZE: LiteralString = (
    "analyze raw.document, raw.document_version, raw.document_event, raw.version_extraction, raw.report_fact,"
    " raw.project_mention, raw.partner_mention, raw.metric_mention"
)
T = TypeVar("T")


def load(
    dsn: str,
    source: Source,
    result: FetchResult,
    reads: Iterable[ReadReport],
    rejections: Iterable[Rejection],
    extractor: ExtractorRun,
    *,
    mask: Mask,
) -> LoadCounts:
    """Add one fetch of one source to raw; only what is new is written. `dsn` is the loader's.

    `reads` may be a generator: it is read in chunks. Raises WarehouseError when parts of another source are
    handed in, or when the warehouse cannot be reached.
    """
    if result.source_id != source.id:
        raise WarehouseError(f"a fetch of {result.source_id} cannot be loaded as {source.id}")
    with connect(dsn, name=f"svod load {source.id}") as conn:
        fence(conn, source.id)
        return _load(conn, source, result, reads, [*result.rejections, *rejections], extractor, mask)


def _load(
    conn: psycopg.Connection,
    source: Source,
    result: FetchResult,
    reads: Iterable[ReadReport],
    rejections: Sequence[Rejection],
    extractor: ExtractorRun,
    mask: Mask,
) -> LoadCounts:
    run_id, seen_at = result.run_id, observed_at(result)
    merge_rows(conn, "raw", "source", rows.COLUMNS["source"], [rows.source_row(source, seen_at)])
    events = [rows.fetch_event_row(e, run_id) for e in result.events]
    fetch_events = merge_rows(conn, "raw", "fetch_event", rows.COLUMNS["fetch_event"], events)
    if fetch_events:
        refresh_health(conn, source.id, (e.started_at.astimezone(UTC).date() for e in result.events))
    reports = _Reports(conn, source.id, run_id, seen_at, extractor, mask)
    for chunk in _chunks(reads):
        reports.add(chunk)
    snapshots = _snapshots(conn, result, reports.texts_of_body)
    documents, versions, document_events = reports.merge()
    gone = [keys.document_id(source.id, key) for key in result.withdrawn]
    met = [keys.document_id(source.id, key) for key in result.seen]
    document_events += record_withdrawals(conn, run_id, gone, seen_at)
    document_events += record_returns(conn, run_id, met, seen_at)
    counts = reports.readings.merge(conn)
    if counts.readings:
        promote_first(conn, extractor.version)
    if counts.readings >= ANALYZE_FROM:
        conn.execute(ANALYZE)
    refused = [*rejections, *reports.readings.refused]
    quarantined = merge_rows(
        conn,
        "raw",
        "quarantine",
        rows.COLUMNS["quarantine"],
        [rows.rejection_row(r, run_id) for r in refused],
    )
    _save_cursor(conn, result, seen_at)
    return LoadCounts(
        fetch_events=fetch_events,
        snapshots=snapshots,
        documents=documents,
        versions=versions,
        document_events=document_events,
        readings=counts.readings,
        projects=counts.projects,
        partners=counts.partners,
        metrics=counts.metrics,
        quarantined=quarantined,
    )


def _save_cursor(conn: psycopg.Connection, result: FetchResult, seen_at: datetime) -> None:
    """Where the source's next fetch goes on, unless a later fetch has said so already."""
    if result.cursor is not None:
        conn.execute(
            "insert into ops.fetch_cursor as c (source_id, cursor, updated_at) values (%s, %s::jsonb, %s)"
            " on conflict (source_id) do update"
            " set cursor = excluded.cursor, updated_at = excluded.updated_at"
            " where c.updated_at <= excluded.updated_at",
            (result.source_id, result.cursor, seen_at),
        )


def observed_at(result: FetchResult) -> datetime:
    """When this fetch saw what it saw: its last attempt's end."""
    times = [e.ended_at for e in result.events] or [s.fetched_at for s in result.snapshots]
    if not times:
        raise WarehouseError(f"a fetch of {result.source_id} without any attempt cannot be loaded")
    return max(times)


def _snapshots(conn: psycopg.Connection, result: FetchResult, texts_of_body: dict[str, set[str]]) -> int:
    """A body that held exactly one report carries the hash of its text too."""
    single = {body: next(iter(texts)) for body, texts in texts_of_body.items() if len(texts) == 1}
    return merge_rows(
        conn,
        "raw",
        "snapshot",
        rows.COLUMNS["snapshot"],
        [rows.snapshot_row(s, result.run_id, single.get(s.sha256)) for s in result.snapshots],
    )


class _Reports:
    """The reports of one load: documents, versions, sightings and readings, gathered chunk by chunk."""

    def __init__(
        self,
        conn: psycopg.Connection,
        source_id: str,
        run_id: str,
        seen_at: datetime,
        extractor: ExtractorRun,
        mask: Mask,
    ) -> None:
        self._conn, self._source_id, self._run_id, self._seen_at = conn, source_id, run_id, seen_at
        self._mask = mask
        self._documents = Buffer(conn, "raw", "document", rows.COLUMNS["document"])
        self._versions = Buffer(conn, "raw", "document_version", rows.COLUMNS["document_version"])
        self._sightings: dict[str, Sighting] = {}
        self._added: set[str] = set()
        self.texts_of_body: dict[str, set[str]] = {}
        self.readings = ReadingWriter(conn, source_id, run_id, extractor, mask)

    def add(self, chunk: Sequence[ReadReport]) -> None:
        reports: dict[str, tuple[ReadReport, str]] = {}  # version → report, document
        for report in chunk:
            document = keys.document_id(self._source_id, self._checked(report.item).natural_key)
            version = keys.version_id(document, report.sha256_text)
            reports[version] = (report, document)
            self._sightings[document] = Sighting(document, version)
            self.texts_of_body.setdefault(report.item.body_sha256, set()).add(report.sha256_text)
        self._add_versions(reports)
        self.readings.add(
            [Reading(version_id=v, clean_text=r.clean_text, facts=r.facts) for v, (r, _) in reports.items()]
        )

    def _checked(self, item: Item) -> Item:
        if item.source_id != self._source_id:
            raise WarehouseError(f"a report of {item.source_id} cannot be loaded as {self._source_id}")
        return item

    def _add_versions(self, reports: dict[str, tuple[ReadReport, str]]) -> None:
        known = self._conn.execute(
            "select version_id from raw.document_version where version_id = any(%s)", (list(reports),)
        )
        self._added.update(row[0] for row in known)
        new = {v: pair for v, pair in reports.items() if v not in self._added}
        if not new:
            return
        self._added.update(new)
        titles = self._mask([report.title or "" for report, _ in new.values()])
        self._documents.add(
            rows.document_row(report.item, document, self._run_id, self._seen_at)
            for report, document in new.values()
        )
        self._versions.add(
            rows.version_row(report, document, version, self._run_id, title or None, self._seen_at)
            for (version, (report, document)), title in zip(new.items(), titles, strict=True)
        )

    def merge(self) -> tuple[int, int, int]:
        """(documents, versions, document events) that were new."""
        documents, versions = self._documents.merge(), self._versions.merge()
        events = record_sightings(self._conn, self._run_id, self._sightings.values(), self._seen_at)
        return documents, versions, events


def _chunks(values: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(values)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
