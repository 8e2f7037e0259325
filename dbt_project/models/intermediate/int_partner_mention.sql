-- Mentions of partners in the readings that count, each with its canonical partner and, where the text
-- says so or only one is there, its project.
with mentions as (
    select * from {{ ref('stg_raw__partner_mention') }}
),

reports as (
    select * from {{ ref('int_reading_report') }}
),

names as (
    select * from {{ ref('stg_ops__canonical_name') }}
    where entity_kind = 'partner'
),

canonical as (
    select * from {{ ref('stg_ops__canonical') }}
    where entity_kind = 'partner'
),

projects as (
    select distinct on (version_id, stated_name)
        version_id,
        stated_name,
        project_id
    from {{ ref('int_project_mention') }}
    order by version_id, stated_name, quote_start, project_mention_id
),

only_project as (
    select
        version_id,
        min(project_id) as project_id
    from {{ ref('int_project_mention') }}
    group by version_id
    having count(distinct project_id) = 1
),

final as (
    select
        mentions.partner_mention_id,
        mentions.version_id,
        reports.report_id,
        reports.is_current,
        reports.published_on,
        reports.territory_id,
        names.canonical_id as partner_id,
        canonical.name as partner_name,
        mentions.name,
        mentions.type,
        mentions.role,
        coalesce(stated.project_id, only_project.project_id) as project_id,
        case
            when stated.project_id is not null then 'stated'
            when only_project.project_id is not null then 'only_project_in_report'
        end as link_basis,
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
            and mentions.type = names.kind
            and coalesce(reports.region_code, '') = names.territory_iso
    inner join canonical on names.canonical_id = canonical.canonical_id
    left join projects as stated
        on mentions.version_id = stated.version_id and mentions.stated_project_name = stated.stated_name
    left join only_project
        on mentions.version_id = only_project.version_id and mentions.stated_project_name is null
)

select * from final
