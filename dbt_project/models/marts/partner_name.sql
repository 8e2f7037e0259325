-- Every name under which reports speak of an organisation.
with mentions as (
    select * from {{ ref('int_partner_mention') }}
),

partners as (
    select * from {{ ref('dim_partner') }}
),

final as (
    select
        {{ id_of('partner_name', ['mentions.partner_id', 'mentions.name']) }} as partner_name_id,
        mentions.partner_id,
        mentions.name,
        bool_or(mentions.name = partners.name) as is_main,
        count(*) as mentions,
        min(mentions.published_on) as first_reported_on,
        max(mentions.published_on) as last_reported_on
    from mentions
    inner join partners on mentions.partner_id = partners.partner_id
    group by mentions.partner_id, mentions.name
)

select * from final
