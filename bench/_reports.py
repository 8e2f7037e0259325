"""Generated reports for the benchmarks: as many figures as asked for, ten a report, always the same."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
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
)
from svod.sources import Source

FIGURES = 10  # a report
UNITS = ("семья", "ребёнок", "услуга", "консультация", "мероприятие", "волонтёр", "специалист", "человек")
GROUPS = ("families", "children", None, "parents", "elderly", "volunteers", "specialists", "general")
REGIONS = ("RU-KEM", "RU-AST", "RU-MUR", "RU-SMO", "RU-NVS", "RU-TVE", "RU-PSK", "RU-KDA", "RU-TA", "RU-BA")
# made-up villages, one a sentence: two reports share a turn of phrase about as seldom as real ones do
SYLLABLES = (
    "бо",
    "ве",
    "гор",
    "дуб",
    "ело",
    "за",
    "иль",
    "клё",
    "лу",
    "мо",
    "ни",
    "озё",
    "под",
    "ро",
    "сос",
    "ту",
)
ENDINGS = ("вка", "вский", "ново", "рное", "ничи", "лица", "тырь", "мино", "шево", "жское")
DEEDS = (
    "поездки",
    "встречи",
    "занятия",
    "обеды",
    "осмотры",
    "беседы",
    "выезды",
    "наборы",
    "походы",
    "консультации",
)
WHOSE = ("семейного клуба", "дневного стационара", "школы", "мобильной бригады", "участковой службы")
HELPERS = ("соседи", "волонтёры", "педагоги", "врачи", "студенты", "шефы", "родители", "ветераны", "юристы")
VERBS = ("готовят", "ведут", "провели", "продолжат", "открыли", "завершили", "расширили", "повторят")
START = datetime(2026, 1, 1, tzinfo=UTC)
SOURCE = Source.model_validate(
    {
        "id": "bench",
        "title": "Порождённые отчёты",
        "publisher": {"name": "Стенд"},
        "territory": {"oktmo": "47000000", "iso": "RU-MUR"},
        "kind": "rss",
        "urls": ["https://bench.example/rss"],
        "owner": "svod",
        "licence": "CC0-1.0",
    }
)


def reports(first: int, last: int, edition: int = 0) -> Iterator[ReadReport]:
    """Reports with these numbers. Another edition of a report has other figures."""
    for number in range(first, last):
        yield _report(number, edition)


def fetch(run: int) -> FetchResult:
    """One attempt, a day after the one before."""
    at = START + timedelta(days=run)
    event = FetchEvent(
        source_id=SOURCE.id,
        url=SOURCE.urls[0],
        started_at=at,
        ended_at=at,
        outcome=Outcome.OK,
        http_status=200,
    )
    return FetchResult(source_id=SOURCE.id, run_id=f"bench-{run}", events=(event,), snapshots=(), items=())


def _report(number: int, edition: int) -> ReadReport:
    rng = random.Random(number * 31 + edition)  # noqa: S311 - test data
    project = f"Добрый путь {number // 50}"
    parts = [f"Проект «{project}» ведёт Центр помощи № {number // 100}."]
    spans = []
    offset = len(parts[0])
    for _ in range(FIGURES):
        unit = rng.randrange(len(UNITS))
        value = rng.randrange(1, 5000)
        quote = f"{value} ({UNITS[unit]})"
        scene = f"{rng.choice(DEEDS)} {rng.choice(WHOSE)} у {_village(rng)}, {rng.choice(HELPERS)}"
        sentence = f" {_village(rng)}: {scene} {rng.choice(VERBS)}, {quote}."
        start = offset + sentence.index(quote)
        spans.append((value, unit, start, start + len(quote), quote))
        parts.append(sentence)
        offset += len(sentence)
    text = "".join(parts)
    published = date(2020, 1, 1) + timedelta(days=number % 2000)
    return ReadReport(
        item=Item(
            source_id=SOURCE.id,
            natural_key=f"report-{number}",
            url=f"https://bench.example/{number}",
            body_sha256=_sha(f"body {number} {edition}"),
            media_type="text/html",
        ),
        clean_text=text,
        sha256_text=_sha(text),
        title=f"Отчёт {number}",
        facts=ReportFacts(
            regions=(REGIONS[number % len(REGIONS)],),
            published=published,
            publisher=None,
            projects=(
                ProjectMention(
                    name=project, kind="project", status="running", evidence=_at(text, f"«{project}»")
                ),
            ),
            partners=(
                PartnerMention(
                    name=f"Центр помощи № {number // 100}",
                    type="institution",
                    role="implementer",
                    evidence=_at(text, f"Центр помощи № {number // 100}"),
                    project=project,
                ),
            ),
            metrics=tuple(_metric(span, project, published) for span in spans),
        ),
    )


def _village(rng: random.Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=3)).capitalize() + rng.choice(ENDINGS)


def _metric(span: tuple[int, int, int, int, str], project: str, published: date) -> MetricMention:
    value, unit, start, end, quote = span
    return MetricMention(
        value=Decimal(value),
        value_max=None,
        comparator="eq",
        kind="count",
        direction=None,
        unit=UNITS[unit],
        beneficiary=GROUPS[unit],  # type: ignore[arg-type]
        planned=False,
        period=Period(start=published.replace(day=1), end=published),
        project=project,
        evidence=Evidence(start=start, end=end, quote=quote, rule="bench", confidence=0.9),
    )


def _at(text: str, quote: str) -> Evidence:
    start = text.index(quote)
    return Evidence(start=start, end=start + len(quote), quote=quote, rule="bench", confidence=0.9)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
