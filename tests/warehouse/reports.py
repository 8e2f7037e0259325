"""Small reports of one source, made for tests of what is loaded and for the benchmarks."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from svod.models import (
    Evidence,
    FetchEvent,
    FetchResult,
    Item,
    MetricMention,
    Outcome,
    PartnerMention,
    Period,
    ProjectMention,
    ReadReport,
    ReportFacts,
    Snapshot,
)
from svod.sources import Source
from svod.warehouse import ExtractorRun, connect

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://reports.example/novosti/"
TEXT = (
    "Проект «Тёплый дом» завершён. Центр «Опора» помог 23 семьям, из них 9 многодетным. "
    "Куратор Анна Рябова рассказала о планах."
)
SOURCE = Source.model_validate(
    {
        "id": "test_region",
        "title": "Новости отдела",
        "publisher": {"name": "Отдел социальной защиты"},
        "territory": {"oktmo": "47000000", "iso": "RU-MUR"},
        "kind": "rss",
        "urls": ["https://reports.example/rss"],
        "owner": "svod",
        "licence": "CC0-1.0",
    }
)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def extractor(version: str = "1") -> ExtractorRun:
    return ExtractorRun(version=version, config_hash="c0ffee", started_at=NOON)


def put_in_force(dsn: str, version: str) -> None:
    """Promote an extractor version that need not have been compared with another."""
    with connect(dsn) as conn:
        conn.execute(
            "insert into ops.promotion (extractor_version, reason, promoted_by) values (%s, 'test', 'test')",
            (version,),
        )


def hide_anna(texts: Sequence[str]) -> list[str]:
    """A mask that knows one name: what is tested is what the loader does with it."""
    return [text.replace("Анна Рябова", "**** ******") for text in texts]


def evidence(text: str, quote: str, *, rule: str = "test.rule", confidence: float = 0.9) -> Evidence:
    start = text.index(quote)
    return Evidence(start=start, end=start + len(quote), quote=quote, rule=rule, confidence=confidence)


def metric(text: str, quote: str, value: int, *, part_of: int | None = None) -> MetricMention:
    return MetricMention(
        value=Decimal(value),
        value_max=None,
        comparator="eq",
        kind="count",
        direction=None,
        unit="семья",
        beneficiary="families",
        planned=False,
        period=Period(start=date(2025, 1, 1), end=None),
        project="Тёплый дом",
        evidence=evidence(text, quote),
        part_of=part_of,
    )


def facts(text: str = TEXT) -> ReportFacts:
    """One project, one partner and two figures, the second a part of the first; whichever the text holds."""
    projects = (
        ProjectMention(
            name="Тёплый дом", kind="project", status="completed", evidence=evidence(text, "«Тёплый дом»")
        ),
    )
    partners = (
        PartnerMention(
            name="Центр «Опора»",
            type="institution",
            role="implementer",
            evidence=evidence(text, "Центр «Опора»"),
            project="Тёплый дом",
        ),
    )
    figures = [metric(text, "23 семьям", 23)]
    if "9 многодетным" in text:
        figures.append(metric(text, "9 многодетным", 9, part_of=0))
    return ReportFacts(
        regions=("RU-MUR",),
        published=date(2026, 2, 27),
        publisher="Отдел социальной защиты",
        projects=projects,
        partners=partners,
        metrics=tuple(figures),
    )


def item(key: str = "a", *, body: str | None = None) -> Item:
    return Item(
        source_id=SOURCE.id,
        natural_key=key,
        url=URL + key,
        body_sha256=sha(body or "body of " + key),
        media_type="text/html",
        charset="utf-8",
        title="Итоги",
    )


def report(key: str = "a", text: str = TEXT, read: ReportFacts | None = None) -> ReadReport:
    return ReadReport(
        item=item(key),
        clean_text=text,
        sha256_text=sha(text),
        title="Итоги: Анна Рябова",
        facts=facts(text) if read is None else read,
    )


def fetch(
    *keys: str,
    run: str = "run-1",
    at: datetime = NOON,
    seen: tuple[str, ...] = (),
    withdrawn: tuple[str, ...] = (),
    cursor: str | None = None,
) -> FetchResult:
    """A fetch that got the reports with these keys, in the given run and minute."""
    return FetchResult(
        source_id=SOURCE.id,
        run_id=run,
        events=tuple(
            FetchEvent(
                source_id=SOURCE.id,
                url=URL + key,
                started_at=at,
                ended_at=at + timedelta(seconds=1),
                outcome=Outcome.ERROR if key in withdrawn else Outcome.OK,
                http_status=404 if key in withdrawn else 200,
                items=1,
                bytes=2048,
            )
            for key in (*keys, *seen, *withdrawn)
        ),
        snapshots=tuple(
            Snapshot(
                source_id=SOURCE.id,
                url=URL + key,
                sha256=sha("body of " + key),
                fetched_at=at,
                storage_uri=f"file:///archive/{key}",
                media_type="text/html",
                charset="utf-8",
                size=2048,
            )
            for key in keys
        ),
        items=tuple(item(key) for key in keys),
        seen=seen,
        withdrawn=withdrawn,
        cursor=cursor,
    )
