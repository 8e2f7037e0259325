"""FetchResult to JSON and back, with nothing lost: instants as ISO, outcomes by name, tuples as lists."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from svod.models import FetchEvent, FetchResult, Item, Outcome, Rejection, Snapshot


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"not JSON-able: {type(value).__name__}")


def dump_json(value: Any) -> bytes:
    """One line of UTF-8, keys sorted: the same value gives the same bytes. Lone surrogates are escaped."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), default=_plain).encode()


def dump_result(result: FetchResult) -> bytes:
    return dump_json(asdict(result))


def _instant(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _event(row: Mapping[str, Any]) -> FetchEvent:
    return FetchEvent(
        **{
            **row,
            "started_at": _instant(row["started_at"]),
            "ended_at": _instant(row["ended_at"]),
            "outcome": Outcome(row["outcome"]),
        }
    )


def load_result(data: bytes) -> FetchResult:
    """The FetchResult that `dump_result` wrote. Raises ValueError, KeyError or TypeError on anything else."""
    raw = json.loads(data)
    return FetchResult(
        **{
            **raw,
            "events": tuple(_event(e) for e in raw["events"]),
            "snapshots": tuple(
                Snapshot(**{**s, "fetched_at": _instant(s["fetched_at"])}) for s in raw["snapshots"]
            ),
            "items": tuple(Item(**{**i, "published": _instant(i["published"])}) for i in raw["items"]),
            "rejections": tuple(Rejection(**r) for r in raw["rejections"]),
            "seen": tuple(raw["seen"]),
            "withdrawn": tuple(raw["withdrawn"]),
        }
    )
