-- What the rows of a report depend on: which reading holds, where it belongs, which figures are held back, what
-- its projects are called now, and what people decided.
with readings as (
    select * from {{ ref('int_reading_report') }}
),

projects as (
    select
        report_id,
        string_agg(project_mention_id || project_id || project_name, '|' order by project_mention_id) as projects
    from {{ ref('int_project_mention') }}
    group by report_id
),

-- of a reading nothing else changes: figures are read once
held as (
    select
        readings.report_id,
        string_agg(held_back.outcome_id, '|' order by held_back.outcome_id) as held
    from {{ ref('stg_raw__held_fact') }} as held_back
    inner join readings
        on held_back.version_id = readings.version_id and held_back.extractor_version = readings.extractor_version
    group by readings.report_id
),

reviews as (
    select
        readings.report_id,
        string_agg(reviewed.outcome_id || ' ' || reviewed.review_id, '|' order by reviewed.outcome_id) as reviews
    from {{ ref('stg_ops__review') }} as reviewed
    inner join {{ ref('stg_raw__metric_mention') }} as metrics on reviewed.outcome_id = metrics.outcome_id
    inner join readings on metrics.version_id = readings.version_id
    group by readings.report_id
),

copies as (
    select * from {{ ref('int_report_copy') }}
),

states as (
    select
        report_id,
        string_agg(readings::text, '|' order by version_id) as readings
    from readings
    group by report_id
),

final as (
    select
        states.report_id,
        md5(concat_ws('#', states.readings, held.held, projects.projects, reviews.reviews, copies::text))
            as fingerprint
    from states
    left join projects on states.report_id = projects.report_id
    left join held on states.report_id = held.report_id
    left join reviews on states.report_id = reviews.report_id
    left join copies on states.report_id = copies.report_id
)

select * from final
