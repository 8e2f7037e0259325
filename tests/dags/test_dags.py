"""Every DAG loads, is counted, and carries what a person on call looks for."""

import itertools
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TWO_MONTHS = (datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 3, 1, tzinfo=UTC))


@pytest.fixture(scope="module")
def bag(airflow_home):
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(str(ROOT / "dags"))


def source_files() -> list[str]:
    return sorted(p.stem for p in (ROOT / "dags" / "sources").glob("*.yml"))


def test_all_files_import(bag) -> None:
    assert bag.import_errors == {}


def test_one_dag_a_source_and_those_of_the_house(bag) -> None:
    ingest = {f"ingest__{stem}" for stem in source_files()}
    assert len(ingest) >= 5
    assert set(bag.dags) == ingest | {"alerts", "maintenance", "reextract", "warehouse"}


def test_every_dag_says_whose_it_is_and_what_it_does(bag) -> None:
    for dag in bag.dags.values():
        assert "svod" in dag.tags, dag.dag_id
        assert dag.doc_md, dag.dag_id
        assert dag.description, dag.dag_id
        assert dag.catchup is False, dag.dag_id
        assert dag.max_active_runs == 1, dag.dag_id


def test_every_task_has_owner_retries_timeout_and_callback(bag) -> None:
    tasks = [task for dag in bag.dags.values() for task in dag.tasks]
    assert len(tasks) >= 3 * len(source_files()) + 6
    for task in tasks:
        assert task.owner, task
        assert task.owner != "airflow", task
        assert task.retries >= 2, task
        assert task.retry_exponential_backoff, task
        assert task.execution_timeout is not None, task
        assert task.execution_timeout <= timedelta(hours=2), task
        assert task.on_failure_callback, task


def test_every_dag_tells_when_a_run_fails(bag) -> None:
    for dag in bag.dags.values():
        assert dag.on_failure_callback, dag.dag_id


def test_every_dag_but_the_one_that_tells_has_a_deadline(bag) -> None:
    for dag in bag.dags.values():
        assert bool(dag.deadline) == (dag.dag_id != "alerts"), dag.dag_id


def test_fetching_is_bounded_by_its_pool(bag) -> None:
    fetches = [dag.get_task("fetch") for dag in bag.dags.values() if dag.dag_id.startswith("ingest__")]
    assert fetches
    assert {task.pool for task in fetches} == {"fetch"}


def test_warehouse_runs_in_order(bag) -> None:
    dag = bag.dags["warehouse"]
    order = ["resolve", "staging", "intermediate", "marts", "gate", "publish", "docs"]
    for before, after in itertools.pairwise(order):
        assert dag.get_task(before).downstream_task_ids == {after}


def test_dag_files_only_wire() -> None:
    files = sorted((ROOT / "dags").glob("*.py"))
    assert len(files) >= 4
    for path in files:
        text = path.read_text()
        assert len(text.splitlines()) <= 80, path.name
        assert not re.search(r"\b(select|insert|requests\.|psycopg|BeautifulSoup|re\.compile)\b", text), (
            path.name
        )


def test_a_broken_source_fails_alone(airflow_home, tmp_path, monkeypatch) -> None:
    from airflow.dag_processing.dagbag import DagBag

    some = (ROOT / "dags" / "sources" / f"{source_files()[0]}.yml").read_text()
    (tmp_path / "good.yml").write_text(re.sub(r"(?m)^id:.*\n", "", some))
    (tmp_path / "bad.yml").write_text("title: half a source\nkidn: rss\n")
    monkeypatch.setenv("SVOD_SOURCES_DIR", str(tmp_path))
    bag = DagBag(str(ROOT / "dags" / "ingest.py"))
    assert bag.import_errors == {}
    assert set(bag.dags) == {"ingest__good", "ingest__bad"}
    assert "kidn" in bag.dags["ingest__bad"].doc_md
    assert [t.task_id for t in bag.dags["ingest__bad"].tasks] == ["refuse"]


def test_every_dag_runs_without_anybody_switching_it_on(bag) -> None:
    """Airflow's default is to pause a DAG that it has not seen before."""
    for dag in bag.dags.values():
        assert dag.is_paused_upon_creation is False, dag.dag_id
    for dag_id in ("alerts", "maintenance", "reextract", "warehouse"):
        assert bag.dags[dag_id].timetable.can_be_scheduled, dag_id


