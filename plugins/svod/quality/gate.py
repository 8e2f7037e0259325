"""The gate: is this candidate fit to publish? Runs expectations/, records every result, decides.

`critical` stops the publish, `warning` reports. Results are rows of ops.dq_result whatever the outcome. Facts
that break a rule marked `quarantine` are held back: the next build leaves them out, unless somebody releases
them. An override is recorded with its reason.
"""

from __future__ import annotations

import dataclasses
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import psycopg

from svod.errors import GateFailed, WarehouseError
from svod.models import Rejection
from svod.warehouse import candidate, keys
from svod.warehouse.connection import connect
from svod.warehouse.storable import storable_json

from .checks import SHOWN, Check, GateResult, describe
from .docs import settle
from .expect import all_failing_rows, run_suites
from .quarantine import hold_back
from .suites import load_suites
from .unmasked import record_unmasked


def run_gate(
    dsn: str,
    expectations: Path,
    run_id: str,
    docs_dir: Path,
    *,
    override: str | None = None,
    by: str = "svod",
    keep_officials: bool = False,
) -> GateResult:
    """Check marts_next. Raises GateFailed, after recording, when a critical expectation does not hold.

    Raises WarehouseError, recording nothing, when the candidate is not whole or is built anew meanwhile.
    `dsn` is the transformer's. `override` is the reason to let a failing candidate through; `keep_officials`
    as in masking. Pages go under `docs_dir`, a folder for the run; its index.html leads to the latest.
    """
    with connect(dsn) as conn:
        build_id = candidate.to_audit(conn)
    first = _is_first_release(dsn)
    suites = [s.for_run(run_id, first_release=first) for s in load_suites(expectations)]
    record_unmasked(dsn, run_id, keep_officials=keep_officials)
    folder = re.sub(r"[^\w.-]+", "-", run_id).strip("-.") or "run"
    pages = docs_dir / folder
    shutil.rmtree(pages, ignore_errors=True)
    checks = [_without_released(dsn, check) for check in run_suites(dsn, suites, pages)]
    checks = [dataclasses.replace(c, docs_url=_page(docs_dir, pages, c.suite.name)) for c in checks]
    settle(docs_dir, folder, checks)
    held = _record(dsn, build_id, run_id, checks)
    failures = [c for c in checks if c.is_critical]
    if failures and override is not None:
        record_override(dsn, run_id, reason=override, by=by)
    elif failures:
        raise GateFailed(describe(failures))
    return GateResult(
        run_id=run_id,
        first_release=first,
        checks=checks,
        docs=pages / "index.html",
        overridden=override if failures else None,
        quarantined=held,
        failures=failures,
        warnings=[c for c in checks if not c.success and not c.is_critical],
    )


def record_override(dsn: str, run_id: str, *, reason: str, by: str) -> None:
    """Let the candidate that a run's gate has just audited through although it failed.

    Raises WarehouseError without a reason, PublishRefused if another candidate lies there by now.
    """
    if not reason.strip():
        raise WarehouseError("an override needs a reason")
    with connect(dsn) as conn:
        conn.execute(
            "insert into ops.gate_override (run_id, audit_id, reason, decided_by, failed)"
            " select %s, %s, %s, %s, coalesce(jsonb_agg(jsonb_build_object('suite', suite, 'rule', rule)"
            "   order by suite, rule), '[]')"
            " from ops.dq_result where run_id = %s and severity = 'critical' and not success",
            (run_id, candidate.audit_of(conn, run_id), reason, by, run_id),
        )


def _is_first_release(dsn: str) -> bool:
    with connect(dsn) as conn:
        row = conn.execute("select not exists (select from ops.release)").fetchone()
        return row is not None and bool(row[0])


def _without_released(dsn: str, check: Check) -> Check:
    """A fact that somebody has looked at and released breaks its rule no more."""
    if check.success or check.error or check.rule.meta.quarantine is None or check.rule.query is None:
        return check
    key = (check.rule.meta.key or check.suite.meta.key)[0]
    failing = [str(row[key]) for row in all_failing_rows(dsn, check.rule.query)]
    with connect(dsn) as conn:
        released = {
            row[0]
            for row in conn.execute(
                "select metric_mention_id from raw.quarantined_fact where state = 'release' and code = %s",
                (check.rule.meta.quarantine,),
            )
        }
    left = [value for value in failing if value not in released]
    return dataclasses.replace(
        check,
        success=not left,
        unexpected_count=len(left),
        failing_keys=[{key: value} for value in left[:SHOWN]],
    )


def _record(dsn: str, build_id: str, run_id: str, checks: Sequence[Check]) -> int:
    """Results of this run replace those of an earlier try of it; returns how many facts were held back."""
    with connect(dsn, name="svod gate") as conn:
        candidate.record_audit(conn, build_id, run_id)
        conn.execute("delete from ops.dq_result where run_id = %s", (run_id,))
        with conn.cursor() as cursor:
            cursor.executemany(
                "insert into ops.dq_result (dq_result_id, run_id, suite, table_name, expectation,"
                " column_name, rule, severity, success, observed, unexpected_count, failing_keys, docs_url)"
                " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s::jsonb, %s)",
                [_row(run_id, number, check) for number, check in enumerate(checks)],
            )
        return _hold_back(dsn, conn, run_id, checks)


def _row(run_id: str, number: int, check: Check) -> tuple[object, ...]:
    rule = check.rule
    observed = {"error": check.error} if check.error else check.observed
    severity = "critical" if check.error else rule.severity
    return (
        *(keys.key("dq_result", run_id, check.suite.name, number), run_id, check.suite.name),
        *(check.suite.meta.table, rule.type, rule.column, rule.meta.rule, severity, check.success),
        *(storable_json(observed), check.unexpected_count, storable_json(list(check.failing_keys))),
        check.docs_url,
    )


def _hold_back(dsn: str, conn: psycopg.Connection, run_id: str, checks: Sequence[Check]) -> int:
    rejections = []
    for check in checks:
        code = check.rule.meta.quarantine
        if check.success or check.error or code is None or check.rule.query is None:
            continue
        key = (check.rule.meta.key or check.suite.meta.key)[0]
        failing = [str(row[key]) for row in all_failing_rows(dsn, check.rule.query)]
        rejections += [
            Rejection(
                source_id=source or "unknown",
                stage="gate",
                code=code,
                reason=check.rule.meta.rule,
                key=fact,
                payload={"suite": check.suite.name, "quote": quote, "run_id": run_id},
            )
            for fact, source, quote in conn.execute(_FACTS, (failing,)).fetchall()
        ]
    return hold_back(conn, run_id, rejections)


_FACTS = """
select asked.fact, d.source_id, m.quote_public
from unnest(%s::text[]) as asked (fact)
left join raw.metric_mention as m on m.metric_mention_id = asked.fact
left join raw.document_version as v using (version_id)
left join raw.document as d using (document_id)
"""


def _page(docs_dir: Path, pages: Path, suite: str) -> str | None:
    """The suite's page, relative to `docs_dir`."""
    found = sorted((pages / "validations" / suite).rglob("*.html"))
    return str(found[-1].relative_to(docs_dir)) if found else None
