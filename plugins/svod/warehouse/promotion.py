"""Which extractor version is in force, and which stored versions another one has not read yet."""

from __future__ import annotations

from collections.abc import Generator

import psycopg
from psycopg.rows import class_row

from .connection import connect
from .records import PendingVersion, VersionRange

# The extractor version whose facts the marts show, as a subquery.
PROMOTED = "(select extractor_version from ops.promotion order by promotion_id desc limit 1)"

# An anti-join, never a time stamp: a version that failed once, or came late, is found again.
_PENDING = """
select
    v.version_id, d.source_id, d.natural_key, v.url, v.clean_text, v.title, v.published_on,
    v.published_basis, v.body_sha256, v.media_type, v.charset, v.selector, s.territory_iso
from raw.document_version as v
inner join raw.document as d using (document_id)
left join lateral (
    select territory_iso from raw.source as s where s.source_id = d.source_id
    order by s.seen_at desc, s.source_version_id desc limit 1
) as s on true
where not exists (
    select from raw.version_extraction as x
    where x.version_id = v.version_id and x.extractor_version = %(extractor)s
)
and (%(source)s::text is null or d.source_id = %(source)s)
and v.version_id between coalesce(%(first)s::text, '') and coalesce(%(last)s::text, 'g')
order by d.source_id, v.version_id
limit %(limit)s
"""

_RANGES = """
with pending as (
    select v.version_id, row_number() over (order by v.version_id) - 1 as nth, count(*) over () as total
    from raw.document_version as v
    where not exists (
        select from raw.version_extraction as x
        where x.version_id = v.version_id and x.extractor_version = %(extractor)s
    )
)
select min(version_id) as first, max(version_id) as last, count(*) as versions
from pending
group by nth / greatest(%(size)s, (total + %(most)s - 1) / %(most)s)
order by 1
"""


def pending_versions(
    dsn: str,
    extractor_version: str,
    *,
    source_id: str | None = None,
    limit: int | None = None,
    first: str | None = None,
    last: str | None = None,
) -> Generator[PendingVersion]:
    """Stored versions that this extractor version has not read, streamed, source by source.

    `first` and `last` are the ends of a range of version ids, both inside.
    """
    arguments = {
        "extractor": extractor_version,
        "source": source_id,
        "limit": limit,
        "first": first,
        "last": last,
    }
    with (
        connect(dsn, name="svod pending") as conn,
        conn.cursor("pending", row_factory=class_row(PendingVersion)) as cursor,
    ):
        yield from cursor.execute(_PENDING, arguments)


def pending_ranges(dsn: str, extractor_version: str, *, size: int, most: int) -> list[VersionRange]:
    """What `pending_versions` gives, cut into at most `most` ranges of `size` versions or more."""
    with connect(dsn) as conn, conn.cursor(row_factory=class_row(VersionRange)) as cursor:
        return cursor.execute(
            _RANGES, {"extractor": extractor_version, "size": size, "most": most}
        ).fetchall()


def promoted_extractor(dsn: str) -> str | None:
    """The extractor version whose facts the marts show; None before the first load."""
    with connect(dsn) as conn:
        return promoted_in(conn)


def promoted_in(conn: psycopg.Connection) -> str | None:
    """The same within a transaction."""
    row = conn.execute(f"select {PROMOTED}").fetchone()
    return None if row is None or row[0] is None else str(row[0])


def promote_first(conn: psycopg.Connection, extractor_version: str) -> None:
    """The first extractor version that ever loads promotes itself."""
    conn.execute("select pg_advisory_xact_lock(hashtext('svod promotion'))")
    conn.execute(
        "insert into ops.promotion (extractor_version, reason, promoted_by)"
        " select %s, 'first load', 'svod' where not exists (select from ops.promotion)",
        (extractor_version,),
    )
