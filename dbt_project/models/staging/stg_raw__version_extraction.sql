with source as (
    select * from {{ source('raw', 'version_extraction') }}
),

final as (
    select
        version_id,
        extractor_version,
        extraction_run_id,
        projects,
        partners,
        metrics
    from source
)

select * from final
