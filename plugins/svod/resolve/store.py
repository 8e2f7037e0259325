"""The tables of resolving: reads the names that reports use, writes ids, names and judgements. No rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import psycopg
from psycopg.rows import class_row

from svod.warehouse import PROMOTED

from .clusters import Known
from .names import EntityKind

# the names in the readings that count: each version as the promoted extractor version read it; a report on
# several regions says nothing about where its names belong
_READINGS = f"""
with promoted as (
    select {PROMOTED} as extractor_version
),

regions as (
    select
        version_id,
        case when count(distinct value) = 1 then min(value) else '' end as territory
    from raw.report_fact
    inner join promoted using (extractor_version)
    where fact = 'region'
    group by version_id
)
"""  # noqa: S608 - a constant
_PROJECTS = (
    _READINGS
    + """
select
    mentions.name_public as name,
    mentions.kind,
    coalesce(regions.territory, '') as territory,
    count(*) as mentions
from raw.project_mention as mentions
inner join promoted using (extractor_version)
left join regions using (version_id)
group by 1, 2, 3
"""
)
_PARTNERS = (
    _READINGS
    + """
select
    mentions.name_public as name,
    mentions.type as kind,
    coalesce(regions.territory, '') as territory,
    count(*) as mentions
from raw.partner_mention as mentions
inner join promoted using (extractor_version)
left join regions using (version_id)
group by 1, 2, 3
"""
)
_PUBLISHERS = """
select distinct on (source_id)
    source_id, publisher_name as name, coalesce(territory_iso, '') as territory, kind, urls[1] as url,
    publisher_inn as inn, publisher_ogrn as ogrn
from raw.source
where publisher_name is not null
order by source_id, seen_at desc
"""


@dataclass(frozen=True, slots=True)
class StoredName:
    """A name with what tells namesakes apart: kind of the project or type of the partner, ISO code or ''."""

    name: str
    kind: str
    territory: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Publisher:
    source_id: str
    name: str
    territory: str
    kind: str
    url: str | None
    inn: str | None
    ogrn: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """A row of ops.judgement; left < right."""

    left: str
    right: str
    verdict: str
    score: float | None
    decided_by: str
    reason: str


def lock(conn: psycopg.Connection) -> None:
    """One resolve at a time; released when the transaction ends."""
    conn.execute("select pg_advisory_xact_lock(hashtext('svod resolve'))")


def names(conn: psycopg.Connection, entity_kind: EntityKind) -> list[StoredName]:
    with conn.cursor(row_factory=class_row(StoredName)) as cursor:
        return cursor.execute(_PROJECTS if entity_kind == "project" else _PARTNERS).fetchall()


def publishers(conn: psycopg.Connection) -> list[Publisher]:
    with conn.cursor(row_factory=class_row(Publisher)) as cursor:
        return cursor.execute(_PUBLISHERS).fetchall()


def former_names(conn: psycopg.Connection, entity_kind: EntityKind) -> dict[str, tuple[StoredName, str]]:
    """Names met before, with the id each belongs to, by name key."""
    rows = conn.execute(
        "select name_key, name, kind, coalesce(territory_iso, ''), canonical_id from ops.canonical_name"
        " where entity_kind = %s",
        (entity_kind,),
    )
    return {key: (StoredName(name, kind, territory, 0), owner) for key, name, kind, territory, owner in rows}


def compared_names(conn: psycopg.Connection, entity_kind: EntityKind, rules: str) -> set[str]:
    """Keys of the names that these rules have compared with all others."""
    rows = conn.execute(
        "select name_key from ops.canonical_name where entity_kind = %s and compared_by = %s",
        (entity_kind, rules),
    )
    return {row[0] for row in rows}


def known_ids(conn: psycopg.Connection, entity_kind: EntityKind) -> dict[str, Known]:
    rows = conn.execute(
        "select canonical_id, created_at, merged_into from ops.canonical where entity_kind = %s",
        (entity_kind,),
    )
    return {key: Known(created_at, merged_into) for key, created_at, merged_into in rows}


def decisions(conn: psycopg.Connection, entity_kind: EntityKind) -> list[Decision]:
    """The latest judgement on each pair, by whom ever."""
    rows = conn.execute(
        "select distinct on (left_key, right_key) left_key, right_key, verdict, score, decided_by, reason"
        " from ops.judgement where entity_kind = %s order by left_key, right_key, judgement_id desc",
        (entity_kind,),
    )
    return [Decision(*row) for row in rows]


def decisions_of_people(conn: psycopg.Connection, entity_kind: EntityKind) -> dict[tuple[str, str], Decision]:
    """What people's latest judgement on each pair says; pairs whose judgement was taken back are missing."""
    rows = conn.execute(
        "select * from (select distinct on (left_key, right_key)"
        " left_key, right_key, verdict, score, decided_by, reason from ops.judgement"
        " where entity_kind = %s and decided_by not in ('rule', 'seed')"
        " order by left_key, right_key, judgement_id desc) as latest where verdict <> 'open'",
        (entity_kind,),
    )
    return {(row[0], row[1]): Decision(*row) for row in rows}


