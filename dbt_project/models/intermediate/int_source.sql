-- One row per source of which a description or a report is known.
with sources as (
    select * from {{ ref('stg_raw__source') }}
),

documents as (
    select
        source_id,
        count(*) as reports,
        min(first_seen_at)::date as first_seen_on
    from {{ ref('stg_raw__document') }}
    group by source_id
),

territories as (
    select * from {{ ref('territory') }}
),

final as (
    select
        coalesce(sources.source_id, documents.source_id) as source_id,
        coalesce(sources.title, documents.source_id) as title,
        sources.kind,
        sources.url,
        sources.publisher_name as publisher,
        territories.territory_id,
        sources.owner,
        sources.licence,
        sources.silence_days,
        coalesce(documents.reports, 0) as reports,
        documents.first_seen_on
    from sources
    full outer join documents on sources.source_id = documents.source_id
    left join territories on sources.territory_oktmo in (territories.oktmo, territories.territory_id)
)

select * from final
