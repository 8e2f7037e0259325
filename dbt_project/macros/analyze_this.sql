{#- A table that was just made has no statistics, and the next model would be planned as if it were empty. -#}
{% macro analyze_this() %}
    {%- if config.get('materialized') in ('table', 'incremental') %}
    analyze {{ this }}
    {%- endif %}
{% endmacro %}
