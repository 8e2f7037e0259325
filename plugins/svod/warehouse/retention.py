"""What the warehouse forgets with age, and nothing else: attempts, results of runs, old roll-backs, payloads.

Reports, facts and people's decisions are never forgotten; of archived bytes it is only told which may go.
Must not know when or how often this is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from psycopg import sql

from .connection import connect
from .releases import prune_rows

# the last good attempt of an address tells the next fetch what it need not ask for again
_EVENTS = """
delete from raw.fetch_event as e
where e.started_at < %(before)s
    and not (
        e.outcome in ('ok', 'not_modified')
        and not exists (
            select from raw.fetch_event as later
            where later.source_id = e.source_id and later.url = e.url
                and later.outcome in ('ok', 'not_modified')
                and (later.started_at, later.fetch_event_id) > (e.started_at, e.fetch_event_id)
        )
    )
"""
# results of the runs behind the kept releases, of overridden ones and of the last run stay
_RESULTS = """
delete from ops.dq_result as r
where r.checked_at < %(before)s
    and r.run_id not in (select run_id from ops.release order by release_id desc limit %(releases)s)
    and r.run_id not in (select run_id from ops.gate_override)
    and r.run_id <> (select run_id from ops.dq_result order by checked_at desc limit 1)
"""
_UNMASKED = """
delete from ops.unmasked_name as u
where not exists (select from ops.dq_result as r where r.run_id = u.run_id)
"""
_NODES = "delete from ops.model_run where started_at < %(before)s"
# the record and the decision stay: without them the next fetch would bring the same record back as new
_PAYLOADS = """
update raw.quarantine as q set payload = '{}'
from (
    select distinct on (quarantine_id) quarantine_id, action, decided_at
    from raw.quarantine_decision order by quarantine_id, decision_id desc
) as d
where d.quarantine_id = q.quarantine_id and d.action = 'drop' and d.decided_at < %(before)s
    and q.payload <> '{}'
"""
# what a comparison counted stays
_DIFFERENCES = """
delete from ops.reextraction_change as c using ops.reextraction as r
where r.reextraction_id = c.reextraction_id and r.compared_at < %(before)s
"""
# by their last fetch; one body may have been seen at several addresses
_BODIES = """
select s.sha256_raw from raw.snapshot as s
group by s.sha256_raw
having max(s.fetched_at) < %(before)s
    and (
        %(originals)s
        or not exists (select from raw.document_version as v where v.body_sha256 = s.sha256_raw)
    )
order by s.sha256_raw
"""
SWEPT = ("raw.fetch_event", "raw.quarantine", "ops.dq_result", "ops.model_run", "ops.release_change")


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """Rows that are gone, by what they were; `payloads`: dropped records that kept their row alone."""

    fetch_events: int
    check_results: int
    node_results: int
    release_changes: int
    payloads: int
    reextraction_changes: int


def forget(dsn: str, *, events_before: datetime, runs_before: datetime, keep_releases: int) -> Forgotten:
    """Forget what is older. `dsn` is the owner's: no other role may delete from raw. Safe to repeat."""
    with connect(dsn, name="svod retention") as conn:
        results = conn.execute(_RESULTS, {"before": runs_before, "releases": keep_releases}).rowcount
        conn.execute(_UNMASKED)
        forgotten = Forgotten(
            fetch_events=conn.execute(_EVENTS, {"before": events_before}).rowcount,
            check_results=results,
            node_results=conn.execute(_NODES, {"before": runs_before}).rowcount,
            reextraction_changes=conn.execute(_DIFFERENCES, {"before": runs_before}).rowcount,
            payloads=conn.execute(_PAYLOADS, {"before": runs_before}).rowcount,
            release_changes=prune_rows(conn, keep=keep_releases),
        )
    _vacuum(dsn)
    return forgotten


def old_bodies(dsn: str, *, before: datetime, originals: bool) -> list[str]:
    """sha256 of the bodies last fetched before then: those that no text was read from, or `originals` too."""
    with connect(dsn, name="svod retention") as conn:
        found = conn.execute(_BODIES, {"before": before, "originals": originals})
        return [str(row[0]) for row in found]


def _vacuum(dsn: str) -> None:
    """Give the room back at once and refresh the statistics; autovacuum waits for a fifth of a table."""
    with connect(dsn, autocommit=True, name="svod vacuum") as conn:
        for table in SWEPT:
            conn.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(*table.split("."))))
