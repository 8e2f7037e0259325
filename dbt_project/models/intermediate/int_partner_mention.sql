-- Mentions of partners in the readings that count, each with its canonical partner and, where the text
-- says so or only one is there, its project.
with mentions as (
    select * from {{ ref('stg_raw__partner_mention') }}
),

{{ resolved_mentions('partner', 'type') }},

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
        resolved.partner_mention_id,
        resolved.version_id,
        resolved.report_id,
        resolved.is_current,
        resolved.published_on,
        resolved.territory_id,
        resolved.canonical_id as partner_id,
        resolved.canonical_name as partner_name,
        resolved.name,
        resolved.type,
        resolved.role,
        coalesce(stated.project_id, only_project.project_id) as project_id,
        case
            when stated.project_id is not null then 'stated'
            when only_project.project_id is not null then 'only_project_in_report'
        end as link_basis,
        resolved.quote,
        resolved.quote_start,
        resolved.quote_end,
        resolved.confidence
    from resolved
    left join projects as stated
        on resolved.version_id = stated.version_id and resolved.stated_project_name = stated.stated_name
    left join only_project
        on resolved.version_id = only_project.version_id and resolved.stated_project_name is null
)

select * from final
