-- `stated_name` is only for joining inside one version; what may be shown is `name`.
with source as (
    select * from {{ source('raw', 'project_mention') }}
),

final as (
    select
        project_mention_id,
        version_id,
        extractor_version,
        name as stated_name,
        name_public as name,
        kind,
        status,
        start_char as quote_start,
        end_char as quote_end,
        quote_public as quote,
        rule_id,
        confidence
    from source
)

select * from final
