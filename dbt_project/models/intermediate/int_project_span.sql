-- From when to when the figures of a project run, planned and achieved, and whom they name most often.
with claims as (
    select * from {{ ref('int_outcome_series') }}
    {{ only_changed(ref('int_subject_fingerprint'), 'counted_for') }}
),

indicators as (
    select
        indicator_id,
        nullif(beneficiary, 'none') as beneficiary
    from {{ ref('int_indicator') }}
),

final as (
    select
        claims.counted_for,
        min(claims.period_start) filter (where claims.fact_status = 'target') as planned_start,
        max(claims.period_end) filter (where claims.fact_status = 'target' or claims.period_end > claims.published_on)
            as planned_end,
        min(claims.period_start) filter (where claims.fact_status = 'actual') as actual_start,
        max(claims.period_end) filter (
            where claims.fact_status = 'actual' and claims.period_end <= claims.published_on
        ) as last_actual_day,
        mode() within group (order by indicators.beneficiary) as beneficiary
    from claims
    inner join indicators on claims.indicator_id = indicators.indicator_id
    where claims.scope = 'project'
    group by claims.counted_for
)

select * from final
