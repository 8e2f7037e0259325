"""The tasks of the re-extraction DAG: what is unread in parts, the comparison, the decision.

The steps are imported where they run, to keep the reading of DAG files quick.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from airflow.sdk import Asset, get_current_context, task
from airflow.sdk.exceptions import AirflowSkipException

from svod.airflow.connections import dsn

PROMOTED_READINGS = Asset("raw.promoted_readings")  # the marts have something new to show


@task
def plan() -> list[dict[str, Any]]:
    """The stored texts that this code's extractor has not read, in parts; none when it has read all."""
    from svod.steps import reextract

    return reextract.plan(dsn("loader"))


@task(map_index_template="{{ task.op_kwargs['part']['first'] }}")
def read(part: dict[str, Any]) -> dict[str, int]:
    """Read one part and load its facts; a second try goes on where the first stopped."""
    from svod.steps import reextract

    return reextract.read_part(part, run_id=_run_id(), dsn=dsn("loader"))


@task(trigger_rule="none_failed")
def compare() -> dict[str, Any] | None:
    """What the new version adds, changes and loses; all of it goes to ops.reextraction and its tables."""
    from svod.steps import reextract

    found = reextract.compare(run_id=_run_id(), dsn=dsn("transformer"))
    if found is None:
        return None
    return asdict(found) | {"share": round(found.share, 4), "compared_at": found.compared_at.isoformat()}


@task(outlets=[PROMOTED_READINGS])
def settle(parts: list[dict[str, Any]]) -> str:
    """Promote or turn down, as the run's parameters or else the settings say; skipped while it is open.

    Also done when the promoted version has read what it had not read before: the marts shall show it.
    """
    from svod.steps import reextract

    context = get_current_context()
    chosen = context["params"]
    by = getattr(context["dag_run"], "triggering_user_name", None) or "airflow"
    settled = reextract.settle(
        decision=str(chosen["decision"]), reason=str(chosen["reason"]), by=by, dsn=dsn("transformer")
    )
    if settled.state == "promoted":
        return settled.reason
    if settled.state == "none" and parts:
        return "the promoted extractor has read what was left"
    raise AirflowSkipException(f"{settled.state}: {settled.reason}")


def _run_id() -> str:
    return str(get_current_context()["run_id"])
