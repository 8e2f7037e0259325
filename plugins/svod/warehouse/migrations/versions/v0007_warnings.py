"""What is out of the ordinary with the sources, day by day, and how each source stands at a moment."""

from __future__ import annotations

from svod.warehouse.migrations.ddl import create_tables, run

revision = "0007"
down_revision = "0006"

TABLES = """
TABLE ops.warning
    Предупреждения: что не так с источником в этот день · Warnings: what was out of the ordinary with a
    source on a day
id bigint generated always as identity primary key
    Номер · Number
day date not null
    День (UTC) · Day (UTC)
topic text not null
    Тема: volume, fill, silent_source, failing_source, silent_region · Topic: volume, fill,
    silent_source, failing_source, silent_region
source_id text
    Источник; пусто, если речь не об одном источнике · Source; null when it is not about one source
severity text not null
    Тяжесть: info, warning, critical · Severity: info, warning, critical
reason text not null
    Причина словами · Reason in words
detail jsonb not null
    Числа, по которым так решено · The figures behind it
raised_at timestamptz not null default now()
    Когда замечено впервые · When it was first noticed
CONSTRAINT check (severity in ('info', 'warning', 'critical'))
CONSTRAINT check (topic in ('volume', 'fill', 'silent_source', 'failing_source', 'silent_region'))
"""

# A report's source is asked for by time everywhere: newest report, reports of a period.
STATEMENTS = (
    "create unique index on ops.warning (day, topic, (coalesce(source_id, '')))",
    "create index on ops.warning (source_id, day)",
    "create index on raw.document (source_id, first_seen_at)",
)

# To be let in (robots.txt) is not yet to be given anything. A failure inside a run that also got something
# good does not make the source a failing one.
STANDING_AT = r"""
create function ops.source_standing_at(moment timestamptz)
returns table (
    source_id text, known_since timestamptz, last_at timestamptz, last_outcome text, last_good_at timestamptz,
    failing_since timestamptz, days_failing integer, last_reason text, last_report_at timestamptz,
    config jsonb
)
language sql stable
as $$
select
    latest.source_id, latest.known_since, recent.started_at, recent.outcome, good.started_at, bad.since,
    case when bad.since is not null
        then ceil(extract(epoch from least(moment, now()) - bad.since) / 86400)::integer else 0 end,
    bad.reason, report.first_seen_at, latest.config
from (
    select distinct on (s.source_id) s.source_id, s.config, min(s.seen_at) over source as known_since
    from raw.source as s
    where s.seen_at < moment
    window source as (partition by s.source_id)
    order by s.source_id, s.seen_at desc
) as latest
left join lateral (
    select e.started_at, e.outcome from raw.fetch_event as e
    where e.source_id = latest.source_id and e.started_at < moment order by e.started_at desc limit 1
) as recent on true
left join lateral (
    select e.started_at, e.run_id from raw.fetch_event as e
    where e.source_id = latest.source_id and e.started_at < moment
        and e.outcome in ('ok', 'not_modified', 'empty_declared') and e.url not like '%/robots.txt'
    order by e.started_at desc limit 1
) as good on true
left join lateral (
    select min(e.started_at) as since, (array_agg(e.reason order by e.started_at desc))[1] as reason
    from raw.fetch_event as e
    where e.source_id = latest.source_id and e.started_at < moment
        and e.outcome not in ('ok', 'not_modified', 'empty_declared')
        and e.started_at > coalesce(good.started_at, '-infinity') and e.run_id is distinct from good.run_id
) as bad on true
left join lateral (
    select d.first_seen_at from raw.document as d
    where d.source_id = latest.source_id and d.first_seen_at < moment
    order by d.first_seen_at desc limit 1
) as report on true
$$
"""

STANDING = """
create view ops.source_standing as
select
    source_id, known_since, last_at, last_outcome, last_good_at, failing_since, days_failing, last_reason,
    last_report_at
from ops.source_standing_at('infinity')
"""
COMMENTS = {
    "view ops.source_standing": "Как обстоит дело с каждым источником сейчас · How each source stands now",
    "column ops.source_standing.source_id": "Источник (имя файла YAML) · Source (stem of its YAML)",
    "column ops.source_standing.known_since": "С какого времени известен · Known since",
    "column ops.source_standing.last_at": "Последняя попытка · Last attempt",
    "column ops.source_standing.last_outcome": "Её исход · Its outcome",
    "column ops.source_standing.last_good_at": "Последняя удачная попытка · Last good fetch",
    "column ops.source_standing.failing_since": "С какого времени одни неудачи · Nothing but failures since",
    "column ops.source_standing.days_failing": "Сколько дней, начатый считается; 0 — не отказывает · For how "
    "many days, one begun counts; 0 when it does not fail",
    "column ops.source_standing.last_reason": "Причина последней неудачи · Reason of the last failure",
    "column ops.source_standing.last_report_at": "Когда появился последний новый отчёт · When the last new "
    "report was seen",
}


def upgrade() -> None:
    create_tables(TABLES)
    for statement in STATEMENTS:
        run(statement)
    run(STANDING_AT)
    run(STANDING)
    for target, text in COMMENTS.items():
        run(f"comment on {target} is '{text}'")
