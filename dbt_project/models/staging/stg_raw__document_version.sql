-- The clean text itself stays in raw: what leaves it is masked.
with source as (
    select * from {{ source('raw', 'document_version') }}
),

final as (
    select
        version_id,
        document_id as report_id,
        sha256_text,
        title_public as title,
        url,
        published_on,
        published_precision,
        published_basis,
        seen_at
    from source
)

select * from final
