with indicators as (
    select * from {{ ref('int_indicator') }}
),

final as (
    select
        indicator_id,
        unit,
        kind,
        beneficiary,
        unit_family,
        beneficiary_ru,
        beneficiary_en,
        name_ru,
        name_en,
        measure_code,
        result_type,
        additive,
        better
    from indicators
)

select * from final