def sources_folder(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for stem, text in files.items():
        (folder / f"{stem}.yml").write_text(re.sub(r"(?m)^id:.*\n", "", text))
    return folder


def ingest_dags(folder: Path, monkeypatch) -> dict:
    from airflow.dag_processing.dagbag import DagBag

    monkeypatch.setenv("SVOD_SOURCES_DIR", str(folder))
    bag = DagBag(str(ROOT / "dags" / "ingest.py"))
    assert bag.import_errors == {}
    return bag.dags


def test_the_file_alone_says_whether_the_clock_runs_a_source(airflow_home, tmp_path, monkeypatch) -> None:
    text = (ROOT / "dags" / "sources" / "kirov_dobro43.yml").read_text()
    running = re.sub(r"(?m)^paused: true.*$", "paused: false", text)
    for now, scheduled in ((text, False), (running, True), (text, False)):
        (dag,) = ingest_dags(sources_folder(tmp_path, kirov_dobro43=now), monkeypatch).values()
        assert dag.timetable.can_be_scheduled is scheduled
        assert dag.is_paused_upon_creation is False


def test_a_file_that_cannot_be_used_fails_at_once_and_each_day(airflow_home, tmp_path, monkeypatch) -> None:
    from airflow.sdk import CronTriggerTimetable
    from airflow.serialization.serialized_objects import DagSerialization as Scheduled
    from airflow.timetables.base import TimeRestriction

    text = (ROOT / "dags" / "sources" / "kirov_dobro43.yml").read_text()
    broken = sources_folder(tmp_path, zz_broken=text.replace("politeness:", "politness:"))
    (dag,) = ingest_dags(broken, monkeypatch).values()
    assert dag.is_paused_upon_creation is False
    assert isinstance(dag.timetable, CronTriggerTimetable)
    first = Scheduled.from_dict(Scheduled.to_dict(dag)).timetable.next_dagrun_info(
        last_automated_data_interval=None, restriction=TimeRestriction(None, None, catchup=False)
    )
    assert first is not None
    assert first.run_after <= datetime.now(UTC)
    with pytest.raises(Exception, match=r"zz_broken\.yml: politness: unknown key"):
        dag.get_task("refuse").execute({})


def test_a_task_process_makes_its_own_dag_alone(airflow_home, monkeypatch) -> None:
    from airflow.dag_processing.dagbag import DagBag
    from airflow.sdk.definitions.context import _AIRFLOW_PARSING_CONTEXT_DAG_ID

    wanted = f"ingest__{source_files()[0]}"
    # not by Airflow's own context manager: it never takes the name back
    monkeypatch.setenv(_AIRFLOW_PARSING_CONTEXT_DAG_ID, wanted)
    assert set(DagBag(str(ROOT / "dags" / "ingest.py")).dags) == {wanted}


def test_plugins_folder_shows_airflow_only_its_plugins() -> None:
    ignored = (ROOT / "plugins" / ".airflowignore").read_text().split("\n")
    assert "svod/" in ignored
    visible = [p.name for p in (ROOT / "plugins").glob("*.py")]
    assert sorted(visible) == ["svod_plugin.py", "svod_warmup_plugin.py"]


def test_a_run_stands_for_the_time_since_the_one_before(airflow_home, tmp_path, monkeypatch) -> None:
    """What Airflow's own backfill hands to each of its runs: intervals without a hole between them."""
    from airflow.serialization.serialized_objects import DagSerialization as Scheduled

    texts = {p.stem: p.read_text() for p in (ROOT / "dags" / "sources").glob("*.yml")}
    running = {stem: re.sub(r"(?m)^paused: true", "paused: false", text) for stem, text in texts.items()}
    for dag in ingest_dags(sources_folder(tmp_path, **running), monkeypatch).values():
        scheduled = Scheduled.from_dict(Scheduled.to_dict(dag))
        infos = list(scheduled.iter_dagrun_infos_between(*TWO_MONTHS))
        assert len(infos) >= 2, dag.dag_id
        intervals = [info.data_interval for info in infos]
        for earlier, later in itertools.pairwise(intervals):
            assert later.start <= earlier.end < later.end, dag.dag_id
