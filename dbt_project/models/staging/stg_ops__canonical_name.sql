with source as (
    select * from {{ source('ops', 'canonical_name') }}
),

final as (
    select
        entity_kind,
        name_key,
        canonical_id,
        name,
        kind,
        coalesce(territory_iso, '') as territory_iso
    from source
)

select * from final
