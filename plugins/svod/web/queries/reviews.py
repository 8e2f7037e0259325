"""Decisions of people about facts: read, listed, added. A decision is a row; nothing is ever changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import psycopg
from psycopg.rows import class_row

from svod.errors import SvodError
from svod.warehouse.promotion import PROMOTED, promoted_in

from .reports import METRIC, Metric

QUEUE = 40  # facts on a page of the queue
LOOKS = 10  # times that as many facts are looked through for a page
JOURNAL = 50  # decisions on a page of the journal


class Stale(SvodError):
    """The form was made from a state that no longer holds.

    About a fact: `reread` (anew) or `decided` (by others). About two names of partners: `resolved` (anew),
    `judged` (by others) or `opposed` (somebody keeps apart what it would join).
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A fact as a reviewer left it: all fields, an empty one is empty."""

    value: Decimal
    value_max: Decimal | None
    comparator: str
    kind: str
    direction: str | None
    unit: str
    beneficiary: str | None
    planned: bool
    period_start: date | None
    period_end: date | None
    project: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of ops.review, with the place in the text of the fact it was made about."""

    review_id: int
    fact_id: str
    verdict: str
    note: str | None
    reviewed_by: str
    reviewed_at: datetime
    corrected_value: Decimal | None
    corrected_value_max: Decimal | None
    corrected_comparator: str | None
    corrected_kind: str | None
    corrected_direction: str | None
    corrected_unit: str | None
    corrected_beneficiary: str | None
    corrected_planned: bool | None
    corrected_period_start: date | None
    corrected_period_end: date | None
    corrected_project: str | None
    version_id: str
    extractor_version: str
    document_id: str
    start: int
    end: int
    quote: str
    value: Decimal
    kind: str


@dataclass(frozen=True, slots=True)
class Home:
    """The report, version and reading that a fact belongs to; `in_force` while these are the present ones."""

    report_id: str
    version_id: str
    extractor_version: str
    in_force: bool

    @property
    def reading(self) -> dict[str, str]:
        """What the report page needs to be asked for, to show this very fact."""
        return {} if self.in_force else {"version": self.version_id, "reading": self.extractor_version}


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A fact of low confidence, undecided; in the queue if it is `in_force`."""

    id: str
    report_id: str
    source_id: str
    title: str | None
    published_on: date | None
    before: str
    after: str
    value: Decimal
    value_max: Decimal | None
    comparator: str
    kind: str
    direction: str | None
    unit: str
    beneficiary: str | None
    planned: bool
    quote: str
    rule_id: str
    confidence: float
    follows: int
    in_force: bool


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Facts of the queue, and (confidence, id) after which the next page begins; None at the end."""

    facts: list[Doubtful]
    next: tuple[float, str] | None


_CORRECTED = (
    "corrected_value, corrected_value_max, corrected_comparator, corrected_kind, corrected_direction,"
    " corrected_unit, corrected_beneficiary, corrected_planned, corrected_period_start, corrected_period_end,"
    " corrected_project"
)

_DECISION = f"""
select
    r.review_id, r.fact_id, r.verdict, r.note, r.reviewed_by, r.reviewed_at, {_CORRECTED},
    m.version_id, m.extractor_version, v.document_id, m.start_char as start, m.end_char as "end", m.quote,
    m.value, m.kind
from ops.review as r
inner join raw.metric_mention as m on m.metric_mention_id = r.fact_id
inner join raw.document_version as v on v.version_id = m.version_id
"""  # noqa: S608 - constants

# First the undecided facts in the order of the index, then only those that are still in force.
_QUEUE = """
with undecided as materialized (
    select m.* from raw.metric_mention as m
    where
        m.extractor_version = %(extractor)s
        and m.confidence < %(below)s
        and (m.confidence, m.metric_mention_id) > (%(after)s, %(after_id)s)
        and coalesce(
            (select verdict from ops.review_in_force where fact_id = m.metric_mention_id), 'open'
        ) = 'open'
    order by m.confidence, m.metric_mention_id
    limit %(limit)s
)
select
    m.metric_mention_id as id, v.document_id as report_id, d.source_id, v.title, v.published_on,
    substring(v.clean_text from greatest(1, m.start_char - 119) for least(120, m.start_char)) as before,
    substring(v.clean_text from m.end_char + 1 for 120) as after,
    m.value, m.value_max, m.comparator, m.kind, m.direction, m.unit, m.beneficiary, m.planned, m.quote,
    m.rule_id, m.confidence,
    coalesce((select review_id from ops.review_in_force where fact_id = m.metric_mention_id), 0) as follows,
    state.version_id = m.version_id and state.kind <> 'withdrawn' as in_force
from undecided as m
inner join raw.document_version as v on v.version_id = m.version_id
inner join raw.document as d on d.document_id = v.document_id
cross join lateral (
    select version_id, kind from raw.document_event
    where document_id = v.document_id order by occurred_at desc, event_seq desc limit 1
) as state
order by m.confidence, m.metric_mention_id
"""

