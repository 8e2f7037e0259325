with source as (
    select * from {{ source('ops', 'promotion') }}
),

final as (
    select
        promotion_id,
        extractor_version,
        promoted_at
    from source
)

select * from final
