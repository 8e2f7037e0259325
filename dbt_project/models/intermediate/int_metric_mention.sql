-- Figures as a person left them: a correction replaces the whole fact, a part of a rejected total is no part.
with mentions as (
    select * from {{ ref('stg_raw__metric_mention') }}
),

reviews as (
    select
        *,
        verdict = 'corrected' as is_corrected
    from {{ ref('stg_ops__review') }}
),

final as (
    select
        mentions.outcome_id,
        mentions.version_id,
        mentions.extractor_version,
        case when reviews.is_corrected then coalesce(reviews.corrected_value, mentions.value) else mentions.value end
            as value,
        case when reviews.is_corrected then reviews.corrected_value_max else mentions.value_max end as value_max,
        case
            when reviews.is_corrected then coalesce(reviews.corrected_comparator, mentions.comparator)
            else mentions.comparator
        end as comparator,
        case when reviews.is_corrected then coalesce(reviews.corrected_kind, mentions.kind) else mentions.kind end
            as kind,
        case when reviews.is_corrected then reviews.corrected_direction else mentions.direction end as direction,
        case when reviews.is_corrected then coalesce(reviews.corrected_unit, mentions.unit) else mentions.unit end
            as unit,
        case when reviews.is_corrected then reviews.corrected_beneficiary else mentions.beneficiary end as beneficiary,
        case
            when reviews.is_corrected then coalesce(reviews.corrected_planned, mentions.planned)
            else mentions.planned
        end as planned,
        case when reviews.is_corrected then reviews.corrected_period_start else mentions.period_start end
            as period_start,
        case when reviews.is_corrected then reviews.corrected_period_end else mentions.period_end end as period_end,
        case when reviews.is_corrected then reviews.corrected_project else mentions.stated_project_name end
            as stated_project_name,
        case when coalesce(wholes.verdict, 'none') <> 'rejected' then mentions.part_of end as part_of,
        mentions.quote,
        mentions.quote_start,
        mentions.quote_end,
        mentions.rule_id,
        mentions.confidence,
        reviews.review_id,
        coalesce(reviews.verdict, 'unreviewed') as review_status
    from mentions
    left join reviews on mentions.outcome_id = reviews.outcome_id
    left join reviews as wholes on mentions.part_of = wholes.outcome_id
)

select * from final
