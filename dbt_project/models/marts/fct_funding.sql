-- Sums of money that a report states, with funder and recipient where the report leaves no doubt.
with outcomes as (
    select * from {{ ref('fct_outcome') }}
    where kind = 'money' and direction is null
),

mentions as (
    select * from {{ ref('int_partner_mention') }}
    where is_current and role in ('funder', 'implementer')
),

-- the one organisation of a role that is tied to the figure's project (or, with no project, to the report)
parties as (
    select
        outcomes.outcome_id,
        mentions.role,
        min(mentions.partner_id) as partner_id
    from outcomes
    inner join mentions
        on
            outcomes.version_id = mentions.version_id
            and (
                outcomes.project_id = mentions.project_id or mentions.project_id is null or outcomes.project_id is null
            )
    group by outcomes.outcome_id, mentions.role
    having count(distinct mentions.partner_id) = 1
),

final as (
    select
        outcomes.outcome_id,
        outcomes.report_id,
        outcomes.project_id,
        funders.partner_id as funder_id,
        recipients.partner_id as recipient_id,
        outcomes.territory_id,
        outcomes.value as amount,
        outcomes.value_low as amount_low,
        outcomes.value_high as amount_high,
        outcomes.comparator,
        'RUB' as currency,
        outcomes.fact_status,
        outcomes.part_of,
        outcomes.period_start,
        outcomes.period_end,
        outcomes.published_on,
        outcomes.quote,
        outcomes.evidence_url,
        outcomes.quality_flag
    from outcomes
    left join parties as funders on outcomes.outcome_id = funders.outcome_id and funders.role = 'funder'
    left join parties as recipients on outcomes.outcome_id = recipients.outcome_id and recipients.role = 'implementer'
)

select * from final
