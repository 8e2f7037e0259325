"""Schema raw, second half: what was read from the reports, and what could not be used."""

from __future__ import annotations

from svod.warehouse.migrations.ddl import create_tables, run

revision = "0002"
down_revision = "0001"

TABLES = """
TABLE raw.extraction_run
    Запуски извлечения: одна версия извлечения над одной загрузкой · Extraction runs: one extractor
    version over one load
extraction_run_id text primary key
    Ключ запуска извлечения · Key of the extraction run
source_id text not null
    Источник (имя файла YAML) · Source (stem of its YAML)
run_id text not null
    Запуск, который это записал · Run that wrote this
extractor_version text not null
    Версия извлечения · Extractor version
config_hash text not null
    Хеш правил и словарей · Hash of rules and lexicons
started_at timestamptz not null
    Начало · Start
versions integer not null
    Прочитано версий отчётов · Versions read
projects integer not null
    Найдено упоминаний проектов · Project mentions
partners integer not null
    Найдено упоминаний партнёров · Partner mentions
metrics integer not null
    Найдено показателей · Metric mentions
loaded_at timestamptz not null default now()
    Когда строка загружена · When the row was loaded

TABLE raw.version_extraction
    Что прочитано: версия отчёта одной версией извлечения, даже если фактов нет · What has been read: a
    version by an extractor version, even if it held no fact
version_id text not null references raw.document_version
    Версия отчёта · Version of the report
extractor_version text not null
    Версия извлечения · Extractor version
extraction_run_id text not null references raw.extraction_run
    Запуск извлечения · Extraction run
projects integer not null
    Упоминаний проектов · Project mentions
partners integer not null
    Упоминаний партнёров · Partner mentions
metrics integer not null
    Показателей · Metric mentions
loaded_at timestamptz not null default now()
    Когда строка загружена · When the row was loaded
CONSTRAINT primary key (version_id, extractor_version)

TABLE raw.report_fact
    Сведения об отчёте в целом: регион, дата публикации, издатель · Facts about a whole report: region,
    publication date, publisher
report_fact_id text primary key
    Ключ сведения · Key of the fact
version_id text not null references raw.document_version
    Версия отчёта · Version of the report
extractor_version text not null
    Версия извлечения · Extractor version
extraction_run_id text not null references raw.extraction_run
    Запуск извлечения · Extraction run
fact text not null
    Что это: region, published, publisher · Which fact: region, published, publisher
value text not null
    Значение (регион — ISO 3166-2, дата — ISO 8601) · Value (region as ISO 3166-2, date as ISO 8601)
value_public text not null
    Значение со скрытыми именами частных лиц · Value with private persons' names masked
loaded_at timestamptz not null default now()
    Когда строка загружена · When the row was loaded
CONSTRAINT check (fact in ('region', 'published', 'publisher'))

TABLE raw.project_mention
    Упоминания проектов в версиях отчётов · Mentions of projects in versions of reports
project_mention_id text primary key
    Ключ упоминания · Key of the mention
version_id text not null references raw.document_version
    Версия отчёта · Version of the report
extractor_version text not null
    Версия извлечения · Extractor version
extraction_run_id text not null references raw.extraction_run
    Запуск извлечения · Extraction run
name text not null
    Название в именительном падеже · Name, nominative
name_public text not null
    Название со скрытыми именами частных лиц · Name with private persons' names masked
kind text not null
    Вид: project, program, grant, pilot, service, contest, event · Kind: project, program, grant, pilot,
    service, contest, event
status text
    Состояние: planned, started, running, completed · Status: planned, started, running, completed
start_char integer not null
    Начало цитаты в clean_text, символы с нуля · Start of the quote in clean_text, characters from 0
end_char integer not null
    Конец цитаты (не включая) · End of the quote, exclusive
quote text not null
    Цитата дословно: clean_text[start:end] · Quote, verbatim: clean_text[start:end]
quote_public text not null
    Цитата со скрытыми именами частных лиц, той же длины · Quote with private persons' names masked,
    same length
rule_id text not null
    Правило, которое сработало · Rule that fired
confidence double precision not null
    Уверенность, 0–1 · Confidence, 0-1
loaded_at timestamptz not null default now()
    Когда строка загружена · When the row was loaded
CONSTRAINT check (start_char >= 0 and end_char > start_char)
CONSTRAINT check (confidence between 0 and 1)

TABLE raw.partner_mention
    Упоминания партнёров в версиях отчётов · Mentions of partners in versions of reports
partner_mention_id text primary key
    Ключ упоминания · Key of the mention
version_id text not null references raw.document_version
    Версия отчёта · Version of the report
extractor_version text not null
    Версия извлечения · Extractor version
extraction_run_id text not null references raw.extraction_run
    Запуск извлечения · Extraction run
name text not null
    Название в именительном падеже · Name, nominative
name_public text not null
    Название со скрытыми именами частных лиц · Name with private persons' names masked
type text not null
    Тип: authority, ngo, foundation, institution, business, media, other · Type: authority, ngo,
    foundation, institution, business, media, other
role text
    Роль: funder, coordinator, implementer, participant · Role: funder, coordinator, implementer,
    participant
project_name text
    Проект, в котором участвует, если назван · Project it takes part in, when named
start_char integer not null
    Начало цитаты в clean_text, символы с нуля · Start of the quote in clean_text, characters from 0
end_char integer not null
    Конец цитаты (не включая) · End of the quote, exclusive
quote text not null
    Цитата дословно: clean_text[start:end] · Quote, verbatim: clean_text[start:end]
quote_public text not null
    Цитата со скрытыми именами частных лиц, той же длины · Quote with private persons' names masked,
    same length
rule_id text not null
    Правило, которое сработало · Rule that fired
confidence double precision not null
    Уверенность, 0–1 · Confidence, 0-1
loaded_at timestamptz not null default now()
    Когда строка загружена · When the row was loaded
CONSTRAINT check (start_char >= 0 and end_char > start_char)
CONSTRAINT check (confidence between 0 and 1)

TABLE raw.metric_mention
    Упоминания показателей в версиях отчётов: одно число · Mentions of figures in versions of reports:
    one number each
metric_mention_id text primary key
    Ключ упоминания · Key of the mention
version_id text not null references raw.document_version
    Версия отчёта · Version of the report
extractor_version text not null
    Версия извлечения · Extractor version
extraction_run_id text not null references raw.extraction_run
    Запуск извлечения · Extraction run
value numeric not null
    Значение; для диапазона — нижняя граница · Value; the lower bound of a range
value_max numeric
    Верхняя граница диапазона · Upper bound of a range
comparator text not null
    Сравнение: eq, gt, ge, lt, le, approx · Comparator: eq, gt, ge, lt, le, approx
kind text not null
    Вид: count, money, percent, percent_change, multiple · Kind: count, money, percent, percent_change,
    multiple
direction text
    Направление: up, down · Direction: up, down
unit text not null
    Лемма того, что считают · Lemma of what is counted
beneficiary text
    Группа получателей · Beneficiary group
planned boolean not null
    План, а не факт · A plan, not a fact
period_start date
    Начало периода · Start of the period
period_end date
    Конец периода · End of the period
project_name text
    Проект, к которому относится, если назван · Project it belongs to, when named
part_of_id text references raw.metric_mention deferrable initially deferred
    Итог, частью которого является («из них») · The total of which this is a part
start_char integer not null
    Начало цитаты в clean_text, символы с нуля · Start of the quote in clean_text, characters from 0
end_char integer not null
    Конец цитаты (не включая) · End of the quote, exclusive
quote text not null
    Цитата дословно: clean_text[start:end] · Quote, verbatim: clean_text[start:end]
quote_public text not null
    Цитата со скрытыми именами частных лиц, той же длины · Quote with private persons' names masked,
    same length
rule_id text not null
    Правило, которое сработало · Rule that fired
confidence double precision not null
    Уверенность, 0–1 · Confidence, 0-1
loaded_at timestamptz not null default now()
    Когда строка загружена · When the row was loaded
CONSTRAINT check (start_char >= 0 and end_char > start_char)
CONSTRAINT check (confidence between 0 and 1)

TABLE raw.quarantine
    Карантин: записи, которые не удалось использовать · Quarantine: records that could not be used
quarantine_id text primary key
    Ключ записи карантина · Key of the quarantined record
source_id text not null
    Источник (имя файла YAML) · Source (stem of its YAML)
run_id text not null
    Запуск, который это записал · Run that wrote this
stage text not null
    Стадия: fetch, extract, load, gate · Stage: fetch, extract, load, gate
code text not null
    Код причины · Reason code
reason text not null
    Причина словами · Reason in words
key text not null
    Ключ отвергнутой записи · Key of the rejected record
payload jsonb not null
    Содержимое записи · The record
seen_at timestamptz not null default now()
    Когда впервые отвергнута · When first rejected
CONSTRAINT check (stage in ('fetch', 'extract', 'load', 'gate'))

TABLE raw.quarantine_decision
    Решения по карантину: отпустить или отбросить; действует последнее · Decisions on quarantined
    records: release or drop; the latest holds
decision_id bigint generated always as identity primary key
    Номер решения · Number of the decision
quarantine_id text not null references raw.quarantine
    Запись карантина · Quarantined record
action text not null
    Решение: release, drop · Decision: release, drop
decided_by text not null
    Кто решил · Who decided
reason text not null
    Почему · Why
decided_at timestamptz not null default now()
    Когда решено · When it was decided
CONSTRAINT check (action in ('release', 'drop'))
"""

STATEMENTS = (
    "create index on raw.report_fact (version_id, extractor_version)",
    "create index on raw.project_mention (version_id, extractor_version)",
    "create index on raw.partner_mention (version_id, extractor_version)",
    "create index on raw.metric_mention (version_id, extractor_version)",
)


def upgrade() -> None:
    create_tables(TABLES)
    for statement in STATEMENTS:
        run(statement)
