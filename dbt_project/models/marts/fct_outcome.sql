-- The product: one claim of the version in force of one report, as the promoted extractor read it.
with changed as (
    select * from {{ ref('int_outcome') }}
    {{ only_changed(ref('int_report_fingerprint'), 'report_id') }}
),

outcomes as (
    select * from changed
    where is_current and review_status <> 'rejected'
),

projects as (
    select * from {{ ref('dim_project') }}
),

final as (
    select
        {{ outcome_columns() }}
    from outcomes
    left join projects on outcomes.project_id = projects.project_id
)

select * from final
