"""What a reader asks after a run: how each source went, what was found, one fact with its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg.rows import dict_row

# What these runs asked and got, and no others: a failed attempt explains an empty row.
SOURCES = """
with asked as (
    select * from unnest(%(sources)s::text[], %(runs)s::text[]) as asked (source_id, run_id)
),
failure as (
    select distinct on (e.source_id) e.source_id, e.outcome, e.reason, e.url
    from raw.fetch_event as e
    inner join asked using (source_id, run_id)
    where e.outcome not in ('ok', 'not_modified', 'empty_declared')
    order by e.source_id, e.started_at
)
select
    asked.source_id as source,
    (
        select coalesce(sum(x.versions), 0)::int from raw.extraction_run as x
        where x.source_id = asked.source_id and x.run_id = any(%(runs)s::text[])
    ) as reports,
    count(e.outcome) as requests,
    count(*) filter (where e.outcome = 'not_modified') as not_modified,
    count(*) filter (where e.outcome not in ('ok', 'not_modified', 'empty_declared')) as failed,
    min(f.outcome) as failure,
    min(f.reason) as reason,
    min(f.url) as url,
    (
        select count(*) from raw.quarantine as q
        where q.source_id = asked.source_id and q.run_id = any(%(runs)s::text[] || %(built)s::text)
    ) as quarantined
from asked
left join raw.fetch_event as e using (source_id, run_id)
left join failure as f using (source_id)
group by asked.source_id
order by asked.source_id
"""

COUNTS = """
select
    (select count(*) from marts.dim_source) as sources,
    (select count(*) from marts.dim_report) as reports,
    (select count(*) from marts.dim_project) as projects,
    (select count(*) from marts.dim_partner) as partners,
    (select count(*) from marts.fct_outcome) as outcomes
"""

GATE = """
select
    count(*) as expectations,
    count(*) filter (where not success and severity = 'critical') as critical_failures,
    count(*) filter (where not success and severity <> 'critical') as warnings
from ops.dq_result
where run_id = (select run_id from ops.dq_result order by checked_at desc limit 1)
"""

# A fact a newcomer understands at a glance: of these runs' sources where they have one, counted people, sure
# of itself, with a project and a period.
FACT = """
select
    p.name as project, f.value_text, f.unit, f.period_start, f.period_end, f.quote, r.url
from marts.fct_outcome as f
inner join marts.dim_project as p using (project_id)
inner join marts.dim_report as r using (report_id)
where f.kind = 'count' and f.period_start is not null
order by
    f.source_id = any(%(sources)s) desc, f.confidence desc, f.beneficiary = 'none', f.value desc, f.outcome_id
limit 1
"""


def summarise(dsn: str, runs: Mapping[str, str], built: str | None = None) -> dict[str, Any]:
    """Sources, counts, gate and one fact, as JSON-able values but for dates and decimals. Reads only.

    `runs`: source → the id of the run it is about; `built`: the warehouse's run, whose gate quarantines too.
    """
    arguments = {"sources": list(runs), "runs": list(runs.values()), "built": built}
    with psycopg.connect(dsn, row_factory=dict_row) as connection:

        def rows(query: str, arguments: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
            return connection.execute(query, arguments).fetchall()

        return {
            "sources": rows(SOURCES, arguments),
            "counts": rows(COUNTS)[0],
            "gate": rows(GATE)[0],
            "fact": next(iter(rows(FACT, arguments)), None),
        }
