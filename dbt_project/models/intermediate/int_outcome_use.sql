-- Whether a claim may take part in a ready-made total, and if not, why not. When in doubt it may not:
-- a total that is too small says so by its count of claims, a total that counts twice says nothing.
with claims as (
    select
        series.*,
        clusters.cluster_id,
        indicators.additive,
        coalesce(series.project_id, 'reporter ' || series.reporter) as counted_for,
        case when series.project_id is null then 'organisation' else 'project' end as scope,
        extract(year from series.period_end)::smallint as year
    from {{ ref('int_outcome_series') }} as series
    inner join {{ ref('int_outcome_cluster') }} as clusters on series.outcome_id = clusters.outcome_id
    inner join {{ ref('int_indicator') }} as indicators on series.indicator_id = indicators.indicator_id
),

copies as (
    select * from {{ ref('int_report_copy') }}
),

parents as (
    select * from {{ ref('int_project_ancestor') }}
),

judged as (
    select
        claims.*,
        case
            when claims.part_of is not null then 'part_of_total'
            when claims.quality_flag is not null then 'flagged'
            when claims.additive = 'never' then 'not_additive'
            when claims.direction is not null then 'change'
            when claims.comparator in ('lt', 'le') then 'upper_bound'
            when claims.territory_id is null then 'no_single_territory'
            when claims.period_start is null or claims.period_end is null then 'no_period'
            when extract(year from claims.period_start) <> claims.year then 'several_years'
            when copies.original_id is not null then 'copy'
        end as own_reason
    from claims
    left join copies on claims.report_id = copies.report_id
),

fit as (
    select
        *,
        period_end - period_start as days
    from judged
    where own_reason is null
),

-- the same project, indicator, territory and status told twice for days that overlap
overlapped as (
    select distinct on (weaker.outcome_id)
        weaker.outcome_id,
        case when weaker.report_id = stronger.report_id then 'inside_longer_period' else 'told_by_other_report' end
            as reason
    from fit as weaker
    inner join fit as stronger
        on
            weaker.counted_for = stronger.counted_for
            and weaker.indicator_id = stronger.indicator_id
            and weaker.territory_id = stronger.territory_id
            and weaker.fact_status = stronger.fact_status
            and weaker.outcome_id <> stronger.outcome_id
            and weaker.period_start <= stronger.period_end
            and stronger.period_start <= weaker.period_end
    where
        case
            when weaker.report_id = stronger.report_id
                then
                    stronger.period_start <= weaker.period_start
                    and weaker.period_end <= stronger.period_end
                    and weaker.days < stronger.days
            else
                (weaker.days, coalesce(weaker.published_on, '-infinity'), weaker.report_id)
                < (stronger.days, coalesce(stronger.published_on, '-infinity'), stronger.report_id)
        end
    order by weaker.outcome_id, reason
),

-- a project's figure beside the same figure of the programme it belongs to
under_umbrella as (
    select distinct children.outcome_id
    from fit as children
    inner join parents on children.project_id = parents.project_id
    inner join fit as umbrella
        on
            parents.ancestor_id = umbrella.project_id
            and children.indicator_id = umbrella.indicator_id
            and children.territory_id = umbrella.territory_id
            and children.fact_status = umbrella.fact_status
            and children.period_start <= umbrella.period_end
            and umbrella.period_start <= children.period_end
),

ranked as (
    select
        fit.outcome_id,
        row_number() over (
            partition by fit.counted_for, fit.indicator_id, fit.territory_id, fit.fact_status, fit.year
            order by fit.value desc, fit.outcome_id asc
        ) as size_rank
    from fit
    left join overlapped on fit.outcome_id = overlapped.outcome_id
    left join under_umbrella on fit.outcome_id = under_umbrella.outcome_id
    where fit.additive = 'max' and overlapped.outcome_id is null and under_umbrella.outcome_id is null
),

final as (
    select
        judged.outcome_id,
        judged.report_id,
        judged.indicator_id,
        judged.territory_id,
        judged.fact_status,
        judged.scope,
        judged.year,
        judged.value,
        judged.comparator,
        coalesce(
            judged.own_reason,
            overlapped.reason,
            case when under_umbrella.outcome_id is not null then 'inside_parent_project' end,
            case when ranked.size_rank > 1 then 'not_the_largest' end
        ) as reason
    from judged
    left join overlapped on judged.outcome_id = overlapped.outcome_id
    left join under_umbrella on judged.outcome_id = under_umbrella.outcome_id
    left join ranked on judged.outcome_id = ranked.outcome_id
)

select * from final
