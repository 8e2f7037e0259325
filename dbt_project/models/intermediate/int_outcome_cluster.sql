-- Claims of different reports about the same thing share a cluster: same series and status, periods that
-- overlap. Every other claim is a cluster of its own.
with claims as (
    select * from {{ ref('int_outcome_series') }}
    {{ only_changed(ref('int_subject_fingerprint'), 'counted_for') }}
),

ordered as (
    select
        *,
        max(period_end) over (
            partition by series_id, fact_status, is_mergeable
            order by period_start, period_end, outcome_id
            rows between unbounded preceding and 1 preceding
        ) as reached
    from claims
),

islands as (
    select
        *,
        count(*) filter (where reached is null or period_start > reached) over (
            partition by series_id, fact_status, is_mergeable
            order by period_start, period_end, outcome_id
        ) as island
    from ordered
),

final as (
    select
        outcome_id,
        case
            when is_mergeable
                then first_value(outcome_id) over (
                        partition by series_id, fact_status, is_mergeable, island
                        order by published_on asc nulls last, outcome_id asc
                    )
            else outcome_id
        end as cluster_id,
        series_id,
        counted_for,
        report_id,
        project_id,
        indicator_id,
        territory_id,
        fact_status,
        value,
        value_low,
        value_high,
        period_start,
        period_end,
        published_on,
        confidence,
        is_mergeable
    from islands
)

select * from final
