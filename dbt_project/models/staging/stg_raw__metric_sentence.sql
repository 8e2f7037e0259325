-- Where the sentence (or row of a table) lies that holds a figure: places only, the text itself stays in raw.
{%- set ends -%} \n|[.!?…]\s+(?![а-яёa-z])|[.!?…]$ {%- endset -%}
{%- set most = 600 %}
with metrics as (
    select * from {{ source('raw', 'metric_mention') }}
),

versions as (
    select * from {{ source('raw', 'document_version') }}
),

surroundings as (
    select
        metrics.metric_mention_id as outcome_id,
        metrics.start_char,
        metrics.end_char,
        right(left(versions.clean_text, metrics.start_char), {{ most }}) as before,
        substring(versions.clean_text from metrics.end_char + 1 for {{ most }}) as after
    from metrics
    inner join versions on metrics.version_id = versions.version_id
),

final as (
    select
        outcome_id,
        start_char - length(regexp_replace(before, '^.*({{ ends }})', '')) as sentence_start,
        end_char + length((regexp_split_to_array(after, '{{ ends }}'))[1]) as sentence_end
    from surroundings
)

select * from final
