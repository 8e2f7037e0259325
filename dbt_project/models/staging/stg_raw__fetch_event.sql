with source as (
    select * from {{ source('raw', 'fetch_event') }}
),

final as (
    select
        fetch_event_id,
        source_id,
        url,
        outcome,
        items,
        started_at,
        ended_at,
        outcome in ('ok', 'not_modified', 'empty_declared') as is_answered
    from source
)

select * from final
