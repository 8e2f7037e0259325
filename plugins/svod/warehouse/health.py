"""How the sources are doing, day by day: counted anew from the fetch events whenever some are loaded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import psycopg

_REFRESH = """
insert into ops.source_health_daily
    (source_id, day, attempts, ok, failed, items, last_outcome, last_reason, updated_at)
select
    source_id, (started_at at time zone 'UTC')::date as day, count(*),
    count(*) filter (where outcome in ('ok', 'not_modified', 'empty_declared')),
    count(*) filter (where outcome not in ('ok', 'not_modified', 'empty_declared')),
    sum(items),
    (array_agg(outcome order by started_at desc, fetch_event_id))[1],
    coalesce((array_agg(reason order by started_at desc, fetch_event_id) filter (where reason <> ''))[1], ''),
    now()
from raw.fetch_event
where source_id = %(source)s and (started_at at time zone 'UTC')::date = any(%(days)s)
    and started_at >= %(first)s::date - 1
group by source_id, (started_at at time zone 'UTC')::date
on conflict (source_id, day) do update set
    attempts = excluded.attempts, ok = excluded.ok, failed = excluded.failed, items = excluded.items,
    last_outcome = excluded.last_outcome, last_reason = excluded.last_reason, updated_at = excluded.updated_at
"""


def refresh_health(conn: psycopg.Connection, source_id: str, days: Iterable[date]) -> None:
    """Bring ops.source_health_daily to what raw.fetch_event says about these days (UTC)."""
    wanted = sorted(set(days))
    if wanted:
        conn.execute(_REFRESH, {"source": source_id, "days": wanted, "first": wanted[0]})
