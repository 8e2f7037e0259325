"""Which extractor version is in force, and which stored versions another one has not read yet."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
from psycopg.rows import class_row

from .connection import connect
from .records import PendingVersion

# An anti-join, never a time stamp: a version that failed once, or came late, is found again.
_PENDING = """
select
    v.version_id, d.source_id, d.natural_key, v.url, v.clean_text, v.title, v.published_on,
    v.body_sha256, v.media_type, v.charset, v.selector
from raw.document_version as v
inner join raw.document as d using (document_id)
where not exists (
    select from raw.version_extraction as x
    where x.version_id = v.version_id and x.extractor_version = %(extractor)s
)
and (%(source)s::text is null or d.source_id = %(source)s)
order by d.source_id, v.version_id
limit %(limit)s
"""


def pending_versions(
    dsn: str, extractor_version: str, *, source_id: str | None = None, limit: int | None = None
) -> Iterator[PendingVersion]:
    """Stored versions that this extractor version has not read, streamed, in a stable order."""
    arguments = {"extractor": extractor_version, "source": source_id, "limit": limit}
    with (
        connect(dsn, name="svod pending") as conn,
        conn.cursor("pending", row_factory=class_row(PendingVersion)) as cursor,
    ):
        yield from cursor.execute(_PENDING, arguments)


def promoted_extractor(dsn: str) -> str | None:
    """The extractor version whose facts the marts show; None before the first load."""
    with connect(dsn) as conn:
        row = conn.execute(
            "select extractor_version from ops.promotion order by promotion_id desc limit 1"
        ).fetchone()
        return None if row is None else str(row[0])


def promote(dsn: str, extractor_version: str, *, reason: str, by: str) -> None:
    """Let the marts show this extractor version's facts from the next build on."""
    with connect(dsn) as conn:
        conn.execute(
            "insert into ops.promotion (extractor_version, reason, promoted_by) values (%s, %s, %s)",
            (extractor_version, reason, by),
        )


def promote_first(conn: psycopg.Connection, extractor_version: str) -> None:
    """The first extractor version that ever loads promotes itself."""
    conn.execute("select pg_advisory_xact_lock(hashtext('svod promotion'))")
    conn.execute(
        "insert into ops.promotion (extractor_version, reason, promoted_by)"
        " select %s, 'first load', 'svod' where not exists (select from ops.promotion)",
        (extractor_version,),
    )
