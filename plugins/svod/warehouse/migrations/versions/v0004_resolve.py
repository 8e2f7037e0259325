"""What resolving needs beside the ids: what tells namesakes apart, and organisations' identifiers."""

from __future__ import annotations

from svod.warehouse.migrations.ddl import create_tables, run

revision = "0004"
down_revision = "0003"

TABLES = """
TABLE ops.partner_identifier
    Идентификаторы организаций из описаний источников и адресов · Identifiers of organisations, from the
    descriptions of sources and their addresses
canonical_id text not null
    Партнёр · Partner
scheme text not null
    Схема: RU-INN, RU-OGRN, VK, URL · Scheme: RU-INN, RU-OGRN, VK, URL
identifier text not null
    Значение · Value
source_id text not null
    Источник, который его назвал · Source that named it
updated_at timestamptz not null default now()
    Когда записано · When it was written
CONSTRAINT primary key (scheme, identifier)
CONSTRAINT check (scheme in ('RU-INN', 'RU-OGRN', 'VK', 'URL'))
"""

KIND = "Вид проекта или тип партнёра · Kind of the project or type of the partner"


def upgrade() -> None:
    for table in ("ops.canonical", "ops.canonical_name"):
        run(f"alter table {table} add column kind text not null default ''")
        run(f"comment on column {table}.kind is '{KIND}'")
    run("create index on ops.canonical_name (entity_kind, name, kind, territory_iso)")
    create_tables(TABLES)
