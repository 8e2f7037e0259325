with source as (
    select * from {{ source('raw', 'document') }}
),

final as (
    select
        document_id as report_id,
        source_id,
        natural_key,
        url,
        first_seen_at
    from source
)

select * from final
