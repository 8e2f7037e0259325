"""A report with people's decisions as an annotated report for tests/eval: same fields, same order. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from .decisions import Holding
from .queries.reports import Partner, Project, ReportFact


def annotated(
    facts: Sequence[ReportFact],
    projects: Sequence[Project],
    partners: Sequence[Partner],
    holdings: Sequence[Holding],
) -> dict[str, Any]:
    """The gold JSON: rejected facts are left out, corrected ones stand as corrected, the rest as read."""
    regions = [f.value for f in facts if f.fact == "region"]
    return {
        "region": (regions[0] if len(regions) == 1 else regions) if regions else None,
        "published": _first(facts, "published"),
        "publisher": _first(facts, "publisher"),
        "projects": _distinct(
            [{"name": p.name, "kind": p.kind, "status": p.status} for p in projects],
        ),
        "partners": _distinct([{"name": p.name, "type": p.type, "role": p.role} for p in partners]),
        "metrics": [_metric(h) for h in holdings if h.verdict != "rejected"],
    }


def _first(facts: Sequence[ReportFact], which: str) -> str | None:
    return next((f.value for f in facts if f.fact == which), None)


def _distinct(entries: list[dict[str, str | None]]) -> list[dict[str, str | None]]:
    """Each name once, at its first mention."""
    known: dict[str | None, dict[str, str | None]] = {}
    for entry in entries:
        known.setdefault(entry["name"], entry)
    return list(known.values())


def _metric(holding: Holding) -> dict[str, Any]:
    now = holding.now
    period = None
    if now.period_start or now.period_end:
        period = {"start": _day(now.period_start), "end": _day(now.period_end)}
    return {
        "value": _number(now.value),
        "value_max": _number(now.value_max),
        "comparator": now.comparator,
        "kind": now.kind,
        "direction": now.direction,
        "unit": now.unit,
        "beneficiary": now.beneficiary,
        "planned": now.planned,
        "period": period,
        "project": now.project,
        "quote": holding.metric.quote,
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
