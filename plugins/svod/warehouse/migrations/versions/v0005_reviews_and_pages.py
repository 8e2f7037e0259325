"""A correction carries the whole fact and survives re-reading; indexes that keep the pages quick."""

from __future__ import annotations

from svod.warehouse.migrations.ddl import SEPARATOR, create_tables, run

revision = "0005"
down_revision = "0004"

TABLES = """
TABLE ops.review_match
    К каким нынешним фактам относятся решения о прежних: пересчитывается при каждой сборке · Which
    present facts the decisions about earlier ones belong to: computed anew at every warehouse run
review_id bigint not null references ops.review
    Решение о прежнем факте · Decision about an earlier fact
fact_id text not null
    Нынешний факт (metric_mention_id) · Present fact (metric_mention_id)
score double precision not null
    Сходство цитаты и её окружения, 0–1 · Similarity of the quote and its surroundings, 0-1
matched_at timestamptz not null default now()
    Когда сопоставлено · When it was matched
CONSTRAINT primary key (review_id, fact_id)
"""

# A corrected row states the whole fact as the reviewer left it: an empty field is an empty field.
REVIEW_COLUMNS = {
    "corrected_value_max numeric": "Исправленная верхняя граница · Corrected upper end",
    "corrected_comparator text": "Исправленное сравнение · Corrected comparator",
    "corrected_kind text": "Исправленный вид величины · Corrected kind of quantity",
    "corrected_direction text": "Исправленное направление · Corrected direction",
    "corrected_unit text": "Исправленная единица · Corrected unit",
    "corrected_beneficiary text": "Исправленная группа получателей · Corrected beneficiary group",
    "corrected_planned boolean": "План, а не итог, после исправления · A plan, not a result, once corrected",
    "corrected_period_start date": "Исправленное начало периода · Corrected start of the period",
    "corrected_period_end date": "Исправленный конец периода · Corrected end of the period",
    "corrected_project text": "Исправленный проект · Corrected project",
    "follows bigint": "Какое решение видел человек (0: никакого) · Decision that the person saw (0: none)",
}

IN_FORCE = """
create view ops.review_in_force as
select distinct on (known.fact_id)
    known.fact_id, known.carried, review.review_id, review.verdict, review.corrected_value,
    review.corrected_value_max, review.corrected_comparator, review.corrected_kind,
    review.corrected_direction, review.corrected_unit, review.corrected_beneficiary,
    review.corrected_planned, review.corrected_period_start, review.corrected_period_end,
    review.corrected_project, review.note, review.reviewed_by, review.reviewed_at
from (
    select fact_id, review_id, false as carried from ops.review
    union all
    select fact_id, review_id, true as carried from ops.review_match
) as known
inner join ops.review as review on review.review_id = known.review_id
order by known.fact_id, review.review_id desc
"""

IN_FORCE_COMMENTS = {
    "fact_id": "Факт (metric_mention_id) · Fact (metric_mention_id)",
    "carried": "Решение перенесено с прежнего факта · The decision was carried over from an earlier fact",
    "review_id": "Решение · Decision",
    "verdict": "Решение: confirmed, rejected, corrected, open · Verdict, one of these four",
    "corrected_value": "Исправленное значение · Corrected value",
    "note": "Пояснение · Note",
    "reviewed_by": "Кто · Who",
    "reviewed_at": "Когда · When",
}

INDEXES = (
    # one decision follows another: of two people who saw the same state, the second is told so
    "create unique index review_follows on ops.review (fact_id, follows)",
    "create index on ops.review (reviewed_at)",
    "create index on ops.review_match (fact_id, review_id desc)",
    "create index on raw.fetch_event (run_id, source_id)",
    "create index on raw.document (source_id, first_seen_at desc, document_id desc)",
    "create index on raw.document (first_seen_at desc, document_id desc)",
    "create index on raw.extraction_run (source_id, run_id)",
    "create index on raw.extraction_run (source_id, started_at desc)",
    "create index on raw.version_extraction (extraction_run_id)",
    "create index on raw.metric_mention (extraction_run_id)",
    "create index on raw.metric_mention (extractor_version, confidence, metric_mention_id)",
    "create index on ops.release (run_id)",
)


def upgrade() -> None:
    create_tables(TABLES)
    for column, comment in REVIEW_COLUMNS.items():
        run(f"alter table ops.review add column {column}")
        run(f"comment on column ops.review.{column.split()[0]} is '{comment}'")
    run(IN_FORCE)
    comments = IN_FORCE_COMMENTS | {
        name: text for column, text in REVIEW_COLUMNS.items() if (name := column.split()[0]) != "follows"
    }
    run(
        "comment on view ops.review_in_force is "
        f"'Действующее решение о каждом факте{SEPARATOR}The decision in force about each fact'"
    )
    for name, text in comments.items():
        run(f"comment on column ops.review_in_force.{name} is '{text}'")
    for statement in INDEXES:
        run(statement)
