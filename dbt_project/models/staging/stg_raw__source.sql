-- One row per source: the description in force, which is the one seen last.
with source as (
    select * from {{ source('raw', 'source') }}
),

ranked as (
    select
        *,
        row_number() over (partition by source_id order by seen_at desc, source_version_id desc) as recency
    from source
),

final as (
    select
        source_id,
        source_version_id,
        title,
        kind,
        urls[1] as url,
        publisher_name,
        publisher_inn,
        publisher_ogrn,
        territory_oktmo,
        territory_iso,
        owner,
        licence,
        silence_days,
        seen_at
    from ranked
    where recency = 1
)

select * from final