_INSERT = f"""
insert into ops.review (fact_id, verdict, note, reviewed_by, follows, {_CORRECTED})
values (
    %(fact_id)s, %(verdict)s, %(note)s, %(by)s, %(follows)s, %(value)s, %(value_max)s, %(comparator)s,
    %(kind)s, %(direction)s, %(unit)s, %(beneficiary)s, %(planned)s, %(period_start)s,
    %(period_end)s, %(project)s
)
returning review_id
"""  # noqa: S608 - constants

_NOTHING = dict.fromkeys(Corrected.__dataclass_fields__)

_HOME = f"""
select
    v.document_id as report_id, m.version_id, m.extractor_version,
    coalesce(m.version_id = state.version_id and m.extractor_version = {PROMOTED}, false) as in_force
from raw.metric_mention as m
inner join raw.document_version as v on v.version_id = m.version_id
cross join lateral (
    select version_id from raw.document_event
    where document_id = v.document_id order by occurred_at desc, event_seq desc limit 1
) as state
where m.metric_mention_id = %s
"""  # noqa: S608 - a constant


def of_report(conn: psycopg.Connection, report_id: str) -> list[Decision]:
    """All decisions about facts of any version and reading of a report, oldest first."""
    with conn.cursor(row_factory=class_row(Decision)) as cursor:
        return cursor.execute(
            _DECISION + "where v.document_id = %s order by r.review_id", (report_id,)
        ).fetchall()


def journal(conn: psycopg.Connection, before: int | None = None, limit: int = JOURNAL) -> list[Decision]:
    """The last decisions, newest first; `before` is the last one of the page before."""
    with conn.cursor(row_factory=class_row(Decision)) as cursor:
        return cursor.execute(
            _DECISION + "where %(before)s::bigint is null or r.review_id < %(before)s"
            " order by r.review_id desc limit %(limit)s",
            {"before": before, "limit": limit},
        ).fetchall()


def queue(
    conn: psycopg.Connection, below: float, after: float = -1, after_id: str = "", limit: int = QUEUE
) -> QueuePage:
    """Undecided facts in force with a confidence under `below`, the least certain first.

    A page is short when most of what was looked through is no longer in force; `next` tells where to go on.
    """
    facts: list[Doubtful] = []
    arguments: dict[str, object] = {"extractor": promoted_in(conn), "below": below, "limit": limit}
    for _ in range(LOOKS):
        with conn.cursor(row_factory=class_row(Doubtful)) as cursor:
            seen = cursor.execute(_QUEUE, arguments | {"after": after, "after_id": after_id}).fetchall()
        for fact in seen:
            after, after_id = fact.confidence, fact.id
            if fact.in_force:
                facts.append(fact)
            if len(facts) == limit:
                return QueuePage(facts, (after, after_id))
        if len(seen) < limit:
            return QueuePage(facts, None)
    return QueuePage(facts, (after, after_id))


def metric(conn: psycopg.Connection, fact_id: str) -> Metric | None:
    with conn.cursor(row_factory=class_row(Metric)) as cursor:
        return cursor.execute(
            f"select {METRIC} from raw.metric_mention where metric_mention_id = %s",  # noqa: S608
            (fact_id,),
        ).fetchone()


def home(conn: psycopg.Connection, fact_id: str) -> Home | None:
    """Where a fact is at home."""
    with conn.cursor(row_factory=class_row(Home)) as cursor:
        return cursor.execute(_HOME, (fact_id,)).fetchone()


def record(
    conn: psycopg.Connection,
    *,
    fact_id: str,
    verdict: str,
    note: str | None,
    by: str,
    follows: int,
    corrected: Corrected | None,
) -> int:
    """Add a decision and return its number; Stale if `follows` is not the decision in force any more.

    `follows` is the decision that the person saw (0: none). In the caller's transaction.
    """
    conn.execute("select pg_advisory_xact_lock(hashtext(%s))", (fact_id,))
    found = home(conn, fact_id)
    if found is None or not found.in_force:
        raise Stale("reread")
    latest = conn.execute("select max(review_id) from ops.review where fact_id = %s", (fact_id,)).fetchone()
    if latest and latest[0] is not None and latest[0] != follows:
        raise Stale("decided")
    fields = _NOTHING if corrected is None else {n: getattr(corrected, n) for n in _NOTHING}
    arguments = {"fact_id": fact_id, "verdict": verdict, "note": note, "by": by, "follows": follows, **fields}
    try:
        row = conn.execute(_INSERT, arguments).fetchone()
    except psycopg.errors.UniqueViolation as error:
        raise Stale("decided") from error
    return int(row[0]) if row else 0
