{#- Bring ops.coverage to what int_coverage found. The table is the migrations': only its rows are dbt's. -#}
{% macro keep_coverage() %}
    delete from {{ source('ops', 'coverage') }} as kept
    where not exists (
        select 1 from {{ this }} as found
        where found.territory_iso = kept.territory_iso and found.month = kept.month
    );
    insert into {{ source('ops', 'coverage') }} as kept (territory_iso, month, state, sources, reports)
    select
        territory_iso,
        month,
        state,
        sources,
        reports
    from {{ this }}
    on conflict (territory_iso, month) do update
    set state = excluded.state, sources = excluded.sources, reports = excluded.reports, updated_at = now()
    where (kept.state, kept.sources, kept.reports) <> (excluded.state, excluded.sources, excluded.reports);
{% endmacro %}
