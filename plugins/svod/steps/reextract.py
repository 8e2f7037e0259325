"""A new extractor version over all stored reports: read in parts, compare, promote or turn down.

Facts are read from the stored clean texts, so that evidence keeps its place; what a new version would make of
the pages themselves (another main text) is a matter for `replay`. Every step can be repeated: what a version
has read is never read by it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import partial
from itertools import groupby, islice
from typing import Any

from svod import warehouse
from svod.archive import Archive
from svod.config import Settings
from svod.errors import ArchiveError, UnreadableReport
from svod.extract.files.text import clean_text
from svod.extract.reader import read_many
from svod.models import Rejection, ReportText
from svod.quality.masking import mask_texts
from svod.quality.quarantine import hold_back
from svod.steps.ingest import extractor_run
from svod.warehouse import PendingVersion, Reading, VersionRange, reextraction
from svod.warehouse.promotion import pending_ranges, pending_versions
from svod.warehouse.reextraction import Comparison

PART = 100  # versions that a task reads at least: long enough to pay for its start
MOST_PARTS = 200  # below Airflow's limit on mapped tasks; larger archives have larger parts
CHUNK = 25  # versions in memory, and in one transaction
UNDATED = frozenset({"text", "none"})  # the source gave no date: the page may


@dataclass(frozen=True, slots=True)
class Settled:
    """`state`: promoted, rejected, open (a person has to decide) or none (nothing to decide)."""

    state: str
    reason: str


def plan(dsn: str) -> list[dict[str, Any]]:
    """What this code's extractor version has not read, in parts; none when it has read everything."""
    return [asdict(part) for part in pending_ranges(dsn, extractor_run().version, size=PART, most=MOST_PARTS)]


def read_part(part: dict[str, Any], *, run_id: str, dsn: str) -> dict[str, int]:
    """Read one part and load its facts, chunk by chunk; counts of what was new. `dsn` is the loader's."""
    settings, extractor, asked = Settings(), extractor_run(), VersionRange(**part)
    archive = Archive(settings.archive)
    mask = partial(mask_texts, keep_officials=settings.keep_officials)
    total = {"readings": 0, "projects": 0, "partners": 0, "metrics": 0, "quarantined": 0}
    pending = pending_versions(dsn, extractor.version, first=asked.first, last=asked.last)
    with closing(pending):
        for source_id, versions in groupby(pending, key=lambda version: version.source_id):
            for chunk in _chunks(versions):
                readings, refused = _read(archive, chunk)
                counts = asdict(
                    warehouse.load_readings(dsn, source_id, run_id, readings, extractor, mask=mask)
                )
                with warehouse.connect(dsn) as conn:
                    counts["quarantined"] += hold_back(conn, run_id, refused)
                total = {name: count + counts[name] for name, count in total.items()}
    return total


def compare(*, run_id: str, dsn: str) -> Comparison | None:
    """This code's version beside the promoted one; None when it is the promoted one."""
    extractor = extractor_run()
    return reextraction.compare(dsn, extractor.version, config_hash=extractor.config_hash, run_id=run_id)


def settle(*, decision: str, reason: str, by: str, dsn: str) -> Settled:
    """Promote or turn down this code's version: as a person says (`promote`, `reject`), else by the settings.

    `wait` without limits in the settings, or between them, leaves it open.
    """
    comparison = reextraction.latest(dsn, extractor_run().version)
    if comparison is None or comparison.state == "promoted":
        return Settled("none", "the extractor of this code is the promoted one")
    version = comparison.extractor_version
    if decision == "wait":
        if comparison.state != "open":
            return Settled(comparison.state, "decided already")
        decision, reason = _by_limits(comparison)
        by = "threshold"
    if decision == "promote":
        reextraction.promote(dsn, version, reason=reason, by=by)
        return Settled("promoted", reason)
    if decision == "reject":
        reextraction.reject(dsn, version, reason=reason, by=by)
        return Settled("rejected", reason)
    return Settled("open", reason)


def _by_limits(comparison: Comparison) -> tuple[str, str]:
    settings = Settings()
    share = f"{comparison.share:.1%} of the promoted facts change or go"
    if comparison.unread:
        return "wait", f"{comparison.unread} texts are not read yet"
    if settings.reject_beyond is not None and comparison.share > settings.reject_beyond:
        return "reject", f"{share}, beyond {settings.reject_beyond:.1%}"
    if settings.promote_within is not None and comparison.share <= settings.promote_within:
        return "promote", f"{share}, within {settings.promote_within:.1%}"
    return "wait", f"{share}: `./svod reextract promote` or `reject`"


def _read(archive: Archive, versions: Iterable[PendingVersion]) -> tuple[list[Reading], list[Rejection]]:
    texts: list[tuple[PendingVersion, ReportText]] = []
    refused = []
    for version in versions:
        try:
            texts.append((version, _text_of(archive, version)))
        except ArchiveError as error:
            refused.append(_rejection(version, "body_missing", str(error)))
        except UnreadableReport as error:
            refused.append(_rejection(version, error.code, error.reason))
    facts = read_many([text for _, text in texts])
    readings = [
        Reading(version_id=version.version_id, clean_text=version.clean_text, facts=found)
        for (version, _), found in zip(texts, facts, strict=True)
    ]
    return readings, refused


def _text_of(archive: Archive, version: PendingVersion) -> ReportText:
    """As the ingest had it: the source's date, or the page's own where the source gave none."""
    published = version.published_on
    if version.published_basis in UNDATED:
        body = archive.get(version.body_sha256)
        stated = clean_text(body, version.media_type, version.charset, version.selector).published
        published = stated.date() if stated else None
    return ReportText(
        text=version.clean_text,
        title=version.title,
        published=published,
        regions=(version.territory_iso,) if version.territory_iso else (),
    )


def _rejection(version: PendingVersion, code: str, reason: str) -> Rejection:
    return Rejection(
        source_id=version.source_id,
        stage="extract",
        code=code,
        reason=reason,
        key=version.natural_key,
        payload={"version_id": version.version_id, "url": version.url, "body_sha256": version.body_sha256},
    )


def _chunks(versions: Iterator[PendingVersion]) -> Iterator[list[PendingVersion]]:
    while chunk := list(islice(versions, CHUNK)):
        yield chunk
