{#
  Where a reader sees the sentence behind a claim: the page of its report, which opens there. Where the pages
  have no address that readers know (SVOD_PAGES_URL), the report's own address.
#}
{% macro evidence_url(outcome_id, report_url) -%}
    {%- set pages = env_var('SVOD_DBT_PAGES_URL', '') -%}
    {%- if pages -%} '{{ pages }}/fact/' || {{ outcome_id }} {%- else -%} {{ report_url }} {%- endif -%}
{%- endmacro %}
