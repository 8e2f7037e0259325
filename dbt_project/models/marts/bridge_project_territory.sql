-- In which federal subjects a project is reported on.
with mentions as (
    select * from {{ ref('int_project_mention') }}
    where is_current
),

territories as (
    select * from {{ ref('int_reading_territory') }}
    where territory_id is not null
),

final as (
    select
        mentions.project_id,
        territories.territory_id,
        count(distinct mentions.report_id) as reports,
        min(mentions.published_on) as first_reported_on,
        max(mentions.published_on) as last_reported_on
    from mentions
    inner join territories on mentions.version_id = territories.version_id
    group by mentions.project_id, territories.territory_id
)

select * from final
