{#-
  An incremental table outlives the tables it refers to: when dbt replaces these, their foreign keys are
  dropped with them, and rows of it cannot be replaced while a table of the last run refers to them.
-#}

{#- Before: let go of the tables that refer to this one; they are built anew later in the same run. -#}
{% macro drop_references_to_this() %}
    {%- if execute and is_incremental() -%}
        {%- set found = run_query(
            "select conrelid::regclass::text, quote_ident(conname) from pg_constraint"
            " where contype = 'f' and confrelid = '" ~ this ~ "'::regclass"
        ) -%}
        {%- for row in found %}
    alter table {{ row[0] }} drop constraint {{ row[1] }};
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}

{#- After: the foreign keys of the contract that are missing. -#}
{% macro add_missing_foreign_keys() %}
    {%- if execute -%}
        {%- set found = run_query(
            "select attname from pg_constraint inner join pg_attribute"
            " on attrelid = conrelid and attnum = conkey[1]"
            " where contype = 'f' and conrelid = '" ~ this ~ "'::regclass"
        ).columns[0].values() -%}
        {%- for column in model.columns.values() if column.name not in found -%}
            {%- for constraint in column.constraints if constraint.type == 'foreign_key' %}
    alter table {{ this }} add foreign key ({{ column.name }})
        references {{ constraint.to }} ({{ constraint.to_columns | join(', ') }});
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}
