with sources as (
    select * from {{ ref('int_source') }}
),

final as (
    select
        source_id,
        title,
        kind,
        url,
        publisher,
        territory_id,
        owner,
        licence,
        silence_days,
        reports,
        first_seen_on
    from sources
)

select * from final
