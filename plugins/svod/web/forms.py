"""What a reviewer's form says, read strictly: a field that cannot be understood is named, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import get_args
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.exceptions import HTTPException

from svod.models import Beneficiary, Comparator, Direction, MetricKind

from .queries.reviews import Corrected

MOST_BYTES = 64_000
MOST_CHARACTERS = 2_000  # of a reason
BIGGEST = Decimal(10) ** 15
VERDICTS = ("confirmed", "rejected", "corrected", "open")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "comparator": get_args(Comparator),
    "kind": get_args(MetricKind),
    "direction": get_args(Direction),
    "beneficiary": get_args(Beneficiary),
}


@dataclass(frozen=True, slots=True)
class Form:
    """A decision as it was sent. `problems`: field → key of what is wrong with it."""

    fields: Mapping[str, str]
    verdict: str
    follows: int
    note: str | None
    corrected: Corrected | None
    problems: Mapping[str, str]


async def sent_fields(request: Request) -> dict[str, str]:
    """The fields of a form (FastAPI dependency). 413 beyond MOST_BYTES, 400 for another kind of body."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise HTTPException(400)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise HTTPException(413)
    try:
        return dict(
            parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=bool(body), errors="strict")
        )
    except ValueError as error:
        raise HTTPException(400) from error


def understand(fields: Mapping[str, str]) -> Form:
    """The decision; HTTPException 400 for what no form of ours can have sent."""
    verdict = fields.get("verdict", "")
    follows = fields.get("follows", "")
    if verdict not in VERDICTS or not (follows.isascii() and follows.isdigit() and len(follows) < 19):
        raise HTTPException(400)
    problems: dict[str, str] = {}
    note = fields.get("note", "").strip()
    if not note and verdict in {"rejected", "corrected"}:
        problems["note"] = "reason"
    if len(note) > MOST_CHARACTERS:
        problems["note"] = "long"
    corrected = _corrected(fields, problems) if verdict == "corrected" else None
    return Form(fields, verdict, int(follows), note.replace("\0", "") or None, corrected, problems)


def _corrected(fields: Mapping[str, str], problems: dict[str, str]) -> Corrected | None:
    value = _number(fields, "value", problems)
    value_max = _number(fields, "value_max", problems)
    start, end = _day(fields, "period_start", problems), _day(fields, "period_end", problems)
    chosen = {name: _choice(fields, name, problems) for name in CHOICES}
    unit = fields.get("unit", "").strip().replace("\0", "")
    if value is None and "value" not in problems:
        problems["value"] = "needed"
    if value is not None and value_max is not None and value_max < value:
        problems["value_max"] = "order"
    if start and end and end < start:
        problems["period_end"] = "order"
    if not unit or len(unit) > 100:
        problems["unit"] = "needed"
    for name in ("comparator", "kind"):
        if chosen[name] is None:
            problems[name] = "needed"
    if chosen["kind"] in {"percent_change", "multiple"} and chosen["direction"] is None:
        problems["direction"] = "needed"
    if problems or value is None:
        return None
    return Corrected(
        value=value,
        value_max=value_max,
        comparator=chosen["comparator"] or "eq",
        kind=chosen["kind"] or "count",
        direction=chosen["direction"],
        unit=unit,
        beneficiary=chosen["beneficiary"],
        planned=fields.get("planned") == "yes",
        period_start=start,
        period_end=end,
        project=fields.get("project", "").strip().replace("\0", "")[:500] or None,
    )


def _number(fields: Mapping[str, str], name: str, problems: dict[str, str]) -> Decimal | None:
    """12 345,6 and 12345.6 alike; None for an empty field."""
    text = "".join(fields.get(name, "").split()).replace(",", ".").replace("\u2212", "-")
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        problems[name] = "number"
        return None
    if not number.is_finite() or not -BIGGEST < number < BIGGEST or len(text) > 30:
        problems[name] = "number"
        return None
    return number


def _day(fields: Mapping[str, str], name: str, problems: dict[str, str]) -> date | None:
    text = fields.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        problems[name] = "day"
        return None


def _choice(fields: Mapping[str, str], name: str, problems: dict[str, str]) -> str | None:
    text = fields.get(name, "")
    if text and text not in CHOICES[name]:
        problems[name] = "choice"
        return None
    return text or None
