"""An Airflow of its own for the DAG tests: settings in a temporary folder, database in the shared cluster."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def airflow_home(tmp_path_factory, make_database) -> Iterator[Path]:
    """Set before airflow is first imported: it reads its settings at import."""
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
    os.environ.update(settings)
    from airflow.utils.db import initdb

    initdb()
    yield home
    for name in settings:
        os.environ.pop(name, None)
