-- What the comparisons between claims depend on, for each project or (without a project) reporting organisation
-- that figures are counted for: the reports with claims on it, and those on the programmes it belongs to.
with claims as (
    select distinct
        counted_for,
        report_id
    from {{ ref('int_outcome_series') }}
),

reports as (
    select * from {{ ref('int_report_fingerprint') }}
),

own as (
    select
        claims.counted_for,
        md5(string_agg(reports.fingerprint, '' order by reports.report_id)) as fingerprint
    from claims
    inner join reports on claims.report_id = reports.report_id
    group by claims.counted_for
),

inherited as (
    select
        ancestors.project_id,
        string_agg(own.fingerprint, '' order by ancestors.ancestor_id) as fingerprints
    from {{ ref('int_project_ancestor') }} as ancestors
    inner join own on ancestors.ancestor_id = own.counted_for
    group by ancestors.project_id
),

final as (
    select
        own.counted_for,
        md5(own.fingerprint || coalesce(inherited.fingerprints, '')) as fingerprint
    from own
    left join inherited on own.counted_for = inherited.project_id
)

select * from final
