{#-
  An incremental table outlives the tables it refers to: when dbt replaces these, their foreign keys are
  dropped with them, and rows of it cannot be replaced while a table of the last run refers to them.
-#}

{#-
  Before: let go of what refers to the rows that will be replaced. Few rows: those that refer to them are deleted,
  for they depend on the same reports and are built anew later in the run. Many: the references are dropped.
-#}
{% macro free_rows_of_this() %}
    {%- if execute and is_incremental() -%}
        {%- if is_small_change() -%}
    {{ delete_references_to(
        this | string, config.require('unique_key') ~ " in (select changed.key from " ~ changed_keys() ~ " as changed)"
    ) }}
        {%- else -%}
            {%- for row in references_to(this | string) %}
    alter table {{ row[0] }} drop constraint {{ row[1] }};
            {%- endfor -%}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}

{% macro delete_references_to(table, condition) %}
    {%- for row in references_to(table) %}
        {%- set referring = row[2] ~ " in (select " ~ row[3] ~ " from " ~ table ~ " where " ~ condition ~ ")" %}
    {{ delete_references_to(row[0], referring) }}
    {{ outdate_built(row[0], referring) }}
    delete from {{ row[0] }} where {{ referring }};
    {%- endfor -%}
{% endmacro %}

{#-
  What is deleted before its time must not count as built: the run may end here, or build only a part. The key is
  kept, for other rows of it may still be there, and have to go if this run does not find the key any more.
-#}
{% macro outdate_built(table, condition) %}
    {%- for node in graph.nodes.values()
        if node.name == table.split('.')[-1] and node.config.incremental_strategy == 'replace_changed' %}
    update {{ built_key() }} set fingerprint = 'out of date'
    where
        model = '{{ node.name }}'
        and key in (select {{ node.config.unique_key }} from {{ table }} where {{ condition }});
    {%- endfor -%}
{% endmacro %}

{#- The foreign keys that other tables hold to this one: table, constraint, its column, the column it refers to. -#}
{% macro references_to(table) %}
    {{ return(run_query(
        "select conrelid::regclass::text, quote_ident(conname), quote_ident(own.attname), quote_ident(other.attname)"
        " from pg_constraint"
        " inner join pg_attribute as own on own.attrelid = conrelid and own.attnum = conkey[1]"
        " inner join pg_attribute as other on other.attrelid = confrelid and other.attnum = confkey[1]"
        " where contype = 'f' and conrelid <> confrelid and confrelid = '" ~ table ~ "'::regclass order by 1, 2"
    )) }}
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
