{#-
  CTEs that give each mention its reading and the canonical thing it names; `mentions` is a CTE before them. `kind`
  is the column that, with name and region, tells namesakes apart. dbt sees the references inside a macro too.
-#}
{% macro resolved_mentions(entity_kind, kind) -%}
reports as (
    select * from {{ ref('int_reading_report') }}
),

names as (
    select * from {{ ref('stg_ops__canonical_name') }}
    where entity_kind = '{{ entity_kind }}'
),

canonical as (
    select * from {{ ref('stg_ops__canonical') }}
    where entity_kind = '{{ entity_kind }}'
),

resolved as (
    select
        mentions.*,
        reports.report_id,
        reports.is_current,
        reports.published_on,
        reports.territory_id,
        canonical.canonical_id,
        canonical.name as canonical_name
    from mentions
    inner join reports
        on mentions.version_id = reports.version_id and mentions.extractor_version = reports.extractor_version
    inner join names
        on
            mentions.name = names.name
            and mentions.{{ kind }} = names.kind
            and coalesce(reports.region_code, '') = names.territory_iso
    inner join canonical on names.canonical_id = canonical.canonical_id
)
{%- endmacro %}
