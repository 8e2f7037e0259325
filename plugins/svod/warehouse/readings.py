"""Writes what an extractor read from versions: facts and mentions, once per (version, extractor version).

A version that this extractor version has read before is skipped before anything is masked or copied.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from itertools import islice

import psycopg

from svod.models import Evidence, Rejection

from . import keys, rows
from .connection import connect, fence
from .copy import Buffer, merge_rows
from .promotion import promote_first
from .records import ExtractorRun, LoadCounts, Mask, Reading

CHUNK = 500
TABLES = ("version_extraction", "report_fact", "project_mention", "partner_mention", "metric_mention")


def load_readings(
    dsn: str, source_id: str, run_id: str, readings: Iterable[Reading], extractor: ExtractorRun, *, mask: Mask
) -> LoadCounts:
    """Add a new reading of stored versions (re-extraction, replay); `dsn` is the loader's. Safe to repeat."""
    with connect(dsn, name=f"svod reread {source_id}") as conn:
        fence(conn, source_id)
        writer = ReadingWriter(conn, source_id, run_id, extractor, mask)
        iterator = iter(readings)
        while chunk := list(islice(iterator, CHUNK)):
            writer.add(chunk)
        counts = writer.merge(conn)
        if counts.readings:
            promote_first(conn, extractor.version)
        refused = [rows.rejection_row(r, run_id) for r in writer.refused]
        quarantined = merge_rows(conn, "raw", "quarantine", rows.COLUMNS["quarantine"], refused)
        return dataclasses.replace(counts, quarantined=quarantined)


class ReadingWriter:
    """Gathers readings of one source by one extractor; `merge` writes them all."""

    def __init__(
        self, conn: psycopg.Connection, source_id: str, run_id: str, extractor: ExtractorRun, mask: Mask
    ) -> None:
        self._conn, self._source_id, self._run_id = conn, source_id, run_id
        self._extractor, self._mask = extractor, mask
        self._buffers = {table: Buffer(conn, "raw", table, rows.COLUMNS[table]) for table in TABLES}
        self._read: set[str] = set()
        self._new: list[str] = []
        self._run = ""  # this load's extraction run, named after the first new version
        self.refused: list[Rejection] = []

    def add(self, readings: Sequence[Reading]) -> None:
        new = self._unread(readings)
        if not new:
            return
        if not self._run:
            self._run = keys.extraction_run_id(
                f"{self._run_id}/{new[0].version_id}", self._source_id, self._extractor.version
            )
        made = [
            rows.fact_rows(r.version_id, r.clean_text, r.facts, self._extractor.version, self._run, masked)
            for r, masked in zip(new, self._masked(new), strict=True)
        ]
        for reading, found in zip(new, made, strict=True):
            self._new.append(reading.version_id)
            self.refused += [self._rejection(reading, *problem) for problem in found.refused]
        self._buffers["version_extraction"].add(m.reading for m in made)
        self._buffers["report_fact"].add(row for m in made for row in m.facts)
        self._buffers["project_mention"].add(row for m in made for row in m.projects)
        self._buffers["partner_mention"].add(row for m in made for row in m.partners)
        self._buffers["metric_mention"].add(row for m in made for row in m.metrics)

    def merge(self, conn: psycopg.Connection) -> LoadCounts:
        if not self._new:
            return LoadCounts()
        run = self._extractor
        count = {table: buffer.count for table, buffer in self._buffers.items()}
        mentions = (count["project_mention"], count["partner_mention"], count["metric_mention"])
        row = (
            *(self._run, self._source_id, self._run_id, run.version, run.config_hash, run.started_at),
            *(len(self._new), *mentions),
        )
        merge_rows(conn, "raw", "extraction_run", rows.COLUMNS["extraction_run"], [row])
        added = {table: self._buffers[table].merge() for table in TABLES}
        return LoadCounts(
            readings=added["version_extraction"],
            projects=added["project_mention"],
            partners=added["partner_mention"],
            metrics=added["metric_mention"],
        )

    def _unread(self, readings: Sequence[Reading]) -> list[Reading]:
        found = self._conn.execute(
            "select version_id from raw.version_extraction"
            " where extractor_version = %s and version_id = any(%s)",
            (self._extractor.version, [r.version_id for r in readings]),
        )
        self._read.update(row[0] for row in found)
        new = {r.version_id: r for r in readings if r.version_id not in self._read}
        self._read.update(new)
        return list(new.values())

    def _masked(self, readings: Sequence[Reading]) -> list[rows.Masked]:
        names = [list(dict.fromkeys(rows.names_of(r.facts))) for r in readings]
        flat = [name for group in names for name in group]
        public = iter(self._mask([*(r.clean_text for r in readings), *flat]))
        texts = list(islice(public, len(readings)))
        return [
            rows.Masked(text, dict(zip(group, islice(public, len(group)), strict=True)))
            for text, group in zip(texts, names, strict=True)
        ]

    def _rejection(self, reading: Reading, code: str, reason: str, evidence: Evidence) -> Rejection:
        return Rejection(
            source_id=self._source_id,
            stage="load",
            code=code,
            reason=reason,
            key=f"{reading.version_id}:{evidence.start}-{evidence.end}:{self._extractor.version}",
            payload={
                "version_id": reading.version_id,
                "start": evidence.start,
                "end": evidence.end,
                "quote": evidence.quote,
                "rule": evidence.rule,
                "confidence": evidence.confidence,
            },
        )
