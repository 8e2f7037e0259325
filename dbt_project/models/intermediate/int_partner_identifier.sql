-- Identifiers of the partners that reports speak of.
with identifiers as (
    select * from {{ ref('stg_ops__partner_identifier') }}
),

partners as (
    select distinct partner_id from {{ ref('int_partner_mention') }}
),

final as (
    select
        {{ id_of('partner_identifier', ['identifiers.scheme', 'identifiers.identifier']) }} as partner_identifier_id,
        identifiers.partner_id,
        identifiers.scheme,
        identifiers.identifier,
        identifiers.source_id
    from identifiers
    inner join partners on identifiers.partner_id = partners.partner_id
)

select * from final
