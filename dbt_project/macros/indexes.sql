{#-
  After: the indexes that the model names and its table lacks. dbt makes them with a new table only, and a table
  that is built by increments may be older than the index.
-#}
{% macro add_missing_indexes() %}
    {%- if execute and config.get('indexes') -%}
        {%- set found = run_query(
            "select string_agg(attname, ', ' order by position)"
            " from pg_index, unnest(indkey::smallint[]) with ordinality as part (attnum, position)"
            " inner join pg_attribute using (attnum)"
            " where indrelid = '" ~ this ~ "'::regclass and attrelid = indrelid and indpred is null"
            " group by indexrelid"
        ).columns[0].values() -%}
        {%- for index in config.get('indexes') if index.columns | join(', ') not in found %}
    {{ get_create_index_sql(this, index) }};
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}
