"""What a new extractor version would change: its facts beside the promoted one's, in versions that both read.

Two facts are one when they begin, or else end, at the same character of the same version; it has changed when
any field of it differs. Runs inside PostgreSQL, so that an archive of any size is compared in little memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import LiteralString

import psycopg
from psycopg import sql

# entity → (table, fields that tell two readings apart)
ENTITIES: Mapping[LiteralString, tuple[LiteralString, tuple[LiteralString, ...]]] = {
    "metric": (
        "metric_mention",
        (
            *("value", "value_max", "comparator", "kind", "direction", "unit", "beneficiary", "planned"),
            *("period_start", "period_end", "project_name"),
        ),
    ),
    "project": ("project_mention", ("name", "kind", "status")),
    "partner": ("partner_mention", ("name", "type", "role", "project_name")),
    "report": ("report_fact", ("fact", "value")),
}
# keys by which what is left is paired, the surest first; a report's facts stand at no place of the text
ROUNDS: tuple[LiteralString, ...] = ("start_char, end_char, says", "start_char", "end_char")
REPORT_ROUNDS: tuple[LiteralString, ...] = ("says", "topic")

_BOTH = """
create temporary table both_read on commit drop as
select v.version_id, d.source_id
from raw.version_extraction as old
inner join raw.version_extraction as new using (version_id)
inner join raw.document_version as v using (version_id)
inner join raw.document as d using (document_id)
where old.extractor_version = %s and new.extractor_version = %s
"""
_PAIR = """
insert into pairs (old_id, new_id)
select o.id, n.id
from (
    select f.*, row_number() over (partition by version_id, {keys} order by id) as nth from old_facts as f
    where not exists (select from pairs where old_id = f.id)
) as o
inner join (
    select f.*, row_number() over (partition by version_id, {keys} order by id) as nth from new_facts as f
    where not exists (select from pairs where new_id = f.id)
) as n using (version_id, {keys}, nth)
"""
_RESULT = """
create temporary table compared on commit drop as
select
    coalesce(o.version_id, n.version_id) as version_id, coalesce(o.source_id, n.source_id) as source_id,
    coalesce(n.rule_id, o.rule_id) as rule_id, o.id as old_id, n.id as new_id,
    case when o.id is null then 'added' when n.id is null then 'gone'
        when o.says = n.says then 'same' else 'changed' end as change
from (select * from old_facts left join pairs on id = old_id) as o
full join new_facts as n on o.new_id = n.id
"""
_COUNT = """
insert into ops.reextraction_count
    (reextraction_id, entity, source_id, rule_id, same, added, changed, gone)
select %s, %s, source_id, rule_id, count(*) filter (where change = 'same'),
    count(*) filter (where change = 'added'), count(*) filter (where change = 'changed'),
    count(*) filter (where change = 'gone')
from compared group by source_id, rule_id
"""
_KEEP = """
insert into ops.reextraction_change
    (reextraction_id, entity, change, source_id, version_id, rule_id, old_id, new_id, old_fact, new_fact)
select {number}, {entity}, change, source_id, version_id, rule_id, old_id, new_id,
    (select {fact} from raw.{table} as m where m.{key} = old_id),
    (select {fact} from raw.{table} as m where m.{key} = new_id)
from compared where change <> 'same' order by source_id, version_id, old_id, new_id
"""
_FACTS = """
create temporary table {name} on commit drop as
select m.{key} as id, m.version_id, b.source_id, {place}, md5(row({says})::text) as says
from raw.{table} as m inner join both_read as b using (version_id)
where m.extractor_version = {extractor}
"""


def compare_readings(conn: psycopg.Connection, reextraction_id: int, promoted: str, candidate: str) -> int:
    """Write what differs under this comparison, in the caller's transaction; how many versions both read."""
    conn.execute(_BOTH, (promoted, candidate))
    conn.execute("create unique index on both_read (version_id)")
    conn.execute("analyze both_read")
    for entity, (table, fields) in ENTITIES.items():
        _facts(conn, "old_facts", promoted, table, fields)
        _facts(conn, "new_facts", candidate, table, fields)
        conn.execute(
            "create temporary table pairs (old_id text primary key, new_id text unique) on commit drop"
        )
        for keys in REPORT_ROUNDS if entity == "report" else ROUNDS:
            conn.execute(sql.SQL(_PAIR).format(keys=sql.SQL(keys)))
            conn.execute("analyze pairs")
        conn.execute(_RESULT)
        conn.execute(_COUNT, (reextraction_id, entity))
        conn.execute(_keep(reextraction_id, entity, table, fields))
        conn.execute("drop table old_facts, new_facts, pairs, compared")
    row = conn.execute("select count(*) from both_read").fetchone()
    conn.execute("drop table both_read")
    return int(row[0]) if row else 0


def _facts(
    conn: psycopg.Connection,
    name: LiteralString,
    extractor: str,
    table: LiteralString,
    fields: tuple[LiteralString, ...],
) -> None:
    """One extractor's facts of one kind: where they stand, what they say, by which rule."""
    place = (
        "m.fact as topic, '' as rule_id" if table == "report_fact" else "m.start_char, m.end_char, m.rule_id"
    )
    conn.execute(
        sql.SQL(_FACTS).format(
            name=sql.Identifier(name),
            key=sql.Identifier(f"{table}_id"),
            place=sql.SQL(place),
            says=sql.SQL(", ").join(_plain(table, field) for field in fields),
            table=sql.Identifier(table),
            extractor=sql.Literal(extractor),
        )
    )
    conn.execute(sql.SQL("create unique index on {} (id)").format(sql.Identifier(name)))
    conn.execute(sql.SQL("analyze {}").format(sql.Identifier(name)))


def _keep(
    number: int, entity: LiteralString, table: LiteralString, fields: tuple[LiteralString, ...]
) -> sql.Composed:
    """What differs, with both readings in full and their sentence."""
    shown = fields if table == "report_fact" else (*fields, "quote")
    pairs = [sql.SQL("{}, m.{}").format(sql.Literal(field), sql.Identifier(field)) for field in shown]
    return sql.SQL(_KEEP).format(
        number=number,
        entity=sql.Literal(entity),
        fact=sql.SQL("jsonb_build_object({})").format(sql.SQL(", ").join(pairs)),
        table=sql.Identifier(table),
        key=sql.Identifier(f"{table}_id"),
    )


def _plain(table: LiteralString, field: LiteralString) -> sql.Composed:
    """10 and 10.0 are one number."""
    number = table == "metric_mention" and field in ("value", "value_max")
    return sql.SQL("trim_scale(m.{})" if number else "m.{}").format(sql.Identifier(field))
