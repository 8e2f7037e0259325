-- One row per figure of the readings that count, cleaned: bounds, status, period, project, indicator, flag.
with mentions as (
    select
        *,
        replace(lower(unit), 'ё', 'е') as unit_key
    from {{ ref('int_metric_mention') }}
),

reports as (
    select * from {{ ref('int_reading_report') }}
    {{ only_changed(ref('int_report_fingerprint'), 'report_id') }}
),

units as (
    select
        unit,
        replace(unit, 'ё', 'е') as unit_key,
        family
    from {{ ref('unit') }}
),

projects as (
    select distinct on (version_id, stated_name)
        version_id,
        stated_name,
        project_id
    from {{ ref('int_project_mention') }}
    order by version_id, stated_name, quote_start, project_mention_id
),

joined as (
    select
        mentions.outcome_id,
        reports.version_id,
        reports.extractor_version,
        reports.report_id,
        reports.source_id,
        reports.is_current,
        reports.ended_by,
        reports.ended_at,
        {{ evidence_url('mentions.outcome_id', 'reports.url') }} as evidence_url,
        reports.published_on,
        reports.publisher,
        reports.territory_id,
        reports.region_code,
        reports.regions > reports.known_regions as has_unknown_region,
        projects.project_id,
        coalesce(units.unit, mentions.unit_key) as unit,
        coalesce(units.family, 'other') as unit_family,
        coalesce(mentions.beneficiary, 'none') as beneficiary,
        trim_scale(mentions.value) as value,
        trim_scale(mentions.value_max) as value_max,
        mentions.comparator,
        mentions.kind,
        mentions.direction,
        case when mentions.planned then 'target' else 'actual' end as fact_status,
        mentions.part_of,
        mentions.period_start > mentions.period_end as is_period_reversed,
        case
            when coalesce(mentions.period_start <= mentions.period_end, true) then mentions.period_start
        end as period_start,
        case
            when coalesce(mentions.period_start <= mentions.period_end, true) then mentions.period_end
        end as period_end,
        mentions.quote,
        mentions.quote_start,
        mentions.quote_end,
        mentions.rule_id,
        mentions.confidence,
        mentions.review_status
    from mentions
    inner join reports
        on mentions.version_id = reports.version_id and mentions.extractor_version = reports.extractor_version
    left join units on mentions.unit_key = units.unit_key
    left join projects
        on mentions.version_id = projects.version_id and mentions.stated_project_name = projects.stated_name
),

final as (
    select
        outcome_id,
        version_id,
        extractor_version,
        report_id,
        source_id,
        is_current,
        ended_by,
        ended_at,
        evidence_url,
        published_on,
        publisher,
        territory_id,
        region_code,
        project_id,
        {{ id_of('indicator', ['unit', 'kind', 'beneficiary']) }} as indicator_id,
        unit,
        unit_family,
        beneficiary,
        value,
        {{ value_low('value', 'value_max', 'comparator') }} as value_low,
        {{ value_high('value', 'value_max', 'comparator') }} as value_high,
        {{ value_text('value', 'value_max', 'comparator', 'kind', 'direction') }} as value_text,
        comparator,
        kind,
        direction,
        fact_status,
        part_of,
        period_start,
        period_end,
        {{ period_precision('period_start', 'period_end') }} as period_precision,
        quote,
        quote_start,
        quote_end,
        rule_id,
        confidence,
        review_status,
        case
            when is_period_reversed then 'period_reversed'
            when unit_family in ('person', 'family') and kind = 'count' and value > {{ var('most_people') }}
                then 'implausible_value'
            when kind = 'money' and value > {{ var('most_roubles') }} then 'implausible_value'
            when unit_family in ('person', 'family') and kind = 'percent' and value > 100
                then 'percent_over_100'
            when has_unknown_region then 'unknown_region'
        end as quality_flag
    from joined
)

select * from final
