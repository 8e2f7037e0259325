"""What the gate leaves behind beside its results: names that should be hidden, facts held back."""

from __future__ import annotations

from svod.warehouse.migrations.ddl import create_tables, run

revision = "0006"
down_revision = "0005"

TABLES = """
TABLE ops.unmasked_name
    Где в кандидате остались имена частных лиц: место, не само имя · Where the candidate still shows
    private persons' names: the place, not the name
run_id text not null
    Запуск · Run
table_name text not null
    Таблица кандидата · Table of the candidate
column_name text not null
    Столбец · Column
key text not null
    Ключ строки · Key of the row
start_char integer not null
    Начало имени в значении, символы с нуля · Start of the name in the value, characters from 0
CONSTRAINT primary key (run_id, table_name, column_name, key, start_char)
"""

QUARANTINED_FACT = """
create view raw.quarantined_fact as
select q.key as metric_mention_id, q.code, q.quarantine_id, coalesce(d.action, 'open') as state
from raw.quarantine as q
left join lateral (
    select action from raw.quarantine_decision as d
    where d.quarantine_id = q.quarantine_id order by decision_id desc limit 1
) as d on true
where q.stage = 'gate'
"""
COMMENTS = {
    "view raw.quarantined_fact": "Факты, задержанные проверкой · Facts held back by the gate",
    "column raw.quarantined_fact.metric_mention_id": "Факт · Fact",
    "column raw.quarantined_fact.code": "Код причины · Reason code",
    "column raw.quarantined_fact.quarantine_id": "Запись карантина · Quarantined record",
    "column raw.quarantined_fact.state": "Состояние: open, release, drop · State: open, release, drop",
}


def upgrade() -> None:
    create_tables(TABLES)
    run(QUARANTINED_FACT)
    for target, text in COMMENTS.items():
        run(f"comment on {target} is '{text}'")
