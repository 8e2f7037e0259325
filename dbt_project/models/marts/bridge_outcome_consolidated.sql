-- Which claim went into which consolidated figure: the way back to every quote.
with claims as (
    select * from {{ ref('int_outcome_cluster') }}
    {{ only_changed(ref('int_subject_fingerprint'), 'counted_for') }}
),

final as (
    select
        claims.outcome_id,
        claims.cluster_id as consolidated_id,
        consolidated.outcome_id = claims.outcome_id as is_chosen,
        claims.counted_for
    from claims
    inner join {{ ref('fct_outcome_consolidated') }} as consolidated on claims.cluster_id = consolidated.consolidated_id
)

select * from final
