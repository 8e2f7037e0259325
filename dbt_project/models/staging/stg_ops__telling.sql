with source as (
    select * from {{ source('ops', 'telling') }}
),

final as (
    select
        document_id as report_id,
        version_id,
        coalesce(original_id, document_id) as story_id
    from source
)

select * from final
