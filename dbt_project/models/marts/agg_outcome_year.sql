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

summed as (
    select
        ancestors.ancestor_id as territory_id,
        uses.year,
        uses.fact_status,
        uses.scope,
        uses.indicator_id,
        sum(uses.value) as value,
        count(*) as claims,
        count(distinct uses.report_id) as reports,
        count(distinct uses.territory_id) as territories,
        bool_or(uses.comparator in ('gt', 'ge')) as is_lower_bound,
        bool_or(uses.comparator = 'approx') as is_approximate
    from uses
    inner join ancestors on uses.territory_id = ancestors.territory_id
    group by ancestors.ancestor_id, uses.year, uses.fact_status, uses.scope, uses.indicator_id
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
