"""The step that looks at a day of all sources and keeps what is out of the ordinary in ops.warning.

Whoever tells people about it reads that table; nothing is sent from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from psycopg.types.json import Jsonb

from svod import warehouse
from svod.quality.warnings import Notice, Observed, judge
from svod.sources import load_sources
from svod.warehouse.standings import Standing, end_of, fills, standings, volumes

_KEEP = """
insert into ops.warning as w (day, topic, source_id, severity, reason, detail)
values (%s, %s, %s, %s, %s, %s)
on conflict (day, topic, (coalesce(source_id, ''))) do update set
    severity = excluded.severity, reason = excluded.reason, detail = excluded.detail
where (w.severity, w.reason, w.detail)
    is distinct from (excluded.severity, excluded.reason, excluded.detail)
"""


def raise_warnings(dsn: str, day: date, sources_dir: Path) -> list[Notice]:
    """Judge all sources as they stood at the end of a day (UTC); the warnings, which ops.warning holds too.

    For a day that is over the same call gives the same rows again. On a day still running a row says what
    was the matter when it was looked at; it stays, as people may have been told of it. Which sources there
    are, and which are paused, the files in `sources_dir` say as they are now. `dsn`: transformer.
    """
    until = end_of(day)
    with warehouse.connect(dsn, name="svod warnings") as conn:
        sources = list(_as_files_say(standings(conn, until), sources_dir))
        asked = [s.source_id for s in sources if s.last_at is not None]
        notices = judge(Observed(until, sources, volumes(conn, sources, until), fills(conn, asked, until)))
        with conn.cursor() as cursor:
            cursor.executemany(
                _KEEP,
                [(day, n.topic, n.source_id, n.severity, n.reason, Jsonb(n.detail)) for n in notices],
            )
    return notices


def _as_files_say(known: Iterable[Standing], sources_dir: Path) -> Iterator[Standing]:
    """Without those whose file is gone; paused or not as the file says: raw.source has it from the last load.

    A file that cannot be used leaves its source as it was: it is not asked, and that shall be noticed.
    """
    sources, broken = load_sources(sources_dir)
    for standing in known:
        if (source := sources.get(standing.source_id)) is not None:
            yield replace(standing, config=standing.config | {"paused": source.paused})
        elif standing.source_id in broken or not sources_dir.is_dir():
            yield standing
