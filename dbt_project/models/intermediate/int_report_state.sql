-- The state of each report now, by its events: which version is in force, and whether it was withdrawn.
with events as (
    select * from {{ ref('stg_raw__document_event') }}
),

ranked as (
    select
        *,
        row_number() over (partition by report_id order by occurred_at desc, event_seq desc) as recency
    from events
),

latest as (
    select
        report_id,
        kind = 'withdrawn' as is_withdrawn,
        case when kind = 'withdrawn' then occurred_at end as withdrawn_at
    from ranked
    where recency = 1
),

-- a withdrawal may name no version: the last version that an event named stays the report's version
last_version as (
    select distinct on (report_id)
        report_id,
        version_id
    from events
    where version_id is not null
    order by report_id asc, occurred_at desc, event_seq desc
),

final as (
    select
        latest.report_id,
        last_version.version_id,
        latest.is_withdrawn,
        latest.withdrawn_at
    from latest
    inner join last_version on latest.report_id = last_version.report_id
)

select * from final
