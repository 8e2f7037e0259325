"""Partners as the resolver has joined them, pairs left to people, and people's judgements on pairs of names.

A judgement is a row about two names, never a change: the resolver applies it at the next warehouse run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import psycopg
from psycopg.rows import class_row

from .reviews import Stale

PAGE = 30
MENTIONS = 200  # of a partner, looked through for its reports
NAMES = 500  # of a partner, shown and checked against each other
NOT_PEOPLE = ("rule", "seed")  # what `decided_by` says when nobody decided by hand


@dataclass(frozen=True, slots=True)
class Partner:
    """A canonical partner. `merged_into`: the one it is part of now, None while it stands for itself."""

    partner_id: str
    name: str
    type: str
    names: int
    territories: list[str]
    merged_into: str | None


@dataclass(frozen=True, slots=True)
class Name:
    """One of the names of a partner, as reports of a territory use it."""

    name_key: str
    partner_id: str
    name: str
    type: str
    territory: str


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A report that speaks of a partner."""

    report_id: str
    mention_id: str
    title: str | None
    source_id: str
    published_on: date | None
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names of which a rule could not say whether they are one organisation."""

    left_key: str
    right_key: str
    left_id: str
    right_id: str
    left_name: str
    right_name: str
    left_territory: str
    right_territory: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A person's judgement. `joined`: whether the names are one partner now; `built_since`: whether the
    warehouse has been built since, `latest`: whether nobody has judged the pair anew."""

    judgement_id: int
    left_key: str
    right_key: str
    left_name: str
    right_name: str
    verdict: str
    decided_by: str
    reason: str
    decided_at: datetime
    joined: bool
    built_since: bool
    latest: bool

    @property
    def effect(self) -> str:
        """A key of the pages' words: what has become of it."""
        if not self.latest:
            return "replaced"
        if self.verdict == "open":
            return "withdrawn"
        if self.joined == (self.verdict == "positive"):
            return "applied"
        return "opposed" if self.built_since else "waiting"


_PARTNER = """
select
    c.canonical_id as partner_id, c.name, c.kind as type, c.merged_into,
    coalesce(n.names, 0)::int as names, coalesce(n.territories, '{}') as territories
from ops.canonical as c
left join lateral (
    select
        count(*) as names,
        array_agg(distinct territory_iso) filter (where territory_iso <> '') as territories
    from ops.canonical_name where entity_kind = 'partner' and canonical_id = c.canonical_id
) as n on true
"""

_NAME = (
    "select name_key, canonical_id as partner_id, name, kind as type,"
    " coalesce(territory_iso, '') as territory from ops.canonical_name"
)

_FOUND = f"""
{_PARTNER}
where c.entity_kind = 'partner' and c.canonical_id in (
    select canonical_id from ops.canonical_name
    where
        entity_kind = 'partner'
        and replace(lower(name), 'ё', 'е') like %(pattern)s
        and canonical_id is distinct from %(but)s
    group by canonical_id
    order by min(length(name)), canonical_id
    limit %(limit)s
)
order by length(c.name), c.name, c.canonical_id
"""  # noqa: S608 - constants

_UNSURE = """
select
    j.left_key, j.right_key, l.canonical_id as left_id, r.canonical_id as right_id, l.name as left_name,
    r.name as right_name, coalesce(l.territory_iso, '') as left_territory,
    coalesce(r.territory_iso, '') as right_territory, j.score
from ops.judgement as j
inner join ops.canonical_name as l on l.entity_kind = 'partner' and l.name_key = j.left_key
inner join ops.canonical_name as r on r.entity_kind = 'partner' and r.name_key = j.right_key
where
    j.entity_kind = 'partner' and j.verdict = 'unsure' and l.canonical_id <> r.canonical_id
    and not exists (
        select from ops.judgement as later
        where
            later.entity_kind = 'partner' and later.left_key = j.left_key
            and later.right_key = j.right_key and later.judgement_id > j.judgement_id
    )
    and (%(keys)s::text[] is null or j.left_key = any(%(keys)s) or j.right_key = any(%(keys)s))
order by j.score desc, j.judgement_id
limit %(limit)s offset %(offset)s
"""

