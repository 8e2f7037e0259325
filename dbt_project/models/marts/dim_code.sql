-- What the codes in the other tables mean, in both languages, and what they are called in IATI.
with vocabulary as (
    select * from {{ ref('vocabulary') }}
),

final as (
    select
        domain,
        code,
        position,
        name_ru,
        name_en,
        iati_code_list,
        iati_code
    from vocabulary
)

select * from final
