-- Claims that no longer hold: of earlier versions, of withdrawn reports, and those that a person rejected.
with changed as (
    select * from {{ ref('int_outcome') }}
    {{ only_changed(ref('int_report_fingerprint'), 'report_id') }}
),

outcomes as (
    select * from changed
    where not is_current or review_status = 'rejected'
),

projects as (
    select * from {{ ref('dim_project') }}
),

final as (
    select
        {{ outcome_columns() }},
        coalesce(outcomes.ended_by, 'rejected') as ended_by,
        outcomes.ended_at
    from outcomes
    left join projects on outcomes.project_id = projects.project_id
)

select * from final
