with reports as (
    select * from {{ ref('int_report') }}
),

final as (
    select
        report_id,
        source_id,
        natural_key,
        title,
        url,
        publisher,
        published_on,
        region_code,
        territory_id,
        regions,
        version_id,
        sha256_text,
        versions,
        first_seen_at,
        last_changed_at,
        copy_of_report_id,
        is_withdrawn,
        withdrawn_at
    from reports
)

select * from final
