{#
  Where a reader sees the sentence behind a claim: the page of its report, which opens there. Where the pages
  have no address that readers know (SVOD_PAGES_URL), the report's own address. Only figures have an address of
  their own (/fact/…), which outlives the version they stand in; others are marks on the page of `report_id`.
#}
{% macro evidence_url(fact_id, report_url, report_id=none) -%}
    {%- set pages = env_var('SVOD_DBT_PAGES_URL', '') -%}
    {%- if not pages -%} {{ report_url }}
    {%- elif report_id -%} '{{ pages }}/report/' || {{ report_id }} || '#fact-' || {{ fact_id }}
    {%- else -%} '{{ pages }}/fact/' || {{ fact_id }} {%- endif -%}
{%- endmacro %}
