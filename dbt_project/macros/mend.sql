{#-
  Incremental by comparison. A model of the strategy `mend` is computed as a whole, as a table would be, but only
  rows that differ are written: what refers to the others keeps its foreign keys, which for a fact table of a
  million rows cost more to check anew than the dimension costs to compute.
-#}

{% macro is_mended() -%}
    {{ return(config.get('incremental_strategy') == 'mend') }}
{%- endmacro %}

{#- The primary key that the contract states, as a list of columns. -#}
{% macro primary_key_of_this() %}
    {%- set key = [] -%}
    {%- for constraint in model.constraints if constraint.type == 'primary_key' -%}
        {%- do key.extend(constraint.columns) -%}
    {%- endfor -%}
    {%- for column in model.columns.values() -%}
        {%- for constraint in column.constraints if constraint.type == 'primary_key' -%}
            {%- do key.append(column.name) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(key) }}
{% endmacro %}

{#-
  dbt's hook for the strategy. The key on the new rows refuses duplicates as a new table would. Rows are compared
  as text, for 10 and 10.0 are equal numbers and not the same row.
-#}
{% macro get_incremental_mend_sql(arg_dict) %}
    {%- set kept, found = arg_dict['target_relation'] | string, arg_dict['temp_relation'] | string -%}
    {%- set columns = arg_dict['dest_columns'] | map(attribute='quoted') | list -%}
    {%- set key = primary_key_of_this() -%}
    {%- set keys, gone = key | join(', '), 'gone_' ~ this.name -%}
    {%- set same -%}
        ({% for column in key %}kept.{{ column }}{{ ', ' if not loop.last }}{% endfor %})
        = ({% for column in key %}found.{{ column }}{{ ', ' if not loop.last }}{% endfor %})
    {%- endset -%}
    {%- do run_query('alter table ' ~ found ~ ' add primary key (' ~ keys ~ '); analyze ' ~ found) -%}
    {%- do run_query(
        'create temporary table ' ~ gone ~ ' on commit drop as select ' ~ keys ~ ' from ' ~ kept ~ ' as kept'
        ' where not exists (select from ' ~ found ~ ' as found where ' ~ same ~ ')'
    ) -%}
    {{ drop_abandoned_columns(arg_dict) }}
    {%- if run_query('select 1 as found from ' ~ gone ~ ' limit 1') | length > 0 -%}
    {%- set is_gone = '(' ~ keys ~ ') in (select ' ~ keys ~ ' from ' ~ gone ~ ')' -%}
    {{ delete_references_to(kept, is_gone) }}
    delete from {{ kept }} where {{ is_gone }};
    {%- endif %}
    update {{ kept }} as kept set ({{ columns | join(', ') }}) = row(found.{{ columns | join(', found.') }})
    from {{ found }} as found
    where
        {{ same }}
        and row(kept.{{ columns | join(', kept.') }})::text <> row(found.{{ columns | join(', found.') }})::text;
    insert into {{ kept }} ({{ columns | join(', ') }})
    select {{ columns | join(', ') }} from {{ found }} as found
    where not exists (select from {{ kept }} as kept where {{ same }})
{% endmacro %}
