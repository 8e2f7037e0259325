"""What PostgreSQL cannot hold, made holdable without moving a single offset.

Text columns refuse NUL and lone surrogates. Each becomes one U+FFFD, so lengths and evidence spans stay.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with NUL and lone surrogates replaced, one for one."""
    return _UNSTORABLE.sub("\ufffd", text)


def storable_or_none(text: str | None) -> str | None:
    return None if text is None else storable(text)


def storable_json(value: object) -> str:
    """JSON for a jsonb column: strings made storable at any depth, keys sorted, dates as text."""
    return json.dumps(_clean(value), ensure_ascii=False, sort_keys=True, default=str)


def _clean(value: object) -> object:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return str(value)  # JSON has no such numbers
    if isinstance(value, Mapping):
        return {storable(str(k)): _clean(v) for k, v in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [_clean(v) for v in value]
    return value
