-- Which fact a plan came to, where nothing has to be guessed; a plan in doubt stays open.
with claims as (
    select
        *,
        count(*) over (partition by series_id, fact_status, report_id) = 1 as is_only_one
    from {{ ref('int_outcome_series') }}
    {{ only_changed(ref('int_subject_fingerprint'), 'counted_for') }}
),

plans as (
    select * from claims
    where fact_status = 'target' and part_of is null and quality_flag is null
),

facts as (
    select * from claims
    where fact_status = 'actual' and part_of is null and quality_flag is null
),

-- «при плане 300 привлекли 340», «План | Факт»: one sentence, same days, one plan and one fact
beside as (
    select
        plans.outcome_id as plan_id,
        facts.outcome_id as fact_id,
        facts.published_on,
        'same_sentence' as basis,
        1 as rank,
        count(*) over (partition by plans.outcome_id) as facts_of_plan,
        count(*) over (partition by facts.outcome_id) as plans_of_fact
    from plans
    inner join {{ ref('stg_raw__metric_sentence') }} as sentences on plans.outcome_id = sentences.outcome_id
    inner join facts
        on
            plans.version_id = facts.version_id
            and plans.counted_for = facts.counted_for
            and plans.indicator_id = facts.indicator_id
            and facts.quote_start >= sentences.sentence_start
            and facts.quote_start < sentences.sentence_end
    where
        (plans.direction, plans.period_start, plans.period_end)
        is not distinct from (facts.direction, facts.period_start, facts.period_end)
        -- the second figure often stands bare
        and (plans.qualifier = facts.qualifier or '' in (plans.qualifier, facts.qualifier))
),

-- the fact's period reaches the day at which the plan falls due
due as (
    select
        plans.outcome_id as plan_id,
        facts.outcome_id as fact_id,
        facts.published_on,
        'same_period' as basis,
        2 as rank
    from plans
    inner join facts on plans.series_id = facts.series_id
    where
        plans.project_id is not null
        and plans.territory_id is not null
        and plans.is_only_one and facts.is_only_one
        and plans.period_end between facts.period_start and facts.period_end
        and facts.published_on >= plans.published_on
),

-- a plan without dates: what is told later, unless the plan has been changed by then. What sums were for and what
-- shares are of, a quote does not tell.
later as (
    select
        plans.outcome_id as plan_id,
        facts.outcome_id as fact_id,
        facts.published_on,
        'later_report' as basis,
        3 as rank
    from plans
    inner join facts on plans.series_id = facts.series_id
    where
        plans.kind = 'count'
        and plans.project_id is not null
        and plans.territory_id is not null
        and plans.is_only_one and facts.is_only_one
        and plans.period_start is null and plans.period_end is null
        and facts.published_on > plans.published_on
        and facts.published_on <= plans.published_on + {{ var('plan_days') }}
        and coalesce(facts.period_end >= plans.published_on, true)
        and not exists (
            select from plans as newer
            where
                newer.series_id = plans.series_id
                and newer.published_on > plans.published_on
                and newer.published_on < facts.published_on
                and newer.value <> plans.value
        )
),

pairs as (
    select
        plan_id,
        fact_id,
        published_on,
        basis,
        rank
    from beside
    where facts_of_plan = 1 and plans_of_fact = 1
    union all
    select * from due
    union all
    select * from later
),

final as (
    select distinct on (plans.outcome_id)
        plans.outcome_id,
        plans.counted_for,
        pairs.fact_id,
        pairs.basis
    from plans
    inner join pairs on plans.outcome_id = pairs.plan_id
    order by plans.outcome_id asc, pairs.rank asc, pairs.published_on desc nulls last, pairs.fact_id asc
)

select * from final
