-- Ready-made totals by territory (federal subject, district, country), year, status and indicator, which
-- holds the beneficiary group. Projects and organisation-wide figures are never added to each other.
with uses as (
    select * from {{ ref('int_outcome_use') }}
    where reason is null
),

ancestors as (
    select * from {{ ref('int_territory_ancestor') }}
),

indicators as (
    select * from {{ ref('dim_indicator') }}
),

-- a report is about one territory, so that what is counted there may be added up on the way to the country
by_report as (
    select
        territory_id,
        year,
        fact_status,
        scope,
        indicator_id,
        report_id,
        sum(value) as value,
        count(*) as claims,
        bool_or(comparator in ('gt', 'ge')) as is_lower_bound,
        bool_or(comparator = 'approx') as is_approximate
    from uses
    group by territory_id, year, fact_status, scope, indicator_id, report_id
),

by_territory as (
    select
        territory_id,
        year,
        fact_status,
        scope,
        indicator_id,
        sum(value) as value,
        sum(claims) as claims,
        count(*) as reports,
        bool_or(is_lower_bound) as is_lower_bound,
        bool_or(is_approximate) as is_approximate
    from by_report
    group by territory_id, year, fact_status, scope, indicator_id
),

summed as (
    select
        ancestors.ancestor_id as territory_id,
        by_territory.year,
        by_territory.fact_status,
        by_territory.scope,
        by_territory.indicator_id,
        sum(by_territory.value) as value,
        sum(by_territory.claims)::bigint as claims,
        sum(by_territory.reports)::bigint as reports,
        count(*) as territories,
        bool_or(by_territory.is_lower_bound) as is_lower_bound,
        bool_or(by_territory.is_approximate) as is_approximate
    from by_territory
    inner join ancestors on by_territory.territory_id = ancestors.territory_id
    group by
        ancestors.ancestor_id, by_territory.year, by_territory.fact_status, by_territory.scope,
        by_territory.indicator_id
),

final as (
    select
        {{ id_of('total', [
            'summed.territory_id', 'summed.year', 'summed.fact_status', 'summed.scope', 'summed.indicator_id'
        ]) }} as total_id,
        summed.territory_id,
        summed.year,
        summed.fact_status,
        summed.scope,
        summed.indicator_id,
        indicators.unit,
        indicators.unit_family,
        indicators.kind,
        indicators.beneficiary,
        summed.value,
        summed.claims,
        summed.reports,
        summed.territories,
        summed.is_lower_bound,
        summed.is_approximate
    from summed
    inner join indicators on summed.indicator_id = indicators.indicator_id
)

select * from final
