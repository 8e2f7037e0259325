"""The steps from raw to published marts: resolve, build a layer, audit the candidate, publish."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from svod import warehouse
from svod.config import CHECKOUT, DBT_PROJECT, Settings, login
from svod.errors import GateFailed, PublishRefused
from svod.quality.gate import record_override, run_gate
from svod.resolve import resolve as resolve_names
from svod.resolve.reviews import carry_reviews
from svod.warehouse import candidate
from svod.warehouse.dbt_runner import DbtError, NodeResult, layer_command, record_nodes, run_dbt
from svod.warehouse.migrate import schema_version
from svod.warehouse.notifications import warn

CANDIDATE = "marts"  # the layer that is written to marts_next


def prepare(settings: Settings, databases: Iterable[str] = ()) -> str | None:
    """Schemas, roles and grants of the warehouse, and further empty databases; the migration it stands at."""
    with warehouse.connect(settings.dsn("owner"), autocommit=True) as conn:
        for name in databases:
            if conn.execute("select from pg_database where datname = %s", (name,)).fetchone() is None:
                conn.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    passwords = settings.passwords()
    if conninfo_to_dict(settings.dsn("owner")).get("user") == login("owner"):
        del passwords["owner"]  # a role may not alter itself
    warehouse.migrate(settings.dsn("owner"), passwords)
    return schema_version(settings.dsn("owner"))


def resolve(dsn: str) -> dict[str, int]:
    """Canonical names for what the promoted reading has found; people's decisions brought over to it."""
    counts = asdict(resolve_names(dsn))
    with warehouse.connect(dsn, name="svod carry reviews") as conn:
        reviews = carry_reviews(conn)
    return counts | {"reviews_outdated": reviews.outdated, "reviews_carried": reviews.carried}


def build(layer: str, *, run_id: str, dsn: str) -> dict[str, int]:
    """Build and test one dbt layer; how many nodes ended how. Raises DbtError that names what failed."""
    settings = Settings()
    try:
        with candidate.building(dsn) if layer == CANDIDATE else nullcontext():
            nodes = run_dbt(
                layer_command(layer),
                project_dir=DBT_PROJECT,
                # one path for all layers, which never run side by side: the second need not parse again
                target_path=settings.home / "dbt",
                dsn=dsn,
                run_id=run_id,
                pages_url=settings.pages_url,
            )
    except DbtError as error:
        record(dsn, run_id, error.nodes)
        raise
    record(dsn, run_id, nodes)
    return {status: sum(n.status == status for n in nodes) for status in sorted({n.status for n in nodes})}


def gate(*, run_id: str, dsn: str) -> dict[str, int]:
    """Audit the candidate against expectations/. Raises GateFailed when a critical one does not hold."""
    settings = Settings()
    try:
        result = run_gate(
            dsn,
            CHECKOUT / "expectations",
            run_id,
            docs_dir(settings),
            keep_officials=settings.keep_officials,
        )
    except GateFailed as error:
        _warn_of_gate(dsn, run_id, "critical", f"not published: {error}")
        raise
    if result.warnings:
        _warn_of_gate(dsn, run_id, "warning", "; ".join(check.title for check in result.warnings))
    return {"expectations": result.checked, "warnings": len(result.warnings)}


def _warn_of_gate(dsn: str, run_id: str, severity: str, reason: str) -> None:
    with warehouse.connect(dsn) as conn:
        warn(conn, "gate", key=run_id, severity=severity, reason=reason)


def publish(*, run_id: str, dsn: str) -> dict[str, Any]:
    """Publish what the gate of this run has passed; empty when the candidate equals what is published."""
    release = warehouse.publish(dsn, run_id)
    if release is None:
        return {}
    changed = {"added": release.added, "changed": release.changed, "gone": release.gone}
    return {"release": release.release_id, "run": run_id, **changed}


def publish_last(dsn: str, *, override: str | None, by: str) -> warehouse.Release | None:
    """Publish the candidate that lies there audited; `override` is the recorded reason if its gate failed."""
    with warehouse.connect(dsn) as conn:
        run_id = candidate.audited_run(conn)
    if run_id is None:
        raise PublishRefused(
            "no whole candidate has been through the gate (a build is under way, or broke off, or none ran"
            " yet): wait for the warehouse DAG, or run it"
        )
    if override is not None:
        record_override(dsn, run_id, reason=override, by=by)
    return warehouse.publish(dsn, run_id)


def docs_dir(settings: Settings) -> Path:
    """Where the gate puts its pages (Data Docs)."""
    return settings.home / "docs" / "quality"


def record(dsn: str, run_id: str, nodes: Iterable[NodeResult]) -> None:
    """Write what became of each dbt node to ops.model_run."""
    with psycopg.connect(dsn) as conn:
        record_nodes(conn, run_id, list(nodes))
