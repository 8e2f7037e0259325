-- What a figure measures: unit x measure x beneficiary.
with used as (
    select distinct
        indicator_id,
        unit,
        kind,
        beneficiary
    from {{ ref('int_outcome') }}
),

units as (
    select * from {{ ref('int_unit') }}
),

measures as (
    select * from {{ ref('measure') }}
),

beneficiaries as (
    select * from {{ ref('beneficiary_group') }}
),

vocabulary as (
    select * from {{ ref('vocabulary') }}
    where domain = 'measure'
),

final as (
    select
        used.indicator_id,
        used.unit,
        used.kind,
        used.beneficiary,
        units.family as unit_family,
        beneficiaries.name_ru as beneficiary_ru,
        beneficiaries.name_en as beneficiary_en,
        used.unit || ', ' || vocabulary.name_ru || ' (' || beneficiaries.name_ru || ')' as name_ru,
        used.unit || ', ' || vocabulary.name_en || ' (' || beneficiaries.name_en || ')' as name_en,
        vocabulary.iati_code as measure_code,
        case when measures.result_type = 'by_unit' then units.result_type else measures.result_type end as result_type,
        case when measures.additive = 'by_unit' then units.additive else measures.additive end as additive,
        units.better
    from used
    inner join units on used.unit = units.unit
    inner join measures on used.kind = measures.kind
    inner join beneficiaries on used.beneficiary = beneficiaries.beneficiary
    inner join vocabulary on used.kind = vocabulary.code
)

select * from final
