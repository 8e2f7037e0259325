"""A small country for the pages: sources of several regions, some failing or silent, and annotated reports.

Everything goes the real way: the reading engine reads, the loader loads. Times are counted back from NOW.
"""

from __future__ import annotations

import csv
import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from svod.archive import Archive
from svod.extract.reader import read_many
from svod.models import FetchEvent, FetchResult, Item, Outcome, ReadReport, ReportFacts, ReportText, Snapshot
from svod.sources import Source
from svod.warehouse import ExtractorRun, load

ROOT = Path(__file__).parents[2]
REPORTS = ROOT / "tests" / "eval" / "reports"
SEED = ROOT / "dbt_project" / "seeds" / "territory.csv"
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
EXTRACTOR = ExtractorRun(version="1", config_hash="c0ffee", started_at=NOW - timedelta(days=90))


@dataclass(frozen=True)
class Region:
    """A source to be made: how many days it has been failing, and how many its last report is old."""

    iso: str
    kind: str = "rss"
    failing: int = 0
    silent: int = 0
    outcome: Outcome = Outcome.BLOCKED
    reason: str = "HTTP 403: the site asks for a captcha"


REGIONS = (
    Region("RU-KIR"),
    Region("RU-MUR", "vk", failing=6),
    Region("RU-KO", "vk"),
    Region("RU-VOR", "listing"),
    Region("RU-MAG", "wordpress", silent=74),
    Region(
        "RU-IRK", "listing", failing=1, outcome=Outcome.EMPTY_UNEXPECTED, reason="the list holds no links"
    ),
    Region("RU-TA"),
    Region("RU-PER", "telegram"),
)


@cache
def texts() -> tuple[str, ...]:
    """Annotated reports, those that rules may be written by."""
    return tuple((REPORTS / f"doc_{number:02}.txt").read_text(encoding="utf-8") for number in range(1, 41))


@cache
def facts() -> dict[str, ReportFacts]:
    """What the reading engine reads from each of them, by text: read once, in one batch."""
    return dict(zip(texts(), read_many([ReportText(text=text) for text in texts()]), strict=True))


@cache
def gold(number: int) -> dict[str, object]:
    found: dict[str, object] = json.loads((REPORTS / f"doc_{number:02}.json").read_text(encoding="utf-8"))
    return found


@cache
def territories() -> dict[str, dict[str, str]]:
    with SEED.open(encoding="utf-8", newline="") as file:
        return {row["iso_3166_2"]: row for row in csv.DictReader(file) if row["iso_3166_2"]}


def source_of(region: Region) -> Source:
    place = territories()[region.iso]
    stem = "social_" + region.iso.removeprefix("RU-").lower()
    address = f"https://{stem.replace('_', '-')}.example/"
    return Source.model_validate(
        {
            "id": stem,
            "title": f"Социальные новости, {place['name_short_ru']}",
            "publisher": {"name": f"Редакция социальных новостей, {place['name_short_ru']}"},
            "territory": {"oktmo": place["oktmo"], "iso": region.iso},
            "kind": region.kind,
            "urls": [] if region.kind == "vk" else [address + "rss"],
            "vk": {"owner_id": -1} if region.kind == "vk" else None,
            "expected": {"min_items": 2, "max_items": 20, "period": "month", "silence_days": 30},
            "owner": "svod",
            "licence": "CC0-1.0",
        }
    )


def report_of(
    source: Source, key: str, text: str, archive: Archive | None = None, **changes: object
) -> ReadReport:
    """A report of a source as the engine reads it; its bytes go to the archive when there is one."""
    body = f"<!doctype html><title>x</title><article>{text}</article>".encode("utf-8", "replace")
    sha256 = archive.put(body) if archive else hashlib.sha256(body).hexdigest()
    title = next((line.strip() for line in text.splitlines() if len(line.strip()) > 25), text[:80])[:120]
    read_facts = facts()[text] if text in texts() else read_many([ReportText(text=text)])[0]
    item = Item(
        source_id=source.id,
        natural_key=key,
        url=f"https://{source.id.replace('_', '-')}.example/news/{key}",
        body_sha256=sha256,
        media_type="text/html",
        charset="utf-8",
        title=title,
    )
    read = ReadReport(
        item=item,
        clean_text=text,
        sha256_text=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        title=title,
        facts=read_facts,
    )
    return replace(read, **changes)  # type: ignore[arg-type]


def fetched(
    source: Source,
    run_id: str,
    at: datetime,
    reads: Sequence[ReadReport],
    outcome: Outcome = Outcome.OK,
    reason: str = "",
) -> FetchResult:
    """One fetch of a source at a moment, which brought these reports."""
    status = {Outcome.OK: 200, Outcome.BLOCKED: 403, Outcome.EMPTY_UNEXPECTED: 200}.get(outcome)
    event = FetchEvent(
        source_id=source.id,
        url=source.urls[0] if source.urls else "https://api.vk.com/method/wall.get",
        started_at=at,
        ended_at=at + timedelta(seconds=2),
        outcome=outcome,
        http_status=status,
        items=len(reads),
        bytes=18_432 + 3_911 * len(reads),
        reason=reason,
    )
    robots = replace(
        event, url=f"https://{source.id}.example/robots.txt", outcome=Outcome.OK, http_status=200, reason=""
    )
    return FetchResult(
        source_id=source.id,
        run_id=run_id,
        events=(robots, event),
        snapshots=tuple(
            Snapshot(
                source_id=source.id,
                url=read.item.url,
                sha256=read.item.body_sha256,
                fetched_at=at,
                storage_uri=f"archive/{read.item.body_sha256}",
                media_type=read.item.media_type,
                charset=read.item.charset,
                size=len(read.clean_text),
            )
            for read in reads
        ),
        items=tuple(read.item for read in reads),
    )


def unmasked(texts: Sequence[str]) -> Sequence[str]:
    """The pages show raw to people who are signed in: what masking does is tested where it lives."""
    return texts


def load_reports(
    loader: str,
    source: Source,
    reads: Sequence[ReadReport],
    *,
    at: datetime,
    run_id: str | None = None,
    extractor: ExtractorRun = EXTRACTOR,
) -> None:
    run = run_id or f"scheduled__{at:%Y-%m-%dT%H:%M:%S+00:00}"
    load(loader, source, fetched(source, run, at, reads), reads, [], extractor, mask=unmasked)


def fill(loader: str, archive: Archive, regions: Sequence[Region] = REGIONS, runs: int = 10) -> list[str]:
    """Load a history of daily runs for every region; the sources' ids. The same data at every call."""
    chance = random.Random(7)
    left = list(range(len(texts())))
    ids = []
    for region in regions:
        source = source_of(region)
        ids.append(source.id)
        for back in range(runs, -1, -1):
            at = NOW - timedelta(days=back + region.silent, hours=4, minutes=chance.randrange(50))
            if region.silent and back == 0:
                at = NOW - timedelta(hours=5)
            run = f"scheduled__{at:%Y-%m-%dT%H:%M:%S+00:00}"
            if back < region.failing:
                failed = fetched(source, run, at, [], region.outcome, region.reason)
                load(loader, source, failed, [], [], EXTRACTOR, mask=unmasked)
                continue
            wanted = 1 if back in {runs, runs // 2} else chance.choice([0, 0, 0, 1])
            numbers = [left.pop(0) for _ in range(min(wanted, len(left)))]
            if region.silent and back == 0:
                numbers = []
            reads = [report_of(source, f"{n + 1:05}", texts()[n], archive) for n in numbers]
            load_reports(loader, source, reads, at=at, run_id=run)
    return ids
