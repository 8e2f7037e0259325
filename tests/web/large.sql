-- A large warehouse out of series, for the speed of the pages; ids are as long as the real ones.
create temporary table subject as
select row_number() over () - 1 as n, oktmo from unnest(:subjects::text[]) as oktmo;

insert into raw.source (
    source_version_id, source_id, title, kind, urls, territory_oktmo, silence_days, config, seen_at
)
select
    md5('s' || n), 'source_' || n, 'Источник № ' || n, 'rss', array['https://s' || n || '.example/rss'],
    (select oktmo from subject where subject.n = s.n % (select count(*) from subject)), 30,
    '{"expected": {"min_items": 5, "max_items": 60, "period": "month"}}', :now - interval '400 days'
from generate_series(0, :sources - 1) as s (n);

insert into raw.fetch_event (
    fetch_event_id, source_id, run_id, url, started_at, ended_at, outcome, http_status, items, bytes, reason
)
select
    md5('f' || s || ' ' || r || ' ' || e), 'source_' || s, 'run_' || r, 'https://s' || s || '.example/' || e,
    :now - make_interval(days => r, secs => e), :now - make_interval(days => r),
    case when s % 20 = 0 and r < 9 then 'blocked' else 'ok' end, 200, 3, 20000, ''
from generate_series(0, :sources - 1) as s
cross join generate_series(0, :runs - 1) as r
cross join generate_series(1, 4) as e;

insert into raw.extraction_run (
    extraction_run_id, source_id, run_id, extractor_version, config_hash, started_at, versions, projects, partners,
    metrics
)
select
    md5('x' || s || ' ' || r), 'source_' || s, 'run_' || r, '1', 'c', :now - make_interval(days => r), 3, 3, 3, 15
from generate_series(0, :sources - 1) as s
cross join generate_series(0, :runs - 1) as r;

insert into raw.document (document_id, source_id, run_id, natural_key, url, first_seen_at)
select
    md5('d' || d), 'source_' || d % :sources, 'run_' || d % :runs, d::text, 'https://example/' || d,
    :now - make_interval(days => d % :runs, secs => d % 80000)
from generate_series(0, :reports - 1) as d;

insert into raw.document_version (
    version_id, document_id, run_id, sha256_text, body_sha256, clean_text, title, url, media_type, published_on,
    published_basis, seen_at
)
select
    md5('v' || d), md5('d' || d), 'run_' || d % :runs, md5('t' || d), md5('b' || d),
    repeat('В отделении помогли 120 семьям и 45 детям за девять месяцев. ', 25), 'Отчёт № ' || d,
    'https://example/' || d, 'text/html', date '2026-01-01' + d % 300, 'page', :now - make_interval(days => d % 120)
from generate_series(0, :reports - 1) as d;

insert into raw.document_event (document_event_id, document_id, version_id, run_id, kind, occurred_at)
select md5('e' || d), md5('d' || d), md5('v' || d), 'run', 'first_seen', :now - interval '1 day'
from generate_series(0, :reports - 1) as d;

insert into raw.version_extraction (version_id, extractor_version, extraction_run_id, projects, partners, metrics)
select md5('v' || d), '1', md5('x' || d % :sources || ' ' || d % :runs), 1, 1, :facts
from generate_series(0, :reports - 1) as d;

insert into raw.metric_mention (
    metric_mention_id, version_id, extractor_version, extraction_run_id, value, comparator, kind, unit, beneficiary,
    planned, project_name, start_char, end_char, quote, quote_public, rule_id, confidence
)
select
    md5('m' || d || ' ' || f), md5('v' || d), '1', md5('x' || d % :sources || ' ' || d % :runs), 120, 'eq',
    'count', 'семья', 'families', false, 'Проект', 20 + 62 * f, 30 + 62 * f, '120 семьям', '120 семьям', 'count/right',
    0.3 + (d * 7 + f * 13) % 70 / 100.0
from generate_series(0, :reports - 1) as d
cross join generate_series(1, :facts) as f;

insert into raw.partner_mention (
    partner_mention_id, version_id, extractor_version, extraction_run_id, name, name_public, type, start_char, end_char,
    quote, quote_public, rule_id, confidence
)
select
    md5('p' || d), md5('v' || d), '1', md5('x' || d % :sources || ' ' || d % :runs), 'Фонд № ' || d % 30000,
    'Фонд № ' || d % 30000, 'foundation', 2, 11, 'отделении', 'отделении', 'partner', 0.9
from generate_series(0, :reports - 1) as d;

insert into ops.canonical (entity_kind, canonical_id, name, kind)
select 'partner', md5('n' || n), 'Фонд № ' || n, 'foundation' from generate_series(0, 29999) as n;

insert into ops.canonical_name (entity_kind, name_key, canonical_id, name, kind, territory_iso)
select 'partner', md5('n' || n), md5('n' || n), 'Фонд № ' || n, 'foundation', '' from generate_series(0, 29999) as n;

insert into ops.judgement (entity_kind, left_key, right_key, verdict, score, decided_by, reason, follows)
select
    'partner', least(md5('n' || n), md5('n' || (n + 1))), greatest(md5('n' || n), md5('n' || (n + 1))),
    case when n % 10 = 0 then 'positive' else 'unsure' end, n % 100 / 100.0,
    case when n % 10 = 0 then 'anna' else 'rule' end, 'test', case when n % 10 = 0 then 0 end
from generate_series(0, 29998) as n;

insert into ops.promotion (extractor_version, reason, promoted_by) values ('1', 'test', 'test');

insert into ops.review (fact_id, verdict, reviewed_by, follows)
select metric_mention_id, 'confirmed', 'anna', 0 from raw.metric_mention where confidence < 0.35 limit 5000;

insert into ops.release (run_id, kind, added, changed, gone, published_at)
select 'release_' || n, 'publish', 40000, 5000, 5000, :now - make_interval(days => 20 - n) from generate_series(1, 20) as n;

insert into ops.release_table (release_id, table_name, rows, added, changed, gone)
select n, 'fct_outcome', 500000, 2000, 500, 500 from generate_series(1, 20) as n;

insert into ops.release_change (release_id, table_name, key, change, old_row)
select
    n, 'fct_outcome', jsonb_build_object('outcome_id', md5('m' || r || ' 1')),
    case when r % 5 = 0 then 'changed' else 'added' end,
    case when r % 5 = 0 then jsonb_build_object('outcome_id', md5('m' || r || ' 1'), 'value', r) end
from generate_series(1, 20) as n cross join generate_series(1, 2500) as r;

insert into ops.dq_result (
    dq_result_id, run_id, suite, table_name, expectation, rule, severity, success, unexpected_count, failing_keys
)
select
    md5(n || ' ' || c), 'release_' || n, 'fct_outcome', 'fct_outcome', 'expect', 'правило', 'warning', c % 9 > 0, 0, '[]'
from generate_series(1, 20) as n cross join generate_series(1, 60) as c;
