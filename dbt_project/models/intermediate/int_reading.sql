-- The readings that count: each version of a report as the promoted extractor version read it.
-- The latest promotion holds; a version that it has not read yet has no reading.
with promoted as (
    select extractor_version
    from {{ ref('stg_ops__promotion') }}
    order by promotion_id desc
    limit 1
),

versions as (
    select * from {{ ref('stg_raw__document_version') }}
),

states as (
    select * from {{ ref('int_report_state') }}
),

extractions as (
    select * from {{ ref('stg_raw__version_extraction') }}
),

sequenced as (
    select
        *,
        lead(seen_at) over (partition by report_id order by seen_at, version_id) as next_seen_at
    from versions
),

final as (
    select
        sequenced.version_id,
        sequenced.report_id,
        extractions.extractor_version,
        sequenced.seen_at,
        sequenced.version_id = states.version_id and not states.is_withdrawn as is_current,
        case
            when sequenced.version_id = states.version_id and states.is_withdrawn then 'withdrawn'
            when sequenced.version_id <> states.version_id then 'changed'
        end as ended_by,
        case
            when sequenced.version_id = states.version_id and states.is_withdrawn then states.withdrawn_at
            when sequenced.version_id <> states.version_id then sequenced.next_seen_at
        end as ended_at
    from sequenced
    inner join extractions on sequenced.version_id = extractions.version_id
    inner join promoted on extractions.extractor_version = promoted.extractor_version
    inner join states on sequenced.report_id = states.report_id
)

select * from final