_MENTIONS = """
select
    m.report_id, m.mention_id, v.title, m.source_id, v.published_on, m.quote,
    substring(v.clean_text from greatest(1, m.start_char - 79) for least(80, m.start_char)) as before,
    substring(v.clean_text from m.end_char + 1 for 80) as after
from (
    select distinct on (d.document_id)
        d.document_id as report_id, d.source_id, d.first_seen_at, found.version_id,
        found.partner_mention_id as mention_id, found.start_char, found.end_char, found.quote
    from (
        select mentions.* from ops.canonical_name as names
        inner join raw.partner_mention as mentions
            on mentions.name_public = names.name and mentions.type = names.kind
        where names.entity_kind = 'partner' and names.canonical_id = %(partner)s
        limit %(mentions)s
    ) as found
    inner join raw.document_version as v on v.version_id = found.version_id
    inner join raw.document as d on d.document_id = v.document_id
    order by d.document_id, found.start_char, found.partner_mention_id
) as m
inner join raw.document_version as v on v.version_id = m.version_id
order by m.first_seen_at desc, m.report_id
limit %(limit)s
"""

_JUDGED = """
select
    j.judgement_id, j.left_key, j.right_key, coalesce(l.name, '—') as left_name,
    coalesce(r.name, '—') as right_name, j.verdict, j.decided_by, j.reason, j.decided_at,
    coalesce(l.canonical_id = r.canonical_id, false) as joined,
    exists (select from ops.model_run where started_at > j.decided_at) as built_since,
    not exists (
        select from ops.judgement as later
        where
            later.entity_kind = j.entity_kind and later.left_key = j.left_key
            and later.right_key = j.right_key and later.judgement_id > j.judgement_id
            and later.decided_by not in ('rule', 'seed')
    ) as latest
from ops.judgement as j
left join ops.canonical_name as l on l.entity_kind = j.entity_kind and l.name_key = j.left_key
left join ops.canonical_name as r on r.entity_kind = j.entity_kind and r.name_key = j.right_key
where j.entity_kind = 'partner' and j.decided_by not in ('rule', 'seed')
"""

_OPPOSED = """
select latest.judgement_id from (
    select distinct on (left_key, right_key) judgement_id, left_key, right_key, verdict, decided_by
    from ops.judgement
    where
        entity_kind = 'partner' and (left_key, right_key) <> (%(left)s, %(right)s)
        and (
            (left_key = any(%(lefts)s) and right_key = any(%(rights)s))
            or (left_key = any(%(rights)s) and right_key = any(%(lefts)s))
        )
    order by left_key, right_key, judgement_id desc
) as latest
where latest.verdict = 'negative' and latest.decided_by <> 'rule'
limit 1
"""


def partner(conn: psycopg.Connection, partner_id: str) -> Partner | None:
    with conn.cursor(row_factory=class_row(Partner)) as cursor:
        return cursor.execute(
            _PARTNER + "where c.entity_kind = 'partner' and c.canonical_id = %s", (partner_id,)
        ).fetchone()


def found(conn: psycopg.Connection, text: str, but: str | None = None, limit: int = PAGE) -> list[Partner]:
    """Partners with a name that contains the text, the shortest names first; without the partner `but`."""
    wanted = text.lower().replace("ё", "е").replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    with conn.cursor(row_factory=class_row(Partner)) as cursor:
        return cursor.execute(_FOUND, {"pattern": f"%{wanted}%", "but": but, "limit": limit}).fetchall()


def names(conn: psycopg.Connection, partner_id: str) -> list[Name]:
    """The names of a partner, its main one first."""
    with conn.cursor(row_factory=class_row(Name)) as cursor:
        return cursor.execute(
            f"{_NAME} where entity_kind = 'partner' and canonical_id = %(partner)s"  # noqa: S608
            " order by name <> (select name from ops.canonical"
            " where entity_kind = 'partner' and canonical_id = %(partner)s), name, name_key limit %(limit)s",
            {"partner": partner_id, "limit": NAMES},
        ).fetchall()


def main_names(conn: psycopg.Connection, partner_ids: list[str]) -> dict[str, Name]:
    """Partner → the name that a judgement about it is made on: its main one."""
    with conn.cursor(row_factory=class_row(Name)) as cursor:
        rows = cursor.execute(
            "select distinct on (n.canonical_id) n.name_key, n.canonical_id as partner_id, n.name,"
            " n.kind as type, coalesce(n.territory_iso, '') as territory"
            " from ops.canonical_name as n inner join ops.canonical as c using (entity_kind, canonical_id)"
            " where entity_kind = 'partner' and canonical_id = any(%s)"
            " order by n.canonical_id, n.name <> c.name, n.name, n.name_key",
            (partner_ids,),
        ).fetchall()
    return {row.partner_id: row for row in rows}


def name(conn: psycopg.Connection, name_key: str) -> Name | None:
    with conn.cursor(row_factory=class_row(Name)) as cursor:
        return cursor.execute(
            f"{_NAME} where entity_kind = 'partner' and name_key = %s", (name_key,)
        ).fetchone()


