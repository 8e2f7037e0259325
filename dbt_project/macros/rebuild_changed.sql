{#-
  Incremental by fingerprint, not by time. A model says for each key (a report) what its rows depend on; rows of
  keys whose fingerprint is not the one they were built with are replaced, all others stay. Late data, a new
  reading, a merge of names, a review: all of them change a fingerprint. So does any change of a model or seed
  (the project's checksum), so that a deployment needs no full refresh. What was built is remembered in
  intermediate.built_key, in the same transaction as the rows.
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

{% macro project_checksum() -%}
    {%- set checksums = [] -%}
    {%- if execute -%}
        {%- for node in graph.nodes.values() if node.resource_type in ('model', 'seed') -%}
            {%- do checksums.append(node.checksum.checksum) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ local_md5(checksums | sort | join) }}
{%- endmacro %}

{#- The keys whose rows in this model are missing, out of date or gone. -#}
{% macro changed_keys(fingerprints, key) %}
    select coalesce(found.{{ key }}, built.key)
    from {{ fingerprints }} as found
    full outer join (select * from {{ built_key() }} where model = '{{ this.name }}') as built
        on found.{{ key }} = built.key
    where coalesce(built.fingerprint, '') <> coalesce(md5(found.fingerprint || '{{ project_checksum() }}'), '')
{% endmacro %}

{#- The model's filter: empty on a first build. -#}
{% macro only_changed(fingerprints, key) %}
    {%- if is_incremental() %}
    where {{ key }} in ({{ changed_keys(fingerprints, key) }})
    {%- endif %}
{% endmacro %}

{#- dbt's hook for the strategy `replace_changed`: `fingerprints` and `unique_key` come from the model's config. -#}
{% macro get_incremental_replace_changed_sql(arg_dict) %}
    {%- set key = arg_dict['unique_key'] -%}
    {%- set columns = get_quoted_csv(arg_dict['dest_columns'] | map(attribute='name')) -%}
    delete from {{ arg_dict['target_relation'] }}
    where {{ key }} in ({{ changed_keys(ref(config.require('meta').fingerprints), key) }});
    insert into {{ arg_dict['target_relation'] }} ({{ columns }})
    select {{ columns }} from {{ arg_dict['temp_relation'] }}
{% endmacro %}

{% macro remember_built(fingerprints, key) %}
    delete from {{ built_key() }} as built
    where model = '{{ this.name }}'
        and not exists (select 1 from {{ fingerprints }} as found where found.{{ key }} = built.key);
    insert into {{ built_key() }} as built (model, key, fingerprint)
    select '{{ this.name }}', {{ key }}, md5(fingerprint || '{{ project_checksum() }}') from {{ fingerprints }}
    on conflict (model, key) do update set fingerprint = excluded.fingerprint
    where built.fingerprint <> excluded.fingerprint;
{% endmacro %}
