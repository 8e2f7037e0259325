"""The gate's verdict belongs to one build of the candidate, and an override to one verdict."""

from __future__ import annotations

from svod.warehouse.migrations.ddl import create_tables, run

revision = "0013"
down_revision = "0012"

TABLES = """
TABLE ops.candidate
    Кандидат, который лежит в marts_next, и проверен ли он · The candidate in marts_next, and whether it has
    been audited
one boolean primary key default true
    Строка одна · There is one row
build_id text not null
    Сборка · Build
state text not null
    building: собирается или сборка оборвалась; built: собран; audited: проверен · building: under way or
    broken off; built: whole; audited: the gate has its verdict
run_id text
    Запуск, чья проверка это была · Run whose gate it was
audit_id text
    Проверка: решения о публикации относятся к ней · Audit, which overrides refer to
changed_at timestamptz not null default now()
    Когда изменилось · When it changed
CONSTRAINT check (one)
CONSTRAINT check (state in ('building', 'built', 'audited'))
CONSTRAINT check ((state = 'audited') = (run_id is not null and audit_id is not null))
"""

AUDIT = (
    "Проверка, вопреки которой решено опубликовать; только для неё и действует"
    " · Audit that was overridden; it holds for that one only"
)


def upgrade() -> None:
    create_tables(TABLES)
    run("alter table ops.gate_override add column audit_id text")
    run(f"comment on column ops.gate_override.audit_id is '{AUDIT}'")
