"""One report as it is shown: a version, a reading of it, the facts with the decisions about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import psycopg

from svod.resolve import name_key
from svod.resolve.store import StoredName

from .decisions import Holding, holdings
from .highlight import Span
from .queries import partners as resolved
from .queries import reports as queries
from .queries import reviews
from .queries.reports import Partner, Project, Reading, Report, ReportFact, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """`version` is None for a report without any text; `reading` is None while nobody has read it."""

    report: Report
    versions: Sequence[Version]
    version: Version | None
    readings: Sequence[Reading]
    reading: Reading | None
    text: str
    facts: Sequence[ReportFact]
    projects: Sequence[Project]
    partners: Sequence[Partner]
    partner_ids: Mapping[str, str]  # id of a mention → the canonical partner, once it has been resolved
    holdings: Sequence[Holding]

    @property
    def in_force(self) -> bool:
        """Whether decisions can be made here: the present version as the extractor in force reads it."""
        return (
            self.version is not None
            and self.version.version_id == self.report.version_id
            and self.reading is not None
            and self.reading.promoted
        )

    @property
    def spans(self) -> list[Span]:
        return [
            *(Span("project", p.id, p.start, p.end) for p in self.projects),
            *(Span("partner", p.id, p.start, p.end) for p in self.partners),
            *(Span("metric", h.metric.id, h.metric.start, h.metric.end) for h in self.holdings),
        ]


def read(conn: psycopg.Connection, report_id: str, version_id: str = "", extractor: str = "") -> Shown | None:
    """A report, by default its version in force as the extractor in force reads it; None if there is none.

    A version or a reading asked for that does not exist falls back on the default.
    """
    report = queries.report(conn, report_id)
    if report is None:
        return None
    versions = queries.versions(conn, report_id)
    version = _chosen(versions, version_id) or _chosen(versions, report.version_id)
    version = version or (versions[0] if versions else None)
    readings = queries.readings(conn, version.version_id) if version else []
    reading = next((r for r in readings if r.extractor_version == extractor), None)
    reading = reading or (readings[0] if readings else None)
    text = queries.text_of(conn, version.version_id) if version else ""
    if version is None or reading is None:
        return Shown(
            report=report,
            versions=versions,
            version=version,
            readings=readings,
            reading=None,
            text=text,
            facts=(),
            projects=(),
            partners=(),
            partner_ids={},
            holdings=(),
        )
    at = version.version_id, reading.extractor_version
    decisions = reviews.of_report(conn, report_id)
    texts = {v: queries.text_of(conn, v) for v in {d.version_id for d in decisions}}
    facts = queries.report_facts(conn, *at)
    partners = queries.partners(conn, *at)
    return Shown(
        report=report,
        versions=versions,
        version=version,
        readings=readings,
        reading=reading,
        text=text,
        facts=facts,
        projects=queries.projects(conn, *at),
        partners=partners,
        partner_ids=_resolved(conn, partners, facts),
        holdings=holdings(queries.metrics(conn, *at), text, decisions, texts),
    )


def _resolved(
    conn: psycopg.Connection, partners: Sequence[Partner], facts: Sequence[ReportFact]
) -> Mapping[str, str]:
    """Mention → partner. A report on several regions says nothing about where its names belong."""
    regions = {fact.value for fact in facts if fact.fact == "region"}
    region = regions.pop() if len(regions) == 1 else ""
    keys = {p.id: name_key("partner", StoredName(p.name_public, p.type, region, 0)) for p in partners}
    known = resolved.known(conn, sorted(set(keys.values())))
    return {mention: known[key] for mention, key in keys.items() if key in known}


def _chosen(versions: Sequence[Version], version_id: str | None) -> Version | None:
    return next((v for v in versions if v.version_id == version_id), None)
