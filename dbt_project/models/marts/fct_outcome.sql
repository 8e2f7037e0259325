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
        outcomes.outcome_id,
        outcomes.report_id,
        outcomes.source_id,
        outcomes.project_id,
        projects.name as project_name,
        outcomes.territory_id,
        outcomes.region_code,
        outcomes.indicator_id,
        outcomes.unit,
        nullif(outcomes.beneficiary, 'none') as beneficiary,
        outcomes.value,
        outcomes.value_low,
        outcomes.value_high,
        outcomes.comparator,
        outcomes.kind,
        outcomes.direction,
        outcomes.fact_status,
        outcomes.part_of,
        outcomes.period_start,
        outcomes.period_end,
        outcomes.period_precision,
        outcomes.quote,
        outcomes.quote_start,
        outcomes.quote_end,
        outcomes.evidence_url,
        outcomes.rule_id,
        outcomes.confidence,
        outcomes.review_status,
        outcomes.quality_flag,
        outcomes.version_id,
        outcomes.extractor_version,
        outcomes.published_on
    from outcomes
    left join projects on outcomes.project_id = projects.project_id
)

select * from final
