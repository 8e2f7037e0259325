with source as (
    select * from {{ source('ops', 'canonical') }}
),

final as (
    select
        entity_kind,
        canonical_id,
        name,
        merged_into,
        created_at
    from source
)

select * from final
