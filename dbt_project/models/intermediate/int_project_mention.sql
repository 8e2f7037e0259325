-- Mentions of projects in the readings that count, each with its canonical project.
with mentions as (
    select * from {{ ref('stg_raw__project_mention') }}
),

reports as (
    select * from {{ ref('int_reading_report') }}
),

names as (
    select * from {{ ref('stg_ops__canonical_name') }}
    where entity_kind = 'project'
),

canonical as (
    select * from {{ ref('stg_ops__canonical') }}
    where entity_kind = 'project'
),

federal as (
    select * from {{ ref('federal_programme') }}
),

final as (
    select
        mentions.project_mention_id,
        mentions.version_id,
        reports.report_id,
        reports.is_current,
        reports.published_on,
        reports.territory_id,
        names.canonical_id as project_id,
        canonical.name as project_name,
        federal.name is not null as is_federal,
        mentions.stated_name,
        mentions.name,
        mentions.kind,
        mentions.status,
        mentions.quote,
        mentions.quote_start,
        mentions.quote_end,
        mentions.confidence
    from mentions
    inner join reports
        on mentions.version_id = reports.version_id and mentions.extractor_version = reports.extractor_version
    inner join names
        on
            mentions.name = names.name
            and mentions.kind = names.kind
            and coalesce(reports.region_code, '') = names.territory_iso
    inner join canonical on names.canonical_id = canonical.canonical_id
    left join federal on names.name = federal.name and names.kind = federal.kind
)

select * from final
