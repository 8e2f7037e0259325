-- What the warehouse can know of a federal subject in a month: silence is not zero.
with territories as (
    select * from {{ ref('territory') }}
    where level = 'region'
),

reports as (
    select
        territories.territory_id,
        date_trunc('month', reports.published_on)::date as month,
        count(distinct reports.report_id) as reports
    from {{ ref('int_reading_report') }} as reports
    inner join {{ ref('int_reading_territory') }} as territories on reports.version_id = territories.version_id
    where reports.is_current and reports.published_on is not null and territories.territory_id is not null
    group by territories.territory_id, date_trunc('month', reports.published_on)::date
),

sources as (
    select
        territories.territory_id,
        date_trunc('month', sources.seen_at)::date as since
    from {{ ref('stg_raw__source') }} as sources
    inner join territories on sources.territory_oktmo in (territories.oktmo, territories.territory_id)
),

months as (
    select month::date as month
    from generate_series(
            (select coalesce(min(month), date_trunc('month', current_date)::date) from reports),
            date_trunc('month', current_date)::date,
            interval '1 month'
        ) as month
),

watched as (
    select
        months.month,
        sources.territory_id,
        count(*) as sources
    from months
    inner join sources on months.month >= sources.since
    group by months.month, sources.territory_id
),

final as (
    select
        territories.territory_id,
        coalesce(territories.iso_3166_2, territories.territory_id) as territory_iso,
        months.month,
        case
            when reports.reports > 0 then 'covered'
            when watched.sources > 0 then 'silent'
            else 'no_source'
        end as state,
        coalesce(watched.sources, 0) as sources,
        coalesce(reports.reports, 0) as reports
    from territories
    cross join months
    left join reports on territories.territory_id = reports.territory_id and months.month = reports.month
    left join watched on territories.territory_id = watched.territory_id and months.month = watched.month
)

select * from final
