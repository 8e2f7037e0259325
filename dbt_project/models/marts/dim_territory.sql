with territories as (
    select * from {{ ref('territory') }}
),

final as (
    select
        territory_id,
        oktmo,
        okato,
        iso_3166_2,
        name_ru,
        name_short_ru,
        name_en,
        level,
        kind,
        parent_id,
        valid_from,
        valid_to,
        geonames_id
    from territories
)

select * from final
