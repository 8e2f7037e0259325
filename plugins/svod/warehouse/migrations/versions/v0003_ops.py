"""Schema ops: how the warehouse itself is doing. Never behind the gate."""

from __future__ import annotations

from svod.warehouse.migrations.ddl import create_tables, run

revision = "0003"
down_revision = "0002"

TABLES = """
TABLE ops.host_politeness
    Вежливость: когда к хосту можно обратиться снова · Politeness: when a host may be asked again
host text primary key
    Хост · Host
next_allowed_at timestamptz not null
    Не раньше этого времени · Not before this time

TABLE ops.fetch_cursor
    Где остановилось чтение источника · Where the reading of a source stopped
source_id text primary key
    Источник · Source
cursor jsonb not null
    Положение: ETag по адресам, последняя запись и т. п. · Position: ETags by address, last post and the
    like
updated_at timestamptz not null default now()
    Когда записано · When it was written

TABLE ops.promotion
    Какая версия извлечения действует; действует последняя строка · Which extractor version is in force;
    the latest row holds
promotion_id bigint generated always as identity primary key
    Номер · Number
extractor_version text not null
    Версия извлечения · Extractor version
reason text not null
    Почему · Why
promoted_by text not null
    Кто · Who
promoted_at timestamptz not null default now()
    Когда · When

TABLE ops.review
    Проверка фактов человеком; действует последняя строка о факте · Review of facts by people; the
    latest row about a fact holds
review_id bigint generated always as identity primary key
    Номер · Number
fact_id text not null
    Факт (metric_mention_id) · Fact (metric_mention_id)
verdict text not null
    Решение: confirmed, rejected, corrected, open · Verdict: confirmed, rejected, corrected, open
corrected_value numeric
    Исправленное значение · Corrected value
note text
    Пояснение · Note
reviewed_by text not null
    Кто · Who
reviewed_at timestamptz not null default now()
    Когда · When
CONSTRAINT check (verdict in ('confirmed', 'rejected', 'corrected', 'open'))

TABLE ops.judgement
    Суждения: одно ли это лицо или проект; действует последнее о паре · Judgements: are two names the
    same thing; the latest about a pair holds
judgement_id bigint generated always as identity primary key
    Номер · Number
entity_kind text not null
    Что сравнивают: project, partner · What is compared: project, partner
left_key text not null
    Первое имя (меньший ключ) · First name (the smaller key)
right_key text not null
    Второе имя · Second name
verdict text not null
    Решение: positive, negative, unsure · Verdict: positive, negative, unsure
score double precision
    Сходство, 0–1 · Similarity, 0-1
decided_by text not null
    Кто: правило, seed или человек · Who: a rule, a seed or a person
reason text not null
    Почему · Why
decided_at timestamptz not null default now()
    Когда · When
CONSTRAINT check (entity_kind in ('project', 'partner'))
CONSTRAINT check (verdict in ('positive', 'negative', 'unsure'))
CONSTRAINT check (left_key < right_key)

TABLE ops.canonical
    Постоянные ключи проектов и партнёров; прежние ключи остаются при слиянии · Lasting ids of projects
    and partners; old ids stay when two merge
entity_kind text not null
    Что это: project, partner · What it is: project, partner
canonical_id text not null
    Постоянный ключ · Lasting id
name text not null
    Основное название · Main name
merged_into text
    Ключ, с которым слит · Id that it was merged into
created_at timestamptz not null default now()
    Когда появился · When it appeared
CONSTRAINT primary key (entity_kind, canonical_id)

TABLE ops.canonical_name
    Какое имя какому ключу принадлежит · Which name belongs to which id
entity_kind text not null
    Что это: project, partner · What it is: project, partner
name_key text not null
    Ключ имени (имя и территория) · Key of the name (name and territory)
canonical_id text not null
    Постоянный ключ · Lasting id
name text not null
    Имя, как в отчёте · Name as in the report
territory_iso text
    Территория, ISO 3166-2 · Territory, ISO 3166-2
updated_at timestamptz not null default now()
    Когда записано · When it was written
CONSTRAINT primary key (entity_kind, name_key)
CONSTRAINT foreign key (entity_kind, canonical_id) references ops.canonical

TABLE ops.dq_result
    Результаты проверок качества: строка на ожидание в запуске · Results of quality checks: one row per
    expectation of a run
dq_result_id text primary key
    Ключ результата · Key of the result
run_id text not null
    Запуск · Run
suite text not null
    Набор ожиданий · Suite
table_name text not null
    Таблица · Table
expectation text not null
    Ожидание · Expectation
column_name text
    Столбец · Column
rule text not null
    Правило словами · The rule in words
severity text not null
    Тяжесть: critical, warning · Severity: critical, warning
success boolean not null
    Выполнено · Held
observed jsonb
    Что наблюдалось · What was observed
unexpected_count bigint not null
    Сколько строк нарушает · Rows that break it
failing_keys jsonb not null
    Ключи нарушающих строк (первые) · Keys of the failing rows (the first ones)
docs_url text
    Страница Data Docs · Page of the Data Docs
checked_at timestamptz not null default now()
    Когда проверено · When it was checked
CONSTRAINT check (severity in ('critical', 'warning'))

TABLE ops.gate_override
    Публикации вопреки проверке · Publications in spite of a failed gate
override_id bigint generated always as identity primary key
    Номер · Number
run_id text not null
    Запуск · Run
reason text not null
    Почему · Why
decided_by text not null
    Кто · Who
failed jsonb not null
    Что не выполнено · What failed
decided_at timestamptz not null default now()
    Когда · When
CONSTRAINT check (length(trim(reason)) > 0)

TABLE ops.model_run
    Узлы dbt: состояние, время, строки · dbt nodes: status, seconds, rows
run_id text not null
    Запуск · Run
node text not null
    Узел dbt (unique_id) · dbt node (unique_id)
resource_type text not null
    Вид узла · Type of the node
status text not null
    Состояние · Status
seconds double precision not null
    Время, с · Time, seconds
rows bigint
    Строк затронуто · Rows affected
message text
    Сообщение · Message
started_at timestamptz not null
    Начало · Start
CONSTRAINT primary key (run_id, node, started_at)

TABLE ops.release
    Выпуски витрин · Releases of the marts
release_id bigint generated always as identity primary key
    Номер выпуска · Number of the release
run_id text not null
    Запуск · Run
kind text not null
    Вид: publish, rollback · Kind: publish, rollback
rolled_back_to bigint references ops.release
    К какому выпуску возврат · Release that was returned to
override_reason text
    Почему опубликовано вопреки проверке · Why it was published in spite of the gate
added bigint not null
    Строк добавлено · Rows added
changed bigint not null
    Строк изменено · Rows changed
gone bigint not null
    Строк убрано · Rows gone
published_at timestamptz not null default now()
    Когда опубликовано · When it was published
CONSTRAINT check (kind in ('publish', 'rollback'))

TABLE ops.release_change
    Что изменил выпуск: строка на каждую изменённую строку витрин · What a release changed: one row per
    changed row of the marts
release_id bigint not null references ops.release on delete cascade
    Выпуск · Release
table_name text not null
    Таблица витрин · Table of the marts
key jsonb not null
    Ключ строки · Key of the row
change text not null
    Что произошло: added, changed, gone · What happened: added, changed, gone
old_row jsonb
    Строка до изменения · The row before the change
CONSTRAINT primary key (release_id, table_name, key)
CONSTRAINT check (change in ('added', 'changed', 'gone'))
CONSTRAINT check ((change = 'added') = (old_row is null))

TABLE ops.release_table
    Размеры таблиц витрин в каждом выпуске · Sizes of the tables of the marts in each release
release_id bigint not null references ops.release on delete cascade
    Выпуск · Release
table_name text not null
    Таблица витрин · Table of the marts
rows bigint not null
    Строк в выпуске · Rows in the release
added bigint not null
    Строк добавлено · Rows added
changed bigint not null
    Строк изменено · Rows changed
gone bigint not null
    Строк убрано · Rows gone
CONSTRAINT primary key (release_id, table_name)

TABLE ops.coverage
    Покрытие: территория и месяц. Молчание — не ноль · Coverage: territory and month. Silence is not
    zero
territory_iso text not null
    Территория, ISO 3166-2 · Territory, ISO 3166-2
month date not null
    Месяц (первый день) · Month (its first day)
state text not null
    Состояние: covered, silent, no_source · State: covered, silent, no_source
sources integer not null
    Источников · Sources
reports integer not null
    Отчётов · Reports
updated_at timestamptz not null default now()
    Когда посчитано · When it was computed
CONSTRAINT primary key (territory_iso, month)
CONSTRAINT check (state in ('covered', 'silent', 'no_source'))

TABLE ops.source_health_daily
    Здоровье источников по дням · Health of the sources by day
source_id text not null
    Источник · Source
day date not null
    День (UTC) · Day (UTC)
attempts integer not null
    Попыток · Attempts
ok integer not null
    Удачных, в том числе без изменений и с объявленной пустотой · Good ones, unchanged and declared
    empty included
failed integer not null
    Неудачных · Failed ones
items integer not null
    Отчётов найдено · Reports found
last_outcome text not null
    Исход последней попытки · Outcome of the last attempt
last_reason text not null
    Причина последней неудачи · Reason of the last failure
updated_at timestamptz not null default now()
    Когда посчитано · When it was computed
CONSTRAINT primary key (source_id, day)
"""

STATEMENTS = (
    "create index on ops.review (fact_id, review_id desc)",
    "create index on ops.judgement (entity_kind, left_key, right_key, judgement_id desc)",
    "create index on ops.dq_result (run_id)",
)


def upgrade() -> None:
    create_tables(TABLES)
    for statement in STATEMENTS:
        run(statement)
