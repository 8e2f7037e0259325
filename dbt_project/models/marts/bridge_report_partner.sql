-- Which report in force names which partner, with or without a project, by the clearest of its mentions.
with mentions as (
    select * from {{ ref('int_partner_mention') }}
    where is_current
),

reports as (
    select * from {{ ref('dim_report') }}
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
            partition by report_id, partner_id
            order by
                role is null, link_basis desc nulls last, confidence desc, quote_start asc, partner_mention_id asc
        ) as rank,
        count(*) over (partition by report_id, partner_id) as mentions
    from mentions
),

final as (
    select
        ranked.report_id,
        ranked.partner_id,
        ranked.role,
        codes.iati_code as role_code,
        ranked.project_id,
        ranked.link_basis,
        ranked.mentions,
        reports.territory_id,
        reports.published_on,
        ranked.quote,
        ranked.quote_start,
        ranked.quote_end,
        {{ evidence_url('ranked.partner_mention_id', 'reports.url', 'ranked.report_id') }} as evidence_url,
        ranked.confidence
    from ranked
    inner join reports on ranked.report_id = reports.report_id
    left join codes on ranked.role = codes.code
    where ranked.rank = 1
)

select * from final
