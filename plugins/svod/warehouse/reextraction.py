"""A new extractor version on its way into the marts: compared, then promoted or turned down. Rows and rules.

Knows nothing of how texts are read. A version is promoted by a row of ops.promotion and turned down by one of
ops.rejection; the later of the two holds, so that either can be taken back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import class_row, dict_row

from svod.errors import WarehouseError

from .compare import compare_readings
from .connection import connect
from .promotion import PROMOTED, promoted_in

_ONLY = """
select count(*) from raw.version_extraction as a
where a.extractor_version = %s
    and not exists (
        select from raw.version_extraction as b where b.version_id = a.version_id and b.extractor_version = %s
    )
"""
_LATEST = f"""
select
    r.reextraction_id, r.extractor_version, r.promoted_version, r.run_id, r.versions, r.unread, r.waiting,
    r.same, r.added, r.changed, r.gone, r.compared_at,
    case
        when r.extractor_version = {PROMOTED} then 'promoted'
        when turned_down.rejected_at > coalesce(
            (select max(promoted_at) from ops.promotion as p where p.extractor_version = r.extractor_version),
            '-infinity') then 'rejected'
        else 'open'
    end as state
from ops.reextraction as r
left join lateral (
    select max(rejected_at) as rejected_at from ops.rejection as d
    where d.extractor_version = r.extractor_version
) as turned_down on true
where %(version)s::text is null or r.extractor_version = %(version)s
order by r.compared_at desc, r.reextraction_id desc
limit 1
"""  # noqa: S608 - a constant
_SUMMARY = """
select entity, {by}, sum(same)::bigint as same, sum(added)::bigint as added, sum(changed)::bigint as changed,
    sum(gone)::bigint as gone
from ops.reextraction_count
where reextraction_id = %s
group by 1, 2 having sum(added + changed + gone) > 0
order by sum(changed + gone) desc, sum(added) desc, 1, 2
"""
_CHANGES = """
select entity, change, source_id, rule_id, version_id, old_fact, new_fact
from ops.reextraction_change
where reextraction_id = %(id)s
    and (%(entity)s::text is null or entity = %(entity)s)
    and (%(change)s::text is null or change = %(change)s)
    and (%(source)s::text is null or source_id = %(source)s)
    and (%(rule)s::text is null or rule_id = %(rule)s)
