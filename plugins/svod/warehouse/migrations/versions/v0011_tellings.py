"""What resolving remembers: near-copies of reports, and which names have been compared with all others."""

from __future__ import annotations

from svod.warehouse.migrations.ddl import create_tables, run

revision = "0011"
down_revision = "0010"

TABLES = """
TABLE ops.telling
    Действующие тексты отчётов и чьи истории они пересказывают · Texts of reports in force, and whose
    stories they tell
document_id text primary key
    Отчёт · Report
version_id text not null
    Версия, с которой сравнивали · Version that was compared
published_on date
    Дата публикации · Publication date
sketch bytea not null
    Набросок текста: 64-битные числа, у похожих текстов есть общее · Sketch of the text: 64-bit numbers,
    texts that are alike share one
original_id text
    Отчёт, который рассказал это первым; пусто, если первый — этот · Report that told it first; empty if
    this one did
rule text
    Как узнана копия: same_text, near_copy · How the copy was recognised: same_text, near_copy
alike double precision
    Какая доля более короткого текста стоит в более длинном, 0–1 · Share of the shorter text that stands
    in the longer, 0-1
updated_at timestamptz not null default now()
    Когда записано · When it was written
CONSTRAINT check ((original_id is null) = (rule is null) and (rule is null) = (alike is null))
CONSTRAINT check (rule in ('same_text', 'near_copy'))
"""


COMPARED_BY = (
    "Какими правилами имя сравнено со всеми другими · Rules by which the name was compared with all others"
)


def upgrade() -> None:
    create_tables(TABLES)
    run("create index on ops.telling (original_id)")
    run("alter table ops.canonical_name add column compared_by text")
    run(f"comment on column ops.canonical_name.compared_by is '{COMPARED_BY}'")
