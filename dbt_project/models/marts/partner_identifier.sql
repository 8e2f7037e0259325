-- Identifiers that a source's description names; numbers with a wrong checksum never get here.
with identifiers as (
    select * from {{ ref('int_partner_identifier') }}
),

final as (
    select
        partner_identifier_id,
        partner_id,
        scheme,
        identifier,
        source_id
    from identifiers
)

select * from final
