with source as (
    select * from {{ source('raw', 'partner_mention') }}
),

final as (
    select
        partner_mention_id,
        version_id,
        extractor_version,
        name_public as name,
        type,
        role,
        project_name as stated_project_name,
        start_char as quote_start,
        end_char as quote_end,
        quote_public as quote,
        rule_id,
        confidence
    from source
)

select * from final
