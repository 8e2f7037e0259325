-- One row per reading with what holds for the whole report. Several regions leave the territory empty:
-- a figure is not shared out between them.
with readings as (
    select * from {{ ref('int_reading') }}
),

versions as (
    select * from {{ ref('stg_raw__document_version') }}
),

regions as (
    select
        version_id,
        count(*) as regions,
        count(territory_id) as known_regions,
        min(region_code) as region_code,
        min(territory_id) as territory_id
    from {{ ref('int_reading_territory') }}
    group by version_id
),

facts as (
    select
        version_id,
        extractor_version,
        min(value) filter (where fact = 'publisher') as publisher,
        min(value) filter (where fact = 'published') as published
    from {{ ref('stg_raw__report_fact') }}
    group by version_id, extractor_version
),

documents as (
    select * from {{ ref('stg_raw__document') }}
),

sources as (
    select * from {{ ref('stg_raw__source') }}
),

joined as (
    select
        readings.version_id,
        readings.report_id,
        readings.extractor_version,
        readings.is_current,
        readings.ended_by,
        readings.ended_at,
        documents.source_id,
        versions.title,
        versions.url,
        versions.sha256_text,
        -- a folder of files has many senders: there only the report itself can say who issued it
        coalesce(facts.publisher, case when sources.kind <> 'files' then sources.publisher_name end) as publisher,
        coalesce(
            versions.published_on,
            case when facts.published ~ '^\d{4}-\d{2}-\d{2}$' then facts.published::date end
        ) as published_on,
        coalesce(regions.regions, 0) as regions,
        coalesce(regions.known_regions, 0) as known_regions,
        case when regions.regions = 1 then regions.region_code end as region_code,
        case when regions.regions = 1 then regions.territory_id end as territory_id
    from readings
    inner join versions on readings.version_id = versions.version_id
    inner join documents on readings.report_id = documents.report_id
    left join sources on documents.source_id = sources.source_id
    left join regions on readings.version_id = regions.version_id
    left join facts
        on readings.version_id = facts.version_id and readings.extractor_version = facts.extractor_version
),

final as (
    select
        version_id,
        report_id,
        extractor_version,
        is_current,
        ended_by,
        ended_at,
        source_id,
        title,
        url,
        sha256_text,
        publisher,
        regions,
        known_regions,
        region_code,
        territory_id,
        case
            when published_on between '{{ var("first_date") }}' and '{{ var("last_date") }}' then published_on
        end as published_on
    from joined
)

select * from final
