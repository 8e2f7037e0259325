-- Reports that are copies of another: the same text, or nearly (found while names are resolved). The earliest
-- telling among the reports that have been read is the original.
with reports as (
    select * from {{ ref('int_reading_report') }}
    where is_current
),

tellings as (
    select * from {{ ref('stg_ops__telling') }}
),

stories as (
    select
        reports.report_id,
        reports.published_on,
        coalesce(reports.publisher, reports.source_id) as reporter,
        min(coalesce(tellings.story_id, reports.report_id)) over (partition by reports.sha256_text) as story_id
    from reports
    left join tellings on reports.report_id = tellings.report_id and reports.version_id = tellings.version_id
),

ranked as (
    select
        report_id,
        first_value(report_id) over story as original_id,
        first_value(reporter) over story as original_reporter
    from stories
    window story as (partition by story_id order by published_on asc nulls last, report_id asc)
),

final as (
    select
        report_id,
        original_id,
        original_reporter
    from ranked
    where report_id <> original_id
)

select * from final
