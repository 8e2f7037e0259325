"""An Airflow of its own for the DAG tests: settings in a temporary folder, database in the shared cluster."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.warehouse.conftest import PASSWORDS

from svod.config import ROLES, Settings
from svod.runtime.sites import SampleSites
from svod.warehouse import migrate

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def airflow_settings(tmp_path_factory, make_database) -> Iterator[dict[str, str]]:
    """A made database of Airflow's own, and the variables that lead to it."""
    home = tmp_path_factory.mktemp("airflow")
    dsn = make_database().replace("postgresql://", "postgresql+psycopg2://")
    settings = {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": dsn,
    }
    with pytest.MonkeyPatch.context() as patch:  # Airflow reads its settings when it is first imported
        for name, value in settings.items():
            patch.setenv(name, value)
        from airflow import settings as orm
        from airflow.utils.db import initdb

        initdb()
    yield settings
    orm.dispose_orm()  # before the cluster goes away


@pytest.fixture(scope="module")
def airflow_home(airflow_settings) -> Iterator[Path]:
    """Airflow's folder, with its variables set for this module and no other."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in airflow_settings.items():
            patch.setenv(name, value)
        yield Path(airflow_settings["AIRFLOW_HOME"])


@pytest.fixture(scope="module")
def sites() -> Iterator[SampleSites]:
    served = SampleSites()
    served.start()
    yield served
    served.stop()


@pytest.fixture(scope="module")
def bag(airflow_home):
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(str(ROOT / "dags"))
    for dag in bag.dags.values():
        dag.deadline = (
            None  # dag.test() of Airflow 3.3 breaks on one; the real scheduler is tried in tests/runtime
        )
        for task in dag.tasks:
            task.retries = 0  # a failure here is no passing fault of a network: waiting would tell nothing
    return bag


@pytest.fixture
def stack(airflow_home, airflow_settings, make_database, sites, tmp_path, monkeypatch) -> Settings:
    """A fresh, migrated warehouse and archive, with the sample sites within reach, as tasks see them."""
    owner = make_database()
    migrate(owner, PASSWORDS)
    monkeypatch.setenv("SVOD_HOME", str(tmp_path))
    monkeypatch.setenv("SVOD_WAREHOUSE_DSN", owner)
    monkeypatch.setenv("SVOD_HOSTS", json.dumps(dict(sites.hosts)))
    monkeypatch.setenv("SVOD_ALLOW_PRIVATE_ADDRESSES", "true")
    for role, password in PASSWORDS.items():
        monkeypatch.setenv(f"SVOD_PASSWORD_{role.upper()}", password)
    settings = Settings()
    for role in ROLES:
        monkeypatch.setenv(
            f"AIRFLOW_CONN_SVOD_{role.upper()}", settings.dsn(role).replace("postgresql", "postgres", 1)
        )
    airflow = airflow_settings["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]
    monkeypatch.setenv("AIRFLOW_CONN_SVOD_AIRFLOW", airflow.replace("postgresql+psycopg2", "postgres", 1))
    return settings