def add_decisions(conn: psycopg.Connection, entity_kind: EntityKind, rows: Iterable[Decision]) -> None:
    with conn.cursor() as cursor:
        cursor.executemany(
            "insert into ops.judgement (entity_kind, left_key, right_key, verdict, score, decided_by, reason)"
            " values (%s, %s, %s, %s, %s, %s, %s)",
            [(entity_kind, d.left, d.right, d.verdict, d.score, d.decided_by, d.reason) for d in rows],
        )


def save_ids(
    conn: psycopg.Connection,
    entity_kind: EntityKind,
    main: Mapping[str, StoredName],
    merged: Mapping[str, str],
) -> None:
    """`main`: id → its main name; `merged`: id → id. Rows that are already so are left alone."""
    with conn.cursor() as cursor:
        cursor.executemany(
            "insert into ops.canonical (entity_kind, canonical_id, name, kind) values (%s, %s, %s, %s)"
            " on conflict (entity_kind, canonical_id) do update"
            " set name = excluded.name, kind = excluded.kind, merged_into = null"
            " where (canonical.name, canonical.kind, canonical.merged_into)"
            " is distinct from (excluded.name, excluded.kind, null)",
            [(entity_kind, key, name.name, name.kind) for key, name in sorted(main.items())],
        )
        cursor.executemany(
            "update ops.canonical set merged_into = %s"
            " where entity_kind = %s and canonical_id = %s and merged_into is distinct from %s",
            [(into, entity_kind, key, into) for key, into in sorted(merged.items())],
        )


def save_names(
    conn: psycopg.Connection,
    entity_kind: EntityKind,
    rows: Sequence[tuple[str, StoredName, str]],
    rules: str,
) -> None:
    """Rows of (name key, name, id), compared by these rules. A name that stays with its id keeps its date."""
    with conn.cursor() as cursor:
        cursor.executemany(
            "insert into ops.canonical_name as kept"
            " (entity_kind, name_key, canonical_id, name, kind, territory_iso, compared_by)"
            " values (%s, %s, %s, %s, %s, %s, %s)"
            " on conflict (entity_kind, name_key) do update"
            " set canonical_id = excluded.canonical_id, compared_by = excluded.compared_by, updated_at ="
            "   case when kept.canonical_id = excluded.canonical_id then kept.updated_at else now() end",
            [(entity_kind, key, owner, n.name, n.kind, n.territory, rules) for key, n, owner in rows],
        )


def replace_identifiers(conn: psycopg.Connection, rows: Iterable[tuple[str, str, str, str]]) -> None:
    """Rows of (partner id, scheme, identifier, source id): all that hold now."""
    conn.execute("delete from ops.partner_identifier")
    with conn.cursor() as cursor:
        cursor.executemany(
            "insert into ops.partner_identifier (canonical_id, scheme, identifier, source_id)"
            " values (%s, %s, %s, %s) on conflict do nothing",
            list(rows),
        )


def refresh_statistics(conn: psycopg.Connection) -> None:
    """Count anew what was just written: a table without statistics is planned as nearly empty."""
    conn.execute("analyze ops.canonical, ops.canonical_name, ops.judgement, ops.telling")
