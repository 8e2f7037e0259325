"""A new extractor version as a release: what it would change, fact by fact, and who turned it down."""

from __future__ import annotations

from svod.warehouse.migrations.ddl import create_tables, run

revision = "0010"
down_revision = "0009"

TABLES = """
TABLE ops.reextraction
    Сравнения новой версии извлечения с действующей; пересчитываются, пока решения нет · Comparisons of a
    new extractor version with the promoted one; computed anew until it is decided
reextraction_id bigint generated always as identity primary key
    Номер · Number
extractor_version text not null
    Новая версия извлечения · New extractor version
promoted_version text not null
    Действующая версия, с которой сравнивали · Promoted version it was compared with
config_hash text not null
    Хеш правил и словарей новой версии · Hash of the new version's rules and lexicons
run_id text not null
    Запуск, который это записал · Run that wrote this
versions bigint not null
    Прочитано обеими: версий отчётов · Versions of reports that both have read
unread bigint not null
    Прочитано только действующей · Versions that only the promoted one has read
waiting bigint not null
    Прочитано только новой: отчёты, которых ещё нет в витринах · Versions that only the new one has read:
    not in the marts yet
same bigint not null
    Фактов без изменений · Facts that stay as they are
added bigint not null
    Новых фактов · Facts that are new
changed bigint not null
    Изменённых фактов · Facts that change
gone bigint not null
    Исчезнувших фактов · Facts that go
compared_at timestamptz not null default now()
    Когда сравнили · When they were compared
CONSTRAINT unique (extractor_version, promoted_version)

TABLE ops.reextraction_count
    Сравнение по виду факта, источнику и правилу · The comparison by kind of fact, source and rule
reextraction_id bigint not null references ops.reextraction on delete cascade
    Сравнение · Comparison
entity text not null
    Вид факта: metric, project, partner, report · Kind of fact: metric, project, partner, report
source_id text not null
    Источник · Source
rule_id text not null
    Правило: новое, у исчезнувших прежнее; пусто у сведений об отчёте · Rule: the new one, of a fact that
    goes the old one; empty for facts about the whole report
same bigint not null
    Без изменений · As they are
added bigint not null
    Новых · New
changed bigint not null
    Изменённых · Changed
gone bigint not null
    Исчезнувших · Gone
CONSTRAINT primary key (reextraction_id, entity, source_id, rule_id)

TABLE ops.reextraction_change
    Каждый факт, который новая версия добавит, изменит или потеряет · Every fact that the new version adds,
    changes or loses
change_id bigint generated always as identity primary key
    Номер · Number
reextraction_id bigint not null references ops.reextraction on delete cascade
    Сравнение · Comparison
entity text not null
    Вид факта: metric, project, partner, report · Kind of fact: metric, project, partner, report
change text not null
    Что будет: added, changed, gone · What happens: added, changed, gone
source_id text not null
    Источник · Source
version_id text not null references raw.document_version
    Версия отчёта · Version of the report
rule_id text not null
    Правило: новое, у исчезнувших прежнее · Rule: the new one, of a fact that goes the old one
old_id text
    Прежний факт · Fact of before
new_id text
    Новый факт · New fact
old_fact jsonb
    Что читала действующая версия · What the promoted version read
new_fact jsonb
    Что читает новая · What the new one reads
CONSTRAINT check (change in ('added', 'changed', 'gone'))
CONSTRAINT check ((change = 'added') = (old_id is null) and (change = 'gone') = (new_id is null))

TABLE ops.rejection
    Отклонённые версии извлечения; действует последнее решение о версии · Extractor versions that were
    turned down; the latest decision about a version holds
rejection_id bigint generated always as identity primary key
    Номер · Number
extractor_version text not null
    Версия извлечения · Extractor version
reason text not null
    Почему · Why
rejected_by text not null
    Кто · Who
rejected_at timestamptz not null default now()
    Когда · When
CONSTRAINT check (length(trim(reason)) > 0)
"""

STATEMENTS = (
    "create index on ops.reextraction_change (reextraction_id, entity, change, source_id)",
    "create index on ops.reextraction_change (version_id)",
    "create index on raw.version_extraction (extractor_version, version_id)",
)


def upgrade() -> None:
    create_tables(TABLES)
    for statement in STATEMENTS:
        run(statement)
