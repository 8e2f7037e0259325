"""A running stack in which things are killed, and what its runs load when nothing is.

Real stack, real DAGs, sample sites over HTTP; what was loaded is compared with what the same steps load
undisturbed into another database.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from svod import warehouse
from svod.config import Settings
from svod.runtime import control
from svod.runtime.rest import AirflowClient, Refused, Run, Unreachable
from svod.runtime.stack import embedded_postgres
from svod.runtime.supervisor import State
from svod.steps import ingest

RECOVERED_SECONDS = 60.0
# What a source has loaded, without times, run ids and attempts: the same rows whichever way it went.
LOADED = {
    "document": "document_id, natural_key, url",
    "document_version": "version_id, document_id, sha256_text, clean_text, title, published_on",
    "document_event": "document_id, version_id, kind",
    "snapshot": "url, sha256_raw",
    "project_mention": "project_mention_id, name, kind, status, start_char, end_char, quote, rule_id",
    "partner_mention": "partner_mention_id, name, type, role, start_char, end_char, quote, rule_id",
    "metric_mention": "metric_mention_id, value, unit, kind, period_start, period_end, quote, quote_public",
    "report_fact": "report_fact_id, fact, value",
    "quarantine": "stage, code, key",
}
BY_SOURCE = {
    "document": "source_id = %(source)s",
    "snapshot": "source_id = %(source)s",
    "quarantine": "source_id = %(source)s",
}
OF_VERSION = (
    "version_id in (select version_id from raw.document_version"
    " join raw.document using (document_id) where source_id = %(source)s)"
)


def loaded(dsn: str, source: str) -> dict[str, tuple[int, str]]:
    """Table → number of rows, and one hash over all of them."""
    found = {}
    with psycopg.connect(dsn) as conn:
        for table, columns in LOADED.items():
            row = conn.execute(
                f"select count(*), md5(string_agg(r::text, '|' order by r::text)) from"
                f" (select {columns} from raw.{table} where {BY_SOURCE.get(table, OF_VERSION)}) as r",
                {"source": source},
            ).fetchone()
            assert row
            found[table] = row
    return found


@dataclass
class Lab:
    """A running stack, and what an undisturbed run of each source loads."""

    settings: Settings
    client: AirflowClient
    make_database: Callable[[], str]

    @property
    def state(self) -> State:
        state = control.status(self.settings)
        assert state is not None
        return state

    def undisturbed(self, source: str) -> dict[str, tuple[int, str]]:
        """The same steps without Airflow, into a database and an archive of their own."""
        dsn = self.make_database()
        warehouse.migrate(dsn, {})
        where = Settings(
            home=self.settings.home / f"undisturbed {source}",
            hosts=self.state.sites,
            allow_private_addresses=True,
        )
        with settings_of(where):
            batches = ingest.fetch_run(source, run_id="calm", dsn=dsn, secret=lambda _name: "token")
            reads = [ingest.read_batch(source, batch) for batch in batches]
            ingest.load_run(source, run_id="calm", reads=reads, dsn=dsn)
        return loaded(dsn, source)

    def start(self, source: str) -> Run:
        dag = f"ingest__{source}"
        self.client.unpause(dag)
        return self.client.trigger(dag)

    def wait_for(self, run: Run, task: str, seconds: float = 90.0) -> int:
        """Until this task of the run is running; the id of its process."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for found in self.client._send("GET", f"/dags/{run.dag_id}/dagRuns/{run.run_id}/taskInstances")[
                "task_instances"
            ]:
                if found["task_id"] == task and found["state"] == "running" and found["pid"]:
                    return int(found["pid"])
            time.sleep(0.1)
        raise AssertionError(f"{task} of {run.dag_id} did not start")

    def ends(self, run: Run, since: float, limit: float = 240.0) -> float:
        """Seconds from `since` until the run has succeeded."""
        state = ""
        while time.monotonic() - since < limit:
            with contextlib.suppress(Unreachable, Refused):  # the API, too, may have lost its database
                state = self.client.run(run.dag_id, run.run_id).state
            if state == "success":
                return time.monotonic() - since
            assert state != "failed", self.told(run)
            time.sleep(0.3)
        raise AssertionError(f"{run.dag_id} is {state} after {limit:.0f} s: {self.told(run)}")

    def told(self, run: Run) -> str:
        tasks = self.client.tasks(run)
        return "\n".join(
            [str(t) for t in tasks] + [self.client.log_tail(run, t) for t in tasks if t.state == "failed"]
        )

    def attempts(self, run: Run, task: str) -> int:
        return max(t.attempt for t in self.client.tasks(run) if t.task_id == task)


@contextlib.contextmanager
def settings_of(settings: Settings) -> Iterator[None]:
    """This process's environment as that stack has it."""
    before = dict(os.environ)
    os.environ.update(settings.environment())
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def line_of(pid: int, ancestor: int) -> list[int]:
    """The processes from `ancestor` down to `pid`."""
    line = [pid]
    while line[0] != ancestor:
        line.insert(0, parent(line[0]))
        assert line[0] > 1, f"{pid} is no descendant of {ancestor}"
    return line


def kill_with_all_between(pid: int, ancestors: dict[str, int]) -> str:
    """SIGKILL the process, the part of the stack that it belongs to, and all between; which part that was."""
    for name, ancestor in ancestors.items():
        with contextlib.suppress(AssertionError):
            line = line_of(pid, ancestor)
            for each in line:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(each, signal.SIGKILL)
            return name
    raise AssertionError(f"{pid} belongs to none of {ancestors}")


Report = Callable[[str], None]


def open_lab(folder: Path, make_database: Callable[[], str], workers: int) -> Iterator[Lab]:
    settings = Settings(home=folder / "home")
    state = control.up(settings, sample_sites=True, workers=workers)
    try:
        client = control.client(settings, state)
        client.wait_for_dags({"ingest__magadan_sotsium", "warehouse"})
        client.pause("warehouse")  # every source that is loaded would begin a run of it
        yield Lab(settings, client, make_database)
    finally:
        control.down(settings)
        embedded_postgres(settings).remove()  # under root its data may lie outside the temporary folder


def kill_in_extract(lab: Lab, part: str, source: str) -> float:
    """Kill a server of the stack while the source is being read; seconds until its run is green and whole."""
    run = lab.start(source)
    lab.wait_for(run, "extract")
    os.kill(lab.state.processes[part], signal.SIGKILL)
    took = lab.ends(run, time.monotonic())
    assert loaded(lab.settings.dsn("owner"), source) == lab.undisturbed(source)
    return took
