"""Generated reports for the benchmarks: as many figures as asked for, ten a report, always the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tests.warehouse.reports import SOURCE, evidence, item, sha
from tests.warehouse.reports import fetch as made_fetch

from svod.models import (
    Evidence,
    FetchResult,
    MetricMention,
    PartnerMention,
    Period,
    ProjectMention,
    ReadReport,
    ReportFacts,
)

__all__ = ["FIGURES", "SOURCE", "fetch", "reports"]

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


def reports(first: int, last: int, edition: int = 0) -> Iterator[ReadReport]:
    """Reports with these numbers. Another edition of a report has other figures."""
    for number in range(first, last):
        yield _report(number, edition)


def fetch(run: int) -> FetchResult:
    """One attempt, a day after the one before."""
    return made_fetch(run=f"bench-{run}", at=START + timedelta(days=run), seen=("list",))


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
        item=item(f"report-{number}", body=f"body {number} {edition}"),
        clean_text=text,
        sha256_text=sha(text),
        title=f"Отчёт {number}",
        facts=ReportFacts(
            regions=(REGIONS[number % len(REGIONS)],),
            published=published,
            publisher=None,
            projects=(
                ProjectMention(
                    name=project, kind="project", status="running", evidence=evidence(text, f"«{project}»")
                ),
            ),
            partners=(
                PartnerMention(
                    name=f"Центр помощи № {number // 100}",
                    type="institution",
                    role="implementer",
                    evidence=evidence(text, f"Центр помощи № {number // 100}"),
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
