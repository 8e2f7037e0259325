{#-
  A table that was just made has no statistics, and the next model would be planned as if it were empty. One that
  was only added to has them; PostgreSQL itself renews them when enough has changed.
-#}
{% macro analyze_this() %}
    {%- if config.get('materialized') == 'table' or is_mended() or (is_replaced_by_key() and not is_small_change()) %}
    analyze {{ this }}
    {%- endif %}
{% endmacro %}
