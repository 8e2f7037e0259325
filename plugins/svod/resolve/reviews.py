"""Carries people's decisions over to the facts that are in force now; run before every build of the marts.

Writes only ops.review_match, which is computed anew each time: the decisions themselves are never touched.
`ops.review_in_force` then tells which decision holds about each fact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import psycopg
from psycopg.rows import class_row

from svod.warehouse import PROMOTED

from .review_matching import Match, Passage, match_passages


@dataclass(frozen=True, slots=True)
class CarryCounts:
    """Facts decided upon that are no longer in force, and how many of them were found again."""

    outdated: int
    carried: int


@dataclass(frozen=True, slots=True)
class _Fact:
    fact_id: str
    document_id: str
    reading: str
    text: str
    start_char: int
    end_char: int
    value: Decimal
    kind: str

    @property
    def passage(self) -> Passage:
        return Passage(self.fact_id, self.text, self.start_char, self.end_char, self.value, self.kind)


# The version in force of each report that somebody decided about, as the extractor in force reads it.
_IN_FORCE = f"""
create temporary table in_force on commit drop as
select state.document_id, state.version_id, promoted.extractor_version
from (
    select distinct v.document_id
    from ops.review as r
    inner join raw.metric_mention as m on m.metric_mention_id = r.fact_id
    inner join raw.document_version as v on v.version_id = m.version_id
) as decided
cross join lateral (
    select document_id, version_id, kind from raw.document_event
    where document_id = decided.document_id order by occurred_at desc, event_seq desc limit 1
) as state
cross join (select {PROMOTED} as extractor_version) as promoted
where state.kind <> 'withdrawn'
"""  # noqa: S608 - a constant

_FACT = """
select
    m.metric_mention_id as fact_id, v.document_id, v.version_id || ' ' || m.extractor_version as reading,
    v.clean_text as text, m.start_char, m.end_char, m.value, m.kind
from raw.metric_mention as m
inner join raw.document_version as v on v.version_id = m.version_id
inner join in_force as f on f.document_id = v.document_id
"""
_OUTDATED = f"""
{_FACT}
where
    exists (select from ops.review as r where r.fact_id = m.metric_mention_id)
    and (m.version_id, m.extractor_version) is distinct from (f.version_id, f.extractor_version)
order by v.document_id, m.metric_mention_id
"""  # noqa: S608 - a constant
_PRESENT = f"""
{_FACT}
where
    m.version_id = f.version_id and m.extractor_version = f.extractor_version
    and v.document_id = any(%s)
order by v.document_id, m.metric_mention_id
"""


def carry_reviews(conn: psycopg.Connection) -> CarryCounts:
    """Match all outdated decisions anew, in the caller's transaction. Needs the role `transformer`."""
    conn.execute("select pg_advisory_xact_lock(hashtext('svod carry reviews'))")
    conn.execute("drop table if exists in_force")
    conn.execute(_IN_FORCE)
    with conn.cursor(row_factory=class_row(_Fact)) as cursor:
        outdated = cursor.execute(_OUTDATED).fetchall()
        documents = sorted({fact.document_id for fact in outdated})
        present = cursor.execute(_PRESENT, (documents,)).fetchall()
    matches = _match(outdated, present)
    conn.execute("delete from ops.review_match")
    with conn.cursor() as cursor:
        cursor.executemany(
            "insert into ops.review_match (review_id, fact_id, score)"
            " select review_id, %s, %s from ops.review where fact_id = %s",
            [(match.fact_id, match.score, fact_id) for fact_id, match in sorted(matches.items())],
        )
    return CarryCounts(outdated=len(outdated), carried=len(matches))


def _match(outdated: Iterable[_Fact], present: Iterable[_Fact]) -> dict[str, Match]:
    """Reading by reading: two readings of one report may both know the same fact."""
    now: dict[str, list[Passage]] = defaultdict(list)
    for fact in present:
        now[fact.document_id].append(fact.passage)
    then: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for fact in outdated:
        then[fact.document_id, fact.reading].append(fact.passage)
    matches: dict[str, Match] = {}
    for (document_id, _), passages in then.items():
        matches |= match_passages(passages, now[document_id])
    return matches
