-- Mentions of projects in the readings that count, each with its canonical project.
with mentions as (
    select * from {{ ref('stg_raw__project_mention') }}
),

{{ resolved_mentions('project', 'kind') }},

federal as (
    select * from {{ ref('federal_programme') }}
),

final as (
    select
        resolved.project_mention_id,
        resolved.version_id,
        resolved.report_id,
        resolved.is_current,
        resolved.published_on,
        resolved.territory_id,
        resolved.canonical_id as project_id,
        resolved.canonical_name as project_name,
        federal.name is not null as is_federal,
        resolved.stated_name,
        resolved.name,
        resolved.kind,
        resolved.status,
        resolved.quote,
        resolved.quote_start,
        resolved.quote_end,
        resolved.confidence
    from resolved
    left join federal on resolved.name = federal.name and resolved.kind = federal.kind
)

select * from final
