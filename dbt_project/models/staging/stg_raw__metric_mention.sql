with source as (
    select * from {{ source('raw', 'metric_mention') }}
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
        part_of_id as part_of,
        start_char as quote_start,
        end_char as quote_end,
        quote_public as quote,
        rule_id,
        confidence
    from source
)

select * from final
