with source as (
    select * from {{ source('raw', 'document_event') }}
),

final as (
    select
        document_event_id,
        event_seq,
        document_id as report_id,
        version_id,
        kind,
        occurred_at
    from source
)

select * from final
