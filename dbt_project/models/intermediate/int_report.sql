-- One row per report that has been read: its version in force, or its last one if it was withdrawn.
with readings as (
    select * from {{ ref('int_reading_report') }}
),

states as (
    select * from {{ ref('int_report_state') }}
),

documents as (
    select * from {{ ref('stg_raw__document') }}
),

copies as (
    select * from {{ ref('int_report_copy') }}
),

versions as (
    select
        report_id,
        count(*) as versions,
        max(seen_at) as last_changed_at
    from {{ ref('stg_raw__document_version') }}
    group by report_id
),

final as (
    select
        documents.report_id,
        documents.source_id,
        documents.natural_key,
        readings.title,
        readings.url,
        readings.publisher,
        readings.published_on,
        readings.region_code,
        readings.territory_id,
        readings.regions,
        readings.version_id,
        readings.sha256_text,
        versions.versions,
        documents.first_seen_at,
        versions.last_changed_at,
        copies.original_id as copy_of_report_id,
        states.is_withdrawn,
        states.withdrawn_at
    from documents
    inner join states on documents.report_id = states.report_id
    inner join readings on states.version_id = readings.version_id
    inner join versions on documents.report_id = versions.report_id
    left join copies on documents.report_id = copies.report_id
)

select * from final