def known(conn: psycopg.Connection, name_keys: list[str]) -> dict[str, str]:
    """Name key → partner, for those that the resolver has met."""
    rows = conn.execute(
        "select name_key, canonical_id from ops.canonical_name"
        " where entity_kind = 'partner' and name_key = any(%s)",
        (name_keys,),
    )
    return {str(key): str(owner) for key, owner in rows}


def mentions(conn: psycopg.Connection, partner_id: str, limit: int = 20) -> list[Mentioned]:
    """Some of the reports that use a partner's names."""
    arguments = {"partner": partner_id, "mentions": MENTIONS, "limit": limit}
    with conn.cursor(row_factory=class_row(Mentioned)) as cursor:
        return cursor.execute(_MENTIONS, arguments).fetchall()


def unsure(conn: psycopg.Connection, name_keys: list[str] | None = None, offset: int = 0) -> list[Pair]:
    """Pairs of names that the rules leave to people, the likest first; with one of these names, if given."""
    with conn.cursor(row_factory=class_row(Pair)) as cursor:
        return cursor.execute(_UNSURE, {"keys": name_keys, "limit": PAGE, "offset": offset}).fetchall()


def _judgements(conn: psycopg.Connection, rest: str, arguments: Mapping[str, object]) -> list[Judged]:
    with conn.cursor(row_factory=class_row(Judged)) as cursor:
        return cursor.execute(_JUDGED + rest, arguments).fetchall()


def judged(conn: psycopg.Connection, before: int | None = None, limit: int = PAGE) -> list[Judged]:
    """People's judgements, newest first; `before` is the last one of the page before."""
    return _judgements(
        conn,
        "and (%(before)s::bigint is null or j.judgement_id < %(before)s)"
        " order by j.judgement_id desc limit %(limit)s",
        {"before": before, "limit": limit},
    )


def judged_about(conn: psycopg.Connection, name_keys: list[str]) -> list[Judged]:
    """People's judgements on any of these names, newest first."""
    return _judgements(
        conn,
        "and (j.left_key = any(%(keys)s) or j.right_key = any(%(keys)s))"
        " order by j.judgement_id desc limit %(limit)s",
        {"keys": name_keys, "limit": PAGE},
    )


def of_pair(conn: psycopg.Connection, left: str, right: str) -> list[Judged]:
    """People's judgements on one pair (left < right), newest first."""
    return _judgements(
        conn,
        "and j.left_key = %(left)s and j.right_key = %(right)s order by j.judgement_id desc",
        {"left": left, "right": right},
    )


def record(
    conn: psycopg.Connection,
    left: Name,
    right: Name,
    *,
    verdict: str,
    reason: str,
    by: str,
    follows: int,
    seen: tuple[str, str],
) -> int:
    """Add a judgement and return its number, in the caller's transaction. Raises Stale.

    `follows` and `seen` are what the person saw: the latest judgement of a person on the pair (0: none), and
    the partners to which the names belonged.
    """
    conn.execute(
        "select pg_advisory_xact_lock(hashtext('svod judgement'))"
    )  # rare, and one may bear on another
    if (left.partner_id, right.partner_id) != seen:
        raise Stale("resolved")
    latest = of_pair(conn, left.name_key, right.name_key)
    if (latest[0].judgement_id if latest else 0) != follows:
        raise Stale("judged")
    if verdict == "positive" and _opposed(conn, left, right):
        raise Stale("opposed")
    try:
        row = conn.execute(
            "insert into ops.judgement"
            " (entity_kind, left_key, right_key, verdict, decided_by, reason, follows)"
            " values ('partner', %s, %s, %s, %s, %s, %s) returning judgement_id",
            (left.name_key, right.name_key, verdict, _signature(by), reason, follows),
        ).fetchone()
    except psycopg.errors.UniqueViolation as error:
        raise Stale("judged") from error
    return int(row[0]) if row else 0


def _opposed(conn: psycopg.Connection, left: Name, right: Name) -> bool:
    """Whether somebody keeps apart what this would join: then it could never take effect."""
    if left.partner_id == right.partner_id:
        return False
    arguments = {
        "left": left.name_key,
        "right": right.name_key,
        "lefts": [n.name_key for n in names(conn, left.partner_id)],
        "rights": [n.name_key for n in names(conn, right.partner_id)],
    }
    return conn.execute(_OPPOSED, arguments).fetchone() is not None


def _signature(name: str) -> str:
    """A person who is called like a rule is still a person."""
    return f"{name} (человек)" if name in NOT_PEOPLE else name
