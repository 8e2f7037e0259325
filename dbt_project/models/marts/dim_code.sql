-- What the codes in the other tables mean, in both languages, and what they are called in IATI.
with vocabulary as (
    select
        domain,
        code,
        position,
        name_ru,
        name_en,
        iati_code_list,
        iati_code
    from {{ ref('vocabulary') }}
),

groups as (
    select
        'beneficiary' as domain,
        beneficiary as code,
        position,
        name_ru,
        name_en,
        null as iati_code_list,
        null as iati_code
    from {{ ref('beneficiary_group') }}
),

sectors as (
    select
        'sector' as domain,
        sector_code as code,
        row_number() over (order by sector_code)::integer as position,
        name_ru,
        name_en,
        null as iati_code_list,
        null as iati_code
    from {{ ref('sector') }}
),

-- columns that hold IATI's own codes are explained by IATI's own lists
iati as (
    select
        code_list as domain,
        code,
        row_number() over (partition by code_list order by code)::integer as position,
        name_ru,
        name_en,
        code_list as iati_code_list,
        code as iati_code
    from {{ ref('iati_code') }}
),

final as (
    select * from vocabulary
    union all
    select * from groups
    union all
    select * from sectors
    union all
    select * from iati
)

select * from final
