-- The state of each report now, by its events: which version is in force, and whether it was withdrawn. As long
-- as the extractor in force has not read a report's new text, the last text that it has read stays in force.
with events as (
    select * from {{ ref('stg_raw__document_event') }}
),

promoted as (
    select extractor_version
    from {{ ref('stg_ops__promotion') }}
    order by promotion_id desc
    limit 1
),

readable as (
    select extractions.version_id
    from {{ ref('stg_raw__version_extraction') }} as extractions
    inner join promoted on extractions.extractor_version = promoted.extractor_version
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
    select distinct on (events.report_id)
        events.report_id,
        events.version_id
    from events
    inner join readable on events.version_id = readable.version_id
    order by events.report_id asc, events.occurred_at desc, events.event_seq desc
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
