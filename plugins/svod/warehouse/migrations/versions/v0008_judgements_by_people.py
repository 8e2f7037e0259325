"""People judge pairs of names on the pages: such a row says what its author saw, and can be taken back."""

from __future__ import annotations

from svod.warehouse.migrations.ddl import run

revision = "0008"
down_revision = "0007"

COMMENT = (
    "Какое суждение человека видел его автор (0: никакого); пусто у правил и seed"
    " · Judgement of a person that its author saw (0: none); empty for rules and seeds"
)
STATEMENTS = (
    "alter table ops.judgement add column follows bigint",
    f"comment on column ops.judgement.follows is '{COMMENT}'",
    "alter table ops.judgement drop constraint judgement_verdict_check",
    "alter table ops.judgement add check (verdict in ('positive', 'negative', 'unsure', 'open'))",
    "comment on column ops.judgement.verdict is"
    " 'Решение: positive, negative, unsure, open (снято)"
    " · Verdict: positive, negative, unsure, open (withdrawn)'",
    # a person who signs in under the name of a rule is still a person
    "alter table ops.judgement add check (follows is null or decided_by not in ('rule', 'seed'))",
    # one judgement follows another: of two people who saw the same state, the second is told so
    "create unique index judgement_follows on ops.judgement (entity_kind, left_key, right_key, follows)",
    "create index judgement_of_people on ops.judgement (entity_kind, judgement_id)"
    " where decided_by not in ('rule', 'seed')",
    "create index judgement_unsure on ops.judgement (entity_kind, score desc, judgement_id)"
    " where verdict = 'unsure'",
    "create index on ops.canonical_name (entity_kind, canonical_id)",
    "create index on ops.model_run (started_at)",
    "create index on raw.partner_mention (name_public)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        run(statement)
