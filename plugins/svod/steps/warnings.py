"""The step that looks at a day of all sources and keeps what is out of the ordinary in ops.warning.

Whoever tells people about it reads that table; nothing is sent from here.
"""

from __future__ import annotations

from datetime import date

from psycopg.types.json import Jsonb

from svod import warehouse
from svod.quality.warnings import Notice, Observed, judge
from svod.warehouse.standings import end_of, fills, standings, volumes

_KEEP = """
insert into ops.warning as w (day, topic, source_id, severity, reason, detail)
values (%s, %s, %s, %s, %s, %s)
on conflict (day, topic, (coalesce(source_id, ''))) do update set
    severity = excluded.severity, reason = excluded.reason, detail = excluded.detail
where (w.severity, w.reason, w.detail)
    is distinct from (excluded.severity, excluded.reason, excluded.detail)
"""


def raise_warnings(dsn: str, day: date) -> list[Notice]:
    """Judge all sources as they stood at the end of a day (UTC); the warnings, which ops.warning holds too.

    For a day that is over the same call gives the same rows again. On a day still running a row says what
    was the matter when it was looked at; it stays, as people may have been told of it. `dsn`: transformer.
    """
    until = end_of(day)
    with warehouse.connect(dsn, name="svod warnings") as conn:
        sources = standings(conn, until)
        asked = [s.source_id for s in sources if s.last_at is not None]
        notices = judge(Observed(until, sources, volumes(conn, sources, until), fills(conn, asked, until)))
        with conn.cursor() as cursor:
            cursor.executemany(
                _KEEP,
                [(day, n.topic, n.source_id, n.severity, n.reason, Jsonb(n.detail)) for n in notices],
            )
    return notices
