-- The decision in force about a fact. A correction states the whole fact: an empty field is an empty field.
with source as (
    select * from {{ source('ops', 'review_in_force') }}
),

final as (
    select
        fact_id as outcome_id,
        review_id,
        verdict,
        corrected_value,
        corrected_value_max,
        corrected_comparator,
        corrected_kind,
        corrected_direction,
        corrected_unit,
        corrected_beneficiary,
        corrected_planned,
        corrected_period_start,
        corrected_period_end,
        corrected_project
    from source
)

select * from final
