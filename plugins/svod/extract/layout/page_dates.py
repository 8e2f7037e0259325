"""The publication date that a page states in its markup or in a line by itself; never a guess from prose.

Knows the forms of dates in bylines. Dates inside sentences belong to the reader.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from svod.extract.files.html_blocks import Element
from svod.models import DatePrecision

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "января январь янв",
            "февраля февраль фев",
            "марта март мар",
            "апреля апрель апр",
            "мая май",
            "июня июнь июн",
            "июля июль июл",
            "августа август авг",
            "сентября сентябрь сен сент",
            "октября октябрь окт",
            "ноября ноябрь ноя нояб",
            "декабря декабрь дек",
        ),
        start=1,
    )
    for word in words.split()
}
_DATE = re.compile(
    r"(?<![\d.])(?:(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"
    r"|(?P<d2>\d{1,2})[./-](?P<m2>\d{1,2})[./-](?P<y2>\d{4})"
    r"|(?P<d3>\d{1,2})\s+(?P<m3>[а-я]{3,8})\.?,?\s+(?P<y3>\d{4}))(?!\d)",
    re.IGNORECASE,
)
_TWO_SENTENCES = re.compile(r"[а-яё]{3,}[.!?]\s+[А-ЯЁ]")
_META = frozenset(
    (
        "article:published_time",
        "og:published_time",
        "datepublished",
        "dc.date",
        "date",
        "pubdate",
        "publishdate",
    )
)
MAX_LINE = 90  # a line with a date that is longer than this is prose, not a byline


def parse_day(text: str) -> datetime | None:
    """The first full date in a line, as midnight UTC standing for the day. None if there is none."""
    for found in _DATE.finditer(text):
        g = found.groupdict()
        month = g["m"] or g["m2"] or _MONTHS.get((g["m3"] or "").lower())
        if month is None:
            continue
        try:
            year, day = int(g["y"] or g["y2"] or g["y3"]), int(g["d"] or g["d2"] or g["d3"])
            if 1990 <= year <= 2100:
                return datetime(year, int(month), day, tzinfo=UTC)
        except ValueError:
            continue
    return None


def is_date_line(text: str) -> bool:
    """True for a line that is a byline's date: a date with at most a time and a few words beside it."""
    return len(text) <= MAX_LINE and parse_day(text) is not None and not _TWO_SENTENCES.search(text)


def parse_stamp(value: str) -> tuple[datetime | None, DatePrecision | None]:
    """A machine-readable date. Without a time zone only the day is certain."""
    value = value.strip()
    try:
        stamp = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        day = parse_day(value)
        return day, "day" if day else None
    if stamp.tzinfo is None:
        return datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC), "day"
    return stamp, "instant"


def date_of_page(tree: Element) -> tuple[datetime | None, DatePrecision | None]:
    """The page's own statement: meta, JSON-LD, itemprop, or a single <time>. (None, None) without one."""
    for value in _stated(tree):
        stamp, precision = parse_stamp(value)
        if stamp is not None and stamp.year >= 1990:
            return stamp, precision
    return None, None


def _stated(tree: Element) -> list[str]:
    values = [
        meta.get("content") or ""
        for meta in tree.iter("meta")
        if (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower() in _META
    ]
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json" and script.text:
            values.extend(_linked_data(script.text))
    values.extend(
        el.get("datetime") or el.get("content") or "".join(el.itertext())
        for el in tree.xpath("//*[@itemprop='datePublished']")
    )
    times = {el.get("datetime") or "" for el in tree.iter("time")}
    if len(times) == 1:
        values.extend(times)
    return [v for v in values if v.strip()]


def _linked_data(text: str) -> list[str]:
    try:
        data: Any = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return []
    found: list[str] = []
    queue = [data]
    while queue and len(found) < 3:
        node = queue.pop()
        if isinstance(node, dict):
            if isinstance(node.get("datePublished"), str):
                found.append(node["datePublished"])
            queue.extend(v for v in node.values() if isinstance(v, (dict, list)))
        elif isinstance(node, list):
            queue.extend(node[:50])
    return found
