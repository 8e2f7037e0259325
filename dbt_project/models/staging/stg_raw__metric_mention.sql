with source as (
    select * from {{ source('raw', 'metric_mention') }}
),

-- facts that the gate has held back stay out until somebody releases them
held_back as (
    select metric_mention_id as outcome_id
    from {{ source('raw', 'quarantined_fact') }}
    where state <> 'release'
),

final as (
    select
        metric_mention_id as outcome_id,
        version_id,
        extractor_version,
        value,
        value_max,
        comparator,
        kind,
        direction,
        unit,
        beneficiary,
        planned,
        period_start,
        period_end,
        project_name as stated_project_name,
        case when part_of_id not in (select held_back.outcome_id from held_back) then part_of_id end as part_of,
        start_char as quote_start,
        end_char as quote_end,
        quote_public as quote,
        rule_id,
        confidence
    from source
    where metric_mention_id not in (select held_back.outcome_id from held_back)
)

select * from final
