-- One row per canonical project. Status and dates are what reports say, by the latest of them.
with mentions as (
    select * from {{ ref('int_project_mention') }}
),

spans as (
    select * from {{ ref('int_project_span') }}
),

statuses as (
    select distinct on (project_id)
        project_id,
        status
    from mentions
    where status is not null
    order by project_id asc, is_current desc, published_on desc nulls last, version_id asc, quote_start asc
),

seen as (
    select
        project_id,
        min(project_name) as name,
        bool_or(is_federal) as is_federal,
        mode() within group (order by kind) as kind,
        count(distinct report_id) filter (where is_current) as reports,
        min(published_on) as first_reported_on,
        max(published_on) as last_reported_on,
        case when count(distinct territory_id) = 1 then min(territory_id) end as territory_id
    from mentions
    group by project_id
),

parents as (
    select distinct on (ancestors.project_id)
        ancestors.project_id,
        ancestors.ancestor_id as parent_project_id
    from {{ ref('int_project_ancestor') }} as ancestors
    inner join seen on ancestors.ancestor_id = seen.project_id
    order by ancestors.project_id, ancestors.distance, ancestors.ancestor_id
),

codes as (
    select
        code,
        iati_code
    from {{ ref('vocabulary') }}
    where domain = 'project_status'
),

sectors as (
    select
        groups.beneficiary,
        sector.sector_code,
        sector.name_ru,
        sector.name_en
    from {{ ref('beneficiary_group') }} as groups
    inner join {{ ref('sector') }} as sector on groups.sector_code = sector.sector_code
),

final as (
    select
        seen.project_id,
        seen.name,
        seen.kind,
        statuses.status,
        codes.iati_code as status_code,
        spans.planned_start,
        spans.planned_end,
        spans.actual_start,
        case when statuses.status = 'completed' then spans.last_actual_day end as actual_end,
        parents.parent_project_id,
        sectors.sector_code,
        sectors.name_ru as sector_ru,
        sectors.name_en as sector_en,
        case when not seen.is_federal then seen.territory_id end as territory_id,
        seen.is_federal,
        seen.reports,
        seen.first_reported_on,
        seen.last_reported_on
    from seen
    left join statuses on seen.project_id = statuses.project_id
    left join codes on statuses.status = codes.code
    left join spans on seen.project_id = spans.counted_for
    left join sectors on spans.beneficiary = sectors.beneficiary
    left join parents on seen.project_id = parents.project_id
)

select * from final
