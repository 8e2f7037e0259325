-- Every claim in force: does it take part in the ready-made totals, and if not, why not.
with uses as (
    select * from {{ ref('int_outcome_use') }}
    {{ only_changed(ref('int_subject_fingerprint'), 'counted_for') }}
),

final as (
    select
        outcome_id,
        reason is null as is_counted,
        reason,
        scope,
        counted_for,
        case when reason is null then territory_id end as territory_id,
        case when reason is null then year end as year
    from uses
)

select * from final
