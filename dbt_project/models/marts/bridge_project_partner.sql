-- Who takes part in which project, in which role and since when, with the clearest evidence for it.
with mentions as (
    select * from {{ ref('int_partner_mention') }}
    where is_current and project_id is not null and role is not null
),

codes as (
    select
        code,
        iati_code
    from {{ ref('vocabulary') }}
    where domain = 'partner_role'
),

ranked as (
    select
        *,
        row_number() over (
            partition by project_id, partner_id, role
            order by link_basis desc, confidence desc, published_on desc nulls last, partner_mention_id asc
        ) as rank,
        min(published_on) over (partition by project_id, partner_id, role) as first_reported_on,
        max(published_on) over (partition by project_id, partner_id, role) as last_reported_on,
        count(*) over (partition by project_id, partner_id, role) as mentions
    from mentions
),

final as (
    select
        ranked.project_id,
        ranked.partner_id,
        ranked.role,
        codes.iati_code as role_code,
        ranked.first_reported_on,
        ranked.last_reported_on,
        ranked.mentions,
        ranked.link_basis,
        ranked.report_id,
        ranked.quote,
        ranked.quote_start,
        ranked.quote_end,
        ranked.confidence
    from ranked
    inner join codes on ranked.role = codes.code
    where ranked.rank = 1
)

select * from final
