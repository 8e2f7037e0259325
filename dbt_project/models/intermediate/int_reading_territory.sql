-- The federal subjects that a reading is about. A code that is no federal subject stays, with no territory.
with readings as (
    select * from {{ ref('int_reading') }}
),

facts as (
    select * from {{ ref('stg_raw__report_fact') }}
    where fact = 'region'
),

territories as (
    select * from {{ ref('territory') }}
    where level = 'region'
),

final as (
    select distinct
        readings.version_id,
        facts.value as region_code,
        territories.territory_id
    from readings
    inner join facts
        on readings.version_id = facts.version_id and readings.extractor_version = facts.extractor_version
    left join territories on facts.value in (territories.iso_3166_2, territories.territory_id)
)

select * from final
