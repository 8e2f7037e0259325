"""Warnings that nobody has been told of by a channel yet, and the record of what was told. Sends nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import psycopg
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

WORST_FIRST = "array_position(array['critical', 'warning', 'info'], severity)"


@dataclass(frozen=True, slots=True)
class Warned:
    """A row of ops.warning."""

    id: int
    day: date
    topic: str
    source_id: str | None
    severity: str
    reason: str
    detail: Mapping[str, Any]
    raised_at: datetime


def take_turn(conn: psycopg.Connection) -> bool:
    """Whether this session alone may tell now; it may until it ends."""
    row = conn.execute("select pg_try_advisory_lock(hashtext('svod digest'))").fetchone()
    return bool(row and row[0])


def unsent(conn: psycopg.Connection, channel: str, day: date) -> dict[str, list[Warned]]:
    """By topic, worst and newest first, what the channel has not told; without topics it told of that day."""
    with conn.cursor(row_factory=class_row(Warned)) as cursor:
        rows = cursor.execute(
            "select id, day, topic, source_id, severity, reason, detail, raised_at"  # noqa: S608 - constants
            " from ops.warning as w"
            " where not exists ("
            "   select from ops.notification_item as item"
            "   inner join ops.notification as told using (notification_id)"
            "   where item.warning_id = w.id and told.channel = %(channel)s and told.state = 'sent'"
            " ) and not exists ("
            "   select from ops.notification as told where told.channel = %(channel)s"
            "   and told.topic = w.topic and told.day = %(day)s and told.state = 'sent'"
            f" ) order by topic, {WORST_FIRST}, day desc, source_id",
            {"channel": channel, "day": day},
        ).fetchall()
    found: dict[str, list[Warned]] = {}
    for row in rows:
        found.setdefault(row.topic, []).append(row)
    return found


def record(
    conn: psycopg.Connection,
    warnings: Sequence[Warned],
    *,
    day: date,
    channel: str,
    message: str,
    tries: int,
    error: str | None,
) -> None:
    """Write down an attempt about warnings of one topic: sent, or failed with this error."""
    with conn.transaction():
        row = conn.execute(
            "insert into ops.notification (day, topic, channel, state, tries, error, message)"
            " values (%s, %s, %s, %s, %s, %s, %s) returning notification_id",
            (day, warnings[0].topic, channel, "failed" if error else "sent", tries, error, message),
        ).fetchone()
        assert row is not None
        with conn.cursor() as cursor:
            cursor.executemany(
                "insert into ops.notification_item (notification_id, warning_id) values (%s, %s)",
                [(row[0], warned.id) for warned in warnings],
            )


def is_known(conn: psycopg.Connection, run_id: str, source_id: str | None) -> bool:
    """Whether rows say already why this run failed: a warning, a failed gate, a fetch without result."""
    row = conn.execute(
        "select exists (select from ops.warning where day >= current_date - 7"
        "   and jsonb_path_exists("
        "     detail, '$.*.run_id ? (@ == $run)', jsonb_build_object('run', %(run)s::text)))"
        " or exists (select from ops.dq_result"
        "   where run_id = %(run)s and severity = 'critical' and not success)"
        " or exists (select from raw.fetch_event where run_id = %(run)s and source_id = %(source)s"
        "   and outcome not in ('ok', 'not_modified', 'empty_declared'))",
        {"run": run_id, "source": source_id},
    ).fetchone()
    return bool(row and row[0])


def warn(
    conn: psycopg.Connection,
    topic: str,
    *,
    key: str,
    severity: str,
    reason: str,
    source_id: str | None = None,
    **detail: Any,
) -> None:
    """Keep that something of the house itself went wrong today: one row a day, topic and source.

    `key` names what it happened to; `detail` holds the latest of each, and how often it happened.
    """
    now = datetime.now(UTC)
    conn.execute(
        "insert into ops.warning as w (day, topic, source_id, severity, reason, detail)"
        " values (%(day)s, %(topic)s, %(source)s, %(severity)s, %(reason)s,"
        " jsonb_build_object(%(key)s::text, %(detail)s::jsonb || '{\"times\": 1}'))"
        " on conflict (day, topic, (coalesce(source_id, ''))) do update set"
        " severity = case when w.severity = 'critical' then w.severity else excluded.severity end,"
        " reason = excluded.reason,"
        " detail = w.detail || jsonb_build_object(%(key)s::text, %(detail)s::jsonb || jsonb_build_object("
        "   'times', coalesce((w.detail #>> array[%(key)s, 'times'])::int, 0) + 1))",
        {
            "day": now.date(),
            "topic": topic,
            "source": source_id,
            "severity": severity,
            "reason": reason,
            "key": key,
            "detail": Jsonb(detail | {"at": now.isoformat(timespec="seconds")}),
        },
    )
