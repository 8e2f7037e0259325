{#-
  Columns that the model no longer makes. Under a contract dbt only appends columns and leaves the others to grow
  stale; dropped, they make publish refuse the candidate, as it must.
-#}
{% macro drop_abandoned_columns(arg_dict) %}
    {%- set made = arg_dict['dest_columns'] | map(attribute='name') | list -%}
    {%- for column in adapter.get_columns_in_relation(arg_dict['target_relation']) if column.name not in made %}
    alter table {{ arg_dict['target_relation'] }} drop column {{ column.quoted }};
    {%- endfor -%}
{% endmacro %}
