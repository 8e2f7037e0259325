"""A new extractor version on the real scheduler: once it is promoted, the warehouse runs by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator

import psycopg
import pytest
from tests.dags.engine import other_engine
from tests.runtime.lab import settings_of

from svod.config import Settings
from svod.extract.version import EXTRACTOR_VERSION
from svod.runtime import control
from svod.runtime.demo import RUN_SECONDS
from svod.runtime.rest import AirflowClient, Run
from svod.runtime.stack import embedded_postgres
from svod.steps import ingest

pytestmark = pytest.mark.slow

SOURCE = "kirov_dobro43"


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """A running stack whose reports were read by a former engine, which is the promoted one."""
    settings = Settings(home=tmp_path_factory.mktemp("promotion") / "home")
    state = control.up(settings, sample_sites=True)
    try:
        with settings_of(Settings(home=settings.home, hosts=state.sites, allow_private_addresses=True)):
            other_engine(monkeypatch, "0")
            dsn = settings.dsn("loader")
            batches = ingest.fetch_run(SOURCE, run_id="before", dsn=dsn, secret=str)
            reads = [ingest.read_batch(SOURCE, batch) for batch in batches]
            ingest.load_run(SOURCE, run_id="before", reads=reads, dsn=dsn)
        yield settings
    finally:
        control.down(settings)
        embedded_postgres(settings).remove()


def wait_for(client: AirflowClient, dag_id: str, how: str) -> Run:
    """The first run of a DAG that came about so, ended."""
    until = time.monotonic() + RUN_SECONDS
    while time.monotonic() < until:
        found = client._send("GET", f"/dags/{dag_id}/dagRuns", params={"limit": 100})["dag_runs"]
        for run in found:
            if run["dag_run_id"].startswith(how) and run["state"] in ("success", "failed"):
                return client.run(dag_id, run["dag_run_id"])
        time.sleep(1)
    raise AssertionError(f"no run of {dag_id} that was {how}: {[run['dag_run_id'] for run in found]}")


def test_a_promotion_starts_the_warehouse(settings: Settings) -> None:
    state = control.status(settings)
    assert state is not None
    client = control.client(settings, state)
    client.wait_for_dags({"reextract", "warehouse"})
    for dag in ("warehouse", "reextract"):
        client.unpause(dag)
    begun = client.trigger("reextract", {"decision": "promote", "reason": "looked at"})
    assert wait_for(client, "reextract", begun.run_id).state == "success"
    assert wait_for(client, "warehouse", "asset_triggered__").state == "success"
    with psycopg.connect(settings.dsn("app")) as conn:
        promotions = conn.execute("select extractor_version from ops.promotion order by promotion_id")
        assert promotions.fetchall() == [("0",), (EXTRACTOR_VERSION,)]
        shown = conn.execute("select extractor_version, count(*) > 10 from marts.fct_outcome group by 1")
        assert shown.fetchall() == [(EXTRACTOR_VERSION, True)]