order by change_id limit %(limit)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`unread`: texts that only the promoted extractor has read, `waiting`: only the new one."""

    reextraction_id: int
    extractor_version: str
    promoted_version: str
    run_id: str
    versions: int
    unread: int
    waiting: int
    same: int
    added: int
    changed: int
    gone: int
    compared_at: datetime
    state: str  # open, promoted, rejected

    @property
    def share(self) -> float:
        """How much of what the marts show would change or go, 0–1."""
        before = self.same + self.changed + self.gone
        return (self.changed + self.gone) / before if before else 0.0


def compare(dsn: str, candidate: str, *, config_hash: str, run_id: str) -> Comparison | None:
    """Compare a version's facts with the promoted ones, in place of an earlier comparison of the two.

    None when it is the promoted one itself, or when nothing is promoted. `dsn` is the transformer's.
    """
    with connect(dsn, name="svod compare extractors") as conn:
        conn.execute("select pg_advisory_xact_lock(hashtext('svod compare extractors'))")
        promoted = promoted_in(conn)
        if promoted is None or promoted == candidate:
            return None
        conn.execute(
            "delete from ops.reextraction where (extractor_version, promoted_version) = (%s, %s)",
            (candidate, promoted),
        )
        number = _one(
            conn,
            "insert into ops.reextraction (extractor_version, promoted_version, config_hash, run_id,"
            " versions, unread, waiting, same, added, changed, gone)"
            " values (%s, %s, %s, %s, 0, %s, %s, 0, 0, 0, 0)"
            " returning reextraction_id",
            *(candidate, promoted, config_hash, run_id),
            *(_one(conn, _ONLY, promoted, candidate), _one(conn, _ONLY, candidate, promoted)),
        )
        versions = compare_readings(conn, number, promoted, candidate)
        conn.execute(
            "update ops.reextraction as r set versions = %s, same = c.same, added = c.added,"
            " changed = c.changed, gone = c.gone"
            " from (select coalesce(sum(same), 0) as same, coalesce(sum(added), 0) as added,"
            "   coalesce(sum(changed), 0) as changed, coalesce(sum(gone), 0) as gone"
            "   from ops.reextraction_count where reextraction_id = %s) as c"
            " where r.reextraction_id = %s",
            (versions, number, number),
        )
    return latest(dsn, candidate)


def latest(dsn: str, version: str | None = None) -> Comparison | None:
    """The last comparison, of this version or of any."""
    with connect(dsn) as conn, conn.cursor(row_factory=class_row(Comparison)) as cursor:
        return cursor.execute(_LATEST, {"version": version}).fetchone()


def summary(dsn: str, reextraction_id: int, by: str) -> list[Mapping[str, Any]]:
    """What differs, counted by kind of fact and `by`: rule_id or source_id. The most harm first."""
    if by not in ("rule_id", "source_id"):
        raise ValueError(by)
    with connect(dsn) as conn, conn.cursor(row_factory=dict_row) as cursor:
        return list(cursor.execute(_SUMMARY.format(by=by), (reextraction_id,)))


def changes(
    dsn: str,
    reextraction_id: int,
    *,
    entity: str | None = None,
    change: str | None = None,
    source: str | None = None,
    rule: str | None = None,
    limit: int = 50,
) -> Sequence[Mapping[str, Any]]:
    """Single facts that differ, in the order of sources and reports."""
    asked = {"entity": entity, "change": change, "source": source, "rule": rule, "limit": limit}
    with connect(dsn) as conn, conn.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(_CHANGES, asked | {"id": reextraction_id}).fetchall()


def promote(dsn: str, version: str, *, reason: str, by: str, allow_unread: bool = False) -> None:
    """Let the marts show this version's facts from the next build on.

    Raises WarehouseError when it has never been compared with the promoted one, or when reports would lose
    their facts because it has not read them (`allow_unread` accepts that).
    """
    with connect(dsn, name="svod promote") as conn:
        promoted = _decide(conn, version, reason)
        compared = conn.execute(
            "select 1 from ops.reextraction where (extractor_version, promoted_version) = (%s, %s)",
            (version, promoted),
        ).fetchone()
        if compared is None:
            raise WarehouseError(
                f"version {version} was not compared with {promoted}: `./svod reextract run`"
            )
        unread = _one(conn, _ONLY, promoted, version)
        if unread and not allow_unread:
            raise WarehouseError(
                f"{unread} texts were read by version {promoted} and not by {version}; their facts would go: "
                "`./svod reextract run` reads them, --allow-unread does without"
            )
        conn.execute(
            "insert into ops.promotion (extractor_version, reason, promoted_by) values (%s, %s, %s)",
            (version, reason, by),
        )


def reject(dsn: str, version: str, *, reason: str, by: str) -> None:
    """Turn a version down: its facts stay out of the marts. WarehouseError for the promoted one."""
    with connect(dsn, name="svod reject") as conn:
        _decide(conn, version, reason)
        conn.execute(
            "insert into ops.rejection (extractor_version, reason, rejected_by) values (%s, %s, %s)",
            (version, reason, by),
        )


def _decide(conn: psycopg.Connection, version: str, reason: str) -> str:
    """One decision at a time; the version in force."""
    if not reason.strip():
        raise WarehouseError("a decision about an extractor version needs a reason")
    conn.execute("select pg_advisory_xact_lock(hashtext('svod promotion'))")
    promoted = promoted_in(conn)
    if promoted is None:
        raise WarehouseError(
            "nothing has been loaded yet: the first version that loads is promoted by itself"
        )
    if promoted == version:
        raise WarehouseError(f"version {version} is the promoted one")
    known = conn.execute(
        "select exists (select from raw.version_extraction where extractor_version = %s)", (version,)
    ).fetchone()
    if known != (True,):
        raise WarehouseError(f"nothing was read by a version {version}")
    return promoted


def _one(conn: psycopg.Connection, query: Any, *arguments: Any) -> int:
    row = conn.execute(query, arguments).fetchone()
    assert row is not None
    return int(row[0])
