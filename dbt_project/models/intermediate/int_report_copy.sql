-- Reports that are copies of another: the same text. The earliest telling is the original.
with reports as (
    select * from {{ ref('int_reading_report') }}
    where is_current
),

ranked as (
    select
        report_id,
        first_value(report_id) over (
            partition by sha256_text order by published_on asc nulls last, report_id asc
        ) as original_id
    from reports
),

final as (
    select
        report_id,
        original_id
    from ranked
    where report_id <> original_id
)

select * from final
