-- Known units, and those that reports use and nobody has sorted yet: these never take part in totals.
with known as (
    select * from {{ ref('unit') }}
),

used as (
    select distinct unit from {{ ref('int_outcome') }}
),

families as (
    select
        code,
        name_ru,
        name_en
    from {{ ref('vocabulary') }}
    where domain = 'unit_family'
),

united as (
    select
        coalesce(known.unit, used.unit) as unit,
        coalesce(known.family, 'other') as family,
        coalesce(known.additive, 'never') as additive,
        coalesce(known.result_type::text, '9') as result_type,
        known.better,
        known.unit is not null as is_known
    from known
    full outer join used on known.unit = used.unit
),

final as (
    select
        united.unit,
        united.family,
        families.name_ru as family_ru,
        families.name_en as family_en,
        united.additive,
        united.result_type,
        united.better,
        united.is_known
    from united
    inner join families on united.family = families.code
)

select * from final
