-- The claims that hold now, with what decides whether two of them speak of the same thing: the reporting
-- organisation, the qualifying words of the quote (stemmed; numbers, comparisons and planning gone), and the strict
-- key made of all of it; and with the reasons why a claim by itself may take no part in a ready-made total.
with outcomes as (
    select * from {{ ref('int_outcome') }}
    {{ only_changed(ref('int_report_fingerprint'), 'report_id') }}
),

current_outcomes as (
    select * from outcomes
    where is_current and review_status <> 'rejected'
),

indicators as (
    select * from {{ ref('int_indicator') }}
),

copies as (
    select * from {{ ref('int_report_copy') }}
),

unqualifying as (
    select array_agg(distinct stems.stem) as stems
    from {{ ref('unqualifying_word') }} as words
    cross join unnest(tsvector_to_array(to_tsvector('russian', words.word))) as stems (stem)
),

described as (
    select
        current_outcomes.*,
        indicators.additive,
        copies.original_id is not null as is_copy,
        -- a copy says what its original's publisher has said
        lower(
            replace(
                coalesce(copies.original_reporter, current_outcomes.publisher, current_outcomes.source_id), 'ё', 'е'
            )
        ) as reporter,
        array_to_string(
            tsvector_to_array(
                ts_delete(
                    to_tsvector(
                        'russian',
                        regexp_replace(replace(lower(current_outcomes.quote), 'ё', 'е'), '[\d.,%]+', ' ', 'g')
                    ),
                    unqualifying.stems
                )
            ), ' '
        ) as qualifier,
        case
            when
                extract(year from current_outcomes.period_start) = extract(year from current_outcomes.period_end)
                then extract(year from current_outcomes.period_end)::smallint
        end as year
    from current_outcomes
    inner join indicators on current_outcomes.indicator_id = indicators.indicator_id
    cross join unqualifying
    left join copies on current_outcomes.report_id = copies.report_id
),

keyed as (
    select
        *,
        {{ id_of('series', [
            'project_id', 'indicator_id', 'qualifier', 'territory_id', 'reporter', 'direction'
        ]) }} as series_id,
        coalesce(project_id, 'reporter ' || reporter) as counted_for,
        case when project_id is null then 'organisation' else 'project' end as scope,
        project_id is not null
        and territory_id is not null
        and period_start is not null
        and period_end is not null
        and part_of is null
        and quality_flag is null as is_mergeable,
        case
            when part_of is not null then 'part_of_total'
            when quality_flag is not null then 'flagged'
            when additive = 'never' then 'not_additive'
            when direction is not null then 'change'
            when comparator in ('lt', 'le') then 'upper_bound'
            when territory_id is null then 'no_single_territory'
            when period_start is null or period_end is null then 'no_period'
            when year is null then 'several_years'
            when is_copy then 'copy'
        end as own_reason
    from described
),

final as (
    select
        outcome_id,
        series_id,
        counted_for,
        report_id,
        version_id,
        quote_start,
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
        year,
        published_on,
        confidence,
        quality_flag,
        additive,
        scope,
        own_reason,
        case
            when own_reason is null
                then {{ id_of('counted', ['counted_for', 'indicator_id', 'territory_id', 'fact_status', 'year']) }}
        end as counted_with,
        -- two such claims in one report are two things, and which of them another report means is unknown
        is_mergeable
        and count(*) filter (where is_mergeable) over (partition by series_id, fact_status, report_id) = 1
            as is_mergeable
    from keyed
)

select * from final
