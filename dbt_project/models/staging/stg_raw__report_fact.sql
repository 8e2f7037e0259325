with source as (
    select * from {{ source('raw', 'report_fact') }}
),

final as (
    select
        report_fact_id,
        version_id,
        extractor_version,
        fact,
        value_public as value
    from source
)

select * from final
