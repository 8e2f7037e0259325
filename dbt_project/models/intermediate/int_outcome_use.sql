-- Whether a claim may take part in a ready-made total, and if not, why not. When in doubt it may not:
-- a total that is too small says so by its count of claims, a total that counts twice says nothing.
with claims as (
    select * from {{ ref('int_outcome_series') }}
    {{ only_changed(ref('int_subject_fingerprint'), 'counted_for') }}
),

fit as (
    select
        *,
        period_end - period_start as days
    from claims
    where own_reason is null
),

-- Of persons and families that one report tells twice of the same days («посещали 22 отца, до конца дошли 19»)
-- nobody knows whether they are the same ones: the largest figure stands for all. Things and sums told twice differ.
same_people as (
    select weaker.outcome_id
    from fit as weaker
    inner join fit as stronger
        on
            weaker.counted_with = stronger.counted_with
            and weaker.report_id = stronger.report_id
            and weaker.period_start = stronger.period_start
            and weaker.period_end = stronger.period_end
    inner join {{ ref('int_indicator') }} as indicators on weaker.indicator_id = indicators.indicator_id
    where
        indicators.unit_family in ('person', 'family')
        and (weaker.value, stronger.outcome_id) < (stronger.value, weaker.outcome_id)
    group by weaker.outcome_id
),

-- the same project, indicator, territory, status and year told twice for days that overlap
overlapped as (
    select
        weaker.outcome_id,
        bool_or(weaker.report_id = stronger.report_id) as is_inside_own_report
    from fit as weaker
    inner join fit as stronger
        on
            weaker.counted_with = stronger.counted_with
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
    group by weaker.outcome_id
),

-- a project's figure beside the same figure of the programme it belongs to
under_umbrella as (
    select distinct children.outcome_id
    from fit as children
    inner join {{ ref('int_project_ancestor') }} as parents on children.project_id = parents.project_id
    inner join {{ ref('int_outcome_series') }} as umbrella
        on
            parents.ancestor_id = umbrella.counted_for
            and children.indicator_id = umbrella.indicator_id
            and children.territory_id = umbrella.territory_id
            and children.fact_status = umbrella.fact_status
            and children.period_start <= umbrella.period_end
            and umbrella.period_start <= children.period_end
    where umbrella.own_reason is null
),

candidates as (
    select
        fit.outcome_id,
        fit.counted_with,
        fit.additive,
        fit.value,
        case
            when overlapped.is_inside_own_report then 'inside_longer_period'
            when overlapped.outcome_id is not null then 'told_by_other_report'
            when same_people.outcome_id is not null then 'same_people'
            when under_umbrella.outcome_id is not null then 'inside_parent_project'
        end as reason
    from fit
    left join overlapped on fit.outcome_id = overlapped.outcome_id
    left join same_people on fit.outcome_id = same_people.outcome_id
    left join under_umbrella on fit.outcome_id = under_umbrella.outcome_id
),

-- of things that are counted at a moment (places, brigades) a year has as many as the largest figure says
ranked as (
    select
        outcome_id,
        case
            when
                reason is null
                and additive = 'max'
                and row_number() over (
                    partition by counted_with, additive, reason order by value desc, outcome_id asc
                ) > 1
                then 'not_the_largest'
            else reason
        end as reason
    from candidates
),

final as (
    select
        claims.outcome_id,
        claims.counted_for,
        claims.report_id,
        claims.indicator_id,
        claims.territory_id,
        claims.fact_status,
        claims.scope,
        claims.year,
        claims.value,
        claims.comparator,
        coalesce(claims.own_reason, ranked.reason) as reason
    from claims
    left join ranked on claims.outcome_id = ranked.outcome_id
)

select * from final
