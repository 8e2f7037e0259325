-- Opt-in: claims of different reports about the same thing, once. The latest report is believed.
with claims as (
    select * from {{ ref('int_outcome_cluster') }}
    {{ only_changed(ref('int_subject_fingerprint'), 'counted_for') }}
),

copies as (
    select * from {{ ref('int_report_copy') }}
),

outcomes as (
    select * from {{ ref('fct_outcome') }}
),

ranked as (
    select
        claims.*,
        coalesce(copies.original_id, claims.report_id) as independent_id,
        row_number() over (
            partition by claims.cluster_id
            order by
                claims.published_on desc nulls last,
                claims.period_end - claims.period_start desc,
                claims.confidence desc,
                claims.outcome_id asc
        ) as rank
    from claims
    left join copies on claims.report_id = copies.report_id
),

chosen as (
    select * from ranked
    where rank = 1
),

clusters as (
    select
        ranked.cluster_id,
        count(*) as claims,
        count(distinct ranked.independent_id) as independent_sources,
        count(distinct ranked.value) as distinct_values,
        -- only claims of the same period can contradict each other: their bounds leave no common value
        coalesce(
            max(coalesce(ranked.value_low, '-infinity')) filter (
                where ranked.period_start = chosen.period_start and ranked.period_end = chosen.period_end
            ) > min(coalesce(ranked.value_high, 'infinity')) filter (
                where ranked.period_start = chosen.period_start and ranked.period_end = chosen.period_end
            ),
            false
        ) as is_conflict
    from ranked
    inner join chosen on ranked.cluster_id = chosen.cluster_id
    group by ranked.cluster_id
),

-- a plan and the fact that it came to, each by the figure that holds it
closing as (
    select distinct on (plans.cluster_id)
        plans.cluster_id,
        facts.cluster_id as closed_by,
        pairs.basis
    from {{ ref('int_plan_fact') }} as pairs
    inner join claims as plans on pairs.outcome_id = plans.outcome_id
    inner join claims as facts on pairs.fact_id = facts.outcome_id
    order by plans.cluster_id asc, facts.published_on desc nulls last, facts.cluster_id asc
),

final as (
    select
        chosen.cluster_id as consolidated_id,
        chosen.outcome_id,
        outcomes.project_id,
        outcomes.project_name,
        outcomes.territory_id,
        outcomes.region_code,
        outcomes.indicator_id,
        outcomes.unit,
        outcomes.beneficiary,
        outcomes.value,
        outcomes.value_low,
        outcomes.value_high,
        outcomes.comparator,
        outcomes.kind,
        outcomes.direction,
        outcomes.fact_status,
        outcomes.period_start,
        outcomes.period_end,
        outcomes.published_on,
        clusters.claims,
        clusters.independent_sources,
        clusters.is_conflict,
        case
            when clusters.claims = 1 then 'single'
            when clusters.distinct_values = 1 then 'same_value'
            else 'latest_report'
        end as rule,
        chosen.counted_for,
        chosen.series_id,
        closing.closed_by,
        closing.basis as closed_basis
    from chosen
    inner join outcomes on chosen.outcome_id = outcomes.outcome_id
    inner join clusters on chosen.cluster_id = clusters.cluster_id
    left join closing on chosen.cluster_id = closing.cluster_id
)

select * from final
