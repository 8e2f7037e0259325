with units as (
    select * from {{ ref('int_unit') }}
),

final as (
    select
        unit,
        family,
        family_ru,
        family_en,
        additive,
        result_type,
        better,
        is_known
    from units
)

select * from final
