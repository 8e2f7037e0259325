"""Keeps ops.telling: which report in force tells a story that another told first.

Only reports that are new, changed or gone, and those they may be copies of, are compared again. Must not know
how copies are recognised.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import psycopg

from .copies import Copy, Telling, bands, candidates, find_copies

CHUNK = 1000  # texts in memory at once while they are sketched

_CHANGED = """
select s.document_id, s.version_id, v.published_on, v.clean_text
from raw.document_state as s
inner join raw.document_version as v using (version_id)
left join ops.telling as t on t.document_id = s.document_id and t.version_id = s.version_id
where s.is_current and t.document_id is null
"""
_GONE = """
select t.document_id from ops.telling as t
left join raw.document_state as s on s.document_id = t.document_id and s.is_current
where s.document_id is null
"""
_TEXTS = """
select t.document_id, v.clean_text, t.published_on
from ops.telling as t
inner join raw.document_version as v using (version_id)
where t.document_id = any(%s)
"""
_KEEP = """
insert into ops.telling (document_id, version_id, published_on, sketch)
values (%s, %s, %s, %s)
on conflict (document_id) do update
set version_id = excluded.version_id, published_on = excluded.published_on, sketch = excluded.sketch,
    original_id = null, rule = null, alike = null, updated_at = now()
"""
_MARK = """
update ops.telling as t
set original_id = found.original_id, rule = found.rule, alike = found.alike, updated_at = now()
from unnest(%s::text[], %s::text[], %s::text[], %s::float8[])
    as found (document_id, original_id, rule, alike)
where t.document_id = found.document_id
    and (t.original_id, t.rule, t.alike) is distinct from (found.original_id, found.rule, found.alike)
"""


@dataclass(frozen=True, slots=True)
class CopyCounts:
    """Reports that were compared in this run, and the copies now known among all."""

    compared: int
    copies: int


def update_copies(conn: psycopg.Connection) -> CopyCounts:
    """Bring ops.telling to the reports in force. Part of the caller's transaction; twice is once."""
    stories = _stories(conn)
    gone = [row[0] for row in conn.execute(_GONE)]
    conn.execute("delete from ops.telling where document_id = any(%s)", (gone,))
    seeds = {*_sketch_changed(conn), *gone}
    affected = _affected(_sketches(conn), stories, seeds) if seeds else []
    _mark(conn, affected)
    row = conn.execute("select count(original_id) from ops.telling").fetchone()
    assert row is not None
    return CopyCounts(compared=len(affected), copies=int(row[0]))


def _sketches(conn: psycopg.Connection) -> dict[str, array[int]]:
    rows = conn.execute("select document_id, sketch from ops.telling order by document_id")
    return {document: array("q", bytes(sketch)) for document, sketch in rows}


def _stories(conn: psycopg.Connection) -> dict[str, set[str]]:
    """Each report of a story with several tellings → all that tell it."""
    stories: dict[str, set[str]] = defaultdict(set)
    for document, original in conn.execute(
        "select document_id, original_id from ops.telling where original_id is not null"
    ):
        stories[original] |= {document, original}
    return {document: story for story in stories.values() for document in story}


def _sketch_changed(conn: psycopg.Connection) -> list[str]:
    changed = []
    with conn.cursor("svod_tellings") as found, conn.cursor() as writer:
        found.execute(_CHANGED)
        while rows := found.fetchmany(CHUNK):
            kept = [(d, version, published, bands(text).tobytes()) for d, version, published, text in rows]
            writer.executemany(_KEEP, kept)
            changed += [row[0] for row in rows]
    return changed


def _affected(
    sketches: Mapping[str, array[int]], stories: Mapping[str, set[str]], changed: Collection[str]
) -> list[str]:
    """The reports whose story may be another now: the changed, those they were or may be told with."""
    seeds = set(changed).union(*(stories.get(document, ()) for document in changed))
    met = candidates(sketches, sorted(seeds & sketches.keys()))
    reached = seeds.union(*met.values())
    reached = reached.union(*(stories.get(document, ()) for document in reached))
    return sorted(reached & sketches.keys())


def _mark(conn: psycopg.Connection, affected: list[str]) -> None:
    rows: list[tuple[str, str, date | None]] = conn.execute(_TEXTS, (affected,)).fetchall()
    tellings = [Telling(document, text, published) for document, text, published in rows]
    found: dict[str, Copy] = {copy.report_id: copy for copy in find_copies(tellings)}
    of = [found.get(document) for document in affected]
    conn.execute(
        _MARK,
        (
            affected,
            [copy and copy.original_id for copy in of],
            [copy and copy.rule for copy in of],
            [copy and copy.alike for copy in of],
        ),
    )
