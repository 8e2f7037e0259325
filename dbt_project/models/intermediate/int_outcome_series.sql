-- The claims that hold now, with what decides whether two of them speak of the same thing: the reporting
-- organisation, the qualifying words of the quote (stemmed, numbers gone), and the strict key made of all of it.
with outcomes as (
    select * from {{ ref('int_outcome') }}
    where is_current and review_status <> 'rejected'
),

described as (
    select
        *,
        lower(replace(coalesce(publisher, source_id), 'ё', 'е')) as reporter,
        array_to_string(
            tsvector_to_array(to_tsvector('russian', regexp_replace(quote, '[\d.,%]+', ' ', 'g'))), ' '
        ) as qualifier
    from outcomes
),

keyed as (
    select
        *,
        {{ id_of('series', [
            'project_id', 'indicator_id', 'qualifier', 'territory_id', 'reporter', 'direction'
        ]) }} as series_id,
        project_id is not null
        and territory_id is not null
        and period_start is not null
        and period_end is not null
        and part_of is null
        and quality_flag is null as is_mergeable
    from described
),

final as (
    select
        outcome_id,
        series_id,
        report_id,
        project_id,
        indicator_id,
        territory_id,
        reporter,
        qualifier,
        kind,
        direction,
        comparator,
        fact_status,
        part_of,
        value,
        value_low,
        value_high,
        period_start,
        period_end,
        published_on,
        confidence,
        quality_flag,
        -- two such claims in one report are two things, and which of them another report means is unknown
        is_mergeable
        and count(*) filter (where is_mergeable) over (partition by series_id, fact_status, report_id) = 1
            as is_mergeable
    from keyed
)

select * from final
