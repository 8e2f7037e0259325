-- One row per canonical organisation.
with mentions as (
    select * from {{ ref('int_partner_mention') }}
),

codes as (
    select
        code,
        iati_code
    from {{ ref('vocabulary') }}
    where domain = 'partner_type'
),

seen as (
    select
        partner_id,
        min(partner_name) as name,
        mode() within group (order by type) as type,
        count(distinct report_id) filter (where is_current) as reports,
        min(published_on) as first_reported_on,
        max(published_on) as last_reported_on,
        case when count(distinct territory_id) = 1 then min(territory_id) end as territory_id
    from mentions
    group by partner_id
),

final as (
    select
        seen.partner_id,
        seen.name,
        seen.type,
        -- a town's or a district's administration is local government
        case
            when
                seen.type = 'authority'
                and seen.name ~* '(муниципальн|городск|сельск|администраци\w+ (города|\w+ район|\w+ округ))'
                then '11'
            else codes.iati_code
        end as organisation_type,
        seen.territory_id,
        seen.reports,
        seen.first_reported_on,
        seen.last_reported_on
    from seen
    inner join codes on seen.type = codes.code
)

select * from final
