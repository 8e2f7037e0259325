-- Facts that the gate has held back and nobody has released, with the reading they belong to.
with source as (
    select * from {{ source('raw', 'quarantined_fact') }}
    where state <> 'release'
),

figures as (
    select * from {{ source('raw', 'metric_mention') }}
),

final as (
    select distinct
        source.metric_mention_id as outcome_id,
        figures.version_id,
        figures.extractor_version
    from source
    inner join figures on source.metric_mention_id = figures.metric_mention_id
)

select * from final
