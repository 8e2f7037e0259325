-- Every name under which reports speak of a project.
with mentions as (
    select * from {{ ref('int_project_mention') }}
),

projects as (
    select * from {{ ref('dim_project') }}
),

final as (
    select
        {{ id_of('project_name', ['mentions.project_id', 'mentions.name']) }} as project_name_id,
        mentions.project_id,
        mentions.name,
        bool_or(mentions.name = projects.name) as is_main,
        count(*) as mentions,
        min(mentions.published_on) as first_reported_on,
        max(mentions.published_on) as last_reported_on
    from mentions
    inner join projects on mentions.project_id = projects.project_id
    group by mentions.project_id, mentions.name
)

select * from final
