-- Every day of the calendar that reports may be dated with.
with days as (
    select day::date as date_id
    from generate_series('{{ var("first_date") }}'::date, '{{ var("last_date") }}'::date, interval '1 day') as day
),

final as (
    select
        date_id,
        extract(year from date_id)::smallint as year,
        extract(quarter from date_id)::smallint as quarter,
        extract(month from date_id)::smallint as month,
        extract(day from date_id)::smallint as day_of_month,
        extract(isodow from date_id)::smallint as iso_weekday,
        extract(isoyear from date_id)::smallint as iso_year,
        extract(week from date_id)::smallint as iso_week,
        (array[
            'январь', 'февраль', 'март', 'апрель', 'май', 'июнь',
            'июль', 'август', 'сентябрь', 'октябрь', 'ноябрь', 'декабрь'
        ])[extract(month from date_id)::int] as month_name_ru,
        (array[
            'January', 'February', 'March', 'April', 'May', 'June',
            'July', 'August', 'September', 'October', 'November', 'December'
        ])[extract(month from date_id)::int] as month_name_en,
        extract(isodow from date_id) > 5 as is_weekend
    from days
)

select * from final
