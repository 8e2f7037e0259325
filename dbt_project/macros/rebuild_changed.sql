{#-
  Incremental by fingerprint, not by time. A model names another (`meta.fingerprints`) that says for each key (a
  report, or whom figures are counted for) what the rows depend on; rows of keys whose fingerprint is not the one
  they were built with are replaced, all others stay. Late data, a new reading, a merge of names, a review: all of
  them change a fingerprint. So does any change of the project's SQL or seeds (its checksum), so that a deployment
  needs no full refresh. What was built is remembered in intermediate.built_key, in the rows' own transaction.
-#}

{% macro built_key() -%}
    intermediate.built_key
{%- endmacro %}

{% macro create_built_key() %}
    create table if not exists {{ built_key() }} (
        model text not null,
        key text not null,
        fingerprint text not null,
        primary key (model, key)
    )
{% endmacro %}

{#- Of all SQL, seeds and variables; svod.warehouse.dbt_runner sets it. -#}
{% macro project_checksum() -%}
    {{ env_var('SVOD_DBT_CHECKSUM', 'by hand') if execute }}
{%- endmacro %}

{% macro is_replaced_by_key() -%}
    {{ return(config.get('incremental_strategy') == 'replace_changed') }}
{%- endmacro %}

{% macro changed_keys() -%}
    changed_{{ this.name }}
{%- endmacro %}

{#- Before: the keys whose rows in this model are missing, out of date or gone; on a full build all of them. -#}
{% macro find_changed_keys() %}
    {%- if is_replaced_by_key() %}
    {%- set key = config.require('unique_key') %}
    create temporary table {{ changed_keys() }} on commit drop as
    select coalesce(found.{{ key }}, built.key) as key
    from {{ ref(config.require('meta').fingerprints) }} as found
    full outer join (select * from {{ built_key() }} where model = '{{ this.name }}') as built
        on found.{{ key }} = built.key
    {%- if is_incremental() %}
    where coalesce(built.fingerprint, '') <> coalesce(md5(found.fingerprint || '{{ project_checksum() }}'), '')
    {%- endif %};
    analyze {{ changed_keys() }}
    {%- endif %}
{% endmacro %}

{#- Are so few keys to be replaced that the table is better mended than made ready anew? -#}
{% macro is_small_change() %}
    {%- if execute -%}
        {%- set found = run_query(
            "select (select count(*) from " ~ changed_keys() ~ ") * 10"
            " < (select count(*) from " ~ built_key() ~ " where model = '" ~ this.name ~ "')"
        ) -%}
        {{ return(found.columns[0].values()[0]) }}
    {%- endif -%}
    {{ return(false) }}
{% endmacro %}

{#- The model's filter: empty on a first build. The argument shows dbt what the model depends on. -#}
{% macro only_changed(fingerprints, key) %}
    {%- if is_incremental() %}
    where {{ key }} in (select changed.key from {{ changed_keys() }} as changed)
    {%- endif %}
{% endmacro %}

{#- dbt's hook for the strategy `replace_changed`. -#}
{% macro get_incremental_replace_changed_sql(arg_dict) %}
    {%- set columns = get_quoted_csv(arg_dict['dest_columns'] | map(attribute='name')) -%}
    {{ drop_abandoned_columns(arg_dict) }}
    delete from {{ arg_dict['target_relation'] }}
    where {{ arg_dict['unique_key'] }} in (select changed.key from {{ changed_keys() }} as changed);
    insert into {{ arg_dict['target_relation'] }} ({{ columns }})
    select {{ columns }} from {{ arg_dict['temp_relation'] }}
{% endmacro %}

{#- After: what the rows were built with. -#}
{% macro remember_built() %}
    {%- if is_replaced_by_key() %}
    {%- set key = config.require('unique_key') %}
    delete from {{ built_key() }}
    where model = '{{ this.name }}' and key in (select changed.key from {{ changed_keys() }} as changed);
    insert into {{ built_key() }} (model, key, fingerprint)
    select '{{ this.name }}', {{ key }}, md5(fingerprint || '{{ project_checksum() }}')
    from {{ ref(config.require('meta').fingerprints) }}
    where {{ key }} in (select changed.key from {{ changed_keys() }} as changed)
    {%- endif %}
{% endmacro %}
