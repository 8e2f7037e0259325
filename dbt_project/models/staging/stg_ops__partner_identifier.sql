with source as (
    select * from {{ source('ops', 'partner_identifier') }}
),

final as (
    select
        canonical_id as partner_id,
        scheme,
        identifier,
        source_id
    from source
)

select * from final
